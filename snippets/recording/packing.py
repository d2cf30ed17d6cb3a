"""Draws how programs pack the weights of a layer: blocks in the colour of their gate.

A block is a name, W_i, and an array of blocks is an array of names. So a drawing shows what a
function does to the weights: it is given names instead of numbers. Zero times a name is "".
"""

import numpy as np

from snippets.recording.drawing import _svg, _text

OWNERS = {"c": "c̃", "h": "h̃"}  # of a gate's name, where it stands alone
HEIGHTS = {"W": 28, "U": 40, "b": 21, "": 21}  # of m rows, u rows, one row
TALL = 23  # of a block that stands on another
WIDE = 166  # of a program


def names(gates, biases=("b",)):
    """Return W (1, k), U (1, k) and b, (k,) or one row for each of the biases: the names of k blocks."""
    ends = [f"_{gate}" for gate in gates] or [""]
    W, U, *b = (np.array([letter + end for end in ends], object) for letter in ("W", "U", *biases))
    return W[None], U[None], np.array(b) if len(b) > 1 else b[0]


class _Column:
    """Programs below each other, from the top."""

    def __init__(self, left):
        self.left, self.y, self.body = left, 0, []

    def program(self, title):
        """Begin a program below the one before."""
        self.y += 13 + 21 * (self.y > 0)
        self.body.append(_text("mark", self.left, self.y, title, "start"))
        self.y += 3

    def note(self, words, middle=None, down=15):
        """Write a line, from the left or around a middle."""
        self.y += down
        anchor = "start" if middle is None else ""
        self.body.append(_text("note", self.left + (middle or 0), self.y, words, anchor))

    def block(self, name, x, width, height):
        """Draw one block at the height that is reached."""
        letter, _, gate = name.partition("_")
        part = gate and f'<tspan class="sub" dy="4">{gate}</tspan>'
        left = self.left + x
        box = f'x="{left:g}" y="{self.y:g}" width="{width:g}" height="{height:g}"'
        at = f'x="{left + width / 2:g}" y="{self.y + height / 2 + 4:g}"'
        drawn = f'<rect class="sheet" {box}/><text class="note" {at}>0</text>'
        if name:
            owner, symbol = OWNERS.get(gate, gate or letter), name.replace("′", "")
            drawn = (
                f'<g data-sym="{owner}"><rect class="sheet front" {box}/><rect class="lit" {box}/>'
                f'<text class="sym" data-sym="{symbol}" {at}>{letter}{part}</text></g>'
            )
        self.body.append(f"  {drawn}")

    def beside(self, array, x=0, width=WIDE):
        """Draw an array of names as it is stored: rows below each other."""
        self.y += 6
        for row in np.atleast_2d(array):
            height = HEIGHTS[row[0][:1]]
            for place, name in enumerate(row):
                self.block(name, x + place * width / len(row), width / len(row), height)
            self.y += height

    def columns(self, *columns):
        """Draw arrays whose blocks stand on another, beside each other: (name, array, shape, x, width) each."""
        top = self.y
        for name, array, shape, x, width in columns:
            self.y = top
            self.note(name, x + width / 2, 14)
            self.y += 6
            for block in array.ravel():
                self.block(block, x, width, TALL)
                self.y += TALL
            self.note(shape, x + width / 2)


def drawing(layer, keras, pytorch, onnx, tensorflow_1):
    """Return the drawing of a layer's blocks as four programs have them.

    keras is W, U and b; the others are what the functions of its cheat sheet make of them.
    """
    W, U, b = keras
    k = f"{W.size}u" if W.size > 1 else "u"
    left, right = _Column(1), _Column(359 - WIDE)
    left.program("Keras 3, Keras 2")
    rows = f"(2, {k})" if b.ndim > 1 else f"({k},)"
    for note, array in (f"kernel (m, {k})", W), (f"recurrent_kernel (u, {k})", U), (f"bias {rows}", b):
        left.note(note)
        left.beside(array)

    right.program("TensorFlow 1")
    if len(tensorflow_1) == 2:
        for note, array in (f"kernel (m + u, {k})", tensorflow_1[0]), (f"bias ({k},)", tensorflow_1[1]):
            right.note(note)
            right.beside(array)
    else:  # the kernels and biases of the gates and of the candidate
        top = right.y
        for at, (name, gates) in enumerate((("gates", "2u"), ("candidate", "u"))):
            right.y = top
            x, width = (0, 92) if at == 0 else (110, 46)
            kernel, bias = tensorflow_1[2 * at : 2 * at + 2]
            right.note(f"{name}/", x + width / 2)
            right.beside(kernel, x, width)
            right.note(f"(m + u, {gates})", x + width / 2)
            right.beside(bias, x, width)
            right.note(f"({gates},)", x + width / 2)

    left.y = right.y = max(left.y, right.y)
    left.program("PyTorch, transposed")
    left.note("weight_", 51)
    left.note("bias_", 136, 0)
    left.columns(
        ("ih", pytorch[0], f"({k}, m)", 0, 48),
        ("hh", pytorch[1], f"({k}, u)", 52, 50),
        ("ih", pytorch[2], f"({k},)", 106, 28),
        ("hh", pytorch[3], f"({k},)", 138, 28),
    )
    right.program("ONNX, transposed")
    right.y += 15  # as high as the names of PyTorch are
    right.columns(
        ("W", onnx[0], f"(1, {k}, m)", 6, 56),
        ("R", onnx[1], f"(1, {k}, u)", 98, 60),
    )
    right.note(f"B (1, {onnx[2].size}u)")
    right.beside(onnx[2])
    title = f"How programs pack the weights of {layer}"
    desc = _said(W, tensorflow_1[::2], pytorch[0], onnx[0])
    return _svg(round(max(left.y, right.y) + 6), title, desc, left.body + right.body)


def _said(keras, tensorflow_1, pytorch, onnx):
    """Say in words what is drawn of the kernels."""
    if keras.size == 1:
        return "Keras has W and U apart, TensorFlow 1 has W above U, PyTorch and ONNX have both transposed."
    programs = ("Keras", keras), ("TensorFlow 1", np.hstack(tensorflow_1)[0]), ("PyTorch", pytorch), ("ONNX", onnx)
    orders = [f"{program} {', '.join(name[2:] for name in blocks.ravel())}" for program, blocks in programs]
    return f"The order of the gates in W, U and b: {'; '.join(orders)}."

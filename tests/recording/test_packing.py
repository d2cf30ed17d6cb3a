"""Drawings of packed weights show the blocks where each program's documentation has them."""

from xml.etree import ElementTree

import pytest

from snippets.cheat_sheets import gru, lstm, simple_rnn

SVG = "{http://www.w3.org/2000/svg}"


def blocks(svg):
    """The named blocks of a drawing: (x, y, name) in the order in which a reader sees them."""
    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        box, name = group.find(f"{SVG}rect"), "".join(group.find(f"{SVG}text").itertext())
        found.append((float(box.get("x")), float(box.get("y")), name))
    return found


def beside(found, letter, column):
    """The blocks of an array that stand side by side in a column of programs, the upper one."""
    row = min(y for x, y, name in found if name[0] == letter and (x > 180) == column)
    return "".join(
        name[1:]
        for x, y, name in sorted(found)
        if y == row and (x > 180) == column and name[0] == letter
    )


def stacked(found, letter, column):
    """The blocks that stand on another in a column of programs, the lower one."""
    first = max(y for x, y, name in found if name[0] == "W" and (x > 180) == column)
    places = {x for x, y, name in found if y == first and (x > 180) == column and name[0] == letter}
    return "".join(
        name[1:]
        for _, x, name in sorted((y, x, name) for x, y, name in found)
        if x in places and name[0] == letter
    )


@pytest.mark.parametrize(
    ("sheet", "keras", "tensorflow_1", "pytorch", "onnx"),
    [
        (lstm, "ifco", "icfo", "ifco", "iofc"),
        (gru, "zrh", "rzh", "rzh", "zrh"),
        (simple_rnn, *4 * ("",)),
    ],
)
def test_each_program_has_its_order(sheet, keras, tensorflow_1, pytorch, onnx):
    found = blocks(sheet.figures({})["packing"])
    for letter in "WU":
        assert beside(found, letter, False) == keras
        assert beside(found, letter, True) == tensorflow_1
        assert stacked(found, letter, False)[-len(pytorch) :] == pytorch
        assert stacked(found, letter, True)[-len(onnx) :] == onnx

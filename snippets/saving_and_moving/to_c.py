"""Saving and moving: the model as C99. The program is gru.c beside this file.

Run `python -m snippets.saving_and_moving.to_c` for the page's output.
"""

import ctypes
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from snippets.answers.c_arrays import as_c
from snippets.recording.measured import NotHere, measured
from snippets.saving_and_moving.model import (
    WEIGHTS, answer, build, off, x)

PROGRAM = Path(__file__).with_name("gru.c")


# --8<-- [start:header]
def header(W, U, b, W_y, b_y):
    """Return the text of weights.h, for arrays as get_weights() has them."""
    sizes = f"enum {{ INPUTS = {len(W)}, UNITS = {len(U)} }};"
    arrays = dict(W=W, U=U, b=b, W_y=W_y, b_y=b_y)
    return "\n".join([sizes, *(as_c(*one) for one in arrays.items())])
# --8<-- [end:header]


# --8<-- [start:compiled]
def compiled(folder, weights, program):
    """Return the function answer() of gru.c, compiled with these weights."""
    Path(folder, "weights.h").write_text(header(*weights), "utf-8")
    Path(folder, "gru.c").write_text(program, "utf-8")
    subprocess.run(["cc", "-std=c99", "-shared", "-fPIC", "-Wall", "-Werror",
                    "-o", "gru.so", "gru.c", "-lm"], cwd=folder, check=True)
    function = ctypes.CDLL(f"{folder}/gru.so").answer
    function.restype = ctypes.c_float
    return function


def by_c(x, weights, program):
    """Return the answers (N, 1) of the program in C for x (N, T, m)."""
    with TemporaryDirectory() as folder:
        function = compiled(folder, weights, program)
        rows = np.ascontiguousarray(x, "float32")     # step after step
        answers = [function(row.ctypes.data_as(ctypes.c_void_p), len(row))
                   for row in rows]
    return np.float32(answers)[:, None]
# --8<-- [end:compiled]


def measure():
    """Return how far C is from Keras, right and with two mistakes."""
    if not shutil.which("cc"):
        raise NotHere("there is no C compiler")
    W, U, b, W_y, b_y = WEIGHTS
    program, right = PROGRAM.read_text("utf-8"), answer(build())
    turned = [W, U.T.reshape(U.shape), b, W_y, b_y]
    kept = program.replace("float h[UNITS] = {0.0f}, y",
                           "static float h[UNITS]; float y")
    unreset = by_c(x, WEIGHTS, kept)
    return {
        "answers": by_c(x, WEIGHTS, program)[:, 0],
        "off": off(by_c(x, WEIGHTS, program), right),
        "transposed": off(by_c(x, turned, program), right),
        "unreset_first": off(unreset[0], right[0]),
        "unreset": off(unreset[1], right[1]),
    }


def values():
    """Return the values that the page quotes, by name."""
    lines = PROGRAM.read_text("utf-8").splitlines()
    found = measured("saving_and_moving.to_c")
    return {**found, "off_e7": 1e7 * float(found["off"]), "lines": len(lines),
            "bytes": 4 * sum(w.size for w in WEIGHTS)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"close": ("within one millionth", v["off"] < 1e-6)}


def main():
    """Print the output that the page shows."""
    values()
    print("# header")
    print(header(*WEIGHTS))


if __name__ == "__main__":
    main()

"""On PyTorch Keras's scan computes in 32 bits, as the page says; a loop does not."""

import os
import subprocess
import sys

import numpy as np
import pytest

from snippets.selective_state_space import miniature

pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

PROGRAM = """
import numpy as np
from snippets.selective_state_space import miniature
for states in miniature.in_keras(miniature.x, "float64"):
    print(*map(float.hex, states[0, :, 0].astype(float)))
"""


def test_the_scan_is_off_by_what_32_bits_lose():
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "KERAS_BACKEND": "torch"},
        capture_output=True,
        text=True,
        check=True,
    )
    scan, loop = (
        np.array([float.fromhex(number) for number in line.split()])
        for line in said.stdout.splitlines()[-2:]
    )
    wanted = miniature.values()["y"]
    np.testing.assert_allclose(loop, wanted, rtol=0, atol=1e-14)
    assert 1e-10 < abs(scan - wanted).max() < 1e-6

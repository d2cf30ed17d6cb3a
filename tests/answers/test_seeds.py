"""Which seed decides the first weights; and that another backend draws others."""

import json
import os
import random
import subprocess
import sys

import numpy as np
import pytest

from snippets.answers import seeds as answer

PROGRAM = """
import json, keras
keras.utils.set_random_seed(1)
layer = keras.layers.LSTM(4)
layer.build((None, None, 3))
print(json.dumps([keras.backend.backend(), layer.get_weights()[0].tolist()]))
"""


def test_the_seed_of_keras_decides_and_that_of_numpy_does_not():
    assert answer.values() == {"keras_seed": True, "numpy_seed": False}


def test_the_seed_of_python_decides_as_well():
    one, again = (answer.first_kernel(random.seed, 1) for _ in range(2))
    assert np.array_equal(one, again)


def test_another_backend_draws_other_weights():
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "KERAS_BACKEND": "torch"},
        capture_output=True,
        text=True,
        check=True,
    )
    backend, kernel = json.loads(run.stdout.splitlines()[-1])
    assert backend == "torch"
    assert np.abs(np.array(kernel) - answer.one).max() > 0.1

"""Three backends: each layer by hand against Keras, in float64 and float32.

`python -m snippets.recording.measure three_backends.by_hand` computes it anew,
by Keras on TensorFlow, JAX and PyTorch, in a process each.
Shapes: N samples, T steps, m inputs a step, u units.
"""

import keras
import numpy as np

from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.recording.backends import BACKENDS, DTYPES, brief, on_each
from snippets.recording.measured import measured

N, T, m, u = 8, 50, 3, 16
BY_HAND = {"SimpleRNN": simple_rnn,
           "LSTM": lambda *given: lstm(*given)[-1],
           "GRU": lambda *given: gru(*given)[-1]}


# --8<-- [start:off]
def off(name, dtype, masked):
    """Return how far Keras's states (N, T, u) are off those by hand, at most.

    The mask has no padding in it: it changes nothing but the way.
    """
    layer = getattr(keras.layers, name)(u, return_sequences=True, dtype=dtype)
    layer.build((None, None, m))
    rng = np.random.default_rng(0)
    weights = [rng.normal(0, 0.2, weight.shape).astype("float32")
               for weight in layer.get_weights()]
    layer.set_weights(weights)
    x = rng.normal(size=(N, T, m)).astype("float32")
    mask = np.ones((N, T), bool) if masked else None
    h = keras.ops.convert_to_numpy(layer(x.astype(dtype), mask=mask))
    exact = BY_HAND[name](x.astype("float64"),
                          *(weight.astype("float64") for weight in weights))
    return np.abs(h - exact).max()
# --8<-- [end:off]


# --8<-- [start:product]
def product(size=100):
    """Return how far a product in float64 by Keras is off that of NumPy."""
    A, B = np.random.default_rng(0).normal(size=(2, size, size))
    C = keras.ops.convert_to_numpy(keras.ops.matmul(A, B))
    return np.abs(C - A @ B).max()
# --8<-- [end:product]


ROWS = [(dtype, name, masked) for dtype in DTYPES for name in BY_HAND
        for masked in (False, True)]


def here():
    """Return all differences by the backend of this process."""
    return {"layers": [brief(off(name, dtype, masked))
                       for dtype, name, masked in ROWS],
            "product": brief(product())}


def measure():
    """Return the differences, by backend."""
    found = on_each(here)
    return {name: [found[backend][name] for backend in BACKENDS]
            for name in ("layers", "product")}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("three_backends.by_hand")
    layers = record["layers"].T                          # (rows, backends)
    return {"layers_log": np.log10(layers).round(1),
            "product_log": np.log10(record["product"]).round(1)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    wide = np.array([dtype == "float64" for dtype, *_ in ROWS])
    fast = np.array([name != "SimpleRNN" and not masked
                     for _, name, masked in ROWS])
    tensorflow, jax, torch = v["layers_log"].T
    return {
        "float32": ("In float32 all three agree",
                    np.all(v["layers_log"][~wide] < -6)),
        "tensorflow": ("only TensorFlow computes it to the last digits",
                       np.all(tensorflow[wide] < -12)
                       and np.all(jax[wide] > -10)),
        "torch": ("PyTorch does so for LSTM and GRU without a mask",
                  np.all(torch[wide & fast] < -12)
                  and np.all(torch[wide & ~fast] > -10)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# layers")
    print("                           TensorFlow     JAX  PyTorch")
    for (dtype, name, masked), row in zip(ROWS, v["layers_log"]):
        print(f"{dtype}  {name:9}  {'mask' if masked else '':8}",
              *(f"{10.0 ** off:8.0e}" for off in row))
    print("# product")
    for backend, off in zip(BACKENDS, v["product_log"]):
        print(f"{backend:10} {10.0 ** off:.0e}")


if __name__ == "__main__":
    main()

"""A kept symbol: the first of a string is to be named after its last.

Run `python -m snippets.what_each_remembers.task` for the outputs of the page.
Shapes: N strings, T = distance + 1 steps, m = 8 symbols, u units.
"""

import keras
import numpy as np

from snippets.layers.scanned import LinearAttention, MinGRU, MinLSTM
from snippets.layers.selective import Selective
from snippets.layers.slstm import SLSTMCell
from snippets.layers.time_mixing import TimeMixing

# --8<-- [start:strings]
KEPT, OTHERS = "ABCD", "wxyz"                   # to be kept, to be passed over


def strings(distance, N, rng):
    """Return one-hot strings x (N, T, 8) and which symbol began them, (N,)."""
    y = rng.integers(4, size=N)                           # (N,)
    others = 4 + rng.integers(4, size=(N, distance))      # (N, distance)
    symbols = np.concatenate([y[:, None], others], axis=1)  # (N, T)
    return np.eye(8, dtype="float32")[symbols], y
# --8<-- [end:strings]


# --8<-- [start:rows]
ROWS = {                                        # the layer, its units u
    "SimpleRNN": (keras.layers.SimpleRNN, 19),
    "LSTM": (keras.layers.LSTM, 8),
    "GRU": (keras.layers.GRU, 10),
    "minGRU": (MinGRU, 27),
    "minLSTM": (MinLSTM, 19),
    "linear attention": (LinearAttention, 21),
    "sLSTM": (lambda u: keras.layers.RNN(SLSTMCell(u)), 8),
    "RWKV's time mixing": (TimeMixing, 13),
    "selective SSM": (Selective, 23),
}
LOOPS = ("SimpleRNN", "LSTM", "GRU", "sLSTM")   # the others are scans
PARAMETERS = 600                                # of each model, nearly
# --8<-- [end:rows]


# --8<-- [start:model]
def build_model(name, T):
    """Return the model (N, T, 8) to (N, 4): a layer, its last step, a name."""
    x = keras.Input((T, 8))
    layer, u = ROWS[name]
    h = layer(u)(x)                             # (N, u), or (N, T, u)
    h = h if len(h.shape) == 2 else h[:, -1]    # (N, u): the last step
    y = keras.layers.Dense(4, activation="softmax")(h)
    return keras.Model(x, y)
# --8<-- [end:model]


def values():
    """Return the values that the page quotes, by name."""
    x, y = strings(10, 1, np.random.default_rng(0))
    return {
        "example": "".join((KEPT + OTHERS)[k] for k in x[0].argmax(-1)),
        "answer": KEPT[y[0]],
        "units": np.array([u for _, u in ROWS.values()]),
        "parameters": np.array([build_model(name, 2).count_params()
                                for name in ROWS]),
        "rows": len(ROWS),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    off = np.abs(v["parameters"] - PARAMETERS)
    return {"near": ("within a tenth", bool(off.max() <= PARAMETERS / 10))}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# example")
    print(f"{v['example']}: {v['answer']}")
    print("# widths")
    for name, u, count in zip(ROWS, v["units"], v["parameters"]):
        print(f"{name:19}{u:3} units{count:5} parameters")


if __name__ == "__main__":
    main()

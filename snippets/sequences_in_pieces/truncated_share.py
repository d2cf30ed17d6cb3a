"""How much of the gradient the last k steps have: fresh layers, a trained one.

Run `python -m snippets.sequences_in_pieces.truncated_share` for the output.
"""

import keras
import numpy as np

from snippets.backpropagation.gru import gru_backward
from snippets.backpropagation.lstm import lstm_backward
from snippets.backpropagation.miniature import (
    before, simple_rnn_backward, summed,
)
from snippets.gru.memory import one_mark
from snippets.layers.dense import sigmoid
from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.sequences_in_pieces.truncated import truncate
from snippets.lstm import trained
from snippets.recording.measured import measured

LAYERS = ["SimpleRNN", "LSTM", "GRU"]
FRESH = np.array([1, 2, 5, 10, 20, 50])
WINDOWS = np.array([1, 4, 8, 16, 23, 24])


def kept(part, whole):
    """Return cosine and ratio of lengths of two gradients, lists of arrays."""
    part, whole = (np.concatenate([a.ravel() for a in g])
                   for g in (part, whole))
    lengths = np.linalg.norm(part), np.linalg.norm(whole)
    return part @ whole / (lengths[0] * lengths[1]), lengths[0] / lengths[1]


def of_a_fresh_layer(name, seed, T=50, m=4, u=16):
    """Return {k: gradient} of a new layer for random inputs and targets."""
    keras.utils.set_random_seed(seed)            # before weights are drawn
    layer = getattr(keras.layers, name)(u)
    layer.build((None, T, m))
    W, U, b = (np.array(array, float) for array in layer.get_weights())
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(1, T, m))               # (N, T, m)
    forward = {"SimpleRNN": simple_rnn, "LSTM": lstm, "GRU": gru}[name]
    steps = forward(x, W, U, b)
    h = steps if name == "SimpleRNN" else steps[-1]     # (N, T, u)
    dh = np.zeros_like(h)
    dh[:, -1] = h[:, -1] - rng.choice([-1, 1], size=u)  # of a squared error
    if name == "SimpleRNN":
        dp = dq = simple_rnn_backward(h, dh, U)[1]
    elif name == "LSTM":
        dp = dq = lstm_backward(steps, dh, U)[1]
    else:
        _, dp, dq = gru_backward(steps, dh, U, b)
    biases = [dp, dq] if name == "GRU" else [dp]        # a GRU has two
    return {k: [summed(x, truncate(dp, k)), summed(before(h), truncate(dq, k)),
                *(truncate(d, k).sum(axis=1) for d in biases)] for k in FRESH}


def of_the_trained(k, T=24, N=200):
    """Return the gradients of W, U, b of Part D's LSTM for its last answer.

    Only step 0 is marked, so its symbol is the right answer at the end.
    """
    x, right = one_mark(N, T)                    # (N, T, 3) and (N, 1, 2)
    steps = lstm(x, trained.W, trained.U, trained.b)  # (6, N, T, u)
    h = steps[-1]                                # (N, T, u)
    y = sigmoid(h[:, -1] @ trained.W_y + trained.b_y)   # (N, m')
    dy = 2 * (y - right[:, 0]) / y.size          # (N, m')
    dh = np.zeros_like(h)
    dh[:, -1] = dy * y * (1 - y) @ trained.W_y.T
    _, dz = lstm_backward(steps, dh, trained.U)  # (N, T, 4u)
    dz = truncate(dz, k)
    return summed(x, dz), summed(before(h), dz), dz.sum(axis=(0, 1))


def measure():
    """Return the cosines, (10 seeds, windows), for each layer."""
    result = {}
    for name in LAYERS:
        of_k = [of_a_fresh_layer(name, seed) for seed in range(10)]
        result[name] = np.round([[kept(g[k], g[50])[0] for k in FRESH]
                                 for g in of_k], 6)
    return result


def values():
    """Return the values that the page quotes, by name."""
    of_k = [of_the_trained(k) for k in WINDOWS]
    shares = np.array([kept(g, of_k[-1]) for g in of_k])
    fresh = measured("sequences_in_pieces.truncated_share")
    found = {}
    for name in LAYERS:
        key = name.lower()
        found[f"{key}_lowest"] = fresh[name].min(axis=0)
        found[f"{key}_highest"] = fresh[name].max(axis=0)
    return {
        "fresh_k": FRESH, **found,
        "k": WINDOWS, "cosine": shares[:, 0], "length": shares[:, 1],
        "mark": np.array([np.linalg.norm(g[0][2]) for g in of_k]),
    }


def main():
    """Print how much of the gradient is kept."""
    v = values()
    print("# fresh")
    print(" k   SimpleRNN     LSTM        GRU")
    for n, k in enumerate(v["fresh_k"]):
        print(f"{k:2}", "   ".join(
            f"{v[name.lower() + '_lowest'][n]:z5.2f} to"
            f"{v[name.lower() + '_highest'][n]:z5.2f}" for name in LAYERS))
    print("# trained")
    print(" k  cosine  length  row of the mark")
    for row in zip(v["k"], v["cosine"], v["length"], v["mark"]):
        print("{:2} {:z7.3f} {:z7.3f} {:z10.6f}".format(*row))


if __name__ == "__main__":
    main()

"""Recurrences of today: the time mixing of RWKV-4, one unit, three steps.

Run `python -m snippets.recurrences_of_today.rwkv` for the page's output.
Source: Peng et al. (2023), https://arxiv.org/abs/2305.13048.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.rwkv import wkv
from snippets.layers.time_mixing import TimeMixing

# --8<-- [start:miniature]
x = np.array([[[2.0], [-3.0], [6.0]]])    # (N, T, m) = (1, 3, 1)
mu = np.full((3, 1), 0.5)                 # half of x, half of x before
W_o, W_k, W_v = (np.array([[number]]) for number in (0.6, 1.0, 0.8))
w, beta = np.array([0.4]), np.array([0.3])       # decay and bonus, (u,)
W_y = np.array([[1.0]])                   # (u, u)
# --8<-- [end:miniature]


# --8<-- [start:layer]
def time_mixing(x, mu, W_o, W_k, W_v, w, beta, W_y):
    """Return o, k, v, wkv, c, n, m and y, (N, T, u) each, for x (N, T, m)."""
    before = np.concatenate([0 * x[:, :1], x[:, :-1]], axis=1)  # (N, T, m)
    z, k, v = ((share * x + (1 - share) * before) @ W    # (N, T, u) each
               for share, W in zip(mu, (W_o, W_k, W_v)))
    mean, c, n, m = wkv(k, v, w, beta)                   # (N, T, u) each
    o = sigmoid(z)                                       # how much to show
    return o, k, v, mean, c, n, m, (o * mean) @ W_y
# --8<-- [end:layer]


# --8<-- [start:sum]
def wkv_by_sums(k, v, w, beta):
    """Return wkv (T,) of k and v (T,): each step's weighted mean, anew."""
    means = []
    for t in range(len(k)):
        age = t - 1 - np.arange(t)                       # (t,): ..., 1, 0
        weight = np.append(np.exp(k[:t] - age * w), np.exp(beta + k[t]))
        means.append(weight @ v[:t + 1] / weight.sum())  # (t + 1,) weights
    return np.array(means)
# --8<-- [end:sum]


# --8<-- [start:keras]
def in_keras(x, weights, dtype="float32"):
    """Return the outputs (N, T, u) of the scan, and of the loop."""
    layer = TimeMixing(len(weights[-1]), dtype=dtype)
    layer.build(x.shape)
    mu, W_o, W_k, W_v, w, beta, W_y = weights
    layer.set_weights([mu, W_o, W_k, W_v, np.log(w), beta, W_y])
    loop = keras.layers.RNN(layer.cell, return_sequences=True, dtype=dtype)
    return [keras.ops.convert_to_numpy(one(x)) for one in (layer, loop)]
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    weights = (mu, W_o, W_k, W_v, w, beta, W_y)
    o, k, v, mean, c, n, m, y = (a[0, :, 0] for a in time_mixing(x, *weights))
    plain = {"c": c * np.exp(m), "n": n * np.exp(m)}     # (T,) each
    before = {name: np.append(0, a[:-1]) for name, a in plain.items()}
    now = np.exp(beta + k)
    sums = wkv_by_sums(k, v, w, beta)
    by_scan, by_loop = (one[0, :, 0] for one in in_keras(x, weights))
    return {
        "mixed": (x + np.append(0, x[0, :-1, 0])[:, None])[0, :, 0] / 2,
        "k": k, "v": v, "o": o, "wkv": mean, "c": c, "n": n, "m": m, "y": y,
        "plain_c": plain["c"], "plain_n": plain["n"],
        "exp_k": np.exp(k), "exp_bonus": now, "decay": np.exp(-w[0]),
        "exp_beta": np.exp(beta[0]), "bonus_c": now * v,
        "top": before["c"] + now * v, "bottom": before["n"] + now,
        "kept_c": np.exp(-w) * before["c"], "new_c": np.exp(k) * v,
        "kept_n": np.exp(-w) * before["n"],
        "sums_apart": np.abs(sums - mean).max(),
        "share": now / (before["n"] + now),
        "scan_same": np.allclose(by_scan, y, rtol=0, atol=1e-6),
        "loop_same": np.allclose(by_loop, y, rtol=0, atol=1e-6),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "sums": ("the same three numbers", v["sums_apart"] < 1e-15),
        "first": ("The first answer is its own value",
                  v["wkv"][0] == v["v"][0]),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# miniature")
    print("t  k        v        wkv      c        n        m        y")
    for t in range(3):
        numbers = [v[name][t] for name in ("k", "v", "wkv", "c", "n", "m", "y")]
        print(t, *(f"{number:z8.4f}" for number in numbers))
    print("the same as Keras's loop:", v["loop_same"])
    print("the same as Keras's scan:", v["scan_same"])


if __name__ == "__main__":
    main()

"""Part C, compared: one recurrent layer against two, measured.

Run `python -m snippets.stacked_rnn_compared` for the page's output.
Training differs a little from machine to machine, so what it gave here is
written down, and the test trains anew and allows for the difference.
"""

import numpy as np

from snippets import _figures
from snippets.stacked_rnn import W_y, b_y, build_model, make_data
from snippets.stacked_rnn_by_hand import layer_by_layer, layers
from snippets.time_distributed import dense

# Right answers of the second output on 6000 fresh steps, for five seeds.
RIGHT = {
    (5, 7): [6000, 6000, 5956, 6000, 5999],
    (10,): [5666, 5835, 5721, 5904, 5960],
    (5,): [4907, 4413, 5300, 5308, 4449],
}
RIGHT_LONGER = [5945, 5991, 5980]  # (10,) with 120 epochs, three seeds

# Loss after each of 40 epochs, seed 1, rounded to two digits.
LOSSES = {
    (5, 7): [
        0.25, 0.21, 0.2, 0.19, 0.16, 0.14, 0.13, 0.12, 0.11, 0.1,
        0.092, 0.084, 0.075, 0.063, 0.054, 0.047, 0.046, 0.041, 0.029,
        0.024, 0.017, 0.011, 0.0087, 0.0065, 0.0047, 0.0036, 0.003,
        0.0023, 0.0018, 0.0016, 0.0013, 0.0012, 0.001, 0.00095,
        0.00087, 0.0008, 0.00074, 0.00069, 0.00064, 0.0006],
    (10,): [
        0.27, 0.22, 0.19, 0.16, 0.15, 0.14, 0.13, 0.12, 0.12, 0.11,
        0.1, 0.092, 0.085, 0.082, 0.076, 0.07, 0.064, 0.059, 0.056,
        0.053, 0.051, 0.051, 0.048, 0.044, 0.037, 0.034, 0.035, 0.036,
        0.037, 0.035, 0.032, 0.026, 0.023, 0.022, 0.022, 0.021, 0.021,
        0.021, 0.021, 0.021],
    (5,): [
        0.28, 0.22, 0.2, 0.18, 0.17, 0.15, 0.15, 0.14, 0.13, 0.13,
        0.13, 0.12, 0.12, 0.12, 0.11, 0.11, 0.11, 0.11, 0.1, 0.1,
        0.099, 0.097, 0.095, 0.093, 0.092, 0.09, 0.089, 0.088, 0.087,
        0.085, 0.084, 0.082, 0.081, 0.08, 0.08, 0.079, 0.079, 0.079,
        0.078, 0.077],
}


# --8<-- [start:right]
def answers(model, T=6):
    """Return how many answers on 1000 fresh sequences are right, (2,)."""
    x, y = make_data(N=1000, T=T, seed=1)
    output = model(x)                      # (1000, T, 2)
    return np.sum((output > 0.5) == (y > 0.5), axis=(0, 1))


def by_hand(x):
    """Return the output of the printed weights."""
    return dense(layer_by_layer(x, layers)[-1], W_y, b_y)[1]
# --8<-- [end:right]


# --8<-- [start:probe]
def probe(h, target):
    """Count the right answers of the best weighted sum of h (N, T, u)."""
    h = h.reshape(-1, h.shape[-1])                    # (N T, u)
    h = np.column_stack([h, np.ones(len(h))])         # and a bias
    target = target.reshape(-1)                       # (N T,), 0 or 1
    weights = np.linalg.lstsq(h, target, rcond=None)[0]
    return np.sum((h @ weights > 0.5) == (target > 0.5))
# --8<-- [end:probe]


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data(N=1000, T=6, seed=1)
    fell, odd = y[..., 0], y[..., 1]                  # (1000, 6) each
    h1, h2 = layer_by_layer(x, layers)
    x_train, y_train = make_data()
    right = {sizes: np.array(counts) / odd.size
             for sizes, counts in RIGHT.items()}
    return {
        "steps": odd.size,
        "right": answers(by_hand),
        "right_100": answers(by_hand, T=100)[1],
        "always_no": np.sum(odd == 0),
        "detected": np.sum((h1[..., 3] < 0) == (fell == 1)),
        "odd_from_1": probe(h1, odd),
        "odd_from_2": probe(h2, odd),
        "loss": np.mean((by_hand(x) - y) ** 2),
        "loss_train": np.mean((by_hand(x_train) - y_train) ** 2),
        "two": right[5, 7],
        "wide": right[10,],
        "wide_longer": np.array(RIGHT_LONGER) / odd.size,
        "one": right[5,],
        "parameters": np.array([build_model(sizes).count_params()
                                for sizes in RIGHT]),  # two, wide, one
    }


def main():
    """Print the comparison, one row a model."""
    v = values()
    two, wide, one = v["parameters"]
    print("# compared")
    print("model            parameters  epochs  seeds  lowest  highest")
    for label, count, epochs, right in [
            ("layers of 5, 7", two, 40, v["two"]),
            ("one layer of 10", wide, 40, v["wide"]),
            ("one layer of 10", wide, 120, v["wide_longer"]),
            ("one layer of 5", one, 40, v["one"])]:
        print(f"{label:16} {count:10}  {epochs:6}  {len(right):5}  "
              f"{right.min():.4f}   {right.max():.4f}")


def figures(v):
    """Return the loss curves of the three models."""
    labels = ["two layers, 5 and 7 units", "one layer, 10 units",
              "one layer, 5 units"]
    return {"loss": _figures.curve(
        dict(zip(labels, LOSSES.values())), "epoch", "loss",
        "Loss of three models",
        "Three falling curves over 40 epochs. That of two layers falls "
        "lowest, nearly to zero; that of one layer of 10 units ends above "
        "it, that of one layer of 5 units well above both.")}


if __name__ == "__main__":
    main()

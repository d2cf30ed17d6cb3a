"""When your numbers differ: one cheap check after the other.

Run `python -m snippets.when_your_numbers_differ.search` for the page's output.
Shapes: N samples, T steps, m inputs a step, u units.
"""

from itertools import permutations

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.when_your_numbers_differ.mine import (
    MENDS, mended, model, x)

# --8<-- [start:arrays]
lstm, dense = model.get_layer("lstm"), model.get_layer("dense")
weights = model.get_weights()
W, U, b, W_y, b_y = weights
mask = np.array(model.layers[0].compute_mask(x))     # (N, T)
# --8<-- [end:arrays]

# --8<-- [start:settings]
SETTINGS = ("activation", "recurrent_activation", "use_bias",
            "go_backwards", "stateful", "reset_after")
config = lstm.get_config()
settings = {name: config[name] for name in SETTINGS if name in config}
# --8<-- [end:settings]


# --8<-- [start:like]
def like(layer, **changes):
    """Return a layer with the same weights and some other settings."""
    copy = type(layer).from_config(layer.get_config() | changes)
    copy.build((None, None, len(layer.get_weights()[0])))
    copy.set_weights(layer.get_weights())
    return copy


every = like(lstm, return_sequences=True)
h = np.array(every(x, mask=mask))                    # (N, T, u)
# --8<-- [end:like]


# --8<-- [start:off]
def off(mine, theirs):
    """Return the largest difference at each step, (N, T)."""
    if mine.shape != theirs.shape:
        raise ValueError(f"{mine.shape} against {theirs.shape}")
    return np.abs(mine - theirs).max(axis=-1)
# --8<-- [end:off]


# --8<-- [start:orders]
def orders(x_0, h_0, W, b):
    """Return the orders of the blocks that give h_0 (N, u) for x_0 (N, m)."""
    blocks = np.split(x_0 @ W + b, 4, axis=1)        # (N, u) each
    found = []
    for order in permutations("ifco"):
        z = dict(zip(order, blocks))
        c = sigmoid(z["i"]) * np.tanh(z["c"])        # no old cell to keep
        if np.allclose(sigmoid(z["o"]) * np.tanh(c), h_0, rtol=0, atol=1e-5):
            found.append(" ".join(order))
    return found
# --8<-- [end:orders]


# --8<-- [start:states]
def which_state(layer, x, mask):
    """Say what a layer starts from, and what it hands out."""
    h, last, c = map(np.array, like(layer, return_sequences=True,
                                    return_state=True)(x, mask=mask))
    return {"stateful": layer.stateful,
            "last output is h": np.array_equal(h[:, -1], last),
            "last output is c": np.array_equal(h[:, -1], c)}
# --8<-- [end:states]


# --8<-- [start:output]
def head(h_T):
    """Return the sum s and the output y of the last layer, (N, 1) each."""
    s = h_T @ W_y + b_y
    return s, sigmoid(s)
# --8<-- [end:output]


# --8<-- [start:decide]
def decide(mine):
    """Return how far states (N, T, u) are off float32, and off float64."""
    exact = like(lstm, return_sequences=True, dtype="float64")
    return (off(mine, h).max(),
            off(mine, np.array(exact(x, mask=mask))).max())
# --8<-- [end:decide]


def values():
    """Return the values that the page quotes, by name."""
    theirs = np.array(model(x))                      # (N, 1)
    names = [*MENDS]
    runs = [mended(names[:k])(x, *weights) for k in range(len(names) + 1)]
    alone = [mended({*names} - {name})(x, *weights)[1].ravel()
             for name in names[1:]]                  # one mistake each
    all_off = np.array([off(states, h) for states, y in runs])  # (7, N, T)
    s, y = head(h[:, -1])
    return {
        "broadcast": np.array((runs[-1][1].ravel() - theirs).shape),
        "broadcast_off": np.abs(runs[-1][1].ravel() - theirs).max(),
        "arrays": len(weights),
        "off": all_off.astype("float32"),
        "y_off": np.array([np.abs(y.ravel() - theirs.ravel()).max()
                           for states, y in runs], "float32"),
        "alone": np.array([np.abs(y - theirs[:, 0]).max() for y in alone],
                          "float32"),
        "right": np.array([(off(states, h) < 1e-5).sum()
                           for states, y in runs]),
        "steps": mask.size,
        "h_0": h[0, 0],
        "mine_0": runs[1][0][0, 0],
        "orders": np.array(orders(x[:1, 0], h[:1, 0], W, b)),
        "tried": len([*permutations("ifco")]),
        "mask": np.array(mask, int),
        "states": np.array([*which_state(lstm, x, mask).values()]),
        "s": s,
        "y": y,
        "same_output": np.allclose(y, theirs, rtol=0, atol=1e-6),
        "small": decide(runs[-1][0])[0] < 1e-6,
        "smaller": decide(runs[-1][0])[1] < 1e-14,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "farther": ("moves away from the right one",
                    v["y_off"][5] > 1.5 * v["y_off"][4]),
        "rounding": ("less than 10⁻⁶ against float32, and by less than 10⁻¹⁴ "
                     "against float64", v["small"] and v["smaller"]),
    }


def main():
    """Print the outputs that the page shows."""
    v = values()
    print("# broadcast")
    print("the shape of mine - theirs:", tuple(map(int, v["broadcast"])))
    print(f"its largest number: {v['broadcast_off']:.4f}")
    print("# weights")
    for weight in model.weights:
        print(f"{weight.path:38}{weight.shape}")
    print("# settings")
    for name, setting in settings.items():
        print(f"{name:22}{setting}")
    print("# step_0")
    for name, state in (("Keras", v["h_0"]), ("mine", v["mine_0"])):
        print(f"{name:7}", *(f"{number:z8.4f}" for number in state))
    print("orders of the blocks that fit:", *v["orders"])
    for k, name in enumerate(MENDS, 1):
        if name in ("order", "product", "state"):
            print(f"# off_{name}")
            print("          ", *(f" t = {t} " for t in range(4)))
            for n, row in enumerate(v["off"][k]):
                print(f"sample {n}  ", *(f"{number:z7.4f}" for number in row))
    print("# mask")
    for row in v["mask"]:
        print(*row)
    print("# states")
    for name, true in which_state(lstm, x, mask).items():
        print(f"{name:18}{true}")
    print("# output")
    for name in ("s", "y"):
        print(name, *(f"{number:z8.4f}" for number in v[name][:, 0]))


if __name__ == "__main__":
    main()

"""Batch statistics by hand: training, inference, masks.

Run `python -m snippets.normalisation.batch` for the outputs of the page.
Shapes: N samples, T steps, u units.
"""

import keras
import numpy as np

from snippets.normalisation.miniature import batch_norm, h, normalise


# --8<-- [start:moving]
class BatchNorm:
    """Batch normalisation of (N, T, u), with what it keeps for later."""

    def __init__(self, u, momentum=0.99, epsilon=0.001):
        self.momentum, self.epsilon = momentum, epsilon
        self.gamma, self.beta = np.ones(u), np.zeros(u)
        self.mean, self.variance = np.zeros(u), np.ones(u)   # the moving ones

    def __call__(self, h, training=False):
        """Return h normalised; in training, by itself, and take note."""
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = h.mean((0, 1)), h.var((0, 1))   # (u,) each
            keep, new = self.momentum, 1 - self.momentum
            self.mean = keep * self.mean + new * mean
            self.variance = keep * self.variance + new * variance
        return normalise(h, mean, variance, self.gamma, self.beta,
                         self.epsilon)
# --8<-- [end:moving]


# --8<-- [start:masked]
def statistics(h, mask):
    """Return mean and variance (u,) over the real steps of h (N, T, u)."""
    real = h[mask]                                 # (steps, u)
    return real.mean(axis=0), real.var(axis=0)
# --8<-- [end:masked]


def by_keras(h, batches=1, mask=None):
    """Return the output in training and after it, and the moving ones."""
    layer = keras.layers.BatchNormalization(dtype="float64")
    for _ in range(batches):
        trained = layer(h, training=True, mask=mask)
    kept = layer.get_weights()[2:]                 # behind gamma and beta
    return np.array(trained), np.array(layer(h, training=False)), *kept


def by_hand(h, batches=1):
    """Return the same four."""
    layer = BatchNorm(h.shape[-1])
    for _ in range(batches):
        trained = layer(h, training=True)
    return trained, layer(h), layer.mean, layer.variance


# --8<-- [start:mask]
mask = np.array([[True, False], [True, True]])     # (N, T): one step padded
padded = np.where(mask[..., None], h, 0.0)         # (N, T, u)
# --8<-- [end:mask]


def values():
    """Return the values that the page quotes, by name."""
    v = {}
    same = np.allclose(batch_norm(h), by_hand(h)[0], rtol=0, atol=1e-12)
    for batches in (1, 100, 1000):
        mine, theirs = by_hand(h, batches), by_keras(h, batches)
        same &= all(np.allclose(one, two, rtol=0, atol=1e-6)
                    for one, two in zip(mine, theirs))
        v |= {f"after_{batches}": mine[1][0, 0],
              f"mean_{batches}": mine[2], f"variance_{batches}": mine[3]}
    mean, variance = statistics(h, mask)
    with_mask = by_keras(padded, mask=mask)[0]
    without = by_keras(padded)[0]
    return v | {
        "same": same, "trained": by_hand(h)[0][0, 0],
        "masked_mean": mean, "masked_variance": variance,
        "padded_mean": padded.mean((0, 1)),
        "padded_variance": padded.var((0, 1)),
        "with_mask": with_mask, "without_mask": without,
        "half": np.log(0.5) / np.log(0.99),
        "left_100": 100 * 0.99**100,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "same_as": ("Keras gives the same to one millionth", v["same"]),
        "zero_moved": ("the padded step itself becomes something else than 0",
                       np.abs(v["with_mask"][0, 1]).min() > 0.1),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# moving")
    print("batches  moving mean              moving variance"
          "            first row, inference")
    for batches in (1, 100, 1000):
        print(f"{batches:7} ", "  ".join(
            " ".join(f"{number:z7.{digits}f}"
                     for number in v[f"{name}_{batches}"])
            for name, digits in (("mean", 4), ("variance", 5), ("after", 4))))
    print(f"first row in training:{'':35}",
          " ".join(f"{number:z7.4f}" for number in v["trained"]))
    print("# masked")
    for name in ("masked", "padded"):
        print(f"{name}  mean", *(f"{a:z.4f}" for a in v[f"{name}_mean"]),
              "  variance", *(f"{a:z.4f}" for a in v[f"{name}_variance"]))


if __name__ == "__main__":
    main()

"""Normalising states, the miniature: two samples, two steps, three units.

Run `python -m snippets.normalisation.miniature` for the page's outputs.
Shapes: N samples, T steps, u units.
"""

import numpy as np

# --8<-- [start:states]
h = np.array([[[0.1, 0.2, 0.6], [0.3, 0.6, 0.9]],        # sample 0
              [[0.5, -0.2, 0.3], [-0.1, 0.6, 0.2]]])     # (N, T, u) = (2, 2, 3)
# --8<-- [end:states]

EPSILON = 0.001                                  # as Keras has it


# --8<-- [start:normalise]
def normalise(h, mean, variance, gamma=1.0, beta=0.0, epsilon=0.001):
    """Return h, moved to the mean 0 and brought to the size 1, then tuned.

    gamma and beta (u,) are weights; epsilon avoids a division by zero.
    """
    return gamma * (h - mean) / np.sqrt(variance + epsilon) + beta
# --8<-- [end:normalise]


# --8<-- [start:layer]
def layer_norm(h, gamma=1.0, beta=0.0, epsilon=0.001):
    """Return h (..., u) normalised: each row by its own u numbers."""
    mean = h.mean(axis=-1, keepdims=True)        # (..., 1)
    variance = h.var(axis=-1, keepdims=True)     # (..., 1)
    return normalise(h, mean, variance, gamma, beta, epsilon)
# --8<-- [end:layer]


# --8<-- [start:batch]
def batch_norm(h, gamma=1.0, beta=0.0, epsilon=0.001):
    """Return h (N, T, u) normalised: each unit by its N T numbers."""
    mean = h.mean(axis=(0, 1))                   # (u,)
    variance = h.var(axis=(0, 1))                # (u,)
    return normalise(h, mean, variance, gamma, beta, epsilon)
# --8<-- [end:batch]


# --8<-- [start:rms]
def rms_norm(h, gamma=1.0, epsilon=1e-6):
    """Return h (..., u) brought to the size 1, but not moved."""
    square = np.mean(h**2, axis=-1, keepdims=True)       # (..., 1)
    return gamma * h / np.sqrt(square + epsilon)
# --8<-- [end:rms]


def values():
    """Return the values that the page quotes, by name."""
    row = h[0, 0]
    few = np.array([[0.1, 0.6], [0.5, 0.4]])             # two units
    return {
        "states": h, "row_mean": row.mean(), "row_off": row - row.mean(),
        "row_variance": row.var(), "row_size": np.sqrt(row.var() + EPSILON),
        "layer": layer_norm(h),
        "unit": h[..., 0], "unit_mean": h[..., 0].mean(),
        "unit_off": h[..., 0] - h[..., 0].mean(),
        "unit_variance": h[..., 0].var(),
        "unit_size": np.sqrt(h[..., 0].var() + EPSILON),
        "batch": batch_norm(h), "means": h.mean((0, 1)),
        "variances": h.var((0, 1)),
        "one_unit": layer_norm(h[..., :1])[0, 0, 0],
        "two_units": layer_norm(few),
        "rms": rms_norm(h)[0, 0], "rms_size": np.sqrt(np.mean(row**2)),
        "small": layer_norm(row / 10),
        "small_1e5": layer_norm(row / 10, epsilon=1e-5),
        "row_1e5": layer_norm(row, epsilon=1e-5),
    }


def main():
    """Print both ways of normalising the twelve numbers."""
    v = values()
    print("# both")
    print("sample  t          h                      layer                "
          "   batch")
    for n in range(2):
        for t in range(2):
            rows = [v["states"][n, t], v["layer"][n, t], v["batch"][n, t]]
            print(f"{n}       {t}  ", f"{'':3}".join(
                " ".join(f"{a:z{7 if k else 5}.{4 if k else 1}f}"
                         for a in row) for k, row in enumerate(rows)))


if __name__ == "__main__":
    main()

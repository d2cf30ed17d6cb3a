"""Normalising states: settings that mean another thing elsewhere.

Run `python -m snippets.normalisation.traps` for the outputs of the page.
"""

import keras
import numpy as np

from snippets.normalisation.miniature import h
from snippets.variable_lengths.lost import keeps_mask


# --8<-- [start:torch]
def torch_running(mean, variance, h, momentum=0.1):
    """Return the running mean and variance (u,) as PyTorch updates them."""
    new, keep = momentum, 1 - momentum             # the other way round
    by_one_less = h.var(axis=(0, 1), ddof=1)       # divided by N T - 1
    return (keep * mean + new * h.mean(axis=(0, 1)),
            keep * variance + new * by_one_less)
# --8<-- [end:torch]


NORMS = {"LayerNormalization": keras.layers.LayerNormalization,
         "BatchNormalization": keras.layers.BatchNormalization,
         "RMSNormalization": keras.layers.RMSNormalization}


def moving_mean(momentum):
    """Return Keras's moving means (u,) after one batch."""
    layer = keras.layers.BatchNormalization(
        momentum=momentum, dtype="float64")
    layer(h, training=True)
    return layer.get_weights()[2]


def values():
    """Return the values that the page quotes, by name."""
    mean, variance = torch_running(np.zeros(3), np.ones(3), h)
    kept = [keeps_mask(norm())[0] for norm in NORMS.values()]
    return {
        "torch_mean": mean, "torch_variance": variance,
        "keras_09": moving_mean(0.9), "keras_01": moving_mean(0.1),
        "by_n": h[..., 0].var(), "by_one_less": h[..., 0].var(ddof=1),
        "epsilons": np.array([norm().epsilon for norm in NORMS.values()]),
        "kept": np.array(kept),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "lost": ("RMSNormalization does not pass a mask on, the other two do",
                 v["kept"].tolist() == [True, True, False]),
        "same_new": ("0.9 in Keras is 0.1 in PyTorch", np.allclose(
            v["torch_mean"], v["keras_09"], rtol=0, atol=1e-6)),
    }


def main():
    """Print which norms pass a mask on."""
    for name, kept in zip(NORMS, values()["kept"]):
        print(f"{name:20}", "passes the mask on" if kept else "loses the mask")


if __name__ == "__main__":
    main()

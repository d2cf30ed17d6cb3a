"""Exploding gradients: gradients that explode, and how to clip them.

Run `python -m snippets.exploding_gradients.clipping` for the output.
Source: R. Pascanu, T. Mikolov and Y. Bengio, On the difficulty of training
recurrent neural networks (2013).
"""

import keras
import numpy as np

# --8<-- [start:gradients]
g_W = np.array([3.0, 4.0])       # a small example: two arrays of gradients
g_b = np.array([12.0])
# --8<-- [end:gradients]

FACTOR = 1.5                     # the U of the linear unit


# --8<-- [start:explode]
def explode(U, steps):
    """Return h_t, dh_t/dh_0 and dh_t/dU of h_t = h_(t-1) U from h_0 = 1.

    steps is t, a number or an array.
    """
    steps = np.asarray(steps, float)
    return U**steps, U**steps, steps * U ** (steps - 1)
# --8<-- [end:explode]


# --8<-- [start:clip]
def clip_norm(g, limit):
    """Return the array g, shortened to the limit if it is longer."""
    length = np.sqrt(np.sum(g**2))
    return g * limit / length if length > limit else g


def clip_global_norm(gradients, limit):
    """Return all arrays, shortened by one factor: together the limit."""
    length = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * limit / length if length > limit else g for g in gradients]


def clip_value(g, limit):
    """Return the array g with each number cut off at -limit and limit."""
    return np.clip(g, -limit, limit)
# --8<-- [end:clip]


# --8<-- [start:keras]
def sgd_step(gradients, **clipping):
    """Return the arrays that Keras subtracts from the weights, rate 1."""
    weights = [keras.Variable(np.zeros_like(g)) for g in gradients]
    optimizer = keras.optimizers.SGD(learning_rate=1.0, **clipping)
    optimizer.apply([keras.ops.array(g) for g in gradients], weights)
    return [-np.array(weight) for weight in weights]
# --8<-- [end:keras]


def angle(gradients, clipped):
    """Return the angle, in degrees, between all arrays before and after."""
    a, b = np.concatenate(gradients), np.concatenate(clipped)
    a, b = a / np.sqrt(a @ a), b / np.sqrt(b @ b)     # length 1 each
    half = np.arcsin(np.sqrt((a - b) @ (a - b)) / 2)
    return np.degrees(2 * half)


def values():
    """Return the values that the page quotes, by name."""
    g = [g_W, g_b]
    by_norm = [clip_norm(a, 1.0) for a in g]
    by_global = clip_global_norm(g, 1.0)
    by_value = [clip_value(a, 1.0) for a in g]
    same = all(
        np.allclose(ours, theirs, rtol=0, atol=1e-6)
        for option, clipped in {"clipnorm": by_norm, "clipvalue": by_value,
                                "global_clipnorm": by_global}.items()
        for ours, theirs in zip(clipped, sgd_step(g, **{option: 1.0})))
    try:
        keras.optimizers.SGD(clipnorm=1, clipvalue=1)
    except ValueError as refusal:
        refused = str(refusal)
    steps = np.array([1, 5, 10, 20, 40])
    h, reach, slope = explode(FACTOR, steps)
    error = h[3] - 1                                  # h_20 should be 1
    gradient = error * slope[3]                       # of error^2 / 2
    return {
        "refused": refused,
        "norms": np.array([np.sqrt(np.sum(a**2)) for a in g]),
        "global_norm": np.sqrt(np.sum(np.concatenate(g) ** 2)),
        "by_norm": np.concatenate(by_norm),
        "by_global": np.concatenate(by_global),
        "by_value": np.concatenate(by_value),
        "angles": np.array([angle(g, c)
                            for c in (by_norm, by_global, by_value)]),
        "angle_W": angle([g_W], by_value[:1]),
        "same_as_keras": same,
        "steps": steps,
        "reach": np.rint(reach).astype(int),
        "slope": np.rint(slope).astype(int),
        "gradient": np.rint(gradient).astype(int),
        "U_after": np.rint(FACTOR - 0.01 * gradient).astype(int),
        "U_clipped": FACTOR - 0.01 * clip_norm(np.array([gradient]), 1.0)[0],
        "exercise": np.concatenate(clip_global_norm([g_W, g_b], 6.5)),
        "exercise_norm": np.concatenate([clip_norm(a, 6.5) for a in g]),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# clipped")
    for name in ("by_norm", "by_global", "by_value"):
        print(f"{name:10}", v[name])
    print("the same as Keras:", v["same_as_keras"])
    print("# refused")
    print(v["refused"])


if __name__ == "__main__":
    main()

"""Gradients by hand against automatic differentiation and differences.

Run `python -m snippets.backpropagation.check` for the page's output.
"""

import keras
import numpy as np
import tensorflow as tf

from snippets.backpropagation.miniature import forward, gradients, target
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x
from snippets.recording import drawing
from snippets.recording.measured import measured

NAMES = ["W", "U", "b", "W_y", "b_y"]
EXPONENTS = np.arange(1, 13)                     # steps 10^-1 to 10^-12


# --8<-- [start:tape]
def by_tape(x, weights, dtype="float64"):
    """Return the same five gradients as automatic differentiation has them."""
    rnn = keras.layers.SimpleRNN(1, dtype=dtype)
    output = keras.layers.Dense(1, dtype=dtype)
    rnn.build(x.shape)
    output.build((len(x), 1))
    rnn.set_weights(weights[:3])
    output.set_weights(weights[3:])
    variables = rnn.trainable_variables + output.trainable_variables
    with tf.GradientTape() as tape:              # records what is computed
        y = output(rnn(x.astype(dtype)))         # (N, m')
        loss = keras.ops.mean((y - target) ** 2)
    return [np.array(g) for g in tape.gradient(loss, variables)]
# --8<-- [end:tape]


# --8<-- [start:differences]
def differences(loss, weights, step):
    """Return central differences, one array for each array of weights.

    loss(*weights) is a number; each weight is moved by step both ways.
    """
    result = []
    for array in weights:
        slopes = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            old = array[index]
            array[index] = old + step
            above = loss(*weights)
            array[index] = old - step
            below = loss(*weights)
            array[index] = old
            slopes[index] = (above - below) / (2 * step)
        result.append(slopes)
    return result
# --8<-- [end:differences]


# --8<-- [start:own_error]
def own_error(loss, weights, step):
    """Estimate the errors of differences(loss, weights, step)."""
    half = differences(loss, weights, step)
    full = differences(loss, weights, 2 * step)  # four times the error
    rounding = 10 * np.finfo(float).eps * abs(loss(*weights)) / step
    return [abs(f - h) / 3 + rounding for f, h in zip(full, half)]
# --8<-- [end:own_error]


def the_loss(*weights):
    """Return the loss of the small inputs for the five weights."""
    return forward(x[None] / 10, *weights)[2]


def measure():
    """Return how many digits of each difference are right, step by step.

    The last bits of tanh differ between processors, and here they show.
    """
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    right = gradients(x[None] / 10, *weights)
    digits = {name: [] for name in NAMES}
    for step in 10.0 ** -EXPONENTS:
        wrong = differences(the_loss, weights, step)
        for name, d, g in zip(NAMES, wrong, right):
            error = max(abs((d - g).item()), 1e-16)
            digits[name].append(round(-np.log10(error), 1))
    return digits


def values():
    """Return the values that the page quotes, by name."""
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    hand = gradients(x[None] / 10, *weights)
    tape = by_tape(x[None] / 10, weights)
    tape_32 = by_tape(x[None] / 10, weights, "float32")
    fine = differences(the_loss, weights, 1e-4)
    estimates = own_error(the_loss, weights, 1e-4)
    digits = measured("backpropagation.check")
    return {
        "tape": np.array([g.item() for g in tape]),
        "same_as_tape": all(np.allclose(g, t, rtol=0, atol=1e-10)
                            for g, t in zip(hand, tape)),
        "same_as_tape_32": all(np.allclose(g, t, rtol=0, atol=1e-6)
                               for g, t in zip(hand, tape_32)),
        "within": all(abs(d - g).item() <= e.item()
                      for d, g, e in zip(fine, hand, estimates)),
        **{f"digits_{name}": digits[name] for name in NAMES},
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "largest": ("the largest step is the best",
                    np.argmax(v["digits_W_y"]) == 0),
        "all_within": ("All five gradients by hand lie within this error.",
                       v["within"]),
    }


def main():
    """Print the gradients, and how well differences agree."""
    v = values()
    print("# tape")
    for name, gradient in zip(NAMES, v["tape"]):
        print(f"{name:4} {gradient:z.8f}")
    print("by hand the same to 1e-10 in float64:", v["same_as_tape"])
    print("and to 1e-6 in float32:", v["same_as_tape_32"])
    print("# differences")
    print("step     right digits for W     U    W_y")
    for n, exponent in enumerate(EXPONENTS):
        row = [v[f"digits_{name}"][n] for name in ("W", "U", "W_y")]
        print(f"1e-{exponent:02}", " " * 15,
              " ".join(f"{digits:5.1f}" for digits in row))
    print("at 1e-4 all five within their own error:", v["within"])


def figures(values):
    """Return the digits that are right, over the size of the step."""
    lines = {name: values[f"digits_{name}"] for name in ("W", "U", "W_y")}
    return {"digits": drawing.curve(
        {"W": lines["W"], "U": lines["U"], "output weight": lines["W_y"]},
        "n, for a step of 1 divided by ten n times", "decimals that are right",
        "How good a difference is",
        "As the step shrinks, the differences for W and U first gain two right "
        "decimals with each division by ten. Beyond about the fourth or fifth "
        "they lose one with each. That for the output's weight only loses.",
        top=16)}


if __name__ == "__main__":
    main()

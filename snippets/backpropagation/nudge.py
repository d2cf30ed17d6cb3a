"""A nudge: move one weight a little, and compute the loss again.

Run `python -m snippets.backpropagation.nudge` for the numbers that the page
begins with.
"""

from snippets.backpropagation.miniature import forward, gradients
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x

STEP = 0.01


def loss(U=U, b=b):
    """Return the loss for the inputs 0.1, 0.2, 0.3, with another U or b."""
    return forward(x[None] / 10, W, U, b, W_y, b_y)[2]


def values():
    """Return the values that the page quotes, by name."""
    _, dU, db, _, _ = gradients(x[None] / 10, W, U, b, W_y, b_y)
    return {
        "loss": loss(),
        "loss_b": loss(b=b + STEP),
        "loss_U": loss(U=U + STEP),
        "lost_b": loss() - loss(b=b + STEP),
        "told_b": STEP * db[0],            # what the gradient predicts
        "told_U": STEP * dU[0, 0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    off = abs(v["lost_b"] + v["told_b"])   # the loss falls: told_b is negative
    return {"near": ("right to one percent", bool(off < 0.01 * v["lost_b"]))}


def main():
    """Print each number."""
    for name, number in values().items():
        print(f"{name:7} {number:z.6f}")


if __name__ == "__main__":
    main()

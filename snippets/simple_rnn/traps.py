"""Part B, traps: the same weights, used in ways that give other numbers.

Run `python -m snippets.simple_rnn.traps` for the output of the page.
"""

import numpy as np

from snippets.layers.dense import dense, sigmoid
from snippets.layers.simple_rnn import simple_rnn_step
from snippets.simple_rnn.by_hand import x_six
from snippets.simple_rnn.model import U, W, W_y, b, b_y, x_new


# --8<-- [start:outputs]
def outputs(x, W, U, b, function=np.tanh, h=np.zeros(5)):
    """Return y (T, 2) for x (T, 3), with any function and any first h."""
    rows = []
    for x_t in x:
        z, _ = simple_rnn_step(x_t, h, W, U, b)  # (u,)
        h = function(z)                          # tanh in a SimpleRNN
        rows.append(dense(h, W_y, b_y)[1])       # (m',)
    return np.stack(rows)                        # (T, m')
# --8<-- [end:outputs]


# --8<-- [start:traps]
def traps():
    """Return y (3, 2) for x_new as it should be, and as it comes out if..."""
    x = x_new[0]
    last = x_six[0, 3:5]                         # two steps of another sample
    h = np.zeros(5)
    for x_t in last:
        _, h = simple_rnn_step(x_t, h, W, U, b)
    return {
        "right": outputs(x, W, U, b),
        "sigmoid": outputs(x, W, U, b, function=sigmoid),
        "no_bias": outputs(x, W, U, 0 * b),
        "U_transposed": outputs(x, W, U.T, b),
        "no_state": outputs(x, W, 0 * U, b),
        "state_kept": outputs(x, W, U, b, h=h),
    }
# --8<-- [end:traps]


def values():
    """Return the values that the page quotes, by name."""
    return traps()


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    apart = np.abs(v["U_transposed"] - v["no_state"])  # (T, m')
    return {
        "memory_gone": ("Each output is then within one hundredth of what "
                        "a loop that drops the state gives", np.all(apart < 0.01)),
    }


def main():
    """Print y of step 1 for each trap, or of step 0 where it differs first."""
    print("# traps")
    print(f"{'':12}  y of step 0     y of step 1")
    for name, y in values().items():
        rows = "   ".join(f"{a:z.4f} {c:z.4f}" for a, c in y[:2])
        print(f"{name:12}  {rows}")


if __name__ == "__main__":
    main()

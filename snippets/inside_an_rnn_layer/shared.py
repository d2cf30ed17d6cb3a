"""Inside an RNN layer: one weight at five steps, nudged apart and together.

Run `python -m snippets.inside_an_rnn_layer.shared` for the page's output.
"""

import numpy as np

from snippets.inside_an_rnn_layer.loop import x
from snippets.inside_an_rnn_layer.loss import loss_of_states, next_symbols
from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.layers.simple_rnn import simple_rnn_step


# --8<-- [start:copies]
def loss_with(U_of_step):
    """Return the summed loss if step t has a recurrent kernel of its own."""
    h, states = np.zeros((1, 3)), []               # (N, u)
    for t in range(5):
        _, h = simple_rnn_step(x[:, t], h, W, U_of_step[t], b)
        states.append(h)
    return loss_of_states(np.stack(states, axis=1), next_symbols("BTSXSE"))


def slope(steps, nudge=1e-5):
    """Return how fast the loss grows with U[0, 0] at these steps only."""
    losses = []
    for change in (nudge, -nudge):
        copies = np.array([U] * 5)                 # (T, u, u): five copies
        copies[steps, 0, 0] += change
        losses.append(loss_with(copies))
    return (losses[0] - losses[1]) / (2 * nudge)
# --8<-- [end:copies]


def values():
    """Return the values that the page quotes, by name."""
    apart = np.array([slope([t]) for t in range(5)])
    return {
        "apart": apart, "sum": apart.sum(),
        "together": slope([0, 1, 2, 3, 4]),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# slopes")
    for t, number in enumerate(v["apart"]):
        print(f"copy of step {t}  {number:z8.4f}")
    print(f"their sum       {v['sum']:z8.4f}")
    print(f"all together    {v['together']:z8.4f}")


if __name__ == "__main__":
    main()

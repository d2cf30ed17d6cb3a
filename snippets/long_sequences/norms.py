"""Long sequences: norms of the derivatives through untrained layers.

Run `python -m snippets.long_sequences.norms` for the outputs of the page.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.long_sequences.draws import Draws
from snippets.long_sequences.reach import (
    gru_jacobian, initial, lstm_jacobian, norm, simple_rnn_jacobian,
)
from snippets.reber.strings import embedded, one_hot
from snippets.recording import drawing

SEEDS = range(10)
T = 61                                                 # the last step
BACK = np.arange(1, T + 1, 5)                          # k = 1, 6, ..., 61
AT = (11, 21, 41)                                      # printed


# --8<-- [start:layers]
LAYERS = {                     # name: Jacobian, gates, units, forget bias
    "SimpleRNN": (simple_rnn_jacobian, 1, 16, None),
    "GRU": (gru_jacobian, 3, 16, None),
    "LSTM": (lstm_jacobian, 4, 16, 1.0),            # as Keras starts it
    "LSTM, 0": (lstm_jacobian, 4, 16, 0.0),         # forget bias 0
    "LSTM, 3": (lstm_jacobian, 4, 16, 3.0),
    "LSTM, 5": (lstm_jacobian, 4, 16, 5.0),
}


def back(jacobian, x, state, weights):
    """Multiply the Jacobians of the steps x (T, m), the last one first.

    Return (T, s, s): row k - 1 is the product of the last k of them.
    """
    steps = []
    for x_t in x:
        J, state = jacobian(x_t, state, *weights)      # (s, s), (s,)
        steps.append(J)
    product, products = np.eye(len(state)), []
    for J in reversed(steps):
        product = product @ J                          # one step further back
        products.append(product)
    return np.array(products)


def norms_of(name, seed, noise=False):
    """Return log10 of the norms of dh_T/dh_(T-k), and of dc, for k in BACK.

    The layer is untrained. It reads a string, or noise: normal numbers.
    """
    jacobian, gates, u, forget = LAYERS[name]
    rng = Draws(seed)
    weights = initial(gates, 7, u, rng, forget)
    x = (rng.normal((T + 1, 7)) if noise               # (T + 1, m)
         else one_hot(embedded(rng, T - 1))[:T + 1])
    state = np.zeros(2 * u if gates == 4 else u)       # nothing yet
    _, state = jacobian(x[0], state, *weights)         # step 0
    products = back(jacobian, x[1:], state, weights)[BACK - 1]
    return np.log10([norm(products[:, :u, :u]), norm(products[:, -u:, -u:])])
# --8<-- [end:layers]


def values():
    """Return the values that the page quotes, by name."""
    log = np.array([[norms_of(name, seed) for seed in SEEDS]
                    for name in LAYERS])               # (6, seeds, 2, 13)
    noise = np.array([[norms_of(name, seed, noise=True) for seed in SEEDS]
                      for name in LAYERS])
    gates = sigmoid(np.array([0.0, 1.0, 3.0, 5.0]))    # at these biases
    at = np.searchsorted(BACK, AT)
    return {
        "h_log": log[:, :, 0],                         # (6, seeds, 13)
        "at": np.array(AT),
        "least_log": log[:, :, 0].min(1)[:, at],       # (6, 3)
        "most_log": log[:, :, 0].max(1)[:, at],
        "c_least_log": log[2:, :, 1].min(1)[:, at],    # LSTM only
        "c_most_log": log[2:, :, 1].max(1)[:, at],
        "c_at_41": np.transpose([log[2:, :, 1].min(1)[:, at[-1]],
                                 log[2:, :, 1].max(1)[:, at[-1]]]),
        # what is left from state to state of that from cell to cell
        "ends": 10 ** np.median(log[2:, :, 0] - log[2:, :, 1], 1)[:, at[-1]],
        "noise_least_log": noise[:, :, 0].min(1)[:, at],
        "noise_most_log": noise[:, :, 0].max(1)[:, at],
        "gates": gates,
        "gates_log": 41 * np.log10(gates),
        "seeds": len(SEEDS),
    }


def claims(v):
    """Return what the page says of these norms, and whether it is true."""
    names = list(LAYERS)
    gru, lstm_0 = names.index("GRU"), names.index("LSTM, 0")
    products = v["gates_log"][[1, 0, 2, 3]]            # as c_at_41 has them
    return {
        "gates_vanish": ("After 41 steps the GRU and the LSTM with forget bias "
                         "0 have less than one millionth left, in every seed",
                         v["most_log"][[gru, lstm_0], -1].max() < -6),
        "more_ways": ("Every measured norm is larger than the product",
                      (v["c_at_41"][:, 0] > products).all()),
        "noise_vanishes": ("After 41 steps the SimpleRNN has less than one "
                           "ten-thousandth left, in every seed",
                           v["noise_most_log"][0, -1] < -4),
    }


def figures(values):
    """Return the norms of dh_T/dh_(T-k) against k, and their ranges."""
    lines = {name: (seeds.min(0), np.median(seeds, 0), seeds.max(0))
             for name, seeds in zip(LAYERS, values["h_log"])}
    return {"curves": drawing.ladder(
        lines, BACK, "steps back", "norm of the derivative",
        "How the derivative shrinks from step to step back",
        "Six curves on a scale of powers of ten. Those of the GRU and of the "
        "LSTM with forget bias 0 fall steepest, those of the SimpleRNN and of "
        "the LSTM as Keras starts it less, those of the LSTM with a forget "
        "bias of 3 or 5 hardly at all.", -14, 1)}


def table(least, most, names):
    """Print the ranges of norms from their log10, a line for each layer."""
    print("back by   " + "".join(f"{t:>16}" for t in AT))
    for name, low, high in zip(names, least, most):
        print(f"{name:10}" + "".join(f"{f'{10**a:.0e} - {10**b:.0e}':>16}"
                                     for a, b in zip(low, high)))


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    names = list(LAYERS)
    print("# norms")
    table(v["least_log"], v["most_log"], names)
    print("# noise")
    table(v["noise_least_log"], v["noise_most_log"], names)


if __name__ == "__main__":
    main()

"""RNN in action: what one trained model predicts, and what it writes.

Run `python -m snippets.rnn_in_action.trained` for the page's outputs. The
weights are those of seed 1, rounded to two decimals.
"""

import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import SYMBOLS, accepts
from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.rnn_in_action.baselines import (
    all_and_only, cross_entropy, legal_throughout,
)
from snippets.rnn_in_action.generate import generate, read, sampler, softmax
from snippets.rnn_in_action.model import make_pairs, make_strings, numbers
from snippets.rnn_in_action.seeds import NAMES, predict

SHOWN = "BTSXXTVVE"


def trained():
    """Return the six weight arrays, as get_weights() orders them."""
    record = measured("rnn_in_action.seeds")
    return [record[name] for name in NAMES]


# --8<-- [start:forgetful]
def generate_forgetful(weights, choose, longest=100):
    """Return a string written wrongly: the state is not carried on."""
    string = "B"
    while string[-1] != "E" and len(string) < longest:
        h = np.zeros(len(weights[2]))         # the mistake
        s, _ = read(SYMBOLS.index(string[-1]), h, weights)
        string += SYMBOLS[choose(s)]
    return string
# --8<-- [end:forgetful]


def rounds(weights, count):
    """Return h (count, u) after BP and each of `count` times TVPX."""
    E, W, U, b, _, _ = weights
    h = simple_rnn(E[numbers("BP" + "TVPX" * count)][None], W, U, b)[0]
    return h[5::4]


def values():
    """Return the values that the page quotes, by name."""
    weights = trained()
    _, test = make_strings()
    x, y = make_pairs(test)
    p = predict(x, weights)
    p_shown = predict(numbers(SHOWN)[None, :-1], weights)[0]
    k = numbers("BTXSE")
    p_short = predict(k[None, :-1], weights)[0]
    right = p_short[np.arange(4), k[1:]]
    wrong = predict(numbers("BX")[None], weights)[0, -1]
    choose = sampler(np.random.default_rng(3))
    forgetful = [generate_forgetful(weights, choose) for _ in range(500)]
    s, _ = read(0, np.zeros(12), weights)
    states = rounds(weights, 5)
    return {
        "loss": cross_entropy(p, y),
        "legal": legal_throughout(p, test).sum(),
        "strict": all_and_only(p, test).sum(),
        "p": np.clip(p_shown, 1e-9, 1 - 1e-9).T,  # (7, 8)
        "right": right, "surprise": -np.log(right),
        "mean_surprise": -np.log(right).mean(),
        "p_string": right.prod(),
        "wrong": wrong, "wrong_symbol": wrong.argmax(),
        "forgetful": sum(accepts(string) for string in forgetful) / 5,
        "round_changes": np.abs(np.diff(states, axis=0)).max(axis=1),
        "not_the_likeliest": 100 * np.mean(p.argmax(-1)[y >= 0] != y[y >= 0]),
        "s_0": s, "p_0": softmax(s),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    T, P = numbers("TP")
    return {"first": ("T and P share nearly all",
                      v["p_0"][T] + v["p_0"][P] > 0.99)}


def main():
    """Print the outputs that the page shows, each below its name."""
    v, weights = values(), trained()
    print("# sampled")
    for temperature in (0.5, 1, 2):
        rng = np.random.default_rng(4)
        print(f"temperature {temperature}")
        for _ in range(6):
            string = generate(weights, sampler(rng, temperature))
            print(f"  {string:20}", "yes" if accepts(string) else "no")
    print("# first")
    print("symbol     sum   probability")
    for symbol, s, p in zip(SYMBOLS, v["s_0"], v["p_0"]):
        print(f"{symbol}       {s:z6.2f}        {p:.4f}")


def figures(values):
    """Return what is predicted after each symbol of one string."""
    return {"p": drawing.heat_map(
        {symbol: (f"rnn_in_action.trained.p[{k}]", row)
         for k, (symbol, row) in enumerate(zip(SYMBOLS, values["p"]))},
        SHOWN[:-1], "Probability of each symbol after each symbol read",
        "Columns are the symbols read, rows the symbols that may come next. "
        "In each column the legal symbols share nearly all the probability: "
        "one half each where there are two, nearly one where there is one.")}


if __name__ == "__main__":
    main()

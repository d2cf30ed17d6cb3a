"""Part D, many trainings: the LSTM and a SimpleRNN on the same task.

Training takes a while and differs from machine to machine, so what it gave is
recorded: `python -m snippets.recording.measure lstm.seeds` trains anew.
"""

import keras
import numpy as np

from snippets.lstm.model import train
from snippets.recording import drawing
from snippets.recording.measured import measured

MODELS = {"lstm": (keras.layers.LSTM, 2), "simple": (keras.layers.SimpleRNN, 5)}
SEEDS = range(1, 11)
SOLVED = 0.01                               # a last loss below this
FACTOR = 60                                 # "sixty times lower"


def measure():
    """Return the losses during each of 20 epochs, all seeds: (10, 20) each."""
    return {name: [[float(f"{loss:.2g}") for loss in train(recurrent, u, seed)[1]]
                   for seed in SEEDS]
            for name, (recurrent, u) in MODELS.items()}


def wilson(k, n):
    """Return the 95 % interval (Wilson's) of a share: k of n."""
    z = 1.959964                            # 95 % of a normal lie within
    middle = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    return np.array([middle - half, middle + half])


def newcombe(k, n, other_k, other_n):
    """Return the 95 % interval (Newcombe's) of the share k of n less the other."""
    share, other = k / n, other_k / other_n
    low, high = wilson(k, n)
    other_low, other_high = wilson(other_k, other_n)
    return share - other + np.array([
        -np.hypot(share - low, other_high - other),
        np.hypot(high - share, other - other_low)])


def values():
    """Return the values that the page quotes, by name."""
    losses = measured("lstm.seeds")
    lstm, simple = losses["lstm"][:, -1], losses["simple"][:, -1]  # (10,)
    solved, n = np.sum([lstm < SOLVED, simple < SOLVED], axis=1), len(SEEDS)
    return {
        "trainings": n,
        "epochs": losses["lstm"].shape[1],
        "units_simple": MODELS["simple"][1],
        "much_lower": np.sum(FACTOR * lstm < simple),
        "solved": solved,                   # by the LSTM, by the SimpleRNN
        "solved_by_percent": 100 * newcombe(solved[0], n, solved[1], n),
        "lstm": lstm,                           # of the last epoch
        "simple": simple,
        "losses_lstm": losses["lstm"][0],       # (20,): with seed 1
        "losses_simple": losses["simple"][0],
        "lower": np.sum(lstm < simple),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    six = SEEDS.index(6)
    return {
        "other_way": ("With seed 6 it is the other way round",
                      bool(v["simple"][six] < v["lstm"][six])),
        "no_chance": ("the whole interval lies above zero",
                      bool(v["solved_by_percent"][0] > 0)),
    }


def figures(v):
    """Return the loss curves of the first seed."""
    return {"loss": drawing.curve(
        {"LSTM, 2 units": v["losses_lstm"],
         "SimpleRNN, 5 units": v["losses_simple"]},
        "epoch", "loss", "Loss during each epoch",
        "Two falling curves. The loss of the LSTM falls to "
        "nearly zero, that of the simple RNN stays far above it.", top=0.3)}


def main():
    """Print the last losses, seed by seed."""
    v = values()
    print("seed   LSTM, 2 units   SimpleRNN, 5 units")
    for seed, lstm, simple in zip(SEEDS, v["lstm"], v["simple"]):
        print(f"{seed:4}   {lstm:<13.2g}   {simple:.2g}")


if __name__ == "__main__":
    main()

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


def measure():
    """Return the losses after each of 20 epochs, all seeds: (10, 20) each."""
    return {name: [[float(f"{loss:.2g}") for loss in train(recurrent, u, seed)[1]]
                   for seed in SEEDS]
            for name, (recurrent, u) in MODELS.items()}


def values():
    """Return the values that the page quotes, by name."""
    losses = measured("lstm.seeds")
    return {
        "lstm": losses["lstm"][:, -1],          # (10,): after the last epoch
        "simple": losses["simple"][:, -1],
        "losses_lstm": losses["lstm"][0],       # (20,): with seed 1
        "losses_simple": losses["simple"][0],
        "lower": np.sum(losses["lstm"][:, -1] < losses["simple"][:, -1]),
        "seeds": len(SEEDS),
    }


def claims(v):
    """Return what the page says of these trainings, and whether it is true."""
    times = v["simple"] / v["lstm"]         # (10,): how much lower
    return {"mostly_lower": (
        "In nine trainings of ten the LSTM ends lower, in six of them "
        "more than sixty times lower.",
        len(times) == 10 and v["lower"] == 9 and (times > 60).sum() == 6)}


def figures(v):
    """Return the loss curves of the first seed."""
    return {"loss": drawing.curve(
        {"LSTM, 2 units": v["losses_lstm"],
         "SimpleRNN, 5 units": v["losses_simple"]},
        "epoch", "loss", "Loss after each epoch",
        "Two falling curves over 20 epochs. The loss of the LSTM falls to "
        "nearly zero, that of the simple RNN stays far above it.", top=0.3)}


def main():
    """Print the last losses, seed by seed."""
    v = values()
    print("seed   LSTM, 2 units   SimpleRNN, 5 units")
    for seed, lstm, simple in zip(SEEDS, v["lstm"], v["simple"]):
        print(f"{seed:4}   {lstm:<13.2g}   {simple:.2g}")


if __name__ == "__main__":
    main()

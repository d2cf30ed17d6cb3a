"""Part E, LSTM or GRU: the same task, nearly the same number of parameters.

Run `python -m snippets.gru.beside_lstm` for the table of the page.
The task and the training are Part D's, see snippets/lstm/model.py. What 24
trainings gave is recorded; train anew with
`python -m snippets.recording.measure gru.beside_lstm`.
"""

import keras
import numpy as np

from snippets.lstm import model as lstm
from snippets.lstm.seeds import newcombe, wilson
from snippets.recording.measured import measured


# --8<-- [start:compare]
SOLVED = 0.01                                          # a last loss below it


def compare(recurrent, u, seed):
    """Train once; return the last loss, the first epoch with a loss below
    SOLVED (0 if there is none), and the share of wrong answers to new data."""
    model, losses = lstm.train(recurrent, u, seed)
    below = [epoch for epoch, loss in enumerate(losses, 1) if loss < SOLVED]
    x, y = lstm.make_data(N=1000, seed=99)             # not seen in training
    wrong = (model.predict(x, verbose=0) > 0.5) != y   # (N, T, m')
    return losses[-1], below[0] if below else 0, np.mean(wrong)
# --8<-- [end:compare]


MODELS = {
    "gru_2": (keras.layers.GRU, 2),
    "lstm_2": (keras.layers.LSTM, 2),
    "gru_8": (keras.layers.GRU, 8),
    "lstm_7": (keras.layers.LSTM, 7),
}
SEEDS = 6


def measure():
    """Return what compare() gives for seeds 1 to 6, (6, 3) a model."""
    return {name: [[float(f"{number:.2g}") for number in compare(*model, seed)]
                   for seed in range(1, SEEDS + 1)]
            for name, model in MODELS.items()}


def values():
    """Return the values that the page quotes, by name."""
    found = {name + "_units": u for name, (_, u) in MODELS.items()}
    for name, (recurrent, u) in MODELS.items():
        loss, epoch, wrong = measured("gru.beside_lstm")[name].T       # (6,) each
        found |= {
            f"{name}_parameters": lstm.build_model(recurrent, u).count_params(),
            f"{name}_solved": int(np.sum(loss < SOLVED)),
            f"{name}_share": 100 * wilson(np.sum(loss < SOLVED), SEEDS),
            f"{name}_wrong": 100 * np.array([wrong.min(), wrong.max()]),
            f"{name}_lowest": loss.min(),
            f"{name}_highest": loss.max(),
            f"{name}_first": int(epoch[epoch > 0].min()),
            f"{name}_last": int(epoch.max()),
        }
    found["fewer"] = 100 * newcombe(found["lstm_2_solved"], SEEDS,
                                    found["gru_2_solved"], SEEDS)
    return found


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    all_solved = v["gru_8_solved"] == v["lstm_7_solved"] == SEEDS
    return {
        "chance": ("chance alone could have made it",
                   bool(v["fewer"][0] < 0 < v["fewer"][1])),
        "every_time": ("both layers learned the task every time", all_solved),
        "stuck": ("either layer may still be stuck",
                  v["gru_2_solved"] < SEEDS and v["lstm_2_solved"] < SEEDS),
    }


def main():
    """Print the table of the page, without its epochs."""
    v = values()
    print("layer   parameters  solved  lowest loss  highest loss")
    for name in MODELS:
        layer = name.upper().replace("_", "(") + ")"
        lowest, highest = v[name + "_lowest"], v[name + "_highest"]
        print(f"{layer:7} {v[name + '_parameters']:10}"
              f"  {v[name + '_solved']} of {SEEDS}"
              f"      {lowest:.5f}       {highest:.5f}")


if __name__ == "__main__":
    main()

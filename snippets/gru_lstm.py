"""Part E, LSTM or GRU: the same task, nearly the same number of parameters.

Run `python -m snippets.gru_lstm` for the table of the page.
The task and the training are Part D's, see snippets/lstm.py.
"""

import keras
import numpy as np

from snippets import lstm


# --8<-- [start:compare]
def compare(recurrent, u, seed):
    """Train once; return the last loss, the first epoch with a loss below
    0.01 (0 if there is none), and the share of wrong answers to new data."""
    model, losses = lstm.train(recurrent, u, seed)
    below = [epoch for epoch, loss in enumerate(losses, 1) if loss < 0.01]
    x, y = lstm.make_data(N=1000, seed=99)             # not seen in training
    wrong = (model.predict(x, verbose=0) > 0.5) != y   # (N, T, m')
    return losses[-1], below[0] if below else 0, np.mean(wrong)
# --8<-- [end:compare]


# What compare() returned for seeds 1 to 6 when this page was written. Another
# processor gets other numbers, so they are written down, not computed anew.
SMALL_GRU = [[0.040, 0, 0.045], [0.00074, 12, 0], [0.00080, 11, 0],
             [0.0012, 9, 0], [0.056, 0, 0.042], [0.0012, 12, 0]]
SMALL_LSTM = [[0.0010, 11, 0], [0.00093, 13, 0], [0.0014, 13, 0],
              [0.0011, 11, 0], [0.0013, 10, 0.00006], [0.030, 0, 0.0062]]
LARGE_GRU = [[0.00023, 6, 0.00006], [0.00030, 7, 0], [0.00017, 6, 0],
             [0.00019, 7, 0], [0.00024, 7, 0], [0.00019, 7, 0]]
LARGE_LSTM = [[0.00036, 8, 0], [0.00024, 7, 0], [0.00025, 8, 0.00006],
              [0.00032, 8, 0], [0.00027, 7, 0], [0.00033, 8, 0]]

MODELS = {
    "gru_2": (keras.layers.GRU, 2, SMALL_GRU),
    "lstm_2": (keras.layers.LSTM, 2, SMALL_LSTM),
    "gru_8": (keras.layers.GRU, 8, LARGE_GRU),
    "lstm_7": (keras.layers.LSTM, 7, LARGE_LSTM),
}


def values():
    """Return the values that the page quotes, by name."""
    found = {}
    for name, (recurrent, u, measured) in MODELS.items():
        loss, epoch, _ = np.array(measured).T
        found |= {
            f"{name}_parameters": lstm.build_model(recurrent, u).count_params(),
            f"{name}_solved": int(np.sum(epoch > 0)),
            f"{name}_lowest": loss.min(),
            f"{name}_highest": loss.max(),
            f"{name}_first": int(epoch[epoch > 0].min()),
            f"{name}_last": int(epoch.max()),
        }
    return found


def main():
    """Print the table of the page, without its epochs."""
    v = values()
    print("layer   parameters  solved  lowest loss  highest loss")
    for name in MODELS:
        layer = name.upper().replace("_", "(") + ")"
        lowest, highest = v[name + "_lowest"], v[name + "_highest"]
        print(f"{layer:7} {v[name + '_parameters']:10}"
              f"  {v[name + '_solved']} of 6"
              f"      {lowest:.5f}       {highest:.5f}")


if __name__ == "__main__":
    main()

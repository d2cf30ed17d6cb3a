"""Part B by hand: the trained model in NumPy, step by step and as a whole.

Run `python -m snippets.simple_rnn.by_hand` for the page's outputs.
"""

import numpy as np

from snippets.layers.dense import dense, sigmoid
from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step
from snippets.recording import drawing
from snippets.simple_rnn.model import (
    U, W, W_y, b, b_y, make_data, predict, x_new,
)


# --8<-- [start:one_step]
def one_step(x, h):
    """Return z, the new h (5,) and y (2,) for x (3,) and the h before."""
    z, h = simple_rnn_step(x, h, W, U, b)             # (u,) each
    _, y = dense(h, W_y, b_y)                         # (m',)
    return z, h, y
# --8<-- [end:one_step]


# --8<-- [start:elman]
def elman(x):
    """Return all states (N, T, 5) and outputs (N, T, 2) for x (N, T, 3)."""
    h = simple_rnn(x, W, U, b)                        # (N, T, u)
    _, y = dense(h, W_y, b_y)                         # (N, T, m')
    return h, y
# --8<-- [end:elman]


# --8<-- [start:six]
x_six = np.array([[[4, 2, 1], [1, 1, 1], [1, 1, 1],
                   [0, 3, 3], [0, 0, 4], [2, 2, 2]]]) * 1.0  # (1, 6, 3)
# --8<-- [end:six]
NEW = 1000                                            # unseen sequences


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data()
    new, targets = make_data(NEW, seed=1)
    z_0, h_0, y_0 = one_step(x_new[0, 0], np.zeros(5))
    z_1, h_1, y_1 = one_step(x_new[0, 1], h_0)
    h_new, y_new = elman(x_new)
    h_six, y_six = elman(x_six)
    before = np.zeros((6, 2))
    before[1:] = x_six[0, :-1, :2] - x_six[0, :-1, 1:]
    exercise = np.array([[[0.0, 4.0, 0.0], [1.0, 1.0, 1.0]]])
    return {
        "xW_0": x_new[0, 0] @ W, "z_0": z_0, "h_0": h_0, "y_0": y_0,
        "xW_1": x_new[0, 1] @ W, "hU_1": h_0 @ U, "z_1": z_1, "h_1": h_1,
        "hW_y_1": h_1 @ W_y, "s_1": h_1 @ W_y + b_y, "y_1": y_1,
        "h_new": h_new[0],
        "y_new": y_new[0],
        "y_six": y_six[0],
        "target_six": sigmoid(before),
        "units": np.round(h_six[0].T, 12) + 0.0,  # no -0.0
        "same_as_keras": np.allclose(predict(x_six), y_six, rtol=0, atol=1e-6),
        "error": np.mean((elman(x)[1] - y) ** 2),
        "error_new": np.mean((elman(new)[1] - targets) ** 2),
        "y_exercise": elman(exercise)[1][0, 1],
        "target_exercise": sigmoid(np.array([-4.0, 4.0])),
        "y_reversed": elman(x_new[:, ::-1])[1][0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    far = np.abs(v["target_six"] - 0.5).ravel()  # how large the difference is
    wrong = np.abs(v["y_six"] - v["target_six"]).ravel()
    least_exact = np.argsort(far)[-3:]           # the three largest
    y, target = v["y_exercise"], v["target_exercise"]
    return {
        "two_answers": ("one input, two answers",
                        np.min(np.abs(v["y_new"][1] - v["y_new"][2])) > 0.1),
        "least_exact": ("The largest differences come out least exactly",
                        set(least_exact) == set(np.argsort(wrong)[-3:])),
        "less_decided": ("less decided than the targets",
                         target[0] < y[0] < 0.5 < y[1] < target[1]),
        "cannot_know": ("numbers near one half",
                        np.all(np.abs(v["y_new"][0] - 0.5) < 0.05)),
        "yes_yes": ("says yes and yes", np.all(v["y_new"][1] > 0.7)),
        "holds": ("what was learned holds for sequences never seen",
                  v["error_new"] < 1.1 * v["error"]),
        "hardly_moves": ("that unit hardly moves",
                         np.all(np.abs(v["units"][0]) < 0.1)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# one_step")
    for name in ("z_0", "h_0", "y_0", "z_1", "h_1", "y_1"):
        print(name, "=", v[name])
    print("# elman")
    print(v["h_new"])
    print(v["y_new"])
    print("# six")
    print(v["y_six"])
    print("the same as Keras:", v["same_as_keras"])


def figures(values):
    """Return the states of x_six as a heat map, one row per unit."""
    return {"states": drawing.heat_map(
        {str(i): (f"simple_rnn.by_hand.units[{i}]", row)
         for i, row in enumerate(values["units"])},
        [f"t = {t}" for t in range(6)],
        "The five numbers of the state at six steps",
        "Rows are the units 0 to 4, columns the steps 0 to 5. Units 1 and 2 change with the input of the step. Unit 3 repeats unit "
        "1 one step later, and unit 4 repeats unit 2 one step later with the "
        "other sign. Unit 0 stays near zero.")}


if __name__ == "__main__":
    main()

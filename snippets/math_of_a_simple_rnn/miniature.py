"""The math of a simple RNN: one recurrent unit, three steps, five parameters.

Run `python -m snippets.math_of_a_simple_rnn.miniature` for the page's output.
Source of weights and prediction: S. Trihandaru, Math of Simple RNN (2023).
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step

# --8<-- [start:weights]
W = np.array([[1.4501959]])    # kernel (m, u) = (1, 1)
U = np.array([[-1.0]])         # recurrent kernel (u, u) = (1, 1)
b = np.array([0.0])            # bias (u,) = (1,)
W_y = np.array([[0.5759429]])  # kernel of the output layer (u, m') = (1, 1)
b_y = np.array([0.0])          # bias of the output layer (m',) = (1,)

x = np.array([[1.0], [2.0], [3.0]])  # (T, m) = (3, 1)
# --8<-- [end:weights]


# --8<-- [start:model]
def build_model(u=1):
    """Return a model with u units and random weights: (N, 3, 1) to (N, 1)."""
    return keras.Sequential([
        keras.Input((3, 1)),                    # T = 3 steps of m = 1 number
        keras.layers.SimpleRNN(u, name="rnn"),  # with tanh, the default
        keras.layers.Dense(1, name="output"),   # no function: y is the sum
    ], name="five_parameters")
# --8<-- [end:model]


def values():
    """Return the values that the page quotes, by name."""
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])
    y_keras = model.predict(x[None], verbose=0)[0]
    z0, h0 = simple_rnn_step(x[0], np.zeros(1), W, U, b)
    z1, h1 = simple_rnn_step(x[1], h0, W, U, b)
    z2, h2 = simple_rnn_step(x[2], h1, W, U, b)
    h = np.concatenate([h0, h1, h2])
    y = h2 @ W_y + b_y
    flipped = simple_rnn(x[None], W, -U, b)[0, :, 0]
    scaled = simple_rnn(x[None] / 10, W, U, b)[0, :, 0]
    exchanged = simple_rnn(x[None, [1, 0, 2]], W, U, b)[0, :, 0]  # 2, 1, 3
    pulse = simple_rnn(x[None] * (x == 1), W, U, b)[0, :, 0]      # 1, 0, 0
    from_zero = simple_rnn(x[None] * (x > 1), W, U, b)[0, :, 0]
    h_sigmoid = np.zeros(1)
    for t in range(3):
        h_sigmoid = 1 / (1 + np.exp(-(x[t] @ W + h_sigmoid @ U + b)))
    return {
        "xW": x[:, 0] * W[0, 0],
        "hU": np.concatenate([np.zeros(1), h0, h1]) * U[0, 0],
        "z": np.concatenate([z0, z1, z2]),
        "h": h,
        "slope": 1 - h**2,
        "y": y[0],
        "y_at": h * W_y[0, 0] + b_y[0],
        "same_as_keras": np.allclose(y_keras, y, rtol=0, atol=1e-6),
        "parameters": model.count_params(),
        "limit": np.sqrt(6 / (1 + 1)),
        "y_flipped": flipped[-1] * W_y[0, 0],
        "h_scaled": scaled,
        "slope_scaled": 1 - scaled**2,
        "h_exchanged": exchanged,
        "y_exchanged": exchanged[-1] * W_y[0, 0] + b_y[0],
        "h_pulse": pulse,
        "h_from_zero": from_zero,
        "h_sigmoid": h_sigmoid[0],
        "parameters_4": build_model(u=4).count_params(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    pulse = v["h_pulse"]
    smaller = np.all(np.diff(np.abs(pulse)) < 0) and np.all(pulse != 0)
    turns = np.all(pulse[1:] * pulse[:-1] < 0)
    away = np.abs(1 - v["h"])              # how far from 1
    return {
        "kept": ("it has kept something of what came before",
                 v["h_exchanged"][-1] - v["h"][-1] > 0.001),
        "fades": ("becomes smaller from step to step, and its sign flips",
                  smaller and turns),
        "differ": ("Their outputs differ", v["y_exchanged"] != v["y"]),
        "nearer": ("come nearer to 1 from step to step",
                   np.all(np.diff(away) < 0)),
        "steep": ("each slope is above 0.9", np.all(v["slope_scaled"] > 0.9)),
    }


def main():
    """Print every number of the computation, step by step."""
    v = values()
    print("# by_hand")
    print("t  z         h         slope")
    for t, (z, h, slope) in enumerate(zip(v["z"], v["h"], v["slope"])):
        print(f"{t}  {z:z.6f}  {h:z.6f}  {slope:z.6f}")
    print(f"y = {v['y']:z.8f}   the same as Keras: {v['same_as_keras']}")


if __name__ == "__main__":
    main()

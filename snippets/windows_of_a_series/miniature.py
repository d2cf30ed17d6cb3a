"""Windows of a series: eight numbers, windows of three, one forecast.

Run `python -m snippets.windows_of_a_series.miniature` for the page's outputs.
Shapes: N windows, T steps, m = 1 number a step.
"""

import keras
import numpy as np

# --8<-- [start:slices]
s = np.array([4, 6, 5, 7, 8, 6, 9, 8])         # the series, oldest first
T = 3                                          # steps in a window

x = np.array([s[i:i + T] for i in range(len(s) - T)])  # (N, T)
y = s[T:]                                      # (N,): what comes next
# --8<-- [end:slices]


# --8<-- [start:view]
def views(s, T):
    """Return the same windows (N, T) and targets (N,), without a loop."""
    windows = np.lib.stride_tricks.sliding_window_view(s, T)  # (N + 1, T)
    return windows[:-1], s[T:]                 # the last has no target
# --8<-- [end:view]


# --8<-- [start:keras]
def pairs(data, targets, length, **more):
    """Return the windows and the target of each, as Keras pairs them."""
    batches = keras.utils.timeseries_dataset_from_array(
        data, targets, length, **more)
    x, y = zip(*batches)
    return np.concatenate(x), np.concatenate(y)
# --8<-- [end:keras]


# --8<-- [start:weights]
W, U, b = 0.6, 0.4, 0.1                        # the layer: one unit
W_y, b_y = 0.9, 0.2                            # the output
TRAINING = 5                                   # values to learn from
MEAN, SPREAD = 6, 2                            # of these, spread rounded up
# --8<-- [end:weights]


# --8<-- [start:forecast]
def forecast(window):
    """Return h_0, h_1, h_2 and the forecast in the units of the series."""
    h, states = 0, []
    for value in window:
        x_t = (value - MEAN) / SPREAD
        h = np.tanh(x_t * W + h * U + b)
        states.append(h)
    return np.array(states), MEAN + SPREAD * (h * W_y + b_y)
# --8<-- [end:forecast]


def keras_forecast(window):
    """Return the forecast by Keras, in float64."""
    layer = keras.layers.SimpleRNN(1, dtype="float64")
    dense = keras.layers.Dense(1, dtype="float64")
    x = (np.reshape(window, (1, T, 1)).astype(float) - MEAN) / SPREAD
    dense(layer(x))                            # now there are weights
    layer.set_weights([np.array([[W]]), np.array([[U]]), np.array([b])])
    dense.set_weights([np.array([[W_y]]), np.array([b_y])])
    return MEAN + SPREAD * np.array(dense(layer(x))).item()


def values():
    """Return the values that the page quotes, by name."""
    window, true = s[3:6], s[6:]               # 7 8 6, then 9 and 8
    states, one = forecast(window)
    fed = [*window[1:], one]                   # the forecast is its newest
    fed_states, two = forecast(fed)
    told_states, told = forecast(s[4:7])       # what really came is
    wrong_x, wrong_y = pairs(s, s, T)
    found = (views(s, T), pairs(s, s[T:], T))
    return {
        "x": x, "y": y, "N": len(x), "wrong_x": wrong_x, "wrong_y": wrong_y,
        "same": all(np.array_equal(x, other_x) and np.array_equal(y, other_y)
                    for other_x, other_y in found),
        "cut": len(pairs(s[:-T], s[T:], T)[0]), "count": len(s) - T + 1,
        "deviations": s[:TRAINING] - MEAN,
        "spread": s[:TRAINING].std(), "mean_all": s.mean(),
        "scaled": (window - MEAN) / SPREAD, "states": states,
        "sums": np.arctanh(states), "output": (one - MEAN) / SPREAD,
        "one": one, "two": two, "told": told, "fed_states": fed_states,
        "told_states": told_states, "fed_scaled": (one - MEAN) / SPREAD,
        "errors": np.array([one - true[0], two - true[1], told - true[1]]),
        "keras_off": max(abs(one - keras_forecast(window)),
                         abs(two - keras_forecast(fed))),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "three_ways": ("All three give the same pairs", v["same"]),
        "own_first": ("Each window is paired with its own first value",
                      np.array_equal(v["wrong_x"][:, 0], v["wrong_y"])),
        "keras": ("Keras gives the same two forecasts",
                  v["keras_off"] < 1e-12),
    }


def main():
    """Print the pairs, the wrong ones, and the forecast."""
    v = values()
    for name, title in (("", "pairs"), ("wrong_", "wrong")):
        print("#", title)
        for window, target in zip(v[f"{name}x"], v[f"{name}y"]):
            print(*window, "->", target)
    print("# forecast")
    for name, result in (("states", "one"), ("fed_states", "two"),
                         ("told_states", "told")):
        print(*(f"{h:z.4f}" for h in v[name]), "->", f"{v[result]:z.4f}")


if __name__ == "__main__":
    main()

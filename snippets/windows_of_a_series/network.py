"""Windows of a series: a GRU that forecasts, each window about its own mean.

Run `python -m snippets.windows_of_a_series.network` for the page's output.
"""

import keras
import numpy as np

from snippets.windows_of_a_series.series import H, T

EPOCHS, UNITS = 30, 8


# --8<-- [start:model]
def train(x, y, seed):
    """Train a GRU on windows x (N, T) with targets y (N, outputs)."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((T, 1)),
        keras.layers.GRU(UNITS),
        keras.layers.Dense(y.shape[1]),
    ])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(x[..., None], y, epochs=EPOCHS, batch_size=32, verbose=0)
    return model
# --8<-- [end:model]


# --8<-- [start:centred]
def centred(x, spread):
    """Return windows (N, T) less their own means, in units of `spread`,
    and a function that leads forecasts back."""
    mean = x.mean(axis=1, keepdims=True)           # (N, 1)
    return (x - mean) / spread, lambda y: mean + spread * y


def forecaster(x, y, spread, seed):
    """Train on windows about their own means; return what forecasts."""
    scaled, _ = centred(x, spread)
    targets = (y - x.mean(axis=1, keepdims=True)) / spread
    model = train(scaled, targets, seed)

    def forecast(x):
        """Return forecasts (N, outputs) of windows x (N, T)."""
        scaled, back = centred(x, spread)
        return back(model.predict(scaled[..., None], verbose=0))
    return forecast
# --8<-- [end:centred]


def one_scale(x, y, mean, spread, seed):
    """Train on windows that all have one mean taken away."""
    model = train((x - mean) / spread, (y - mean) / spread, seed)
    return lambda x: mean + spread * model.predict(
        ((x - mean) / spread)[..., None], verbose=0)


def values():
    """Return the values that the page quotes, by name."""
    x = np.array([[4.0, 6, 5], [14, 16, 15]])
    return {
        "parameters": 3 * UNITS * (1 + UNITS + 2) + UNITS * H + H,
        "built": keras.Sequential([
            keras.Input((T, 1)), keras.layers.GRU(UNITS),
            keras.layers.Dense(H)]).count_params(),
        "alike": centred(x, 2)[0], "means": x.mean(axis=1),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("become the same window",
                     np.array_equal(*v["alike"]))}


def main():
    """Print two windows about their own means."""
    v = values()
    print("# alike")
    for mean, row in zip(v["means"], v["alike"]):
        print(f"mean {mean:z4.0f}:", *(f"{x:z5.1f}" for x in row))


if __name__ == "__main__":
    main()

"""The fused kernel of a GPU against the loop: how far off, how much quicker.

Where there is a GPU, on Linux, and Keras on PyTorch (both layers) or JAX
(LSTM): `python -m snippets.recording.measure variable_lengths.fused`.
Shapes: N samples, T steps, m inputs a step, u units.
"""

import time

import keras
import numpy as np

from snippets.recording.measured import NotHere, measured

LAYERS = {"LSTM": keras.layers.LSTM, "GRU": keras.layers.GRU}
STEPS = [10, 100, 1000]
N, m, u, REPEATS = 32, 64, 128, 5


def pair(name):
    """Return a layer that may use the kernel, and one that uses the loop."""
    layers = [LAYERS[name](u, return_sequences=True, use_cudnn=fused)
              for fused in ("auto", False)]
    for layer in layers:
        layer.build((None, None, m))
    layers[1].set_weights(layers[0].get_weights())
    return layers


def seconds(layer, x):
    """Return the median time of a call, and its states (N, T, u)."""
    h = keras.ops.convert_to_numpy(layer(x))             # compiles, warms up
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        keras.ops.convert_to_numpy(layer(x))             # waits for the GPU
        times.append(time.perf_counter() - start)
    return np.median(times), h


def compare(name, T):
    """Return how far the states differ, and the seconds of both layers."""
    keras.utils.set_random_seed(0)
    fused, loop = pair(name)
    x = np.random.default_rng(0).normal(size=(N, T, m)).astype("float32")
    fast, h = seconds(fused, x)
    slow, exact = seconds(loop, x)
    return [float(f"{number:.1e}")
            for number in (np.abs(h - exact).max(), fast, slow)]


def measure():
    """Return differences and seconds over the steps, (3, 3) a layer."""
    device = str(keras.ops.zeros(1).device)
    if "cuda" not in device.lower() and "gpu" not in device.lower():
        raise NotHere(f"it needs a GPU, and Keras computes on {device}")
    return {"device": f"{keras.backend.backend()}, {device}",
            **{name: [compare(name, T) for T in STEPS] for name in LAYERS}}


def values():
    """Return the values that the page quotes, by name."""
    try:
        record = measured("variable_lengths.fused")
    except FileNotFoundError:
        return {"was_measured": False}
    v = {"was_measured": True, "device": record["device"]}
    for name in LAYERS:
        off, fast, slow = record[name].T                 # (steps,) each
        v |= {f"{name}_off": off.astype("float32"),
              f"{name}_quicker": (slow / fast).round(1)}
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"not_yet": ("We have not run this", not v["was_measured"])}


def main():
    """Print how far the kernel is off the loop, and how much quicker."""
    v = values()
    if not v["was_measured"]:
        print("not measured yet")
        return
    print(v["device"])
    for name in LAYERS:
        for T, off, times in zip(STEPS, v[f"{name}_off"],
                                 v[f"{name}_quicker"]):
            print(f"{name:4} {T:4} steps: off by {off:.0e}, "
                  f"{times:.1f} times as quick")


if __name__ == "__main__":
    main()

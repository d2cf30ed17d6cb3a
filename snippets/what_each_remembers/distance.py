"""The kept symbol over the distance: how often each layer learns to name it.

Run `python -m snippets.what_each_remembers.distance` for the page's output, and
`python -m snippets.recording.measure what_each_remembers.distance` to train.
"""

import keras
import numpy as np

from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.what_each_remembers.task import LOOPS, ROWS, build_model, strings

# --8<-- [start:runs]
DISTANCES, FAR = (10, 30, 100), 300
SEEDS = (1, 2, 3)
STEPS, PART, BATCH, RATE = 500, 100, 64, 0.01
RUNS: dict[str, tuple[str, dict]] = {            # array, block: its bias
    **{name: (name, {}) for name in ROWS},
    "LSTM, f open": ("LSTM", {(2, 1): 5}),       # i, f, c~, o
    "GRU, z open": ("GRU", {(2, 0): 2.5}),       # z, r, h~; two rows: 5
    "minGRU, z open": ("minGRU", {(1, 0): 5}),   # z, h~
    "minLSTM, f open": ("minLSTM", {(1, 1): 5}),  # i, f, h~
    "minLSTM, i shut too": ("minLSTM", {(1, 1): 5, (1, 0): -5}),
    "sLSTM, f open": ("sLSTM", {(2, 1): 5}),     # i, f, c~, o
}
OPENED = [run for run in RUNS if run.endswith(("open", "shut too"))
          and run != "minLSTM, f open"]          # these at 300 as well
# --8<-- [end:runs]


# --8<-- [start:train]
def new_weights(run, distance, seed):
    """Return the weights that the training of this seed begins with."""
    name, biases = RUNS[run]
    keras.utils.set_random_seed(seed)
    weights = build_model(name, distance + 1).get_weights()
    u = ROWS[name][1]
    for (array, block), bias in biases.items():
        weights[array][..., block * u:(block + 1) * u] = bias
    return weights


def train(model, weights, distance, seed):
    """Train from these weights; return how many of 100 are then right."""
    rng = np.random.default_rng(seed)
    model.set_weights(weights)
    for memory in model.optimizer.variables:
        if "learning_rate" not in memory.path:
            memory.assign(0 * memory.value)
    for _ in range(STEPS // PART):                 # fresh strings each time
        x, y = strings(distance, PART * BATCH, rng)
        model.fit(x, y, batch_size=BATCH, shuffle=False, verbose=0)
        right = percent_right(model, distance, seed=rng)
        if right == 100:                           # it will not get better
            break
    return percent_right(model, distance, seed=0)


def percent_right(model, distance, seed):
    """Return how many of 100 new strings are answered rightly."""
    x, y = strings(distance, 1000, np.random.default_rng(seed))
    return 100 * np.mean(model.predict_on_batch(x).argmax(axis=-1) == y)


def trainings(run, distance):
    """Return how many of 100 are right from each seed, (seeds,)."""
    name = RUNS[run][0]
    model = build_model(name, distance + 1)
    model.compile(loss="sparse_categorical_crossentropy",
                  jit_compile=name in LOOPS or "auto",
                  optimizer=keras.optimizers.Adam(RATE))
    model.optimizer.build(model.trainable_variables)
    return np.array([
        train(model, new_weights(run, distance, seed), distance, seed)
        for seed in SEEDS])
# --8<-- [end:train]


def measure():
    """Train all at all distances from all seeds (some minutes)."""
    return {"right": np.array([[trainings(run, distance)
                                for distance in DISTANCES] for run in RUNS]),
            "far": np.array([trainings(run, FAR) for run in OPENED])}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("what_each_remembers.distance")
    right, far = record["right"], record["far"]
    return {                                       # (runs, distances, seeds)
        "right": right, "far": far, "far_solved": (far >= 95).sum(axis=-1),
        "far_lowest": far.min(axis=-1), "far_highest": far.max(axis=-1), "lowest": right.min(axis=-1),
        "highest": right.max(axis=-1), "solved": (right >= 95).sum(axis=-1),
        "trainings": right.size + far.size, "seeds": len(SEEDS),
        "between": int(((right > 35) & (right < 95)).sum()),
    }


def claims(v):
    """Return what the page says of these trainings, and whether it is true."""
    solved = dict(zip(RUNS, v["solved"].tolist()))  # of each 3, (distances,)
    far = dict(zip(OPENED, v["far_solved"].tolist()))
    gated = [solved[name][1:] for name in ("GRU", "minGRU", "minLSTM")]
    long = "linear attention", "RWKV's time mixing", "selective SSM"
    every = len(SEEDS)
    return {
        "near": ("Over 10 steps each layer succeeds from each seed",
                 bool(np.all(v["solved"][:, 0] == every))),
        "gated": ("Over 30 steps GRU, minGRU and minLSTM never do",
                  not np.any(gated)),
        "simple": ("succeeds over 30 steps from each seed, but not over 100",
                   solved["SimpleRNN"][:3] == [every, every, 0]),
        "means": ("linear attention, RWKV's time mixing and the selective SSM"
                  " succeed from each seed over 100",
                  all(solved[name][2] == every for name in long)),
        "opened": ("GRU and minGRU succeed from each seed, over 300 steps too",
                   far["GRU, z open"] == far["minGRU, z open"] == every),
        "both": ("with both gates set it does so too, with one it fails even"
                 " over 30", far["minLSTM, i shut too"] == every
                 and not any(solved["minLSTM, f open"][1:])),
        "divided": ("The sLSTM succeeds over 300, the LSTM does not",
                    far["sLSTM, f open"] == every and not far["LSTM, f open"]),
    }


def figures(values):
    """Return the percentages of all trainings, a mark for each."""
    rows = dict(zip(RUNS, values["right"]))
    shown = {"start": ("LSTM", "minGRU", "sLSTM", "linear attention"),
             "open": ("LSTM, f open", "minGRU, z open", "minLSTM, f open",
                      "minLSTM, i shut too")}
    return {name: drawing.marks(
        {row: rows[row] for row in names}, DISTANCES, "distance in steps",
        "right answers, %", "Right answers against the distance",
        f"Four rows, {', '.join(names)}, with three marks for each distance, "
        "one for each training. Most marks stand near 25 or near 100.",
        chance=25) for name, names in shown.items()}


def main():
    """Print the output that the page shows."""
    v = values()
    def line(name, lows, highs):
        ranges = (f"{low:.0f} to {high:.0f}" for low, high in zip(lows, highs))
        return f"{name:21}" + "".join(f"{words:>11}" for words in ranges)

    print("# found")
    print(f"{'distance':21}" + "".join(f"{D:11}" for D in DISTANCES))
    for name, lows, highs in zip(RUNS, v["lowest"], v["highest"]):
        print(line(name, lows, highs))
    print("# far")
    print(f"{'distance':21}{FAR:11}")
    for name, low, high in zip(OPENED, v["far_lowest"], v["far_highest"]):
        print(line(name, [low], [high]))


if __name__ == "__main__":
    main()

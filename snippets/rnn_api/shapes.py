"""The RNN API: the shapes under every combination of options.

Run `python -m snippets.rnn_api.shapes` for the outputs that the page shows.
"""

from itertools import product

import keras
import numpy as np

from snippets.recording.measured import measured

N, T, m, u = 2, 5, 7, 4
LAYERS = (keras.layers.SimpleRNN, keras.layers.GRU, keras.layers.LSTM)
MODES = ("concat", "sum", "mul", "ave", None)
FLAGS = list(product((False, True), repeat=2))       # sequences, state


# --8<-- [start:shapes]
def shapes(result):
    """Return the shapes of one array, or of several, as one text."""
    if not isinstance(result, (list, tuple)):
        result = [result]
    return " ".join(str(tuple(array.shape)) for array in result)


def plain(kind, sequences, state, backwards):
    """Return the shapes that a layer gives for x (2, 5, 7), and its size."""
    layer = kind(u, return_sequences=sequences, return_state=state,
                 go_backwards=backwards)
    return shapes(layer(np.zeros((N, T, m)))), layer.count_params()


def both_ways(kind, sequences, state, mode):
    """Return the same for the layer inside of Bidirectional."""
    layer = keras.layers.Bidirectional(
        kind(u, return_sequences=sequences, return_state=state),
        merge_mode=mode)
    return shapes(layer(np.zeros((N, T, m)))), layer.count_params()
# --8<-- [end:shapes]


def measure():
    """Call the three layers under all 28 combinations of options."""
    found = {}
    for kind in LAYERS:
        rows = [plain(kind, sequences, state, turned)
                for turned in (False, True) for sequences, state in FLAGS]
        rows += [both_ways(kind, sequences, state, mode)
                 for mode in MODES for sequences, state in FLAGS]
        texts, sizes = zip(*rows)
        found[f"shapes_{kind.__name__.lower()}"] = np.array(texts)
        found[f"sizes_{kind.__name__.lower()}"] = np.array(sizes)
    return found


# --8<-- [start:count]
def count(kind, m, u):
    """Return how many parameters a layer has; no option changes it."""
    one = m * u + u * u + u                          # W, U and b of one block
    return {"SimpleRNN": one, "GRU": 3 * (one + u), "LSTM": 4 * one}[kind]
# --8<-- [end:count]


# --8<-- [start:stack]
def stack():
    """Return three recurrent layers on top of each other, and an output."""
    GRU, both = keras.layers.GRU, keras.layers.Bidirectional
    return keras.Sequential([
        keras.Input((None, 7)),                      # (N, T, 7)
        both(GRU(4, return_sequences=True)),         # (N, T, 8): two of 4
        GRU(6, return_sequences=True),               # (N, T, 6): reads 8
        GRU(5),                                      # (N, 5): reads 6
        keras.layers.Dense(1),                       # (N, 1)
    ])
# --8<-- [end:stack]


def values():
    """Return the values that the page quotes, by name."""
    found = measured("rnn_api.shapes")
    kernels = [kind(u) for kind in LAYERS]
    for layer in kernels:
        layer.build((None, None, m))
    return {
        **{name: found[name] for name in found if name != "seconds"},
        "sizes": np.array([count(k.__name__, m, u) for k in LAYERS]),
        "combinations": len(LAYERS) * len(found["shapes_gru"]),
        "layers": len(LAYERS), "modes": len(MODES),
        "runs": len(found["shapes_gru"]) // len(FLAGS),
        "columns": np.array([layer.get_weights()[0].shape[1]
                             for layer in kernels]),
        "stack": np.array([each.count_params() for each in stack().layers]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    sizes = np.array([v[f"sizes_{kind.__name__.lower()}"] for kind in LAYERS])
    alone, both = np.split(sizes, [2 * len(FLAGS)], axis=1)
    one = v["sizes"][:, None]                        # by the formula
    return {
        "same": ("None of these options changes how many parameters",
                 np.all(alone == one)),
        "twice": ("doubles them, whatever the mode", np.all(both == 2 * one)),
    }


def groups(v):
    """Return {names: rows}: options under which all shapes are the same."""
    names, found = ["plain", "go_backwards", *map(str, MODES)], {}
    for number, name in enumerate(names):
        rows = range(4 * number, 4 * number + 4)     # one for each of FLAGS
        key = tuple(str(v[f"shapes_{kind}"][row]) for row in rows
                    for kind in ("simplernn", "gru", "lstm"))
        found.setdefault(key, []).append(name)
    return {", ".join(names): key for key, names in found.items()}


def count_states(text, output):
    """Return how many states (2, 4) stand behind the output."""
    return text.removeprefix(output).count("(2, 4)")


def main():
    """Print the output that the page shows."""
    print("# table")
    print("            output              states")
    for names, key in groups(values()).items():
        print(names)
        for label, row in (("last", 0), ("sequences", 2)):
            output = key[3 * row]                    # without states
            states = [count_states(key[3 * row + 3 + k], output)
                      for k in range(3)]
            print(f"  {label:10}{output:20}", *states)


if __name__ == "__main__":
    main()

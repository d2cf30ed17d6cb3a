"""A selective state space beside others: parameters, and size of the state.

Run `python -m snippets.selective_state_space.sizes` for the page's output.
"""

import keras

from snippets.layers.selective import SelectiveCell
from snippets.layers.slstm import SLSTMCell
from snippets.layers.time_mixing import TimeMixingCell

m, u, d = 3, 2, 4                         # inputs, units, numbers of a state


# --8<-- [start:count]
def counts(m, u, d):
    """Return {name: (parameters, numbers carried from step to step)}."""
    cells = {
        "LSTM": keras.layers.LSTMCell(u),
        "GRU": keras.layers.GRUCell(u),
        "sLSTM": SLSTMCell(u),
        "time mixing": TimeMixingCell(u),
        "selective": SelectiveCell(u, d),
    }
    found = {}
    for name, cell in cells.items():
        cell.build((None, m))             # the input of one step, (N, m)
        sizes = cell.state_size
        carried = sizes if isinstance(sizes, int) else sum(sizes)
        found[name] = cell.count_params(), carried
    return found
# --8<-- [end:count]


def values():
    """Return the values that the page quotes, by name."""
    found = counts(m, u, d)
    return {
        "m": m, "u": u, "d": d,
        **{f"parameters_{name.replace(' ', '_')}": pair[0]
           for name, pair in found.items()},
        **{f"state_{name.replace(' ', '_')}": pair[1]
           for name, pair in found.items()},
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# counts")
    print("             parameters   state")
    for name in ("LSTM", "GRU", "sLSTM", "time_mixing", "selective"):
        print(f"{name:12} {v[f'parameters_{name}']:10} {v[f'state_{name}']:7}")


if __name__ == "__main__":
    main()

"""Both ways, the miniature: one unit each way, three steps.

Run `python -m snippets.bidirectional.miniature` for the page's outputs.
Each weight is one number, so every line is arithmetic for a calculator.
"""

import numpy as np

# --8<-- [start:weights]
forward = 0.8, 0.5, 0.1        # W, U, b of the layer that reads from t = 0
backward = 0.5, 0.9, 0.2       # W, U, b of the one that reads from the end

x = [1, 0, -1]                 # T = 3 steps of one number
# --8<-- [end:weights]


# --8<-- [start:loop]
def one_way(x, W, U, b):
    """Return the sums z and the states h, a row (z, h) for each step read."""
    h, rows = 0, []                    # nothing read yet
    for x_t in x:
        z = x_t * W + h * U + b
        h = np.tanh(z)
        rows.append([z, h])
    return np.array(rows)              # (T, 2)


def both_ways(x):
    """Return z and h of both, (T, 2) each; row t belongs to the input x_t."""
    there = one_way(x, *forward)               # t = 0, 1, 2
    back = one_way(x[::-1], *backward)         # t = 2, 1, 0
    return there, back[::-1]                   # turned round: 0, 1, 2
# --8<-- [end:loop]


# --8<-- [start:merge]
MERGE = {
    "concat": lambda there, back: np.stack([there, back], axis=-1),
    "sum": lambda there, back: there + back,
    "ave": lambda there, back: (there + back) / 2,
    "mul": lambda there, back: there * back,
}
# --8<-- [end:merge]


def values():
    """Return the values that the page quotes, by name."""
    there, back = both_ways(x)
    z_there, h_there = there.T                 # (T,) each
    z_back, h_back = back.T
    merged = {mode: put(h_there, h_back) for mode, put in MERGE.items()}
    return merged | {
        "z_there": z_there, "there": h_there,
        "z_back": z_back, "back": h_back,
        "xW_there": np.array(x) * forward[0],
        "hU_there": np.append(0, h_there[:-1]) * forward[1],
        "xW_back": np.array(x) * backward[0],
        "hU_back": np.append(h_back[1:], 0) * backward[1],
        "ends": np.array([h_there[-1], h_back[0]]),
    }


def main():
    """Print the states of both ways."""
    v = values()
    print("# states")
    print("t  forward  backward")
    for t in range(len(x)):
        print(f"{t}  {v['there'][t]:z7.4f}  {v['back'][t]:z8.4f}")


if __name__ == "__main__":
    main()

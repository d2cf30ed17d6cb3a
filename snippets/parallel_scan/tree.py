"""A scan instead of a loop: pairs, their levels, and what each way costs.

Run `python -m snippets.parallel_scan.tree` for the outputs of the page.
"""

from functools import reduce

import keras
import numpy as np

from snippets.layers.scan import combine, levels, loop

# --8<-- [start:steps]
a = np.array([0.5, 1, 0.5, 2, 1, 0.5, 2, 0.5])       # (8,): times
d = np.array([2, 1, 0, 1, -1, 2, 1, 3.0])            # (8,): plus
# --8<-- [end:steps]


# --8<-- [start:keras]
def by_keras(a, d):
    """Return what scan returns; a and d are (N, T, ...)."""
    a, d = (keras.ops.convert_to_tensor(part) for part in (a, d))
    _, h = keras.ops.associative_scan(combine, (a, d), axis=1)
    return keras.ops.convert_to_numpy(h)             # (N, T, ...)
# --8<-- [end:keras]


# --8<-- [start:cost]
def cost_of_loop(T):
    """Return how many steps wait for one another, and the pairs joined."""
    return T - 1, T - 1


def cost_of_scan(T):
    """Return the levels of the scan, and the pairs joined in all of them."""
    depth, joined, reach = 0, 0, 1
    while reach < T:
        depth, joined, reach = depth + 1, joined + T - reach, 2 * reach
    return depth, joined
# --8<-- [end:cost]


def counted_by_keras(T):
    """Return how many pairs keras.ops.associative_scan joins, by counting."""
    joined = []

    def counting(first, second):
        joined.append(first[0].shape[1])
        return combine(first, second)

    ones = keras.ops.ones((1, T))
    keras.ops.associative_scan(counting, (ones, ones), axis=1)
    return len(joined), sum(joined)


LENGTHS = [8, 64, 1024]


def values():
    """Return the values that the page quotes, by name."""
    rows = levels(a[None], d[None])                  # 4 levels of (1, T) each
    pairs = list(zip(a, d))                          # (a, d) of each step
    halves = combine(*pairs[:2]), combine(*pairs[2:4])
    h = loop(a[None], d[None])[0]                    # (T,)
    return {
        "h": h, "level_a": np.array([row[0][0] for row in rows]),
        "level_d": np.array([row[1][0] for row in rows]),
        "halves": np.array(halves), "all_four": np.array(combine(*halves)),
        "in_turn": np.array(reduce(combine, pairs[:4])),
        "swapped": np.array(combine(pairs[3], pairs[2])),
        "same": np.array_equal(rows[-1][1][0], h),
        "keras_same": np.array_equal(by_keras(a[None], d[None])[0], h),
        "loop_cost": np.array([cost_of_loop(T) for T in LENGTHS]),
        "scan_cost": np.array([cost_of_scan(T) for T in LENGTHS]),
        "keras_cost": np.array([counted_by_keras(T) for T in LENGTHS]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "grouping": ("The grouping does not matter",
                     np.array_equal(v["all_four"], v["in_turn"])),
        "order": ("their order does",
                  not np.array_equal(v["swapped"], v["halves"][1])),
    }


def main():
    """Print the levels of the scan and the costs, each below its name."""
    v = values()
    print("# levels")
    for k, (row_a, row_d) in enumerate(zip(v["level_a"], v["level_d"])):
        print(f"level {k}  a", *(f"{number:z6.2f}" for number in row_a))
        print("         d", *(f"{number:z6.2f}" for number in row_d))
    print("the same as the loop:", v["same"])
    print("the same by Keras:   ", v["keras_same"])
    print("# costs")
    print("        loop          this scan      Keras's scan")
    print("   T    depth joined  depth joined   depth joined")
    names = ("loop_cost", "scan_cost", "keras_cost")
    for T, *ways in zip(LENGTHS, *(v[name] for name in names)):
        print(f"{T:4}", *(f"{depth:7} {joined:6}" for depth, joined in ways))


if __name__ == "__main__":
    main()

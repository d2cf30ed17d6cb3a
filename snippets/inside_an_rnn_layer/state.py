"""Inside an RNN layer: a state of three numbers for a prefix of any length.

Run `python -m snippets.inside_an_rnn_layer.state` for the page's outputs.
"""

import numpy as np

from snippets.inside_an_rnn_layer.model import U, W, b, train
from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import GRAMMAR, one_hot, walk
from snippets.recording.measured import measured


# --8<-- [start:state]
def state(prefix, W=W, U=U, b=b):
    """Return the state (u,) after a prefix of any length."""
    return simple_rnn(one_hot(prefix)[None], W, U, b)[0, -1]
# --8<-- [end:state]


# --8<-- [start:prefixes]
def prefixes(longest):
    """Return all beginnings of Reber strings, up to this many symbols."""
    found = ["B"]
    for prefix in found:                           # it grows as we go
        if len(prefix) < longest:
            found += [prefix + s for s in GRAMMAR[walk(prefix)[-1]]]
    return [prefix for prefix in found if prefix[-1] != "E"]


def nearest_centre(longest, W=W, U=U, b=b):
    """Return each prefix's node, and the node whose mean state is nearest."""
    names = prefixes(longest)
    node = np.array([walk(prefix)[-1] for prefix in names])
    h = np.array([state(prefix, W, U, b) for prefix in names])  # (prefixes, u)
    centre = np.array([h[node == n].mean(axis=0) for n in range(1, 7)])
    distance = np.linalg.norm(h[:, None] - centre, axis=-1)  # (prefixes, 6)
    return node, 1 + distance.argmin(axis=1)
# --8<-- [end:prefixes]


LONGEST = 10                                       # symbols of a prefix
FORGOTTEN = 1, 2, 5, 10, 100                       # how many times S
SHOWN = "B", "BT", "BTX", "BTSX", "BPVP", "BTXS", "BPTVV"


def measure():
    """Return how often the nearest mean is the right one, for five seeds."""
    found = []
    for seed in range(1, 6):
        weights = train(seed)[0].get_weights()[:3]
        node, nearest = nearest_centre(LONGEST, *weights)
        found.append(round(100 * np.mean(node == nearest)))
    return {"found": np.array(found)}


def values():
    """Return the values that the page quotes, by name."""
    node, nearest = nearest_centre(LONGEST)
    many = {k: state("BT" + "S" * k) for k in FORGOTTEN}
    float_bits = 32                                # of a float32
    bits = len(U) * float_bits                     # of a whole state
    found = measured("inside_an_rnn_layer.state")["found"]
    T = next(T for T in range(1, 99) if 7**T > 2**bits)
    return {
        "shown": np.array([state(prefix) for prefix in SHOWN]),
        "shown_node": np.array([walk(prefix)[-1] for prefix in SHOWN]),
        "many": np.array(list(many.values())),
        "times": np.array(FORGOTTEN),
        "many_same": np.abs(many[10] - many[100]).max() < 1e-6,
        "prefixes": len(node),
        "found": 100 * np.mean(node == nearest),
        "lowest": found.min(),
        "others": len(found) - 1,                  # besides seed 4
        "longest": LONGEST,
        "nodes": len(set(node)),
        "float_bits": float_bits, "bits": bits,
        "T_enough": T - 1, "T_too_many": T,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    h, node = v["shown"], v["shown_node"]
    apart = np.linalg.norm(h[:, None] - h, axis=-1)  # of each pair of prefixes
    four, six = node == 4, node == 6
    across = apart[np.ix_(four, six)].min()
    return {
        "four_alike": ("their states are indeed alike",
                       apart[np.ix_(four, four)].max() < across / 4),
        "six_alike": ("states like each other, and unlike those of node 4",
                      apart[np.ix_(six, six)].max() < across / 4),
        "one_or_two": ("Between one S and two there is still a difference",
                       np.abs(v["many"][0] - v["many"][1]).max() > 1e-3),
        "ten_or_hundred": (
            "all three numbers agree to six decimals", np.array_equal(
                v["many"][3].round(6), v["many"][4].round(6))),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# prefixes")
    print("prefix node  state")
    for prefix, h, node in zip(SHOWN, v["shown"], v["shown_node"]):
        print(f"{prefix:6}  {node} ", *[f"{x:z6.3f}" for x in h])
    print("# many")
    for k, h in zip(FORGOTTEN, v["many"]):
        print(f"{k:3} times S ", *[f"{x:z6.3f}" for x in h])


if __name__ == "__main__":
    main()

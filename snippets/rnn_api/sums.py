"""The RNN API on a layer that adds: every option, with numbers for the head.

Run `python -m snippets.rnn_api.sums` for the outputs that the page shows.
"""

import keras
import numpy as np

# --8<-- [start:adder]
W, U, b = np.ones((1, 1)), np.ones((1, 1)), np.zeros(1)
x = np.array([[[1.0], [2.0], [3.0]]])                # (N, T, m) = (1, 3, 1)


def adder(**options):
    """Return a SimpleRNN of one unit: its state is the sum of its inputs."""
    layer = keras.layers.SimpleRNN(1, activation="linear", **options)
    layer.build((None, None, 1))                     # (N, T, m)
    layer.set_weights([W, U, b])
    return layer
# --8<-- [end:adder]


# --8<-- [start:returns]
def returns():
    """Return what comes back for x under each setting."""
    return {
        "neither": adder()(x),                                    # (1, 1)
        "return_sequences": adder(return_sequences=True)(x),      # (1, 3, 1)
        "return_state": adder(return_state=True)(x),              # two (1, 1)
        "both": adder(return_sequences=True, return_state=True)(x),
    }
# --8<-- [end:returns]


# --8<-- [start:starts]
def starts():
    """Return the sums of x from 10 on, and those of x in two pieces."""
    ten = np.array([[10.0]])                         # (N, u) = (1, 1)
    layer = adder(return_sequences=True, return_state=True)
    from_ten, state = layer(x, initial_state=ten)
    first, state = layer(x[:, :2])                   # 1, 2
    second, state = layer(x[:, 2:], initial_state=state)     # 3
    return {"from ten": from_ten, "first piece": first, "second": second}
# --8<-- [end:starts]


# --8<-- [start:backwards]
def backwards():
    """Return the sums of x, read from its end to its beginning."""
    return {
        "forward": adder(return_sequences=True)(x),
        "go_backwards":
            adder(return_sequences=True, go_backwards=True)(x),
        "its last state": adder(go_backwards=True)(x),
    }
# --8<-- [end:backwards]


# --8<-- [start:both_ways]
def both_ways(return_sequences, merge_mode):
    """Return what two adders give for x, one for each direction."""
    layer = keras.layers.Bidirectional(
        keras.layers.SimpleRNN(1, activation="linear",
                               return_sequences=return_sequences),
        merge_mode=merge_mode)
    layer.build((None, None, 1))
    layer.set_weights([W, U, b, W, U, b])            # forward, then backward
    return layer(x)
# --8<-- [end:both_ways]


def plain(result):
    """Return the numbers of one array, or of several end to end."""
    arrays = result if isinstance(result, (list, tuple)) else [result]
    return np.concatenate([np.ravel(array) for array in arrays])


def values():
    """Return the values that the page quotes, by name."""
    found = {**returns(), **starts(), **backwards()}
    modes = {str(mode).lower(): both_ways(True, mode)
             for mode in ("concat", "sum", "mul", "ave", None)}
    return {
        **{name.replace(" ", "_"): plain(result)
           for name, result in found.items()},
        "concat": np.array(modes["concat"])[0],      # (T, 2)
        **{name: plain(modes[name]) for name in ("sum", "mul", "ave", "none")},
        "without": plain(both_ways(False, "concat")),
    }


def show(v, names):
    """Print the numbers of each of the named results."""
    for name in names:
        numbers = v[name.replace(" ", "_")]
        print(f"{name:17}", " ".join(f"{n:4.0f}" for n in numbers))


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# returns")
    show(v, ("neither", "return_sequences", "return_state", "both"))
    print("# starts")
    show(v, ("from ten", "first piece", "second"))
    print("# backwards")
    show(v, ("forward", "go_backwards", "its last state"))
    print("# both_ways")
    for t, row in enumerate(v["concat"]):
        print(f"t = {t}              ", *(f"{n:4.0f}" for n in row))
    show(v, ["without"])


if __name__ == "__main__":
    main()

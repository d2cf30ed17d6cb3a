"""What the laboratory of the page computes, by Keras: padding, mask, loss.

The laboratory computes in the reader's browser. Here Keras computes its first
state and 50 random ones, in float64.
Shapes: N strings, T steps, m = 7 symbols, u = 4 units.
"""

import functools

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, one_hot, reber_of_length
from snippets.variable_lengths.exercises import even_weights
from snippets.variable_lengths.padding import LAYERS, STRINGS, pad

FIRST = {"strings": STRINGS, "layer": "SimpleRNN", "padding": "post",
         "mask": False, "both": False, "loss": "steps", "even": False}
CASES = 50
MOST = 4                                  # strings of a case
UNIT = 1                                  # whose states the page shows


@functools.cache
def build(layer, both, each, mask):
    """Return a model with weights drawn by NumPy, as those of this page.

    It answers at each step, (N, T, 7), or once at the end, (N, 7). Both
    halves of a Bidirectional layer get the same weights.
    """
    recurrent = LAYERS[layer](4, dtype="float64", return_sequences=each)
    if both:
        recurrent = keras.layers.Bidirectional(recurrent, dtype="float64")
    masking = [keras.layers.Masking(dtype="float64")] if mask else []
    model = keras.Sequential([
        keras.Input((None, 7), dtype="float64"), *masking, recurrent,
        keras.layers.Dense(7, activation="softmax", dtype="float64")])
    rng = np.random.default_rng(0)
    shapes = [weights.shape for weights in model.get_weights()]
    *ours, W_y, b_y = [rng.normal(0, 0.6, shape).astype("float32")
                       for shape in shapes[:3] + shapes[-2:]]
    model.set_weights([*ours * (1 + both), W_y, b_y])
    return model


@functools.cache
def halves(layer, both):
    """Return the layer, or the two of a Bidirectional one, on their own."""
    weights = build(layer, both, True, False).get_weights()[:3]
    found = []
    for k in range(1 + both):
        half = LAYERS[layer](4, dtype="float64", return_sequences=True,
                             go_backwards=k == 1)
        half.build((None, None, 7))
        half.set_weights(weights)
        found.append(half)
    return found


def states(choice, x, mask):
    """Return the states after each step, one array (N, T, u) a direction.

    At a masked step a layer repeats its output, and at first it is 0: that
    is the state, too. A Bidirectional layer would say 0 instead, so each
    half is a layer of its own here.
    """
    found = []
    for half in halves(choice["layer"], choice["both"]):
        h = np.array(half(x, mask=mask))                # (N, T, u), as read
        found.append(h[:, ::-1] if half.go_backwards else h)  # by step
    return found


def last(found):
    """Return the last state of each direction, (directions, N, u)."""
    return np.array([h[:, -1 if k == 0 else 0] for k, h in enumerate(found)])


def losses(choice, p, asked, real):
    """Return the mean loss of each string, (N,): of its steps, or its one."""
    with np.errstate(divide="ignore", invalid="ignore"):
        each = -np.nansum(asked * np.log(p), axis=-1)   # (N, T) or (N,)
    if choice["loss"] == "last":
        return each
    return (each * real).sum(1) / real.sum(1)           # (N,)


def look(choice):
    """Return all that the laboratory shows of a choice, by name."""
    strings = choice["strings"]
    each = choice["loss"] == "steps"
    x, real = pad([one_hot(s[:-1]) for s in strings], choice["padding"])
    y, _ = pad([one_hot(s[1:]) for s in strings], choice["padding"])
    asked = y if each else one_hot([s[-1] for s in strings])
    model = build(choice["layer"], choice["both"], each, choice["mask"])
    found = states(choice, x, real if choice["mask"] else None)

    alone, alone_losses = [], []
    top = model.layers[-1]                              # Dense
    for s in strings:                                   # without padding
        h = states(choice, one_hot(s[:-1])[None], None)
        alone.append(last(h)[:, 0])                     # (directions, u)
        p = top(np.concatenate(h if each else last(h), axis=-1))
        to_come = one_hot(s[1:] if each else s[-1])     # (T_n, 7) or (1, 7)
        alone_losses.append(-np.log((np.array(p) * to_come).sum(-1)).mean())
    alone = np.array(alone).swapaxes(0, 1)              # (directions, N, u)

    loss = keras.losses.CategoricalCrossentropy(dtype="float64")
    p = model(x)
    N = len(strings)
    weights = np.ones(real.shape if each else N)        # (N, T) or (N,)
    if choice["even"] and each:
        weights = even_weights(real)
    # What a string has of the loss: the loss if only it had weights.
    only = np.eye(N)[:, :, None] if each else np.eye(N)
    parts = np.array([loss(asked, p, sample_weight=weights * row)
                      for row in only])                 # (N,)
    here = losses(choice, np.array(p), asked, real)
    total = np.array(loss(asked, p, sample_weight=weights))
    return {
        "real": real, "states": np.array(found), "last": last(found),
        "alone": alone, "off": np.abs(last(found) - alone).max(-1),
        "loss_alone": np.array(alone_losses), "loss_here": here,
        "counts": parts / here, "share": parts / total, "loss": total,
    }


def drawn(rng):
    """Return a random choice, and the unit that is looked at."""
    count = int(rng.integers(1, MOST + 1))
    strings = [reber_of_length(rng, int(rng.integers(5, 9)))
               for _ in range(count)]
    if rng.random() < 0.3:                # no strings of the grammar
        strings = ["".join(rng.permutation(list(s))[:rng.integers(2, 6)])
                   for s in strings]
    return {
        "strings": strings, "layer": str(rng.choice(list(LAYERS))),
        "padding": str(rng.choice(["pre", "post"])),
        "mask": bool(rng.random() < 0.5), "both": bool(rng.random() < 0.4),
        "loss": str(rng.choice(["steps", "steps", "last"])),
        "even": bool(rng.random() < 0.4),
    }, int(rng.integers(4))


def coded(choice, unit):
    """Return a choice as numbers: six options, the unit."""
    return [list(LAYERS).index(choice["layer"]), choice["padding"] == "post",
            choice["mask"], choice["both"], choice["loss"] == "steps",
            choice["even"], unit]


def first_state():
    """Return what the page shows, and what it says of other choices."""
    first = look(FIRST)
    masked = look(FIRST | {"mask": True})
    ended = look(FIRST | {"loss": "last"})
    even = look(FIRST | {"mask": True, "even": True})
    v = {name: value[0] if name in ("last", "alone", "off") else value
         for name, value in first.items()}
    v["states"] = first["states"][0, :, :, UNIT]        # (N, T)
    v["steps"], v["cells"] = first["real"].sum(), first["real"].size
    v["percent"] = 100 * first["share"]
    v["masked_off"], v["masked_loss"] = masked["off"][0], masked["loss"]
    v["masked_percent"] = 100 * masked["share"]
    v["even_counts"] = even["counts"]
    v["ended"], v["ended_masked"] = ended["loss"], look(
        FIRST | {"loss": "last", "mask": True})["loss"]
    return v


def values():
    """Return the values that the page quotes, and those of random states.

    The numbers of all cases stand one behind the other: states of a unit by
    direction, string and step; the rest by direction and string.
    """
    rng = np.random.default_rng(7)
    cases = [drawn(rng) for _ in range(CASES)]
    seen = [look(choice) for choice, _ in cases]

    def listed(name):
        """Return what all cases have of that name, one behind the other."""
        return np.concatenate([np.ravel(one[name]) for one in seen])

    return first_state() | {
        "case_choices": np.array([coded(*case) for case in cases]).astype(int),
        "case_lengths": np.array([
            [*map(len, choice["strings"]), 0, 0, 0][:MOST]
            for choice, _ in cases]),
        "case_symbols": np.array([
            SYMBOLS.index(symbol) for choice, _ in cases
            for s in choice["strings"] for symbol in s]),
        "case_states": np.concatenate([
            np.ravel(one["states"][..., unit])
            for one, (_, unit) in zip(seen, cases)]),
        "case_off": listed("off"),
        "case_loss_alone": listed("loss_alone"),
        "case_loss_here": listed("loss_here"),
        "case_counts": listed("counts"),
        "case_loss": listed("loss"),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "masked": ("all differences are 0", np.all(v["masked_off"] < 1e-12)),
        "thirds": ("each string counts a third",
                   np.allclose(v["even_counts"], 1 / 3, rtol=0, atol=1e-12)),
    }


def main():
    """Print the first state: the states of a unit, the loss, the shares."""
    v = values()
    for string, row, real in zip(STRINGS, v["states"], v["real"]):
        print(f"{string:10}", *(f"{h:z7.3f}{' ' if kept else '*'}"
                                for h, kept in zip(row, real)))
    print("loss  ", f"{v['loss']:.4f}")
    print("shares", *(f"{share:.3f}" for share in v["share"]))


if __name__ == "__main__":
    main()

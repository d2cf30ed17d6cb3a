"""Your own layer: which number is the first that differs?

`print(compare(model, x))` goes through a model of Keras, layer by layer, and
computes each recurrent and each dense layer by hand. `compare(model, x, mine)`
holds arrays of yours against that: a dict, or the name of an .npz.

Run `python -m snippets.your_own_layer.compare` for an example. This file needs
nothing but NumPy and Keras. Therefore it has its own steps, which keep every
number on the way; tests hold them to those of snippets/layers.

Shapes: N samples, T steps, m inputs per step, u units. An array of the first
layer is called layer1.h, or layer1.backward.h; its step is that of the input.
"""

import keras
import numpy as np

# By class: a layer of your own that is derived from one is held to that one.
RECURRENT = (keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU)
KNOWN = (*RECURRENT, keras.layers.Dense, keras.layers.Bidirectional,
         keras.layers.TimeDistributed)
TOLERANCE = {"float64": 1e-9, "float32": 1e-5}  # else, half precision: 1e-2


def float64_of(layer):
    """Return the weights of a layer in float64."""
    return [array.astype("float64") for array in layer.get_weights()]


def numbers(tensor, dtype=float):
    """Return a tensor of any backend as an array; dtype None: its own."""
    return np.array(keras.ops.convert_to_numpy(tensor), dtype)


def activation(function):
    """Return an activation of Keras as a function of arrays of NumPy."""
    return lambda z: numbers(function(keras.ops.convert_to_tensor(z)))


def named(name, gates, array):
    """Return the parts of an array (..., k u) as {name_gate: part}."""
    parts = np.split(array, len(gates), axis=-1)     # (..., u) each
    return {f"{name}_{gate}": part for gate, part in zip(gates, parts)}


def dense_step(layer, x, W, b=0.0):
    """Return every number of a dense layer for x (..., m)."""
    xW = x @ W                                       # (..., u)
    z = xW + b                                       # (..., u)
    return dict(xW=xW, z=z, y=activation(layer.activation)(z))


def simple_rnn_step(layer, x, states, W, U, b=0.0):
    """Return every number of one step for x (N, m)."""
    xW, hU = x @ W, states["h"] @ U                  # (N, u) each
    z = xW + hU + b                                  # (N, u)
    return dict(xW=xW, hU=hU, z=z, h=activation(layer.activation)(z))


def lstm_step(layer, x, states, W, U, b=0.0):
    """Return every number of one step for x (N, m)."""
    g = activation(layer.activation)
    sigma = activation(layer.recurrent_activation)
    xW, hU = x @ W, states["h"] @ U                  # (N, 4u) each
    z = named("z", "ifco", xW + hU + b)
    i, f, o = (sigma(z[f"z_{gate}"]) for gate in "ifo")  # (N, u) each
    c_new = g(z["z_c"])                              # (N, u)
    kept, written = f * states["c"], i * c_new       # (N, u) each
    c = kept + written                               # (N, u)
    g_c = g(c)                                       # (N, u)
    return {**named("xW", "ifco", xW), **named("hU", "ifco", hU), **z,
            **dict(i=i, f=f, c_new=c_new, o=o, kept=kept, written=written),
            **dict(c=c, g_c=g_c, h=o * g_c)}


def gru_step(layer, x, states, W, U, b=0.0):
    """Return every number of one step for x (N, m)."""
    g = activation(layer.activation)
    sigma = activation(layer.recurrent_activation)
    h, u = states["h"], layer.units
    b, b2 = b if np.ndim(b) == 2 else (b, 0.0)
    p = named("p", "zrh", x @ W + b)
    q = named("q", "zr", (h @ U + b2)[:, : 2 * u])
    sum_z, sum_r = p["p_z"] + q["q_z"], p["p_r"] + q["q_r"]  # (N, u) each
    z, r = sigma(sum_z), sigma(sum_r)                # (N, u) each
    if layer.reset_after:
        q["q_h"] = (h @ U + b2)[:, 2 * u :]          # (N, u)
        reset = r * q["q_h"]                         # (N, u)
    else:
        q["q_h"] = r * h                             # (N, u)
        reset = q["q_h"] @ U[:, 2 * u :]             # (N, u)
    sum_h = p["p_h"] + reset                         # (N, u)
    h_new = g(sum_h)                                 # (N, u)
    kept, taken = z * h, (1 - z) * h_new             # (N, u) each
    return {**p, **q, **dict(sum_z=sum_z, z=z, sum_r=sum_r, r=r, reset=reset),
            **dict(sum_h=sum_h, h_new=h_new, kept=kept, taken=taken),
            "h": kept + taken}


STEPS = dict(zip(RECURRENT, (simple_rnn_step, lstm_step, gru_step)))


def one_direction(layer, x, mask, states):
    """Return a layer's arrays, every number (N, T, u), and its output."""
    [step] = [step for kind, step in STEPS.items() if isinstance(layer, kind)]
    weights = dict(zip("WUb", float64_of(layer)))
    zero = np.zeros((len(x), layer.units))           # (N, u)
    names = ("h", "c") if step is lstm_step else ("h",)
    states = dict(zip(names, states or (zero, zero)))
    order = [*range(x.shape[1])][:: -1 if layer.go_backwards else 1]
    found, outputs = {}, []
    for t in order:
        now = step(layer, x[:, t], states, **weights)
        output = now["h"]                            # (N, u)
        if mask is not None:                         # where it is False:
            read = mask[:, t, None]                  # (N, 1)
            now |= {name: np.where(read, now[name], states[name])
                    for name in states}              # the states stay
            before = outputs[-1] if outputs else zero
            if layer.zero_output_for_mask and layer.return_sequences:
                before = zero
            output = np.where(read, output, before)
        states = {name: now[name] for name in states}
        outputs.append(output)
        for name, number in now.items():
            found.setdefault(name, {})[t] = number
    found = {name: np.stack([numbers[t] for t in sorted(order)], axis=1)
             for name, numbers in found.items()}
    output = np.stack(outputs, axis=1) if layer.return_sequences else output
    return weights | found, output


def by_hand(layer, x, mask=None, states=None):
    """Return all arrays of a layer in order, its output the last."""
    if isinstance(layer, keras.layers.TimeDistributed):
        return by_hand(layer.layer, x)
    if isinstance(layer, keras.layers.Dense):
        weights = dict(zip("Wb", float64_of(layer)))
        found = weights | dense_step(layer, x, *weights.values())
        return found | {"output": found["y"]}
    if not isinstance(layer, keras.layers.Bidirectional):
        found, output = one_direction(layer, x, mask, states)
        return found | {"output": output}
    half = len(states) // 2 if states else 0
    found, there = one_direction(
        layer.forward_layer, x, mask, states and states[:half])
    more, back = one_direction(
        layer.backward_layer, x, mask, states and states[half:])
    found |= {f"backward.{name}": array for name, array in more.items()}
    if layer.return_sequences:
        back = back[:, ::-1]
    joined = {"sum": there + back, "mul": there * back,
              "ave": (there + back) / 2}
    both = np.concatenate([there, back], axis=-1)
    return found | {"output": joined.get(layer.merge_mode, both)}


def layers_of(model):
    """Yield the layers of a model, also those of models in it."""
    if isinstance(model, KNOWN) or not getattr(model, "layers", None):
        yield model
    else:
        for layer in model.layers:
            yield from layers_of(layer)


def is_known(layer):
    """Return whether a layer, or what it wraps, can be computed here."""
    inner = getattr(layer, "forward_layer", getattr(layer, "layer", layer))
    return isinstance(layer, KNOWN) and isinstance(
        inner, (*RECURRENT, keras.layers.Dense))


def calls(layers, model, x):
    """Return what each call of these layers was given, and what it gave."""
    found = []

    def noting(layer, call):
        def noted(x, *args, **options):
            start = options.get("initial_state", args[0] if args else None)
            if start is None:                        # of a stateful layer
                start = getattr(layer, "states", None)
            if start is not None:
                several = isinstance(start, (list, tuple))
                start = [*map(numbers, start if several else [start])]
            output = call(x, *args, **options)
            several = isinstance(output, (list, tuple))
            first = numbers(output[0] if several else output, None)
            mask = options.get("mask")
            mask = None if mask is None else numbers(mask, bool)
            found.append((layer, numbers(x), mask, start, first))
            return output
        return noted

    for layer in layers:
        layer.call = noting(layer, layer.call)
    try:
        model(x)
    finally:
        for layer in layers:
            del layer.call                           # that of its class again
    return found


def first(right, other, tolerance, backwards=False):
    """Return where (n, t, j) two arrays first differ, or None."""
    near = np.abs(other - right) <= tolerance * np.maximum(1, np.abs(right))
    places = zip(*np.nonzero(~near))                 # NaN is not near
    if right.ndim < 3:
        return min(places, default=None)
    turn = -1 if backwards else 1
    return min(places, default=None, key=lambda at: (turn * at[1], at))


def told(title, name, place, right, other, whose):
    """Return the sentence about a number that differs."""
    where = f"[{', '.join(map(str, place))}]"
    if right.ndim == 3:
        where = f"t = {place[1]}, sample {place[0]}, unit {place[2]}"
    apart = abs(other[place] - right[place])
    return (f"{title}: {name} differs first, at {where}: {whose} "
            f"{other[place]:.6g}, by hand {right[place]:.6g}, {apart:.2g} apart.")


def long_axes(array):
    """Return the shape of an array without its axes of length 1."""
    return [length for length in array.shape if length > 1]


def first_of_mine(title, right, mine, tolerance, backwards):
    """Return the sentence about the first array of mine that differs.

    backwards: whether the layer reads from the last step to the first.
    """
    found = []
    for turn, (name, own) in enumerate(mine.items()):
        array, own = right[name], np.array(own, float)
        if long_axes(own) == long_axes(array):       # N or T = 1 left out
            own = own.reshape(array.shape)
        if own.shape != array.shape:
            return (f"{title}: {name} of yours has the shape {own.shape}, "
                    f"by hand {array.shape}.")
        other = name.startswith("backward.")
        back = name != "output" and (backwards or other)
        place = first(array, own, tolerance, back)
        if place is None:
            continue
        time = -1 if array.ndim < 3 else place[1]    # weights come first
        if back and time >= 0:
            time = array.shape[1] - 1 - time         # as it was read
        rank = (name == "output", other, time, turn)
        found.append((rank, told(title, name, place, array, own, "you have")))
    return min(found)[1] if found else None


def compare(model, x, mine=None, tolerance=None):
    """Say which number is the first that differs, or that all agree.

    mine: arrays of yours, a dict or the name of an .npz. tolerance: by how
    much two numbers may differ, for those above 1 by how large a share.
    """
    if isinstance(mine, str):
        with np.load(mine) as saved:
            mine = dict(saved)
    left = {name: array for name, array in (mine or {}).items()
            if name not in ("x", "mask") and not name.endswith("_before")}
    layers = dict.fromkeys(layers_of(model))
    known = [layer for layer in layers if is_known(layer)]
    most = 0.0
    noted = calls(known, model, x)
    for number, (layer, given, mask, states, output) in enumerate(noted, 1):
        limit = tolerance or TOLERANCE.get(str(output.dtype), 1e-2)
        right = by_hand(layer, given, mask, states)
        title = f"layer {number} ({layer.name}, {type(layer).__name__})"
        place = first(right["output"], output, limit)
        if place is not None:
            return told(title, "output", place, right["output"], output,
                        "Keras has")
        start = f"layer{number}."
        own = {name: left.pop(start + name) for name in right
               if start + name in left}
        backwards = getattr(layer, "go_backwards", False)
        sentence = first_of_mine(title, right, own, limit, backwards)
        if sentence:
            return sentence
        apart = [np.abs(np.array(array, float) - right[name]).max()
                 for name, array in own.items()]
        apart.append(np.abs(output - right["output"]).max())
        most = max(most, *apart)
    if left:
        raise ValueError(f"this model has no array {', '.join(left)}")
    others = [layer.name for layer in layers
              if layer.get_weights() and layer not in known]
    skipped = f" Not looked at: {', '.join(others)}." if others else ""
    if not noted:
        return f"There is no layer that can be computed by hand.{skipped}"
    return (f"All agree: {len(noted)} layers, at most {most:.2g} apart."
            f"{skipped}")


def values():
    """Return the values of the example, by name."""
    from snippets.lstm.miniature import U, W, b, x

    layer = keras.layers.LSTM(1, return_sequences=True)
    layer.build((None, 3, 1))
    layer.set_weights([W, U, b])
    right = by_hand(layer, x[None])
    once_more = by_hand_again(W, U, b + [0, 1, 0, 0], x[None])
    mine = {f"layer1.{name}": once_more[name] for name in ("f", "c", "h")}
    place = first(right["f"], once_more["f"], 1e-5)
    return {
        "agree": compare(layer, x[None]).startswith("All agree"),
        "told": compare(layer, x[None], mine).startswith(
            "layer 1 (lstm"),
        "t": place[1],
        "yours": once_more["f"][place],
        "by_hand": right["f"][place],
    }


def by_hand_again(W, U, b, x):
    """Return the arrays of an LSTM that has other weights."""
    layer = keras.layers.LSTM(len(U), return_sequences=True)
    layer.build((None, *x.shape[1:]))
    layer.set_weights([W, U, b])
    return by_hand(layer, x)


def main():
    """Print what is said of a forget bias that was added once more."""
    v = values()
    print("Keras and by hand agree:", v["agree"])
    print(f"f differs first, at t = {v['t']}: you have {v['yours']:.4f}, "
          f"by hand {v['by_hand']:.4f}")


if __name__ == "__main__":
    main()

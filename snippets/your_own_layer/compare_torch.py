"""Your own layer in PyTorch: which number is the first that differs?

`print(compare(model, x))` goes through a model of PyTorch, layer by layer,
and computes each nn.RNN, nn.LSTM, nn.GRU and nn.Linear by hand.
`compare(model, x, mine)` holds arrays of yours against that: a dict, or the
name of an .npz. The model is run as in eval(), so no dropout is active.

This file needs nothing but NumPy and PyTorch. Arrays have the names and the
order of gates that they have in compare.py, the file for Keras.

Shapes: N samples, T steps, m inputs per step, u units. Each of num_layers is
counted: an array of the first is called layer1.h, or layer1.backward.h.
"""

import numpy as np
import torch
from torch import nn

# By class: a module of your own that is derived from one is held to that one.
GATES = {nn.RNN: [""], nn.LSTM: ["_i", "_f", "_c", "_o"],
         nn.GRU: ["_z", "_r", "_h"]}
ORDER = {nn.RNN: [0], nn.LSTM: [0, 1, 2, 3], nn.GRU: [1, 0, 2]}  # r, z, n
TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-5}  # else 1e-2


def float64_of(tensor):
    """Return a tensor as an array of float64."""
    return tensor.detach().cpu().double().numpy()


def kind_of(module):
    """Return which of the recurrent classes a module is of, or None."""
    return next((kind for kind in GATES if isinstance(module, kind)), None)


def is_known(module):
    """Return whether a module can be computed here."""
    if kind_of(module):
        return not module.proj_size
    return isinstance(module, nn.Linear)


def weights_of(module, level, back):
    """Return W (m, k u), U (u, k u) and b of a level, k gates in columns."""
    order = ORDER[kind_of(module)]

    def arranged(name):
        end = f"_l{level}_reverse" if back else f"_l{level}"
        array = float64_of(getattr(module, name + end))  # (k u, ...)
        blocks = np.split(array, len(order))         # (u, ...) each
        return np.concatenate([blocks[k] for k in order]).T

    found = {"W": arranged("weight_ih"), "U": arranged("weight_hh")}
    if module.bias:
        both = np.stack([arranged("bias_ih"), arranged("bias_hh")])
        found["b"] = both if isinstance(module, nn.GRU) else sum(both)
    return found


def sigmoid(z):
    """Return the sigmoid of each number."""
    return 1 / (1 + np.exp(-z))


def named(name, gates, array):
    """Return the parts of an array (..., k u) as {name_gate: part}."""
    parts = np.split(array, len(gates), axis=-1)     # (..., u) each
    return {name + gate: part for gate, part in zip(gates, parts)}


def rnn_step(module, x, states, W, U, b=0.0):
    """Return every number of one step for x (N, m)."""
    xW, hU = x @ W, states["h"] @ U                  # (N, u) each
    z = xW + hU + b                                  # (N, u)
    h = np.tanh(z) if module.nonlinearity == "tanh" else np.maximum(z, 0)
    return dict(xW=xW, hU=hU, z=z, h=h)


def lstm_step(module, x, states, W, U, b=0.0):
    """Return every number of one step for x (N, m)."""
    gates = GATES[nn.LSTM]
    xW, hU = x @ W, states["h"] @ U                  # (N, 4u) each
    z = named("z", gates, xW + hU + b)
    i, f, o = (sigmoid(z[f"z_{gate}"]) for gate in "ifo")  # (N, u) each
    c_new = np.tanh(z["z_c"])                        # (N, u)
    kept, written = f * states["c"], i * c_new       # (N, u) each
    c = kept + written                               # (N, u)
    g_c = np.tanh(c)                                 # (N, u)
    return {**named("xW", gates, xW), **named("hU", gates, hU), **z,
            **dict(i=i, f=f, c_new=c_new, o=o, kept=kept, written=written),
            **dict(c=c, g_c=g_c, h=o * g_c)}


def gru_step(module, x, states, W, U, b=(0.0, 0.0)):
    """Return every number of one step for x (N, m)."""
    h = states["h"]                                  # (N, u)
    p = named("p", GATES[nn.GRU], x @ W + b[0])
    q = named("q", GATES[nn.GRU], h @ U + b[1])
    sum_z, sum_r = p["p_z"] + q["q_z"], p["p_r"] + q["q_r"]  # (N, u) each
    z, r = sigmoid(sum_z), sigmoid(sum_r)            # (N, u) each
    reset = r * q["q_h"]                             # (N, u)
    sum_h = p["p_h"] + reset                         # (N, u)
    h_new = np.tanh(sum_h)                           # (N, u)
    kept, taken = z * h, (1 - z) * h_new             # (N, u) each
    return {**p, **q, **dict(sum_z=sum_z, z=z, sum_r=sum_r, r=r, reset=reset),
            **dict(sum_h=sum_h, h_new=h_new, kept=kept, taken=taken),
            "h": kept + taken}


STEPS = dict(zip(GATES, (rnn_step, lstm_step, gru_step)))


def one_direction(module, level, back, x, read, states):
    """Return a level's arrays, every number (N, T, u), and its last states.

    read (N, T): False where a packed sequence has ended.
    """
    step = STEPS[kind_of(module)]
    weights = weights_of(module, level, back)
    order = [*range(x.shape[1])][:: -1 if back else 1]
    found = {}
    for t in order:
        now = step(module, x[:, t], states, **weights)
        here = read[:, t, None]                      # (N, 1)
        states = {name: np.where(here, now[name], states[name])
                  for name in states}                # elsewhere they stay
        now |= states
        for name, number in now.items():
            found.setdefault(name, {})[t] = number
    found = {name: np.stack([numbers[t] for t in sorted(order)], axis=1)
             for name, numbers in found.items()}
    return weights | found, states


def by_hand(module, level, x, read, states):
    """Return all arrays of a level in order, and its last states.

    states: {name: (d, N, u)}, one for each of the d directions.
    """
    ways, lasts = [], []
    for back in range(2 if module.bidirectional else 1):
        start = {name: state[back] for name, state in states.items()}
        found, last = one_direction(module, level, back, x, read, start)
        ways.append(found)
        lasts.append(last)
    output = np.concatenate([way["h"] for way in ways], axis=-1)
    found = dict(ways[0])
    for way in ways[1:]:
        found |= {f"backward.{name}": array for name, array in way.items()}
    for name in states:
        found[f"{name}_n"] = np.stack([last[name] for last in lasts])
    return found | {"output": output * read[..., None]}


def linear_by_hand(module, x):
    """Return all arrays of an nn.Linear in order."""
    W = float64_of(module.weight).T                  # (m, u)
    b = 0.0 if module.bias is None else float64_of(module.bias)  # (u,)
    xW = x @ W                                       # (..., u)
    y = xW + b                                       # (..., u)
    weights = dict(W=W) if module.bias is None else dict(W=W, b=b)
    return weights | dict(xW=xW, z=y, y=y, output=y)


def unpacked(module, x):
    """Return a sequence as (N, T, m), and where it has not ended (N, T)."""
    if isinstance(x, nn.utils.rnn.PackedSequence):
        padded, lengths = nn.utils.rnn.pad_packed_sequence(x, True)
        steps = np.arange(padded.shape[1])           # (T,)
        return float64_of(padded), steps < lengths.numpy()[:, None]
    array = float64_of(x)
    if array.ndim == 2:                              # one without a batch
        array = array[None]
    elif not module.batch_first:
        array = array.swapaxes(0, 1)
    return array, np.ones(array.shape[:2], bool)


def levels(module, inputs, outputs):
    """Yield the arrays of each of num_layers, and what PyTorch gave of it."""
    x, read = unpacked(module, inputs[0])
    names = ("h", "c") if isinstance(module, nn.LSTM) else ("h",)
    ways = 2 if module.bidirectional else 1
    shape = module.num_layers, ways, len(x), module.hidden_size

    def by_level(states):
        several = isinstance(states, (tuple, list))
        states = states if several else [states]
        return {name: float64_of(state).reshape(shape)
                for name, state in zip(names, states)}

    start = inputs[1] if len(inputs) > 1 else None
    if start is None:
        start = {name: np.zeros(shape) for name in names}
    else:
        start = by_level(start)
    output, ends = outputs
    for level in range(module.num_layers):
        states = {name: state[level] for name, state in start.items()}
        right = by_hand(module, level, x, read, states)
        given = {f"{name}_n": state[level]
                 for name, state in by_level(ends).items()}
        if level == module.num_layers - 1:           # PyTorch tells no other
            given = {"output": unpacked(module, output)[0]} | given
        yield level, right, given
        x = right["output"]


def calls(modules, model, x):
    """Return what each call of these modules was given, and what it gave."""
    found = []

    def note(module, inputs, options, output):
        inputs = [*inputs, *options.values()]
        found.append((module, inputs, output))

    hooks = [module.register_forward_hook(note, with_kwargs=True)
             for module in modules]
    training = {module: module.training for module in model.modules()}
    try:
        model.eval()
        with torch.no_grad():
            model(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, was in training.items():
            module.training = was
    return found


def noted(modules, model, x):
    """Yield title, dtype, arrays by hand and those of PyTorch, in order."""
    names = {module: name for name, module in model.named_modules()}
    number = 0
    for module, inputs, output in calls(modules, model, x):
        kind = type(module).__name__
        name = f"{names[module]}, {kind}" if names[module] else kind
        dtype = next(module.parameters()).dtype
        if isinstance(module, nn.Linear):
            right = linear_by_hand(module, float64_of(inputs[0]))
            found = [(0, right, {"output": float64_of(output)})]
        else:
            found = levels(module, inputs, output)
        for level, right, given in found:
            number += 1
            several = getattr(module, "num_layers", 1) > 1
            title = f"layer {number} ({name}{f', l{level}' * several})"
            yield number, title, dtype, right, given


def first(right, other, tolerance, in_time, backwards):
    """Return where two arrays first differ, or None."""
    near = np.abs(other - right) <= tolerance * np.maximum(1, np.abs(right))
    places = zip(*np.nonzero(~near))                 # NaN is not near
    if not in_time:
        return min(places, default=None)
    turn = -1 if backwards else 1
    return min(places, default=None, key=lambda at: (turn * at[1], at))


def told(title, name, place, right, other, whose, in_time):
    """Return the sentence about a number that differs."""
    where = f"[{', '.join(map(str, place))}]"
    if in_time:
        where = f"t = {place[1]}, sample {place[0]}, unit {place[2]}"
    apart = abs(other[place] - right[place])
    numbers = f"{other[place]:.6g}, by hand {right[place]:.6g}"
    return (f"{title}: {name} differs first, at {where}: {whose} {numbers}, "
            f"{apart:.2g} apart.")


def first_of(title, right, others, tolerance, whose):
    """Return the sentence about the first of some arrays that differs."""
    found = []
    for turn, (name, other) in enumerate(others.items()):
        array, other = right[name], np.array(other, float)
        long = [length for length in other.shape if length > 1]
        if long == [length for length in array.shape if length > 1]:
            other = other.reshape(array.shape)       # N or T = 1 left out
        if other.shape != array.shape:
            return (f"{title}: {name} of yours has the shape {other.shape}, "
                    f"by hand {array.shape}.")
        in_time = array.ndim == 3 and not name.endswith("_n")
        back = name.startswith("backward.")
        place = first(array, other, tolerance, in_time, back)
        if place is None:
            continue
        time = place[1] if in_time else -1           # weights come first
        if back and in_time:
            time = array.shape[1] - 1 - time         # as it was read
        last = name == "output" or name.endswith("_n")
        sentence = told(title, name, place, array, other, whose, in_time)
        found.append(((last, back, time, turn), sentence))
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
    known = [module for module in model.modules() if is_known(module)]
    most, number = 0.0, 0
    for number, title, dtype, right, given in noted(known, model, x):
        limit = tolerance or TOLERANCE.get(dtype, 1e-2)
        start = f"layer{number}."
        own = {name: left.pop(start + name) for name in right
               if start + name in left}
        sentence = (first_of(title, right, given, limit, "PyTorch has")
                    or first_of(title, right, own, limit, "you have"))
        if sentence:
            return sentence
        for name, array in (*given.items(), *own.items()):
            apart = np.abs(np.ravel(array) - np.ravel(right[name]))
            most = max(most, apart.max())
    if left:
        raise ValueError(f"this model has no array {', '.join(left)}")
    others = [name or type(module).__name__
              for name, module in model.named_modules()
              if module not in known and [*module.parameters(recurse=False)]]
    skipped = f" Not looked at: {', '.join(others)}." if others else ""
    if not number:
        return f"There is no layer that can be computed by hand.{skipped}"
    return f"All agree: {number} layers, at most {most:.2g} apart.{skipped}"

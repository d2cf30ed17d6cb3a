"""What people do wrong with a layer, done here in NumPy: a second opinion on parts/deviations.js.

A program is a dictionary: the arrays, the input, how a step is computed, how the states begin and
which numbers are taken. A plant does one thing wrong with it. Nothing here comes from the scripts.
"""

import itertools

import numpy as np

from snippets.layers.dense import sigmoid

GATES = {"SimpleRNN": [""], "LSTM": [*"ifco"], "GRU": [*"zrh"]}
FUNCTIONS = {
    "tanh": np.tanh,
    "σ": sigmoid,
    "relu": lambda z: np.maximum(z, 0),
    "linear": lambda z: z,
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
    "hard_sigmoid_2": lambda z: np.clip(0.2 * z + 0.5, 0, 1),
}


def program(kind, seed, N=2, T=5, m=3, u=4, **options):
    """A layer with random arrays and input."""
    rng = np.random.default_rng(seed)
    gates = len(GATES[kind])
    bias = (2, gates * u) if kind == "GRU" and options.get("after", True) else (gates * u,)
    shapes = (m, gates * u), (u, gates * u), bias
    W, U, b = (rng.normal(size=shape) * 0.6 for shape in shapes)
    x = rng.normal(size=(N, T, m))
    made = {"kind": kind, "W": W, "U": U, "b": b, "x": x, "mask": None, "states": None}
    made |= {"g": "tanh", "gate": "σ", "after": True, "start": "zero", "read": ("h",), "wrong": ()}
    return made | options


# One step of each layer: its values by name -----------------------------------------------------


def simple_rnn_step(p, x, states):
    z = x @ p["W"] + states[0] @ p["U"] + p["b"]
    return {"z": z, "h": FUNCTIONS[p["g"]](z)}


def lstm_step(p, x, states):
    h, c_old = states
    g, gate, wrong = FUNCTIONS[p["g"]], FUNCTIONS[p["gate"]], p["wrong"]
    read = c_old if "cell-to-gates" in wrong else h
    z_i, z_f, z_c, z_o = np.split(x @ p["W"] + read @ p["U"] + p["b"], 4, axis=-1)
    i, f, o = gate(z_i), gate(z_f), gate(z_o)
    c_new = gate(z_c) if "candidate:σ" in wrong else g(z_c)
    c = f * c_old + i * c_new
    g_c = c if "cell-bare" in wrong else g(c_old if "cell-before" in wrong else c)
    return {"i": i, "f": f, "c̃": c_new, "o": o, "c": c, "g_c": g_c, "h": o * g_c}


def gru_step(p, x, states):
    (h,) = states
    g, gate, wrong = FUNCTIONS[p["g"]], FUNCTIONS[p["gate"]], p["wrong"]
    b = np.atleast_2d(p["b"])
    one, two = b if len(b) == 2 else (b[0], np.zeros_like(b[0]))
    W_z, W_r, W_h = np.split(p["W"], 3, axis=1)
    U_z, U_r, U_h = np.split(p["U"], 3, axis=1)
    (a_z, a_r, a_h), (b_z, b_r, b_h) = np.split(one, 3), np.split(two, 3)
    z = gate(x @ W_z + a_z + h @ U_z + b_z)
    r = gate(x @ W_r + a_r + h @ U_r + b_r)
    if p["after"]:
        sums = x @ W_h + a_h + r * (h @ U_h + b_h)
    else:
        sums = x @ W_h + a_h + b_h + (r * h) @ U_h
    h_new = gate(sums) if "candidate:σ" in wrong else g(sums)
    keep = 1 - z if "z-takes" in wrong else z
    return {"z": z, "r": r, "h̃": h_new, "h": keep * h + (1 - keep) * h_new}


STEPS = {"SimpleRNN": simple_rnn_step, "LSTM": lstm_step, "GRU": gru_step}
STATES = {"SimpleRNN": ["h"], "LSTM": ["h", "c"], "GRU": ["h"]}


def loop(p, x, states, mask):
    """All values (N, T, u) and the last states. The output is that of the step before where masked."""
    names, steps, output = STATES[p["kind"]], [], 0 * states[0]
    for t in range(x.shape[1]):
        now = STEPS[p["kind"]](p, x[:, t], states)
        if mask is not None:
            kept = mask[:, t, None] > 0
            now |= {k: np.where(kept, now[k], old) for k, old in zip(names, states, strict=True)}
            output = np.where(kept, now["h"], output)
        else:
            output = now["h"]
        states = [now[k] for k in names]
        steps.append(now | {"output": output})
    return {k: np.stack([step[k] for step in steps], axis=1) for k in steps[0]}, states


def run(p, shape="all"):
    """What a program gives: all (N, T, u), the first sample's steps (T, u), or last steps (N, u), (u,)."""
    x, mask = p["x"], p["mask"]
    N, T, u = len(x), x.shape[1], len(p["U"])
    zeros = [np.zeros((N, u)) for _ in STATES[p["kind"]]]
    states = zeros if p["states"] is None else p["states"]
    if p.get("backwards"):
        x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
    if p["start"] == "again":
        states = loop(p, x, states, mask)[1]
    if p["start"] == "anew":
        masks = [None if mask is None else mask[:, [t]] for t in range(T)]
        parts = [loop(p, x[:, [t]], zeros, masks[t])[0] for t in range(T)]
        values = {k: np.concatenate([part[k] for part in parts], axis=1) for k in parts[0]}
    elif p["start"] == "on":
        parts, states = [], [state[:1] for state in states]
        for n in range(N):
            part, states = loop(p, x[[n]], states, None)
            parts.append(part)
        values = {k: np.concatenate([part[k] for part in parts]) for k in parts[0]}
    else:
        values, _ = loop(p, x, states, mask)
    value, *how = p["read"]
    found = values["output" if value == "h" else value]
    if "zeroed" in how:
        found = found * (p["mask"][..., None] > 0)
    if "axes" in how:
        found = found.swapaxes(0, 1)
    last, zero = found.shape[1] - 1, np.zeros_like(found[:, :1])
    if "turned" in how:
        found = found[:, ::-1]
    if "late" in how:
        found = np.concatenate([zero, found[:, :-1]], axis=1)
    step = 0 if "first" in how else last
    if "early" in how:
        found = np.concatenate([found[:, 1:], zero + 0.5], axis=1)
    if "rows" in how:
        shape = {"steps": "samples", "samples": "steps"}.get(shape, shape)
    found = {"all": found, "steps": found[0], "samples": found[:, step], "one": found[0, step]}[
        shape
    ]
    if "float16" in how:
        found = found.astype("float16").astype(float)
    if "cut" in how:
        found = np.trunc(found * 1e4) / 1e4
    return found


# Plants ----------------------------------------------------------------------------------------


def arrays(names, change):
    """A plant that changes some of W, U and b."""
    return lambda p: p | {name: change(p[name], p) for name in names}


def order(letters):
    """The blocks of columns, taken for gates in this order."""

    def change(array, p):
        parts = dict(zip(letters, np.split(array, len(letters), axis=-1), strict=True))
        return np.concatenate([parts[gate] for gate in GATES[p["kind"]]], axis=-1)

    return arrays("WUb", change)


def by_gate(change):
    return lambda array, p: np.concatenate(
        [change(part) for part in np.split(array, len(GATES[p["kind"]]), axis=-1)], axis=-1
    )


def interleaved(array, p):
    gates = len(GATES[p["kind"]])
    parts = array.reshape(*array.shape[:-1], -1, gates)
    return np.concatenate([parts[..., k] for k in range(gates)], axis=-1)


def stacked(p):
    """[h, x] @ [[W], [U]]: the first rows meet the state."""
    both, u = np.concatenate([p["W"], p["U"]]), len(p["U"])
    return p | {"U": both[:u], "W": both[u:]}


def forget(more):
    def change(b, p):
        u = len(p["U"])
        return np.concatenate([b[:u], b[u : 2 * u] + more, b[2 * u :]])

    return arrays("b", change)


def wrong(name):
    return lambda p: p | {"wrong": (*p["wrong"], name)}


def reading(value=None, how=None):
    return lambda p: p | {"read": (value or p["read"][0], *p["read"][1:], *([how] if how else []))}


def inputs(change, mask=None):
    """A plant that changes the input, and its mask in the same way or as mask says."""

    def plant(p):
        both = p | {"x": change(p["x"])}
        if p["mask"] is not None:
            both["mask"] = (mask or change)(p["mask"])
        return both

    return plant


def padded(before, after):
    def change(array):
        width = [(0, 0), (before, after)] + [(0, 0)] * (array.ndim - 2)
        return np.pad(array, width, constant_values=float(array.ndim == 2))  # a mask counts them

    return inputs(change)


def early(array):
    filler = np.ones if array.ndim == 2 else np.zeros
    return np.concatenate([array[:, 1:], filler(array[:, :1].shape)], axis=1)


def reshaped_axes(array):
    return array.swapaxes(0, 1).reshape(array.shape)


def reshaped_features(x):
    return x.swapaxes(1, 2).reshape(x.shape)


def zero_rows(p):
    return p | {"mask": (p["x"] != 0).any(axis=-1).astype(int)}


PLANTS = {
    **{f"order:{''.join(o)}": order("".join(o)) for o in itertools.permutations("ifco")},
    **{f"order:{''.join(o)}": order("".join(o)) for o in itertools.permutations("zrh")},
    "interleaved": arrays("WUb", interleaved),
    "z-takes": wrong("z-takes"),
    "reset-after": lambda p: p | {"after": not p["after"]},
    "bias:none": arrays("b", lambda b, p: 0 * b),
    "bias:twice": arrays("b", lambda b, p: b + b),
    "bias:first": arrays("b", lambda b, p: np.stack([b[0], 0 * b[1]])),
    "bias:second": arrays("b", lambda b, p: np.stack([0 * b[0], b[1]])),
    "bias:exchanged": arrays("b", lambda b, p: b[::-1]),
    "bias:added": arrays("b", lambda b, p: np.stack([b.sum(axis=0), 0 * b[0]])),
    "bias:by-columns": arrays("b", lambda b, p: b.ravel().reshape(b.shape, order="F")),
    "forget-bias+1": forget(1),
    "forget-bias-1": forget(-1),
    **{f"activation:{name}": lambda p, name=name: p | {"g": name} for name in FUNCTIONS},
    **{
        f"recurrent-activation:{name}": lambda p, name=name: p | {"gate": name}
        for name in FUNCTIONS
    },
    "activations-exchanged": lambda p: p | {"g": p["gate"], "gate": p["g"]},
    "candidate:σ": wrong("candidate:σ"),
    "cell-to-gates": wrong("cell-to-gates"),
    "cell-bare": wrong("cell-bare"),
    "cell-before": wrong("cell-before"),
    **{
        f"transposed:{names}": arrays(names, by_gate(lambda part: part.T))
        for names in ("W", "U", "WU")
    },
    **{
        f"reshaped:{names}:rows": arrays(names, lambda array, p: array.T.reshape(array.shape))
        for names in ("W", "U", "WU")
    },
    **{
        f"reshaped:{names}:columns": arrays(
            names, lambda array, p: array.ravel().reshape(array.shape, order="F")
        )
        for names in ("W", "U", "WU")
    },
    "stacked": stacked,
    "exchanged:WU": lambda p: p | {"W": p["U"], "U": p["W"]},
    "negative:U": arrays("U", lambda U, p: -U),
    "go-backwards": lambda p: p | {"backwards": not p.get("backwards")},
    **{f"value:LSTM:{value}": reading(value) for value in ("c", "o", "i", "f", "c̃", "g_c")},
    **{f"value:GRU:{value}": reading(value) for value in ("h̃", "z", "r")},
    "value:SimpleRNN:z": reading("z"),
    "step:late": reading(how="late"),
    "step:early": reading(how="early"),
    "step:first": reading(how="first"),
    "step:turned": reading(how="turned"),
    "rows": reading(how="rows"),
    "input:reversed": inputs(lambda x: x[:, ::-1]),
    "input:late": inputs(lambda x: np.concatenate([0 * x[:, :1], x[:, :-1]], 1), mask=lambda k: k),
    "input:early": inputs(early),
    "axes": reading(how="axes"),
    "input:axes": lambda p: reading(how="axes")(inputs(lambda x: x.swapaxes(0, 1))(p)),
    "input:axes-last": inputs(lambda x: x.swapaxes(0, 1)),
    "input:axes-reshaped": inputs(reshaped_axes),
    "input:features": inputs(reshaped_features, mask=lambda mask: mask),
    "input:integers": inputs(np.trunc),
    **{f"padded:{k}-after": padded(0, k) for k in range(1, 6)},
    **{f"padded:{k}-before": padded(k, 0) for k in range(1, 6)},
    **{f"missing:{k}-first": inputs(lambda x, k=k: x[:, k:]) for k in range(1, 5)},
    "start:again": lambda p: p | {"start": "again"},
    "start:on": lambda p: p | {"start": "on"},
    "start:anew": lambda p: p | {"start": "anew", "states": None},
    "states:none": lambda p: p | {"states": None},
    "states:exchanged": lambda p: p | {"states": p["states"][::-1]},
    "states:first": lambda p: p | {"states": [np.tile(s[:1], (len(s), 1)) for s in p["states"]]},
    "mask:none": lambda p: p | {"mask": None},
    "mask:zeros": zero_rows,
    "mask:turned": lambda p: p | {"mask": 1 - p["mask"]},
    "mask:zeroed": reading(how="zeroed"),
    **{
        f"weights:{k}-decimals": arrays("WUb", lambda array, p, k=k: np.round(array, k))
        for k in range(1, 7)
    },
    "weights:float16": arrays("WUb", lambda array, p: array.astype("float16").astype(float)),
    "numbers:float16": reading(how="float16"),
    "numbers:cut": reading(how="cut"),
}
for right in ("order:ifco", "order:zrh", "activation:tanh", "recurrent-activation:σ"):
    del PLANTS[right]


# As the scripts take them ----------------------------------------------------------------------


def packed(array):
    return {"shape": list(np.shape(array)), "data": np.ravel(array).astype(float).tolist()}


def question(p, last=False, **more):
    """A program without faults as explain.js takes it; last: its model gives last steps only."""
    (N, T, m), u = p["x"].shape, len(p["U"])
    layer = {"kind": p["kind"], "m": m, "units": u, "activation": p["g"], "resetAfter": p["after"]}
    layer["returnSequences"] = not last
    layer |= {"recurrentActivation": p["gate"], "weights": [packed(p[k]) for k in "WUb"]}
    options = {}
    if p["mask"] is not None:
        options["mask"] = np.ravel(p["mask"]).tolist()
    if p["states"] is not None:
        options["states"] = [[packed(state) for state in p["states"]]]
    sequence = {"N": N, "T": T, "m": m, "data": np.ravel(p["x"]).tolist()}
    return {"layers": [layer], "input": sequence, "options": options, **more}

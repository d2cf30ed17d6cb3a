"""Whole layers as the browser computes them: the numbers of Keras and of NumPy, for random shapes."""

import random

import keras
import numpy as np
import pytest

from snippets.layers.gru import gru, gru_step_reset_before
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn


@keras.saving.register_keras_serializable()
def hard_sigmoid_2(z):
    """As Keras had it until its version 2."""
    return keras.ops.clip(0.2 * z + 0.5, 0, 1)


ACTIVATIONS = {
    "tanh": "tanh",
    "σ": "sigmoid",
    "relu": "relu",
    "linear": "linear",
    "hard_sigmoid": "hard_sigmoid",
    "hard_sigmoid_2": hard_sigmoid_2,
}
RECURRENT = ("SimpleRNN", "LSTM", "GRU")

# For each case what the last layer hands on, and of a single layer every value of every step.
RUN = """async (cases) => {
  const { runModel } = await import("/source/engine.js");
  return cases.map(({ layers, input, options }) => {
    const { output, runs } = runModel(layers, input, options);
    const values = Object.entries(runs[0].forward.values).map(([k, v]) => [k, [...v]]);
    return { shape: [output.N, output.T, output.m], data: [...output.data], values: Object.fromEntries(values) };
  });
}"""


def packed(array):
    """An array as the engine takes it."""
    return {"shape": list(array.shape), "data": np.ravel(array).tolist()}


class Drawn:
    """A random layer: as Keras has it, and as the engine takes it."""

    def __init__(self, draw, rng, m, kind=None, last=True, dtype="float64"):
        self.kind = kind or draw.choice([*RECURRENT, "Dense"])
        self.units, self.m = draw.randint(1, 5), m
        activation = draw.choice([*ACTIVATIONS] + (["softmax"] if self.kind == "Dense" else []))
        keras_name = ACTIVATIONS.get(activation, "softmax")
        self.told = {"kind": self.kind, "m": m, "units": self.units, "activation": activation}
        self.told["useBias"] = draw.random() < 0.8
        options = {"use_bias": self.told["useBias"], "activation": keras_name, "dtype": dtype}
        self.both = False
        if self.kind == "Dense":
            layer = keras.layers.Dense(self.units, **options)
        else:
            self.both = draw.random() < 0.3
            sequences = self.told["returnSequences"] = not last or draw.random() < 0.7
            options |= {"return_sequences": sequences}
            if self.kind != "SimpleRNN":
                gate = self.told["recurrentActivation"] = draw.choice([*ACTIVATIONS])
                options["recurrent_activation"] = ACTIVATIONS[gate]
            if self.kind == "GRU":
                options["reset_after"] = self.told["resetAfter"] = draw.random() < 0.5
            if not self.both:
                options["go_backwards"] = self.told["goBackwards"] = draw.random() < 0.2
            layer = getattr(keras.layers, self.kind)(self.units, **options)
            if self.both:
                modes = ["concat", "sum", "mul", "ave"]
                self.told["mergeMode"] = draw.choice(modes)
                layer = keras.layers.Bidirectional(
                    layer, merge_mode=self.told["mergeMode"], dtype=dtype
                )
        self.layer = layer
        layer.build((None, None, m))
        arrays = [rng.normal(size=w.shape) * 0.35 for w in layer.get_weights()]
        layer.set_weights(arrays)
        arrays = [packed(array.astype(dtype)) for array in arrays]
        half = len(arrays) // 2 if self.both else len(arrays)
        self.told["weights"] = arrays[:half]
        if self.both:
            self.told["backward"] = arrays[half:]
        joined = self.both and self.told["mergeMode"] == "concat"
        self.width = self.units * (2 if joined else 1)

    def states(self, rng, N):
        count = {"Dense": 0, "SimpleRNN": 1, "LSTM": 2, "GRU": 1}[self.kind] * (1 + self.both)
        return [rng.normal(size=(N, self.units)) for _ in range(count)]

    def by_keras(self, x, mask, states):
        if self.kind == "Dense":
            return np.array(self.layer(x))
        options = {"mask": None if mask is None else keras.ops.convert_to_tensor(mask)}
        if states:
            options["initial_state"] = [keras.ops.convert_to_tensor(s) for s in states]
        return np.array(self.layer(x, **options))


def drawn_case(seed):
    """A stack of one to four random layers with masks and states: what goes in, and what Keras gives."""
    draw, rng = random.Random(seed), np.random.default_rng(seed)
    N, T, m = draw.randint(1, 3), draw.randint(1, 6), draw.randint(1, 4)
    x = rng.normal(size=(N, T, m))
    mask = rng.random((N, T)) < 0.7 if draw.random() < 0.4 else None
    count = draw.choice([1, 1, 1, 2, 3, 4])
    layers, states, sequence, width = [], [], x, m
    masked = mask
    for k in range(count):
        kind = draw.choice(RECURRENT) if k == 0 else None
        last = k == count - 1
        layer = Drawn(draw, rng, width, kind=kind, last=last)
        given = layer.states(rng, N) if draw.random() < 0.5 else []
        sequence = layer.by_keras(sequence, masked, given)
        layers.append(layer.told)
        states.append([packed(state) for state in given] or None)
        width = layer.width
    options = {"states": states}
    if mask is not None:
        options["mask"] = np.ravel(mask).astype(int).tolist()
    given = {"N": N, "T": T, "m": m, "data": np.ravel(x).tolist()}
    return {"layers": layers, "input": given, "options": options}, sequence


def test_stacks_of_random_layers_are_those_of_keras(modules):
    cases, wanted = zip(*map(drawn_case, range(200)))
    for seed, (shown, right) in enumerate(zip(modules.evaluate(RUN, cases), wanted, strict=True)):
        output = np.reshape(shown["data"], shown["shape"])
        if right.ndim == 2:
            assert shown["shape"][1] == 1
            right = right[:, None]
        assert output.shape == right.shape, (seed, cases[seed])
        np.testing.assert_allclose(output, right, rtol=0, atol=1e-12, err_msg=f"seed {seed}")


NAMED = {
    "SimpleRNN": (["h"], lambda x, W, U, b: [simple_rnn(x, W, U, b)]),
    "LSTM": (["i", "f", "c̃", "o", "c", "h"], lstm),
    "GRU": (["z", "r", "h̃", "h"], gru),
    "GRU before": (
        ["z", "r", "h̃", "h"],
        lambda x, W, U, b: gru(x, W, U, b, step=gru_step_reset_before),
    ),
}


@pytest.mark.parametrize("kind", NAMED)
def test_every_value_of_every_step_is_that_of_numpy(modules, kind):
    names, by_hand = NAMED[kind]
    rng = np.random.default_rng(1)
    cases, wanted = [], []
    for N, T, m, u in [(1, 1, 1, 1), (2, 5, 3, 4), (3, 4, 1, 2), (1, 7, 4, 1)]:
        wide = u * {"SimpleRNN": 1, "LSTM": 4}.get(kind, 3)
        bias = (2, wide) if kind == "GRU" else (wide,)
        x = rng.normal(size=(N, T, m))
        W, U, b = (rng.normal(size=shape) for shape in ((m, wide), (u, wide), bias))
        layer = {
            "kind": kind.split()[0],
            "m": m,
            "units": u,
            "activation": "tanh",
            "resetAfter": kind == "GRU",
            "weights": [packed(array) for array in (W, U, b)],
        }
        cases.append(
            {"layers": [layer], "input": {"N": N, "T": T, "m": m, "data": np.ravel(x).tolist()}}
        )
        wanted.append(by_hand(x, W, U, b))
    for shown, arrays in zip(modules.evaluate(RUN, cases), wanted, strict=True):
        N, T = arrays[0].shape[:2]
        for name, array in zip(names, arrays, strict=True):
            value = np.reshape(shown["values"][name], (T, N, -1)).swapaxes(0, 1)
            np.testing.assert_allclose(value, array, rtol=0, atol=1e-12, err_msg=name)


def test_float32_on_request_is_that_of_keras(modules):
    """Each operation rounded: near to what Keras computes, which adds in another order; and not float64."""
    rng, cases, wanted = np.random.default_rng(5), [], []
    for kind, wide in (("SimpleRNN", 1), ("LSTM", 4), ("GRU", 3)):
        for N, T, m, u in [(1, 6, 3, 8), (2, 12, 5, 16)]:
            layer = getattr(keras.layers, kind)(u, return_sequences=True)
            x = rng.normal(size=(N, T, m)).astype("float32")
            layer.build(x.shape)
            arrays = [(rng.normal(size=w.shape) / 2).astype("float32") for w in layer.get_weights()]
            layer.set_weights(arrays)
            told = {
                "kind": kind,
                "m": m,
                "units": u,
                "activation": "tanh",
                "weights": [packed(array) for array in arrays],
            }
            sequence = {"N": N, "T": T, "m": m, "data": np.ravel(x).tolist()}
            cases.append({"layers": [told], "input": sequence, "options": {"float32": True}})
            wanted.append(np.array(layer(x)))
    rough = modules.evaluate(RUN, cases)
    exact = modules.evaluate(RUN, [{**case, "options": {}} for case in cases])
    for near, far, right in zip(rough, exact, wanted, strict=True):
        output = np.reshape(near["data"], right.shape)
        assert (output == output.astype("float32")).all() and near["data"] != far["data"]
        np.testing.assert_allclose(output, right, rtol=0, atol=2e-6)


# Lines that make no sense: what is said of them. x has two numbers; W (2, 3) and U (3, 3) are matrices.
WRONG = {
    "h = x W b": "a product is that of a row and a matrix; number by number it is ⊙",
    "h = x x": "a product is that of a row and a matrix; number by number it is ⊙",
    "h = x U": "2 numbers meet a matrix of 3 rows",
    "h = x W + x": "3 and 2 numbers do not go together",
    "h = x W ⊙ x": "⊙ and a product without a sign: say by parentheses which comes first",
    "h = (x W) ⊙ x": "3 and 2 numbers do not go together",
    "h = x": "gives 2 numbers, h has 3",
    "h = x W + V": "no line before it makes V",
    "h = x W_z": "nothing is called W_z",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_line_that_makes_no_sense_is_refused(modules, line):
    told = modules.evaluate(
        """async (line) => {
          const { read } = await import("/source/cells.js");
          const { runLayer } = await import("/source/engine.js");
          const array = (...shape) => ({ shape, data: new Array(shape[0] * (shape[1] ?? 1)).fill(1) });
          const weights = [array(2, 3), array(3, 3), array(3)];
          const layer = { kind: "SimpleRNN", m: 2, units: 3, activation: "tanh", weights };
          try {
            runLayer(layer, { N: 1, T: 1, m: 2, data: [1, 1] }, { lines: read([["", line]]) });
          } catch (error) {
            return error.message;
          }
        }""",
        line,
    )
    assert told and told.endswith(f"{line}: {WRONG[line]}")

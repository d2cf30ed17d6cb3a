"""The lab of backpropagation: it walks backwards through the lines of cells.js, and finds what a tape finds."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from hooks import ties
from snippets.backpropagation import lab
from tests.site.sources import ROOT
from tests.site.test_engine import ACTIVATIONS

PAGE, LIVE = "backpropagation/", "gradient-lab"

BACKWARDS = """async ([layer, states]) => {
  const { gradients, difference } = await import("/source/gradients.js");
  const { LAYERS } = await import("/source/gradient-layers.js");
  const { OPTIMISERS } = await import("/source/optimisers.js");
  const { lines, weights } = LAYERS[layer];
  const names = Object.keys(weights);
  return states.map(({ x, w, target, s, rate, before, calls }) => {
    const named = Object.fromEntries(names.map((name, k) => [name, w[k]]));
    const task = { lines, x, target, weights: named, before, calls };
    const found = gradients(task);
    const g = found.ofWeights.map(({ value }) => value);
    const steps = Object.values(OPTIMISERS).map(step => g.map((g, k) => step(w[k], g, rate).weight));
    return { loss: found.loss, results: [g, names.map(name => difference(task, name, s).value), ...steps] };
  });
}"""
TANH = {"g": "tanh", "σ": "σ"}


@pytest.fixture(scope="module")
def record():
    """What the snippet has recorded, as arrays."""
    text = ties.record(ROOT, "backpropagation.lab").read_text(encoding="utf-8")
    return {name: np.array(entry["value"]) for name, entry in json.loads(text).items()}


@pytest.mark.parametrize("layer", lab.COUNTS)
def test_random_states_are_those_of_the_tape(modules, record, layer):
    """Gradients, differences, and the weights after a step of each optimiser."""
    keys = ("target", "s", "rate")
    states = [
        {
            "x": row[:3],
            **dict(zip(keys, row[3:6], strict=True)),
            "w": row[6:],
            "before": {},
            "calls": TANH,
        }
        for row in np.array(record[f"{layer}_chosen"]).tolist()
    ]
    found = modules.evaluate(BACKWARDS, [layer, states])
    losses, results = record[f"{layer}_losses"], record[f"{layer}_results"]
    assert len(found) == lab.COUNTS[layer]
    np.testing.assert_allclose([one["loss"] for one in found], losses, rtol=0, atol=1e-12)
    np.testing.assert_allclose([one["results"] for one in found], results, rtol=0, atol=1e-9)


def by_tape(layer, x, weights, before, target, **options):
    """The gradients of Keras's layer, from states that are not 0."""
    names = {"simple_rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU", "gru_before": "GRU"}
    if "gru" in layer:
        options["reset_after"] = layer == "gru"
    recurrent = getattr(keras.layers, names[layer])(1, dtype="float64", **options)
    recurrent.build((1, len(x), 1))
    variables = recurrent.trainable_variables
    for variable, array in zip(variables, weights):
        variable.assign(array)
    states = [np.full((1, 1), number) for number in before.values()]
    with tf.GradientTape() as tape:
        y = recurrent(np.reshape(x, (1, -1, 1)), initial_state=states)
        if layer == "simple_rnn":
            output = [tf.Variable(array) for array in weights[3:]]
            variables = [*variables, *output]
            y = y @ output[0] + output[1]
        loss = keras.ops.sum((y - target) ** 2)
    return lab.row(tape.gradient(loss, variables))


PAIRS = [(g, "σ") for g in ACTIVATIONS] + [("tanh", gates) for gates in ACTIVATIONS if gates != "σ"]


@pytest.mark.parametrize("layer", lab.COUNTS)
def test_start_states_and_activations_are_those_of_the_tape(modules, layer):
    rng = np.random.default_rng(7)
    before = {"lstm": {"h": 0.5, "c": -0.75}}.get(layer, {"h": 0.5})
    for g, gates in PAIRS if layer != "simple_rnn" else PAIRS[:6]:
        weights = [rng.normal(size=shape) for shape in lab.SHAPES[layer]]
        x = rng.normal(size=5).tolist()
        options = {"activation": ACTIVATIONS[g]}
        if layer != "simple_rnn":
            options["recurrent_activation"] = ACTIVATIONS[gates]
        wanted = by_tape(layer, x, weights, before, 0.25, **options)
        w = lab.row(weights).tolist()
        state = {"x": x, "w": w, "target": 0.25, "s": 1e-4, "rate": 0.1, "before": before}
        [found] = modules.evaluate(BACKWARDS, [layer, [state | {"calls": {"g": g, "σ": gates}}]])
        np.testing.assert_allclose(found["results"][0], wanted, rtol=1e-10, atol=1e-12, err_msg=g)


@pytest.mark.parametrize(
    ("g", "kinks"), [("relu", [0]), ("hard_sigmoid", [-3, 3]), ("hard_sigmoid_2", [-2.5, 2.5])]
)
def test_the_slope_where_a_function_has_a_kink_is_that_of_keras(modules, g, kinks):
    for z in kinks:
        weights = [np.array(a, float) for a in ([[1]], [[0]], [0], [[1]], [0])]
        wanted = by_tape("simple_rnn", [z], weights, {"h": 0}, 0.5, activation=ACTIVATIONS[g])
        state = {"x": [z], "w": [1, 0, 0, 1, 0], "target": 0.5, "s": 1, "rate": 1, "before": {}}
        [found] = modules.evaluate(
            BACKWARDS, ["simple_rnn", [state | {"calls": {"g": g, "σ": "σ"}}]]
        )
        np.testing.assert_allclose(found["results"][0], wanted, rtol=0, atol=1e-12)

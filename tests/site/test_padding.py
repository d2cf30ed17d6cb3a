"""The laboratory of padding and masks: what it computes is what Keras gives, and what it shows is that."""

import importlib
import json

import keras
import numpy as np
import pytest

from snippets.variable_lengths import lab
from snippets.variable_lengths.padding import LAYERS
from tests.site.sources import ROOT

SYMBOLS = "BTSXPVE"
FIRST = lab.FIRST


@pytest.fixture(scope="module")
def recorded():
    record = json.loads((ROOT / "snippets/variable_lengths/lab.json").read_text(encoding="utf-8"))
    return {name: np.array(entry["value"]) for name, entry in record.items()}


LOOK = """async (choices) => {
  const { look, fused, weights } = await import("/source/padding.js");
  return [choices.map(choice => ({ ...look(choice), fused: fused(choice) })), [...weights()]];
}"""


def looked(modules, *choices):
    return modules.evaluate(LOOK, choices)[0]


def cases(recorded):
    """The random choices that were recorded, and the unit of each."""
    symbols = iter(recorded["case_symbols"])
    for coded, lengths in zip(recorded["case_choices"], recorded["case_lengths"]):
        layer, post, mask, both, steps, even, unit = map(int, coded)
        strings = ["".join(SYMBOLS[next(symbols)] for _ in range(T)) for T in lengths if T]
        yield {
            "strings": strings, "layer": [*LAYERS][layer], "padding": ["pre", "post"][post],
            "mask": bool(mask), "both": bool(both), "loss": ["last", "steps"][steps],
            "even": bool(even),
        }, unit  # fmt: skip


def near(found, wanted):
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9)


def test_the_weights_are_those_that_numpy_draws(modules):
    weights = modules.evaluate(LOOK, [])[1]
    drawn = np.random.default_rng(0).normal(0, 0.6, 447).astype("float32")
    assert np.array_equal(np.float32(weights), drawn)
    lstm = lab.build("LSTM", True, True, False)
    assert np.array_equal(np.concatenate([np.ravel(w) for w in lstm.get_weights()]), drawn)


def test_the_first_state_is_the_recorded_one(modules, recorded):
    [shown] = looked(modules, FIRST)
    assert np.array_equal(shown["real"], recorded["real"])
    near([[h[lab.UNIT] for h in row["states"]] for row in shown["rows"]], recorded["states"])
    for name in ("last", "alone", "off"):
        near([row[name] for row in shown["rows"]], recorded[name])
    for name, of in (
        ("alone", "loss_alone"),
        ("here", "loss_here"),
        ("counts",) * 2,
        ("share",) * 2,
    ):
        near([part[name] for part in shown["parts"]], recorded[of])
    near(shown["loss"], recorded["loss"])
    assert (shown["summed"], shown["divisor"]) == (recorded["steps"], recorded["cells"])


def test_fifty_random_states_are_those_of_keras(modules, recorded):
    choices, units = zip(*cases(recorded))
    shown = looked(modules, *choices)
    near(
        [
            h[unit]
            for one, unit in zip(shown, units, strict=True)
            for row in one["rows"]
            for h in row["states"]
        ],
        recorded["case_states"],
    )
    near([row["off"] for one in shown for row in one["rows"]], recorded["case_off"])
    for name, of in (("alone", "loss_alone"), ("here", "loss_here"), ("counts", "counts")):
        found = [part[name] for one in shown for part in one["parts"]]
        near(found, recorded[f"case_{of}"])
    near([one["loss"] for one in shown], recorded["case_loss"])


def test_the_fused_kernel_takes_what_keras_own_check_takes(modules, recorded):
    tf = pytest.importorskip("tensorflow")
    rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
    choices = [choice for choice, _ in cases(recorded)]
    choices += [FIRST | {"layer": "LSTM", "mask": True, "padding": p} for p in ("pre", "post")]
    choices += [FIRST | {"layer": "GRU", "mask": True, "padding": "pre", "strings": ["BTXSE"] * 2}]
    taken = set()
    for choice, one in zip(choices, looked(modules, *choices), strict=True):
        right = hasattr(keras.layers, choice["layer"]) and choice["layer"] != "SimpleRNN"
        if right and choice["mask"]:
            try:
                rnn._assert_valid_mask(tf.constant(one["real"]))
            except tf.errors.InvalidArgumentError:
                right = False
        assert one["fused"]["taken"] == right, choice
        taken.add((one["fused"]["because"], right))
    assert taken == {("layer", False), ("no mask", True), ("after", True), ("before", False)}

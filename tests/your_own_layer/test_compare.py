"""compare(): it names the layer, the step and the quantity that differ first, whatever the model's form."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.layers.gru import gru, gru_step_reset_before
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.your_own_layer import compare as own
from snippets.your_own_layer.compare import by_hand, compare

ROOT = Path(__file__).parents[2]
L = keras.layers
rng = np.random.default_rng(1)
X = rng.normal(size=(2, 5, 3)).astype("float32")


class Subclassed(keras.Model):
    """A model whose layers are called in another order than they were made, one of them twice."""

    def __init__(self):
        super().__init__()
        self.last = L.Dense(2, activation="softmax", name="last")
        self.shared = L.SimpleRNN(3, return_sequences=True, name="shared")
        self.parts = [L.GRU(4, name="gru")]

    def call(self, x):
        return self.last(self.parts[0](self.shared(self.shared(x))))


class Doubled(keras.layers.LSTM):
    """A layer of somebody's own that does something else from step 2 on."""

    def call(self, sequences, initial_state=None, mask=None, training=False):
        h = super().call(sequences, initial_state, mask, training)
        return keras.ops.concatenate([h[:, :2], 2 * h[:, 2:]], axis=1)


def functional():
    inputs = keras.Input((5, 3))
    masked = L.Masking()(inputs)
    h = L.Bidirectional(L.LSTM(4, return_sequences=True), merge_mode="sum", name="both")(masked)
    h = L.Dropout(0.5)(h)
    g, state = L.GRU(2, return_state=True, go_backwards=True, name="gru")(h)
    k = L.SimpleRNN(2, activation="relu", use_bias=False, name="rnn")(h, initial_state=state)
    return keras.Model(inputs, L.Dense(1, name="out")(L.Concatenate()([g, k])))


def stacked():
    inner = keras.Sequential(
        [
            keras.Input((5, 4)),
            L.GRU(3, reset_after=False, recurrent_activation="hard_sigmoid", return_sequences=True),
        ]
    )
    return keras.Sequential(
        [
            keras.Input((5, 3)),
            L.LSTM(4, return_sequences=True, name="lstm"),
            inner,
            L.Bidirectional(L.GRU(2), merge_mode="mul"),
            L.Dense(2, activation="relu"),
        ]
    )


def with_time_distributed():
    return keras.Sequential(
        [
            keras.Input((5, 3)),
            L.Conv1D(3, 1, name="conv"),
            L.SimpleRNN(4, return_sequences=True),
            L.TimeDistributed(L.Dense(2, activation="sigmoid")),
        ]
    )


MODELS = {
    "functional": (functional, 4),
    "subclassed": (Subclassed, 4),
    "stacked": (stacked, 4),
    "TimeDistributed": (with_time_distributed, 2),
}
MASKED = X.copy()
MASKED[0, 2:4] = MASKED[1, :2] = 0


def shaken(model, x=X):
    """The model with random weights: zero biases would hide much."""
    model(x)
    model.set_weights([rng.normal(size=w.shape) * 0.5 for w in model.get_weights()])
    return model


@pytest.mark.parametrize("form", MODELS)
def test_what_keras_computes_agrees(form):
    make, count = MODELS[form]
    x = MASKED if form == "functional" else X
    model = shaken(make(), x)
    before = np.array(model(x))
    sentence = compare(model, x)
    assert sentence.startswith(f"All agree: {count} layers, at most "), sentence
    assert ("Not looked at: conv." in sentence) == (form == "TimeDistributed")
    np.testing.assert_array_equal(np.array(model(x)), before)
    assert all("call" not in vars(layer) for layer in own.layers_of(model)), "left as it was"


@pytest.mark.parametrize("mode", ["concat", "sum", "ave", "mul"])
@pytest.mark.parametrize("sequences", [True, False])
@pytest.mark.parametrize("kind", [L.SimpleRNN, L.LSTM, L.GRU])
def test_a_bidirectional_layer_with_a_mask_agrees(kind, sequences, mode):
    model = keras.Sequential(
        [
            keras.Input((5, 3)),
            L.Masking(),
            L.Bidirectional(kind(2, return_sequences=sequences), merge_mode=mode),
        ]
    )
    assert compare(shaken(model), MASKED).startswith("All agree: 1 layers")


def test_a_stateful_layer_starts_where_it_stopped():
    layer = L.LSTM(3, stateful=True, return_sequences=True)
    shaken(layer)
    layer(X)
    assert compare(layer, X).startswith("All agree")


def test_a_layer_that_computes_something_else_is_named_with_its_step():
    inputs = keras.Input((5, 3))
    h = L.SimpleRNN(3, return_sequences=True, name="first")(inputs)
    model = keras.Model(inputs, Doubled(2, return_sequences=True, name="odd")(h))
    sentence = compare(shaken(model), X)
    assert sentence.startswith("layer 2 (odd, Doubled): output differs first, at t = 2, sample 0")
    assert "Keras has" in sentence


def test_the_numbers_by_hand_are_those_of_the_snippets():
    x = X.astype("float64")
    for layer, names, steps in (
        (L.LSTM(2), ("i", "f", "c_new", "o", "c", "h"), lstm),
        (L.GRU(2), ("z", "r", "h_new", "h"), gru),
        (
            L.GRU(2, reset_after=False),
            ("z", "r", "h_new", "h"),
            lambda x, W, U, b: gru(x, W, U, b, step=gru_step_reset_before),
        ),
        (L.SimpleRNN(2), ("h",), lambda *given: [simple_rnn(*given)]),
    ):
        shaken(layer)
        weights = [w.astype("float64") for w in layer.get_weights()]
        found = by_hand(layer, x)
        for name, right in zip(names, steps(x, *weights), strict=True):
            np.testing.assert_allclose(found[name], right, rtol=0, atol=1e-12, err_msg=name)


def mine_of(model, x=X):
    """All arrays, by hand, as the page's download names them."""
    known = [layer for layer in dict.fromkeys(own.layers_of(model)) if own.is_known(layer)]
    noted = own.calls(known, model, x)
    return {
        f"layer{number}.{name}": array
        for number, (layer, given, mask, states, _) in enumerate(noted, 1)
        for name, array in by_hand(layer, given, mask, states).items()
    }


PLANTED = {
    "functional": ["layer1.f", "layer1.backward.xW_o", "layer2.h_new", "layer4.y", "layer1.output"],
    "subclassed": ["layer1.h", "layer2.z", "layer3.reset", "layer4.xW"],
    "stacked": ["layer1.c_new", "layer2.q_h", "layer3.backward.kept", "layer4.z"],
    "TimeDistributed": ["layer1.hU", "layer2.y"],
}


@pytest.mark.parametrize("form", MODELS)
def test_a_planted_difference_is_named(form, tmp_path):
    x = MASKED if form == "functional" else X
    model = shaken(MODELS[form][0](), x)
    mine = mine_of(model, x)
    given = {"x": x, "layer1.h_before": np.zeros((2, 4))}
    assert compare(model, x, mine | given).startswith("All agree")
    for planted in PLANTED[form]:
        for t in (3, 1):
            wrong = mine[planted].copy()
            place = (1, t, 1) if wrong.ndim == 3 else (1, wrong.shape[1] - 1)
            wrong[place] += 0.25
            np.savez(tmp_path / "mine.npz", **(mine | {planted: wrong}))
            sentence = compare(model, x, str(tmp_path / "mine.npz"))
            layer, _, name = planted.partition(".")
            where = f"[{place[0]}, {place[1]}]"
            if wrong.ndim == 3:
                where = f"t = {t}, sample 1, unit 1"
            assert sentence.startswith(f"layer {layer[5:]} ("), (planted, sentence)
            assert f": {name} differs first, at {where}: you have " in sentence
            assert sentence.endswith(", 0.25 apart.")


def test_of_several_the_first_is_named():
    """A weight before what it makes, an earlier step before a later one, as the layer reads."""
    model = shaken(stacked())
    right = mine_of(model)

    def said(**wrong):
        mine = dict(right)
        for name, t in wrong.items():
            mine[name] = mine[name].copy()
            mine[name][(slice(None), t) if mine[name].ndim == 3 else t] += 1
        return compare(model, X, mine).partition(": ")[2].partition(" differs")[0]

    assert said(**{"layer1.i": 2, "layer1.o": 1}) == "o"
    assert said(**{"layer1.h": 1, "layer1.xW_i": 1, "layer1.f": 1}) == "xW_i"
    assert said(**{"layer1.W": 0, "layer1.i": 0}) == "W"
    assert said(**{"layer2.z": 0, "layer1.h": 4}) == "h"
    assert said(**{"layer3.backward.z": 4, "layer3.backward.p_z": 3}) == "backward.z"
    assert said(**{"layer3.z": 4, "layer3.backward.z": 4}) == "z"


def test_what_cannot_be_compared_is_told():
    model = shaken(stacked())
    assert compare(model, X, {"layer1.h": np.zeros((2, 5, 3))}).endswith(
        "h of yours has the shape (2, 5, 3), by hand (2, 5, 4)."
    )
    with pytest.raises(ValueError, match="no array layer9.h, layer1.q"):
        compare(model, X, {"layer9.h": X, "layer1.q": X})
    nan = {"layer1.h": np.full((2, 5, 4), np.nan)}
    assert "h differs first, at t = 0" in compare(model, X, nan)
    one = {"layer1.h": mine_of(model, X[:1])["layer1.h"][0]}
    assert compare(model, X[:1], one).startswith("All agree"), "N = 1 may be left out"
    steps = {"layer3.output": mine_of(model)["layer3.output"][:, None]}
    assert compare(model, X, steps).startswith("All agree"), "the page keeps one step"
    nothing = keras.Sequential([keras.Input((5, 3)), L.Conv1D(2, 1, name="conv")])
    assert compare(nothing, X) == (
        "There is no layer that can be computed by hand. Not looked at: conv."
    )


def test_the_tolerance_is_that_of_the_model():
    """What float32 cannot hold is no difference; in a model of float64 it is."""
    for dtype, differs in (("float32", False), ("float64", True)):
        layer = L.LSTM(3, return_sequences=True, dtype=dtype)
        shaken(layer, X.astype(dtype))
        mine = {"layer1.h": mine_of(layer, X.astype(dtype))["layer1.h"] + 1e-7}
        assert ("differs" in compare(layer, X.astype(dtype), mine)) == differs
        assert "differs" not in compare(layer, X.astype(dtype), mine, tolerance=1e-6)


def test_the_example():
    values = own.values()
    assert values["agree"] and values["told"] and values["t"] == 0
    assert values["yours"] == pytest.approx(1 / (1 + np.exp(-1.5)), abs=1e-6)
    assert values["by_hand"] == pytest.approx(1 / (1 + np.exp(-0.5)), abs=1e-6)


def test_the_file_runs_alone(tmp_path):
    """Whoever downloads it needs NumPy and Keras, and nothing of this project."""
    source = (ROOT / "snippets/your_own_layer/compare.py").read_text(encoding="utf-8")
    (tmp_path / "compare.py").write_text(source, encoding="utf-8")
    program = """
import keras, numpy as np
from compare import compare
model = keras.Sequential([keras.Input((4, 2)), keras.layers.GRU(3)])
print(compare(model, np.ones((1, 4, 2), "float32")))
"""
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("All agree: 1 layers")

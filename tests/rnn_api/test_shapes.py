"""The recorded table of shapes against a rule of its own, and against calls made now."""

import keras
import numpy as np
import pytest

from snippets.rnn_api import shapes

N, T, U = 2, 5, 4


@pytest.fixture(scope="module")
def values():
    return shapes.values()


def expected(name, wrapper, sequences, state):
    """The shapes of one combination, from the documentation in words."""
    steps = (T,) if sequences else ()
    states = [(N, U)] * (2 if name == "LSTM" else 1) * state
    if wrapper in ("plain", "go_backwards"):
        return [(N, *steps, U), *states]
    outputs = {"concat": [(N, *steps, 2 * U)], None: [(N, *steps, U)] * 2}
    return outputs.get(wrapper, [(N, *steps, U)]) + 2 * states


@pytest.mark.claim
@pytest.mark.parametrize("name", ["SimpleRNN", "GRU", "LSTM"])
def test_all_recorded_shapes_and_sizes(values, name):
    wrappers = ["plain", "go_backwards", "concat", "sum", "mul", "ave", None]
    rows = [expected(name, w, *flags) for w in wrappers for flags in shapes.FLAGS]
    assert list(values[f"shapes_{name.lower()}"]) == [" ".join(map(str, row)) for row in rows]
    alone = {
        "SimpleRNN": 7 * 4 + 4 * 4 + 4,
        "LSTM": 4 * (7 * 4 + 4 * 4 + 4),
        "GRU": 3 * (7 * 4 + 4 * 4 + 2 * 4),
    }
    assert shapes.count(name, 7, 4) == alone[name]
    assert list(values[f"sizes_{name.lower()}"]) == 8 * [alone[name]] + 20 * [2 * alone[name]]


@pytest.mark.parametrize("name", ["SimpleRNN", "GRU", "LSTM"])
def test_some_of_them_called_now(values, name):
    kind = getattr(keras.layers, name)
    recorded = values[f"shapes_{name.lower()}"]
    assert shapes.plain(kind, True, True, True)[0] == recorded[7]
    assert shapes.both_ways(kind, True, True, None)[0] == recorded[27]


def test_equal_states_and_the_different_one():
    x = np.random.default_rng(0).normal(size=(2, 3, 7))
    for kind in shapes.LAYERS:
        output, h, *c = map(np.array, kind(4, return_state=True)(x))
        np.testing.assert_array_equal(output, h)
        assert len(c) == (kind is keras.layers.LSTM) and all(
            np.abs(h - each).max() > 1e-3 for each in c
        )


def test_the_stack(values):
    model = shapes.stack()
    assert [layer.output.shape for layer in model.layers] == [
        (None, None, 8),
        (None, None, 6),
        (None, 5),
        (None, 1),
    ]
    gru = [3 * (m * u + u * u + 2 * u) for m, u in ((7, 4), (8, 6), (6, 5))]
    assert list(values["stack"]) == [2 * gru[0], gru[1], gru[2], 6]
    assert values["combinations"] == 3 * 7 * 4

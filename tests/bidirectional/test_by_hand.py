"""Both ways by hand against Keras's Bidirectional, for each layer and each option."""

import keras
import numpy as np
import pytest

from snippets.bidirectional import by_hand as part

rng = np.random.default_rng(0)
X = rng.normal(size=(2, 5, 3))


@pytest.fixture(scope="module")
def values():
    return part.values()


def layer_of(name, dtype="float64", **options):
    inside = getattr(keras.layers, name)(4, dtype=dtype, return_sequences=True, **options)
    layer = keras.layers.Bidirectional(inside, dtype=dtype)
    layer.build(X.shape)
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    return layer


@pytest.mark.parametrize("name", part.READ)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 2e-6)])
def test_every_layer(name, dtype, tolerance):
    layer = layer_of(name, dtype)
    weights = [w.astype("float64") for w in layer.get_weights()]
    mine = np.concatenate(part.both_ways(X, weights, part.READ[name]), axis=-1)
    np.testing.assert_allclose(mine, np.array(layer(X.astype(dtype))), rtol=0, atol=tolerance)


@pytest.mark.parametrize("name", part.READ)
def test_states_come_from_both_ends(name):
    layer = layer_of(name, return_state=True)
    there, back = part.both_ways(X, layer.get_weights(), part.READ[name])
    _, *states = layer(X)
    ends = states[0], states[len(states) // 2]
    assert len(states) == (4 if name == "LSTM" else 2)
    np.testing.assert_allclose(there[:, -1], np.array(ends[0]), rtol=0, atol=1e-12)
    np.testing.assert_allclose(back[:, 0], np.array(ends[1]), rtol=0, atol=1e-12)


def test_what_keras_gives_without_sequences_is_no_row(values):
    np.testing.assert_allclose(
        values["output"], [values["keras"][-1, 0], values["keras"][0, 1]], atol=1e-6
    )
    np.testing.assert_array_equal(values["output"], values["states"])
    assert abs(values["last_row"][1] - values["output"][1]) > 0.5


def test_parameters(values):
    lstm = {(m, u): 4 * (m * u + u * u + u) for m, u in ((3, 4), (8, 2))}
    assert values["one"] == lstm[3, 4]
    assert values["first"] == 2 * lstm[3, 4] and values["second"] == 2 * lstm[8, 2]
    assert values["second_kernel"] == (8, 8)


def test_keras_too_changes_all_that_reads_backwards(values):
    layer, other = layer_of("SimpleRNN"), X.copy()
    other[:, -1] += 1
    one, two = np.array(layer(X)), np.array(layer(other))
    there, back = (one != two)[..., :4].any((0, 2)), (one != two)[..., 4:].any((0, 2))
    assert there.tolist() == [False] * 4 + [True] and back.all()
    assert [part.changed(X, layer.get_weights(), 0)[k].sum() for k in (0, 1)] == [5, 1]


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    no = np.array([False, True, True])
    other = values | {"last_back": no, "last_there": no, "same": False}
    assert not any(true for _, true in part.claims(other).values())

"""Each check finds its mistake, is quiet without it, and says what the page says it does."""

import keras
import numpy as np
import pytest

from snippets.when_your_numbers_differ import mine, search
from tests.when_your_numbers_differ.test_mine import by_keras


@pytest.fixture(scope="module")
def values():
    return search.values()


def test_shapes_that_numpy_would_take_are_refused(values):
    with pytest.raises(ValueError, match=r"\(3,\) against \(3, 1\)"):
        search.off(np.zeros(3), np.zeros((3, 1)))
    y = np.array(mine.model(mine.x))[:, 0]  # all pairs: the largest less the smallest
    assert values["broadcast"].tolist() == [3, 3]
    assert values["broadcast_off"] == pytest.approx(y.max() - y.min(), abs=1e-6)


def test_the_largest_difference_of_each_step():
    a, b = np.zeros((1, 2, 2)), np.array([[[1.0, -3.0], [0.5, 0.25]]])
    assert search.off(a, b).tolist() == [[3.0, 0.5]]


def test_the_table_of_differences(values):
    right = by_keras(6)
    for k in range(7):
        off = np.abs(by_keras(k) - right).max(-1)
        np.testing.assert_allclose(values["off"][k], off, rtol=0, atol=1e-6)
        assert values["right"][k] == (off < 1e-9).sum()
    assert values["steps"] == right[..., 0].size == 12


def test_the_differences_of_the_outputs(values):
    def y(states, squashed=True):
        s = states[:, -1] @ mine.W_y + mine.b_y
        return 1 / (1 + np.exp(-s)) if squashed else s

    right = y(by_keras(6))
    for k in range(7):
        off = np.abs(y(by_keras(k), squashed=k == 6) - right).max()
        assert values["y_off"][k] == pytest.approx(off, abs=1e-6)


@pytest.mark.parametrize("order", ["i f c o", "i c f o", "o c f i"])
def test_the_order_of_the_blocks_is_found(order):
    place = [order.split().index(gate) for gate in "ifco"]

    def packed(array):  # blocks that stand in that order, put into that of Keras
        blocks = np.split(array, 4, axis=-1)
        return np.concatenate([blocks[k] for k in place], axis=-1)

    layer = keras.layers.LSTM(2, dtype="float64")
    layer.build((None, None, 3))
    layer.set_weights([packed(array) for array in (mine.W, mine.U, mine.b)])
    x_0 = mine.x[:1, 0]
    assert search.orders(x_0, np.array(layer(x_0[:, None])), mine.W, mine.b) == [order]
    assert search.orders(x_0, np.array(layer(x_0[:, None])) + 0.01, mine.W, mine.b) == []


def test_the_copy_of_a_layer(values):
    for layer in (search.lstm, keras.layers.GRU(4, go_backwards=True)):
        if not layer.built:
            layer.build((None, None, 3))
        copy = search.like(layer, dtype="float64", return_state=True)
        theirs = [np.array(layer(mine.x)), np.array(copy(mine.x)[0])]
        np.testing.assert_allclose(*theirs, rtol=0, atol=1e-6)
        assert copy.compute_dtype == "float64" and copy.return_state
        assert copy.get_config()["go_backwards"] == layer.get_config()["go_backwards"]
    np.testing.assert_allclose(search.h, by_keras(6), rtol=0, atol=1e-6)


def test_states_and_mask(values):
    assert values["states"].tolist() == [False, True, False]
    assert values["mask"].tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 0]]


def test_the_output_layer(values):
    np.testing.assert_allclose(values["y"], np.array(mine.model(mine.x)), rtol=0, atol=1e-6)
    np.testing.assert_allclose(values["y"], 1 / (1 + np.exp(-values["s"])), rtol=0, atol=1e-6)
    assert values["same_output"]


def test_each_mistake_alone(values):
    """Keras in float64, made to do one of the mistakes, with the others mended."""

    def y(W=mine.W, U=mine.U, b=mine.b, x=mine.x, masked=True, squashed=True):
        layer = keras.layers.LSTM(2, return_sequences=True, dtype="float64")
        layer.build((None, None, 3))
        layer.set_weights([W, U, b])
        mask = mine.x.any(-1).reshape(x.shape[:2]) if masked else None
        states = np.array(layer(x, mask=mask)).reshape(3, 4, 2)
        s = states[:, -1] @ mine.W_y[:, 0] + mine.b_y[0]
        return 1 / (1 + np.exp(-s)) if squashed else s

    def exchanged(array):
        return np.concatenate([np.split(array, 4, axis=-1)[k] for k in (0, 1, 3, 2)], axis=-1)

    turned = np.concatenate([block.T for block in np.split(mine.U, 4, axis=1)], axis=1)
    found = [
        y(*map(exchanged, (mine.W, mine.U, mine.b))),
        y(U=turned),
        y(x=mine.x.reshape(1, -1, 3)),
        y(masked=False),
        y(squashed=False),
    ]
    right = [np.abs(one - y()).max() for one in found]
    np.testing.assert_allclose(values["alone"], right, rtol=0, atol=1e-6)


def test_float64_tells_rounding_from_a_mistake():
    weights = [array.astype("float64") for array in mine.model.get_weights()]
    for mended, limit in ((6, 1e-14), (5, 1e-14)):  # the output is no state
        single, double = search.decide(mine.mended([*mine.MENDS][:mended])(mine.x, *weights)[0])
        assert 0 < single < 1e-6 and double < limit
    single, double = search.decide(mine.mended([*mine.MENDS][:4])(mine.x, *weights)[0])
    assert single == pytest.approx(double, abs=1e-6) and double > 0.1


def test_a_layer_with_dropout_differs_from_call_to_call_in_training():
    layer = keras.layers.LSTM(2, dropout=0.5)
    calls = [np.array(layer(mine.x, training=True)) for _ in range(5)]
    assert any(not np.array_equal(calls[0], call) for call in calls)
    assert np.array_equal(layer(mine.x), layer(mine.x))


def test_a_stateful_layer_answers_otherwise_the_second_time():
    layer = keras.layers.LSTM(2, stateful=True)
    assert not np.allclose(layer(mine.x), layer(mine.x))


def test_claims(values):
    assert all(true for _, true in search.claims(values).values())


def test_what_a_layer_reads_in_a_longer_model():
    first = keras.layers.Dense(5)
    middle = keras.layers.LSTM(2)
    model = keras.Sequential([keras.Input((None, 3)), first, middle, keras.layers.Dense(1)])
    read = keras.Model(model.inputs, middle.input)([mine.x])
    np.testing.assert_allclose(read, first(mine.x), rtol=0, atol=1e-6)


def test_one_direction_of_two():
    both = keras.layers.Bidirectional(keras.layers.LSTM(2))
    output = np.array(both(mine.x))
    forward = search.like(both.forward_layer, return_sequences=True)
    np.testing.assert_allclose(np.array(forward(mine.x))[:, -1], output[:, :2], rtol=0, atol=1e-6)

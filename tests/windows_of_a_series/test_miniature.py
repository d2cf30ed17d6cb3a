"""Windows by three ways, the wrong pairing, and a forecast by hand against Keras."""

import keras
import numpy as np
import pytest

from snippets.windows_of_a_series import miniature as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_pairs_are_those_that_one_counts_out(values):
    assert values["x"].tolist() == [[4, 6, 5], [6, 5, 7], [5, 7, 8], [7, 8, 6], [8, 6, 9]]
    assert values["y"].tolist() == [7, 8, 6, 9, 8]
    assert values["same"] and values["N"] == 5 and values["count"] == 6 and values["cut"] == 3
    x, y = part.views(part.s, 3)
    np.testing.assert_array_equal(x, values["x"])
    np.testing.assert_array_equal(y, values["y"])


def test_the_wrong_pairing_is_what_keras_gives(values):
    assert values["wrong_x"].tolist() == [*values["x"].tolist(), [6, 9, 8]]
    assert values["wrong_y"].tolist() == [4, 6, 5, 7, 8, 6]


@pytest.mark.parametrize(("dtype", "close"), [("float64", 1e-12), ("float32", 2e-6)])
def test_the_forecast_is_that_of_keras(values, dtype, close):
    layer, dense = keras.layers.SimpleRNN(1, dtype=dtype), keras.layers.Dense(1, dtype=dtype)
    x = np.array([[7, 8, 6], [8, 6, values["one"]], [8, 6, 9]], dtype)[..., None]
    dense(layer((x - 6) / 2))
    layer.set_weights([np.array([[0.6]]), np.array([[0.4]]), np.array([0.1])])
    dense.set_weights([np.array([[0.9]]), np.array([0.2])])
    theirs = 6 + 2 * np.array(dense(layer((x - 6) / 2)))[:, 0]
    ours = [values["one"], values["two"], values["told"]]
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=close)
    np.testing.assert_allclose(values["errors"], np.array(ours) - [9, 8, 8], rtol=0, atol=1e-12)


def test_the_scale_is_that_of_the_training_part(values):
    assert values["deviations"].tolist() == [-2, 0, -1, 1, 2]
    assert values["spread"] == pytest.approx(np.sqrt(2)) and values["mean_all"] == 53 / 8


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"same": False, "wrong_y": values["wrong_y"] + 1, "keras_off": 1e-3}
    assert not any(true for _, true in part.claims(other).values())

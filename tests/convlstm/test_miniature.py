"""The miniature by arithmetic that is written out: windows as the page reads them."""

import math

import keras
import numpy as np
import pytest

from snippets.convlstm import miniature
from snippets.layers.conv_lstm import conv_lstm


@pytest.fixture(scope="module")
def values():
    return miniature.values()


def sigma(a):
    return 1 / (1 + math.exp(-a))


def at(frame, r, q):
    """A pixel, or zero beyond the edge."""
    return frame[r][q] if 0 <= r < 3 and 0 <= q < 3 else 0


def test_both_frames_by_arithmetic_written_out(values):
    """Each place with nothing but the math module, neighbours named one by one."""
    h = c = [[0.0] * 3 for _ in range(3)]
    for t, x in enumerate(([[0, 1, 0], [2, 0, 0], [0, 0, 0]], [[0, 0, 1], [0, 2, 0], [0, 0, 0]])):
        new_h, new_c = ([[0.0] * 3 for _ in range(3)] for _ in range(2))
        for r in range(3):
            for q in range(3):
                up, left, right, down = (r - 1, q), (r, q - 1), (r, q + 1), (r + 1, q)
                i = sigma(at(x, r, q) + at(h, *left) - 0.5)
                f = sigma(-at(x, r, q) + at(h, *up) + at(h, r, q) + 1)
                own = at(x, r, q) + (at(x, *up) + at(x, *left) - at(x, *right) - at(x, *down)) / 2
                new = math.tanh(own + 2 * at(h, *left) - at(h, *up))
                o = sigma(at(x, r - 1, q + 1) + at(h, r + 1, q - 1) + 0.5)
                new_c[r][q] = f * c[r][q] + i * new
                new_h[r][q] = o * math.tanh(new_c[r][q])
                told = [values[name][t][r][q] for name in miniature.NAMES]
                np.testing.assert_allclose(
                    told, [i, f, new, o, new_c[r][q], new_h[r][q]], rtol=0, atol=1e-12
                )
        h, c = new_h, new_c


def test_parts_add_up(values):
    gates = np.stack([values[name] for name in ("i", "f", "c_new", "o")], axis=-1)
    sums = values["from_x"] + values["from_h"] + [-0.5, 1, 0, 0.5]
    np.testing.assert_allclose(sums, values["sums"], rtol=0, atol=1e-15)
    undone = np.log(gates / (1 - gates), where=gates > 0, out=np.zeros_like(gates))
    undone[..., 2] = np.arctanh(gates[..., 2])
    np.testing.assert_allclose(undone, sums, rtol=0, atol=1e-9)
    np.testing.assert_allclose(
        values["kept"] + values["written"][1], values["c"][1], rtol=0, atol=1e-15
    )


def test_the_second_frame_is_the_first_moved_to_the_right():
    np.testing.assert_array_equal(miniature.x[1, :, 1:], miniature.x[0, :, :-1])


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_keras_gives_the_same(values, dtype, tolerance):
    states = miniature.keras_conv_lstm(
        miniature.x, miniature.W, miniature.U, miniature.b, padding="same", dtype=dtype
    )
    np.testing.assert_allclose(states[..., 0], values["h"], rtol=0, atol=tolerance)
    assert values["same_as_keras"]


@pytest.mark.parametrize("k", [2, 4])
def test_windows_of_an_even_size_begin_where_those_of_keras_do(k):
    """The zeros of "same" are one more below and to the right than above and to the left."""
    rng = np.random.default_rng(k)
    film = rng.normal(size=(3, 5, 4, 2))
    W, U = rng.normal(size=(k, k, 2, 12)), rng.normal(size=(k, k, 3, 12))
    b = rng.normal(size=12)
    for padding in ("same", "valid"):
        states = miniature.keras_conv_lstm(film, W, U, b, padding=padding, dtype="float64")
        hand = conv_lstm(film, W, U, b, padding)[-1]
        np.testing.assert_allclose(states, hand, rtol=0, atol=1e-12)


def test_claims_follow_the_values(values):
    assert all(true for _, true in miniature.claims(values).values())
    still = {**values, "h": values["h"][[0, 0]], "same_as_keras": False}
    assert not any(true for _, true in miniature.claims(still).values())


def test_counts(values):
    layer = keras.layers.ConvLSTM2D(1, 3)
    layer.build((1, *miniature.x.shape))
    assert values["count"] == layer.count_params() == 4 * values["block"] == 4 * (9 * 2 + 1)
    assert values["size"] == 9


def test_defaults_of_keras_are_as_the_page_says():
    """Keras 3: sigmoid, as in the paper; valid, unlike what one needs here."""
    for layer in (keras.layers.ConvLSTM1D, keras.layers.ConvLSTM2D, keras.layers.ConvLSTM3D):
        config = layer(1, 3).get_config()
        assert (config["activation"], config["recurrent_activation"]) == ("tanh", "sigmoid")
        assert config["padding"] == "valid" and config["unit_forget_bias"] is True

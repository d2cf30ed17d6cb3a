"""A film that is moved moves the states: by Keras, elsewhere, and not at the edges."""

import keras
import numpy as np
import pytest

from snippets.convlstm import miniature, shifted


@pytest.fixture(scope="module")
def values():
    return shifted.values()


def by_keras(film):
    return miniature.keras_conv_lstm(
        film, miniature.W, miniature.U, shifted.b, padding="same", dtype="float64"
    )


def test_the_states_move_along_in_keras_too(values):
    here, there = by_keras(shifted.here), by_keras(shifted.there)
    inner = np.abs(here[:, 2:8, 2:7] - there[:, 3:9, 4:9])
    assert inner.max() < 1e-12 and values["conv"] == 0
    everywhere = np.abs(here[:, :10, :9] - there[:, 1:, 2:])
    assert everywhere.max() == pytest.approx(values["edge"], abs=1e-12) and values["edge"] > 0.03


def test_the_part_that_is_compared_holds_all_of_the_pattern():
    """Else a layer that sees nothing would pass: the states there are far from those of the dark."""
    states = shifted.conv_states(shifted.here)
    assert np.ptp(states[-1, 2:8, 2:7]) > 0.6
    moved = shifted.there[:, 1 + 2 : 9, 2 + 2 : 9]
    np.testing.assert_array_equal(shifted.here[:, 2:8, 2:7], moved)


def test_dark_places_and_the_corner(values):
    c = h = 0.0
    for _ in range(shifted.T):  # a place with the same state all around it, and no light
        i, f = (1 / (1 + np.exp(-z)) for z in (-0.5 + h, 1 + 2 * h))
        o, new = 1 / (1 + np.exp(-0.5 - h)), np.tanh(0.3 + h)
        c = f * c + i * new
        h = o * np.tanh(c)
    assert values["dark"] == pytest.approx(h, abs=1e-12)
    assert abs(values["corner"] - h) > 0.003


def test_an_lstm_on_flattened_frames_does_not(values):
    """With a unit for each place, its weights drawn by any seed."""
    for seed in range(3):
        keras.utils.set_random_seed(seed)
        layer = keras.layers.LSTM(121, return_sequences=True)
        here, there = (
            np.array(layer(film.reshape(1, 2, 121))).reshape(2, 11, 11)
            for film in (shifted.here, shifted.there)
        )
        assert np.abs(here[:, 2:8, 2:7] - there[:, 3:9, 4:9]).max() > 0.05
    assert values["flat"] > 0.05
    assert values["flat_parameters"] == layer.count_params()
    assert values["parameters"] == 4 * (9 * 2 + 1)


def test_claims_follow_the_values(values):
    assert all(true for _, true in shifted.claims(values).values())
    assert not any(true for _, true in shifted.claims({**values, "conv": 1e-9}).values())

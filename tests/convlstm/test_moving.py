"""The moving dot: films, baselines and counts; and what the trainings gave."""

import numpy as np
import pytest

from snippets.convlstm import moving
from snippets.recording.measured import measured


@pytest.mark.claim
def test_the_conv_lstm_finds_the_next_place_and_the_flat_lstm_does_not():
    found = measured("convlstm.moving")
    for part, least in (("half", 97), ("left", 90)):
        assert found[f"conv_8_{part}"].min() > least
        for name in ("flat_8", "flat_32"):
            assert found[f"{name}_{part}"][:, 1].max() < 5
    assert found["flat_32_half"][:, 0].min() > 95  # it has learned by heart
    assert found["flat_32_left"][:, 0].min() > 95


def test_claims_follow_the_values():
    values = moving.values()
    assert all(true for _, true in moving.claims(values).values())
    other = {**values, "left_ahead": 4, "flat_32_left": np.array([0, 0, 0, 0, 50])}
    assert not any(true for _, true in moving.claims(other).values())


def test_how_far_ahead():
    """The better of both LSTMs counts, training by training; five of five is less than always."""
    values, found = moving.values(), measured("convlstm.moving")
    for part in ("half", "left"):
        conv, small, large = (found[f"{name}_{part}"][:, 1] for name in moving.MODELS)
        ahead = [one - max(two) for one, *two in zip(conv, small, large)]
        assert values[f"{part}_ahead_least"] == min(ahead)
        assert values[f"{part}_ahead"] == sum(one > 0 for one in ahead)
        # Wilson's interval of n of n begins at n / (n + z squared).
        np.testing.assert_allclose(values[f"{part}_share"], [500 / (5 + 1.959964**2), 100])

"""What the page says of five trained stacks and five untrained ones."""

import numpy as np
import pytest

from snippets.what_the_state_remembers import seeds as page


@pytest.mark.claim
def test_every_stack_has_a_carrier():
    found = page.values()
    assert (found["kept"] > 80).all() and (found["kept"][:4] > 95).all()
    assert (found["flips"] >= 1).all() and (found["flips"] <= 3).all()
    assert (found["exchanged"] < 50).all() and (found["lowest"] > 90).all()
    assert set(found["layer"]) == {1, 2}


@pytest.mark.claim
def test_untrained_layers_echo_the_symbol():
    untrained = page.values()["untrained"]
    assert (untrained[:, 1] > 70).all() and (untrained[:, 1] < 95).all()
    assert untrained[:, 0].mean() < untrained[:, 1].mean()


def test_the_first_row_is_asked_of_the_recorded_weights():
    kept, lowest, swapped = page.ask(page.stack_weights())
    found = page.values()
    assert kept == found["kept"][0] / 100 and lowest.shape == swapped.shape == (2, 8)
    assert np.isclose(swapped.min(), found["exchanged"][0] / 100)

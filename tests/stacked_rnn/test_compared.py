"""What the page says of one layer against two."""

import numpy as np
import pytest

from snippets.recording.measured import measured
from snippets.stacked_rnn import compared
from snippets.stacked_rnn import model as part_c


@pytest.fixture(scope="module")
def record():
    return measured("stacked_rnn.compared")


@pytest.mark.claim
def test_one_layer_of_five_units_does_not_learn_the_task(record):
    always_no = compared.values()["always_no"]
    assert (record["one"] > always_no).all() and (record["one"] < 0.95 * 6000).all()


@pytest.mark.claim
def test_two_layers_are_ahead_of_the_wide_one_until_it_is_trained_longer(record):
    assert len(record["two"]) == len(record["wide"]) == 5
    assert (record["two"] > record["wide"]).all() and (record["wide"] > record["one"]).all()
    assert len(record["wide_longer"]) == 5 and record["wide_longer"].min() > 0.98 * 6000
    assert all(true for _, true in compared.claims(compared.values()).values())
    assert compared.values()["chance"] == 2 * 2 * 2 * 2 * 2


@pytest.mark.claim
def test_losses_end_in_this_order(record):
    two, wide, one = (record[f"losses_{name}"] for name in ("two", "wide", "one"))
    assert len(two) == len(wide) == len(one) == 40
    assert two[-1] < wide[-1] < one[-1]


def test_right_answers_are_counted_for_each_output():
    """Of a model that says yes to both at every step."""
    _, y = part_c.make_data(N=1000, T=6, seed=1)
    right = compared.answers(lambda x: np.ones(x.shape[:2] + (2,)))
    assert right.tolist() == [np.count_nonzero(y[..., 0]), np.count_nonzero(y[..., 1])]


def test_parameters():
    # One layer of u units: 3u + uu + u, and 2u + 2 for the output.
    assert list(compared.values()["parameters"]) == [152, 162, 57]
    assert [u * u + 6 * u + 2 for u in (10, 5)] == [162, 57]


def test_answers_by_hand_equal_those_of_keras_on_a_hundred_steps():
    """Exercise 5. Float32 may turn an answer or two on the way."""
    x, y = part_c.make_data(N=1000, T=100, seed=1)
    output = np.array(part_c.trained()(x))
    right = ((output > 0.5) == (y > 0.5))[..., 1].sum()
    assert abs(right - compared.values()["right_100"]) < 200


def test_always_no_is_right_where_the_lamp_is_off():
    _, y = part_c.make_data(N=1000, T=6, seed=1)
    assert compared.values()["always_no"] == 6000 - y[..., 1].sum() == 3411
    _, y = part_c.make_data(N=1000, T=100, seed=1)
    assert compared.values()["always_no_100"] == 100_000 - y[..., 1].sum()


def test_claims_follow_the_values():
    values = compared.values()
    assert values["overtaken"] == sum(
        late > early for late, early in zip(values["wide_longer"], values["two"], strict=True)
    )
    other = values | {
        "one": np.array([5940, 3000]),
        "two": np.full(5, 5940),
        "wide": np.array([1200, 5940, 5940, 5940, 5940]),
        "wide_longer": np.array([5820, 6000, 6000, 6000, 6000]),
    }
    assert not any(true for _, true in compared.claims(other).values())

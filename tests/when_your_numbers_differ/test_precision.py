"""What the page says of rounding: of its record with room to spare, and of a few layers computed here."""

import keras
import numpy as np
import pytest

from snippets.when_your_numbers_differ import precision


@pytest.fixture(scope="module")
def values():
    return precision.values()


@pytest.mark.claim
def test_float32_is_near_and_stays_near(values):
    assert values["float32_most"].max() < 50  # units of 1e-7: half of the tolerance
    assert (values["float32_least"] > 0).all()
    assert (values["float32_most"][:, 2] < 10 * values["float32_most"][:, 0]).all()


@pytest.mark.claim
def test_other_orders_of_a_sum_stay_within_the_tolerance(values):
    for key in ("onednn", "onednn_batch", "alone"):
        assert values[f"{key}_most"].max() < 50


@pytest.mark.claim
def test_half_precision(values):
    assert 1 < values["float16_least"].min() and values["float16_most"].max() < 50  # of 1e-4
    assert values["mixed_same"]


@pytest.mark.claim
def test_numpy_and_keras_in_float64(values):
    assert values["hand_most"].max() < 1000  # units of 1e-16


@pytest.mark.claim
def test_the_tolerances_have_room_and_the_defaults_have_none(values):
    assert (values["room"] > 2).all()
    assert values["refused"] > values["trials"] / 2


@pytest.mark.parametrize("name", precision.LAYERS)
def test_a_short_layer_of_each_kind(monkeypatch, name):
    monkeypatch.setattr(precision, "STEPS", [5, 10, 20])
    exact = precision.states(name, 3, "float64")
    assert exact.shape == (20, precision.UNITS) and exact.dtype == "float64"
    layer = precision.layer_of(name, 3, "float32")
    by_hand = precision.BY_HAND[name](
        precision.inputs(3).astype("float64"),
        *[array.astype("float64") for array in layer.get_weights()],
    )
    np.testing.assert_allclose(by_hand[0], exact, rtol=0, atol=1e-12)
    for dtype, limit in (("float32", 1e-5), ("float16", 1e-2), ("mixed_float16", 1e-2)):
        off = precision.largest(precision.states(name, 3, dtype), exact)
        assert 0 < off[0] <= off[1] <= off[2] < limit


def test_largest_counts_from_the_first_step(monkeypatch):
    monkeypatch.setattr(precision, "STEPS", [1, 2, 3])
    mine = np.array([[0.0, 1.0], [0.0, 3.0], [2.0, 0.0]])
    assert precision.largest(mine, np.zeros((3, 2))) == [1.0, 3.0, 3.0]


def test_onednn_is_switched_in_a_process_of_its_own(monkeypatch):
    ran = []

    def run(command, env, check):
        ran.append(env["TF_ENABLE_ONEDNN_OPTS"])
        np.savez(command[-1], x=np.array([float(ran[-1])]))

    monkeypatch.setattr(precision.subprocess, "run", run)
    assert precision.with_onednn(True)["x"] == [1] and precision.with_onednn(False)["x"] == [0]


@pytest.mark.parametrize(
    ("off", "dtype", "size", "passes"),
    [
        (0.9e-5, "float32", 1, True),
        (1.2e-5, "float32", 1, False),
        (0.9e-3, "float32", 100, True),
        (1.2e-3, "float32", 100, False),
        (0.9e-5, "float32", 0.01, True),
        (0.9e-9, "float64", 1, True),
        (1.2e-9, "float64", 1, False),
        (0.9e-2, "float16", 1, True),
        (1.2e-2, "float16", 1, False),
    ],
)
def test_the_comparison(off, dtype, size, passes):
    theirs = np.array([[0.0, -size]]).astype(dtype)
    assert precision.close(theirs.astype("float64") + [[off, 0]], theirs) == passes


def test_the_comparison_refuses_other_shapes():
    with pytest.raises(ValueError, match=r"\(3,\) against \(3, 1\)"):
        precision.close(np.zeros(3), np.zeros((3, 1)))


def test_the_defaults_of_numpy_let_nothing_pass_near_zero():
    a, b = np.array([1e-4]), np.array([1e-4 + 1e-7])  # off by a rounding of numbers near 1
    assert not np.allclose(a, b) and np.allclose(a, b, rtol=0, atol=1e-5)


def test_float32_keeps_its_neighbours_apart():
    assert np.spacing(np.float32(1)) == pytest.approx(1.19e-7, rel=0.01)
    assert keras.backend.floatx() == "float32"

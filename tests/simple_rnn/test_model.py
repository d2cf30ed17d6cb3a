"""Part B: its training, its weights, and what the page says of them."""

from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.simple_rnn import model as part_b

PAGE = Path(__file__).parents[2] / "docs" / "posts" / "simple-rnn.md"
PRINTED = [part_b.W, part_b.U, part_b.b, part_b.W_y, part_b.b_y]


@pytest.fixture(scope="module")
def trained():
    return part_b.train()


def error(model, x, y):
    return float(np.mean((model.predict(x, verbose=0) - y) ** 2))


def test_targets_are_about_the_input_before():
    """Written out for the first sample: its inputs, and the differences one step late."""
    x, y = part_b.make_data()
    assert x.shape == (256, 6, 3) and y.shape == (256, 6, 2)
    assert set(np.unique(x)) == {0, 1, 2, 3, 4}
    for t in range(6):
        first, second, third = x[0, t - 1] if t else (0, 0, 0)
        expected = [1 / (1 + np.exp(second - first)), 1 / (1 + np.exp(third - second))]
        np.testing.assert_allclose(y[0, t], expected, rtol=0, atol=1e-12)


def test_training_learns_what_no_layer_without_memory_can(trained):
    _, errors = trained
    without_memory = part_b.values()["error_without_memory"]
    assert len(errors) == 50
    assert errors[0] > without_memory
    assert errors[-1] < 2e-3 < without_memory / 40


def test_the_layer_of_part_a_does_not_learn_it():
    """The best weighted sums of the present input are no better than the mean, but for chance."""
    x, y = part_b.make_data()
    inputs = np.concatenate([x, np.ones((256, 6, 1))], axis=-1).reshape(-1, 4)
    best, *_ = np.linalg.lstsq(inputs, y.reshape(-1, 2), rcond=None)
    linear = np.mean((inputs @ best - y.reshape(-1, 2)) ** 2)
    assert linear > 0.97 * part_b.values()["error_without_memory"]


def test_training_goes_as_recorded(trained):
    """The figure's errors, as far as another processor allows."""
    _, errors = trained
    np.testing.assert_allclose(errors[0], part_b.ERRORS[0], rtol=0.2)
    np.testing.assert_allclose(errors[9], part_b.ERRORS[9], rtol=0.5)
    assert part_b.ERRORS == [float(f"{error:.2g}") for error in part_b.ERRORS]


def test_rounding_the_weights_costs_what_the_page_says(trained):
    model, _ = trained
    x, y = part_b.make_data()
    weights = model.get_weights()
    before = error(model, x, y)
    model.set_weights([np.round(weight, 2) for weight in weights])
    after = error(model, x, y)
    model.set_weights(weights)
    # Another processor may train to other weights; then rounding costs something else.
    same = all(np.allclose(w, p, rtol=0, atol=0.02) for w, p in zip(weights, PRINTED))
    assert abs(after - before) < (1e-4 if same else 1e-3)


def test_the_printed_weights_solve_the_task():
    x, y = part_b.make_data()
    prediction = part_b.predict(x)
    assert np.mean((prediction - y) ** 2) < 1e-3
    assert np.abs(prediction - y).max() < 0.08
    clear = np.abs(y - 0.5) > 0.2
    assert ((prediction > 0.5) == (y > 0.5))[clear].all()


def test_parameters_derived_and_counted():
    m, u, m_out = 3, 5, 2
    values = part_b.values()
    assert values["parameters_rnn"] == m * u + u * u + u == 45
    assert values["parameters_output"] == u * m_out + m_out == 12
    assert values["parameters"] == sum(weight.size for weight in PRINTED) == 57


def test_order_and_shapes_of_get_weights():
    shapes = [weight.shape for weight in part_b.build_model().get_weights()]
    assert shapes == [weight.shape for weight in PRINTED] == [(3, 5), (5, 5), (5,), (5, 2), (2,)]


def test_weights_before_training():
    keras.utils.set_random_seed(0)
    W, U, b, _, b_y = part_b.build_model().get_weights()
    assert 0.5 < np.abs(W).max() <= part_b.values()["limit"]
    np.testing.assert_allclose(U @ U.T, np.eye(5), rtol=0, atol=1e-6)
    assert not b.any() and not b_y.any()


def test_reading_of_the_weights():
    """What the page reads off the printed weights: which numbers are large."""
    large = lambda matrix, bound: set(
        zip(*(axis.tolist() for axis in np.where(abs(matrix) > bound)))
    )
    assert {unit for _, unit in large(part_b.W, 0.05)} == {1, 2}
    assert large(part_b.U, 0.1) == {(1, 3), (2, 4)}
    assert large(part_b.W_y, 2) == {(4, 0), (3, 1)}


def test_parameters_of_the_first_exercise():
    rnn, dense = keras.layers.SimpleRNN(3), keras.layers.Dense(1)
    rnn.build((None, None, 4))
    dense.build((None, 3))
    assert (rnn.count_params(), dense.count_params()) == (24, 4)
    assert rnn.get_weights()[1].size == 9


def test_claims_follow_the_values():
    values = part_b.values()
    assert all(true for _, true in part_b.claims(values).values())
    other = {
        "errors": np.full(50, 0.09),
        "error_without_memory": 0.0869,
        "W": np.ones((3, 5)),
        "U": np.ones((5, 5)),
        "b": np.ones(5),
        "W_y": part_b.W_y[::-1],
    }
    assert not any(true for _, true in part_b.claims(other).values())


def test_the_recorded_errors_are_those_during_a_pass(trained):
    """Keras takes the mean over the batches of a pass: in the first, in which it falls fast, larger than at its end."""
    _, errors = trained
    x, y = part_b.make_data()
    keras.utils.set_random_seed(1)
    model = part_b.build_model()
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.02))
    model.fit(x, y, batch_size=32, verbose=0)
    assert errors[0] > 1.05 * error(model, x, y)
    assert part_b.ERRORS[-1] > np.mean((part_b.predict(x) - y) ** 2)

"""Part C's data, its training, and what its page says of the trained weights."""

import numpy as np
import pytest

from snippets.stacked_rnn import compared
from snippets.stacked_rnn import model as part_c


@pytest.fixture(scope="module")
def trained():
    return part_c.train()


@pytest.fixture(scope="module")
def fresh():
    return part_c.make_data(N=1000, T=6, seed=1)


def right_answers(model, data):
    x, y = data
    output = np.array(model(x))
    return ((output > 0.5) == (y > 0.5)).sum(axis=(0, 1))


def states_of_layer_1(x):
    return np.array(part_c.trained().layers[0](x))


def test_targets_equal_a_count_written_as_a_loop():
    x, y = part_c.make_data(N=50, T=7, seed=3)
    for sequence, target in zip(x, y):
        falls, before = 0, None
        for row, (fell, odd) in zip(sequence, target):
            falling = before is not None and row[0] < before
            falls += falling
            assert (fell, odd) == (falling, falls % 2)
            before = row[0]


def test_the_numbers_are_whole_from_1_to_4():
    x, _ = part_c.make_data()
    assert x.shape == (512, 6, 3)
    assert set(x.ravel()) == {1.0, 2.0, 3.0, 4.0}


def test_training_reaches_the_loss_that_the_page_promises(trained):
    _, losses = trained
    assert losses[-1] < 0.01 < 0.2 < losses[0]


def test_a_newly_trained_model_solves_the_task(trained, fresh):
    # Another processor trains to other weights: here every answer is right.
    fell, odd = right_answers(trained[0], fresh)
    assert fell > 5940 and odd > 5850


def test_rounding_the_weights_costs_less_than_the_page_says(trained):
    model = trained[0]
    x, y = part_c.make_data()
    exact = model.get_weights()
    before = np.mean((np.array(model(x)) - y) ** 2)
    model.set_weights([np.round(weight, 2) for weight in exact])
    after = np.mean((np.array(model(x)) - y) ** 2)
    model.set_weights(exact)
    assert abs(after - before) < 1e-4


def test_printed_loss_is_that_of_the_printed_weights():
    x, y = part_c.make_data()
    by_keras = np.mean((np.array(part_c.trained()(x)) - y) ** 2)
    assert abs(by_keras - compared.values()["loss_train"]) < 1e-6
    assert by_keras < 0.001


def test_printed_weights_answer_every_fresh_step(fresh):
    assert list(right_answers(part_c.trained(), fresh)) == [6000, 6000]


def test_new_input_is_answered_as_it_should_be():
    """The first number falls once, at step 1."""
    output = np.array(part_c.trained()(part_c.x_new))[0]
    np.testing.assert_array_equal(output > 0.5, [[0, 0], [1, 1], [0, 1]])


def test_shapes_and_parameters():
    model = part_c.build_model()
    shapes = [weight.shape for weight in model.get_weights()]
    assert shapes == [(3, 5), (5, 5), (5,), (5, 7), (7, 7), (7,), (7, 2), (2,)]
    assert model.count_params() == 15 + 25 + 5 + 35 + 49 + 7 + 14 + 2 == 152
    assert [layer.count_params() for layer in model.layers] == [45, 91, 16]


def test_weights_before_training():
    """Glorot limits of the kernels, orthogonal recurrent kernels, biases of zero."""
    W1, U1, b1, W2, U2, b2, _, b_y = part_c.build_model().get_weights()
    assert np.abs(W1).max() <= (6 / 8) ** 0.5 and np.abs(W2).max() <= (6 / 12) ** 0.5
    np.testing.assert_allclose(U1 @ U1.T, np.eye(5), rtol=0, atol=1e-6)
    np.testing.assert_allclose(U2 @ U2.T, np.eye(7), rtol=0, atol=1e-6)
    assert not b1.any() and not b2.any() and not b_y.any()


def test_what_the_page_reads_from_the_weights_of_layer_1():
    large = np.abs(part_c.W1[1:]) >= 0.07
    assert large.sum() == 1 and large[0, 1] and part_c.W1[1, 1] == -0.57
    assert part_c.W1[0, 3] == 0.81
    assert sorted(range(5), key=lambda j: part_c.U1[j, 3])[:2] == [2, 0]
    # Units 2 and 0 are large after a large number.
    x, _ = part_c.make_data(N=1000, T=6, seed=1)
    states = states_of_layer_1(x)
    for unit in (2, 0):
        assert np.corrcoef(states[..., unit].ravel(), x[..., 0].ravel())[0, 1] > 0.75


def test_the_sign_of_unit_3_of_layer_1_is_a_fall(fresh):
    x, y = fresh
    states = states_of_layer_1(x)
    np.testing.assert_array_equal(states[..., 3] < 0, y[..., 0] == 1)


def test_claims_follow_the_values():
    values = part_c.values()
    assert all(true for _, true in part_c.claims(values).values())
    for others in (np.full((2, 5), 0.01), np.full((2, 5), 0.5)):
        other = {"idle": others, "y_keras": values["y_keras"][[1, 2, 0]]}
        assert not any(true for _, true in part_c.claims(other).values())

"""The LSTM against Keras and PyTorch, its data, and its training."""

import keras
import numpy as np
import pytest

from snippets.layers.lstm import lstm
from snippets.lstm import (
    model as part_d,
)
from snippets.lstm import (
    seeds as lstm_seeds,
)
from snippets.lstm import (
    trained as trained_part,
)


@pytest.fixture(scope="module")
def trained():
    return part_d.train()


def random_weights(rng, m, u, dtype):
    shapes = ((m, 4 * u), (u, 4 * u), (4 * u,))
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


# Each of N, T, m and u takes each of 1, 2 and 5, and each pair of them meets.
SIZES = [
    (1, 1, 1, 1),
    (1, 2, 2, 2),
    (1, 5, 5, 5),
    (2, 1, 2, 5),
    (2, 2, 5, 1),
    (2, 5, 1, 2),
    (5, 1, 5, 2),
    (5, 2, 1, 5),
    (5, 5, 2, 1),
]


@pytest.mark.parametrize(("N", "T", "m", "u"), SIZES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("start", [True, False])
def test_by_hand_equals_keras_for_random_weights(N, T, m, u, dtype, tolerance, bias, start):
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    W, U, b = random_weights(rng, m, u, dtype)
    first = [rng.normal(size=(N, u)).astype(dtype) for _ in "hc"] if start else [0.0, 0.0]
    layer = keras.layers.LSTM(
        u, return_sequences=True, return_state=True, use_bias=bias, dtype=dtype
    )
    layer.build(x.shape)
    layer.set_weights([W, U, b] if bias else [W, U])
    # Called directly: through Sequential and predict, float64 becomes float32.
    states, h, c = layer(x, initial_state=first if start else None)
    by_hand = lstm(x, W, U, b if bias else 0 * b, *first)
    assert by_hand.dtype == dtype
    np.testing.assert_allclose(by_hand[5], np.array(states), rtol=0, atol=tolerance)
    np.testing.assert_allclose(by_hand[5][:, -1], np.array(h), rtol=0, atol=tolerance)
    np.testing.assert_allclose(by_hand[4][:, -1], np.array(c), rtol=0, atol=tolerance)


def test_data_is_the_task_that_the_page_tells():
    x, y = part_d.make_data()
    assert x.shape == (256, 8, 3) and y.shape == (256, 8, 2)
    assert set(np.unique(x[..., :2])) == {-1, 1} and set(np.unique(x[..., 2])) == {0, 1}
    assert np.all(x[:, 0, 2] == 1)
    assert 0.17 < x[:, 1:, 2].mean() < 0.23
    for sequence, answers in zip(x, y):
        kept = None
        for (first, second, mark), answer in zip(sequence, answers):
            if mark:
                kept = [float(first == 1), float(second == 1)]
            assert answer.tolist() == kept


def test_training_reaches_the_loss_that_the_page_promises(trained):
    _, losses = trained
    assert losses[0] > 0.15 and losses[-1] < 0.01


def test_the_trained_model_solves_new_sequences(trained):
    x, y = part_d.make_data(N=500, seed=99)
    right = np.all((np.array(trained[0](x)) > 0.5) == y, axis=-1)
    assert right.mean() > 0.98


def test_recorded_losses_are_those_of_the_training(trained):
    # Another processor or version trains a little differently, and that adds up.
    np.testing.assert_allclose(trained[1], lstm_seeds.values()["losses_lstm"], rtol=0, atol=0.04)


def test_printed_weights_are_the_trained_ones_rounded(trained):
    printed = (trained_part.W, trained_part.U, trained_part.b, trained_part.W_y, trained_part.b_y)
    for weights, rounded in zip(trained[0].get_weights(), printed):
        # Half a hundredth by rounding; the rest is left to another processor's training.
        np.testing.assert_allclose(weights, rounded, rtol=0, atol=0.02)


def test_rounding_the_weights_costs_less_than_the_page_says(trained):
    model = trained[0]
    x, y = part_d.make_data()
    before = np.mean((model.predict(x, verbose=0) - y) ** 2)
    model_rounded = part_d.build_model()
    model_rounded.set_weights([np.round(weights, 2) for weights in model.get_weights()])
    after = np.mean((model_rounded.predict(x, verbose=0) - y) ** 2)
    assert abs(after - before) < 1e-4


def test_biases_of_the_forget_gate_start_at_one():
    layer = part_d.build_model().layers[0]
    _, _, b = layer.get_weights()
    assert b.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]


def test_the_recurrent_kernel_starts_orthogonal():
    layer = keras.layers.LSTM(5)
    layer.build((None, None, 3))
    U = layer.get_weights()[1]
    assert U.shape == (5, 20)
    np.testing.assert_allclose(U @ U.T, np.eye(5), rtol=0, atol=1e-5)


@pytest.mark.parametrize(("m", "u"), [(1, 1), (3, 2), (2, 5)])
def test_by_hand_equals_pytorch(m, u):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(m + 10 * u)
    W, U, b = random_weights(rng, m, u, "float64")
    x, h, c = (rng.normal(size=shape) for shape in ((3, 4, m), (3, u), (3, u)))
    layer = torch.nn.LSTM(m, u, batch_first=True, dtype=torch.float64)
    split = rng.normal(size=b.shape)  # PyTorch's two biases are added
    with torch.no_grad():
        for parameter, array in zip(layer.parameters(), (W.T, U.T, b - split, split)):
            parameter.copy_(torch.tensor(array))
        states, (h_last, c_last) = layer(
            torch.tensor(x), (torch.tensor(h)[None], torch.tensor(c)[None])
        )
    by_hand = lstm(x, W, U, b, h, c)
    np.testing.assert_allclose(by_hand[5], states.numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[5][:, -1], h_last[0].numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[4][:, -1], c_last[0].numpy(), rtol=0, atol=1e-6)

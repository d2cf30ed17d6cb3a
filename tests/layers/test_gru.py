"""The GRU by hand against Keras and PyTorch, in both conventions."""

import keras
import numpy as np
import pytest

from snippets.layers.gru import gru, gru_step, gru_step_reset_before

# Each of 1, 2 and 5 at each place, and each pair of m and u; not all 81 combinations.
SHAPES = [
    (1, 1, 1, 1),
    (2, 2, 2, 1),
    (5, 5, 5, 1),
    (5, 2, 1, 2),
    (1, 5, 2, 2),
    (2, 1, 5, 2),
    (2, 5, 1, 5),
    (5, 1, 2, 5),
    (1, 2, 5, 5),
]


def weights(rng, m, u, reset_after, use_bias, dtype):
    """Random W, U, b as our steps take them, and the list that Keras takes."""
    W, U = (rng.normal(size=(rows, 3 * u)).astype(dtype) / 2 for rows in (m, u))
    b = rng.normal(size=(2, 3 * u) if reset_after else 3 * u).astype(dtype)
    return (W, U, b, [W, U, b]) if use_bias else (W, U, 0 * b, [W, U])


@pytest.mark.parametrize(("N", "T", "m", "u"), SHAPES)
@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(N, T, m, u, reset_after, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    x, h = rng.normal(size=(N, T, m)).astype(dtype), rng.normal(size=(N, u)).astype(dtype)
    step = gru_step if reset_after else gru_step_reset_before
    for use_bias in (True, False):
        W, U, b, for_keras = weights(rng, m, u, reset_after, use_bias, dtype)
        layer = keras.layers.GRU(
            u, return_sequences=True, reset_after=reset_after, use_bias=use_bias, dtype=dtype
        )
        layer.build(x.shape)
        layer.set_weights(for_keras)
        for start in (None, h):
            by_hand = gru(x, W, U, b, h=start, step=step)[3]
            by_keras = layer(
                x, initial_state=None if start is None else keras.ops.convert_to_tensor(h)
            )
            np.testing.assert_allclose(by_hand, np.array(by_keras), rtol=0, atol=tolerance)


@pytest.mark.parametrize(("N", "T", "m", "u"), SHAPES)
def test_by_hand_equals_pytorch_with_the_weights_carried_over(N, T, m, u):
    """The order and the transposes are written out here, not taken from a snippet."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    W, U, b, _ = weights(rng, m, u, True, True, "float64")
    x, h = rng.normal(size=(N, T, m)), rng.normal(size=(N, u))
    z, r, n = slice(0, u), slice(u, 2 * u), slice(2 * u, 3 * u)
    layer = torch.nn.GRU(m, u, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for target, packed in (
            (layer.weight_ih_l0, W),
            (layer.weight_hh_l0, U),
            (layer.bias_ih_l0, b[0]),
            (layer.bias_hh_l0, b[1]),
        ):
            columns = [packed[..., gate] for gate in (r, z, n)]
            target.copy_(torch.tensor(np.concatenate(columns, axis=-1).T))
        for start in (None, h):
            states, _ = layer(torch.tensor(x), None if start is None else torch.tensor(h)[None])
            by_hand = gru(x, W, U, b, h=start)[3]
            np.testing.assert_allclose(by_hand, states.numpy(), rtol=0, atol=1e-6)


def test_the_new_state_lies_between_the_old_one_and_the_candidate():
    """The page says so: h is a mean of the two, weighed with z."""
    rng = np.random.default_rng(0)
    x, h = rng.normal(size=(50, 3)), rng.uniform(-1, 1, size=(50, 4))
    W, U, b, _ = weights(rng, 3, 4, True, True, "float64")
    _, _, h_new, after = gru_step(x, h, W, U, b)
    assert (np.minimum(h, h_new) <= after).all() and (after <= np.maximum(h, h_new)).all()


def test_with_one_unit_the_conventions_differ_in_the_second_bias_only():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(4, 5, 2))
    W, U, b, _ = weights(rng, 2, 1, True, True, "float64")
    b[1, 2] = 0
    before = gru(x, W, U, b.sum(0), step=gru_step_reset_before)
    np.testing.assert_allclose(gru(x, W, U, b), before, rtol=0, atol=1e-14)
    b[1, 2] = 1
    before = gru(x, W, U, b.sum(0), step=gru_step_reset_before)
    assert np.abs(gru(x, W, U, b) - before).max() > 0.1

"""The normalised LSTM: by hand against Keras's loop, and against PyTorch's layer norm step by step."""

import keras
import numpy as np
import pytest

from snippets.normalisation import lstm_cell as part


def test_by_hand_equals_keras():
    x, weights = part.draw()
    layer = keras.layers.RNN(
        part.NormedLSTMCell(4, dtype="float64"), return_sequences=True, dtype="float64"
    )
    layer.build(x.shape)
    layer.set_weights(weights)
    np.testing.assert_allclose(
        part.normed_lstm(x, *weights), np.array(layer(x)), rtol=0, atol=1e-12
    )


def test_parameters():
    values = part.values()
    lstm = 4 * (3 * 4 + 4 * 4 + 4)
    assert values["plain_parameters"] == lstm
    assert values["parameters"] == lstm + 2 * 16 + 2 * 4 and values["arrays"] == 7
    assert values["same"]


def test_each_norm_is_that_of_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, weights = part.draw()
    W, U, b, g_x, g_h, g_c, b_c = map(torch.tensor, weights)
    norm, given = torch.nn.functional.layer_norm, torch.tensor(x)
    h = c = torch.zeros((2, 4), dtype=torch.float64)
    states = []
    for t in range(5):
        z = norm(given[:, t] @ W, (16,), g_x, None, 1e-3)
        z = z + norm(h @ U, (16,), g_h, None, 1e-3) + b
        i, f, new, o = z.chunk(4, dim=-1)
        c = f.sigmoid() * c + i.sigmoid() * new.tanh()
        h = o.sigmoid() * norm(c, (4,), g_c, b_c, 1e-3).tanh()
        states.append(h)
    mine = part.normed_lstm(x, *weights)
    np.testing.assert_allclose(mine, torch.stack(states, 1).numpy(), rtol=0, atol=1e-12)

"""The last state of a packed batch, against Keras with a mask."""

import keras
import numpy as np
import pytest

from snippets.answers.pytorch_weights import from_pytorch

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.answers import packed_torch as answer  # noqa: E402

LENGTHS = [5, 2]
ARRAYS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


def test_the_last_row_of_a_short_sequence_is_zero_and_h_n_is_what_keras_gives_with_a_mask():
    torch.manual_seed(0)
    gru = torch.nn.GRU(3, 4, batch_first=True).double()
    x = np.random.default_rng(0).normal(size=(2, 5, 3))
    with torch.no_grad():
        last, h_n = answer.last_states(gru, torch.tensor(x), torch.tensor(LENGTHS))
    layer = keras.layers.GRU(4, return_sequences=True, return_state=True, dtype="float64")
    layer.build(x.shape)
    layer.set_weights(from_pytorch(*(getattr(gru, name).detach().numpy() for name in ARRAYS)))
    output, state = layer(x, mask=np.arange(5) < np.array(LENGTHS)[:, None])
    np.testing.assert_allclose(h_n, state, rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.array(output)[:, -1], state, rtol=0, atol=0)  # Keras repeats
    assert last[1].tolist() == [0] * 4
    np.testing.assert_array_equal(last[0], h_n[0])

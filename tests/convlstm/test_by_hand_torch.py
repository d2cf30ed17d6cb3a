"""PyTorch's conv2d, put together, against ours and Keras's: a second opinion."""

import numpy as np
import pytest

from snippets.convlstm import miniature
from snippets.layers.conv_lstm import conv_lstm

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.convlstm import by_hand_torch  # noqa: E402


@pytest.mark.parametrize(("m", "u", "k"), [(1, 1, 3), (2, 3, 5), (3, 2, 1)])
def test_pytorch_gives_the_same_for_random_weights(m, u, k):
    rng = np.random.default_rng(m)
    films = rng.normal(size=(2, 4, 6, 5, m))
    W, U = (rng.normal(size=(k, k, n, 4 * u)) / 3 for n in (m, u))
    b = rng.normal(size=4 * u)
    theirs = by_hand_torch.conv_lstm(
        torch.tensor(films).movedim(-1, 2), *map(torch.tensor, (W, U, b))
    )
    for film, h in zip(films, theirs.movedim(1, -1).numpy()):
        np.testing.assert_allclose(conv_lstm(film, W, U, b)[-1, -1], h, rtol=0, atol=1e-12)
    kinds = [W, U, b]
    keras_states = [
        miniature.keras_conv_lstm(film, *kinds, padding="same", dtype="float64")[-1]
        for film in films
    ]
    np.testing.assert_allclose(theirs.movedim(1, -1).numpy(), keras_states, rtol=0, atol=1e-12)


def test_it_has_no_such_layer():
    assert not [name for name in dir(torch.nn) if "convlstm" in name.lower()]


def test_the_miniature(capsys):
    by_hand_torch.main()
    assert "0.6433" in capsys.readouterr().out

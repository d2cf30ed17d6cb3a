"""Each trap of the page, worked out without Keras."""

from math import exp, tanh

import keras
import numpy as np
import pytest

from snippets.lstm import traps as lstm_traps
from snippets.lstm.miniature import U, W, b, x


@pytest.fixture(scope="module")
def values():
    return lstm_traps.values()


def sigma(z):
    return 1 / (1 + exp(-z))


def clip(z):
    return min(1.0, max(0.0, z))


def last(gate=sigma, squash=tanh, order="ifco", bias=(0.5, 1, 0.2, -0.2)):
    """The miniature's last cell and state, with plain numbers."""
    h = c = 0.0
    for x_t in (1, 0, -1):
        weights = zip((1, -0.5, 2, 0.5), (-0.5, 1, 0.5, 1.5), bias)
        z = dict(zip(order, (w * x_t + u * h + b for w, u, b in weights)))
        c = gate(z["f"]) * c + gate(z["i"]) * squash(z["c"])
        h = gate(z["o"]) * squash(c)
    return c, h


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("right", {}),
        ("activation", {"squash": sigma}),
        ("old_hard", {"gate": lambda z: clip(0.2 * z + 0.5)}),
        ("new_hard", {"gate": lambda z: clip(z / 6 + 0.5)}),
        ("no_bias", {"bias": (0, 0, 0, 0)}),
        ("forget_zero", {"bias": (0.5, 0, 0.2, -0.2)}),
        ("bias_twice", {"bias": (1, 2, 0.4, -0.4)}),
    ],
)
def test_each_trap(values, name, options):
    assert values[name] == pytest.approx(last(**options)[1], abs=1e-6)


@pytest.mark.parametrize("order", ["ifoc", "icfo"])
def test_columns_in_another_order(values, order):
    # Weights packed in that order, read by Keras as i, f, c, o.
    place = ["ifco".index(name) for name in order]
    layer = keras.layers.LSTM(1, dtype="float64")
    layer.build((None, 3, 1))
    layer.set_weights([W[:, place], U[:, place], b[place]])
    assert values[order] == pytest.approx(float(layer(x[None])[0, 0]), abs=1e-6)
    right = float(lstm_traps.last_state())
    assert abs(values[order] - right) > 0.01


def test_the_cell_is_not_the_state(values):
    assert values["c_for_h"] == pytest.approx(last()[0], abs=1e-12)


def test_hard_sigmoids_then_and_now(values):
    z = np.linspace(-4, 4, 33)
    old = np.array(lstm_traps.old_hard_sigmoid(z))
    np.testing.assert_allclose(old, [clip(0.2 * q + 0.5) for q in z], rtol=0, atol=1e-12)
    now = np.array(keras.activations.hard_sigmoid(z))
    np.testing.assert_allclose(now, [clip(q / 6 + 0.5) for q in z], rtol=0, atol=1e-7)
    assert values["old_at"][0] == pytest.approx(0.3) and values["new_at"][0] == pytest.approx(1 / 3)


def test_the_forget_bias_option_plays_no_part_after_set_weights():
    without = lstm_traps.last_state(unit_forget_bias=False)
    assert without == lstm_traps.last_state()


def test_transposed_recurrent_kernels_fit_and_give_other_numbers(values):
    assert np.abs(values["h_turned"] - values["h_trained"]).min() > 1e-3


def test_weights_of_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    torch.manual_seed(0)
    theirs = torch.nn.LSTM(3, 2, batch_first=True)
    arrays = [parameter.detach().numpy() for parameter in theirs.parameters()]
    ours = keras.layers.LSTM(2, return_sequences=True)
    ours.build((None, None, 3))
    ours.set_weights(lstm_traps.from_pytorch(*arrays))
    sequences = np.random.default_rng(0).normal(size=(4, 5, 3)).astype("float32")
    states, _ = theirs(torch.tensor(sequences))
    np.testing.assert_allclose(
        np.array(ours(sequences)), states.detach().numpy(), rtol=0, atol=1e-6
    )

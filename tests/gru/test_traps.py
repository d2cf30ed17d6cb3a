"""Each trap gives the number that the page says, computed here in another way."""

import math

import keras
import numpy as np
import pytest

from snippets.gru import trained
from snippets.gru import traps as gru_traps
from snippets.layers.gru import gru
from snippets.lstm.model import make_data


def sigma(a):
    return 1 / (1 + math.exp(-a))


def miniature(reset=None, gate=sigma, candidate=math.tanh, rows=(1, 1), takes=False, order="zrh"):
    """h_2 of the miniature, in plain Python; reset="before" applies r to h alone."""
    names = dict(
        zip(order, zip((-1.5, 0.5, 1.0), (0.4, -2.0, 1.2), (0.3, 0.6, 0.1), (0.2, 0.4, -0.8)))
    )
    h = 0.0
    for x in (1.0, -1.0, 0.5):
        parts = {k: (x * w + b * rows[0], h * u, c * rows[1]) for k, (w, u, b, c) in names.items()}
        z, r = gate(sum(parts["z"])), gate(sum(parts["r"]))
        p, q, c = parts["h"]
        new = candidate(p + r * q + c if reset == "before" else p + r * (q + c))
        h = (1 - z) * h + z * new if takes else z * h + (1 - z) * new
    return h


def hard(slope):
    return lambda a: min(1, max(0, slope * a + 0.5))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("right", {}),
        ("reset_before", {"reset": "before"}),
        ("moved_z_r", {}),
        ("moved_all", {"reset": "before"}),  # with one unit it is the same mistake
        ("first_row", {"rows": (1, 0)}),
        ("second_row", {"rows": (0, 1)}),
        ("no_bias", {"rows": (0, 0)}),
        ("z_takes", {"takes": True}),
        ("wrong_order", {"order": "rzh"}),
        ("hard_sigmoid", {"gate": hard(1 / 6)}),
        ("old_hard_sigmoid", {"gate": hard(0.2)}),
        ("activation_sigmoid", {"candidate": sigma}),
    ],
)
def test_each_mistake_gives_its_number(name, change):
    assert gru_traps.values()[name] == pytest.approx(miniature(**change), abs=1e-12)


def test_every_mistake_shows():
    values = dict(gru_traps.values())
    right = values.pop("right")
    assert values.pop("moved_z_r") == pytest.approx(right, abs=1e-14)
    assert abs(values.pop("trained_after") - values.pop("trained_before")) > 1
    assert min(abs(number - right) for number in values.values()) > 0.02


def test_moving_biases_of_z_and_r_is_allowed_for_any_weights():
    rng = np.random.default_rng(3)
    x, W, U = rng.normal(size=(2, 4, 3)), rng.normal(size=(3, 15)), rng.normal(size=(5, 15))
    b = rng.normal(size=(2, 15))
    moved = gru_traps.move(b, range(10))
    np.testing.assert_allclose(gru(x, W, U, moved), gru(x, W, U, b), rtol=0, atol=1e-14)
    too_far = gru_traps.move(b, range(15))
    assert np.abs(gru(x, W, U, too_far) - gru(x, W, U, b)).max() > 0.1


@pytest.mark.parametrize(
    ("name", "reset_after"), [("trained_after", True), ("trained_before", False)]
)
def test_trained_weights_under_both_conventions_of_keras(name, reset_after):
    x, y = make_data(N=1000, seed=99)
    layer = keras.layers.GRU(2, return_sequences=True, reset_after=reset_after)
    layer.build(x.shape)
    b = trained.b if reset_after else trained.b.sum(0)
    layer.set_weights([trained.W, trained.U, b])
    answers = np.array(layer(x)) @ trained.W_y + trained.b_y > 0  # sigmoid(0) is one half
    assert gru_traps.values()[name] == pytest.approx(100 * np.mean(answers == (y == 1)), abs=0.05)


def test_shapes_that_fit_prove_no_convention():
    """Without a bias nothing is refused, and an old bias with a row of zeros passes."""
    for bias in ([], [np.vstack([trained.b.sum(0), 0 * trained.b[0]])]):
        layer = keras.layers.GRU(2, use_bias=bool(bias))
        layer.build((1, 8, 3))
        layer.set_weights([trained.W, trained.U, *bias])
    for reset_after, shape in ((False, (2, 6)), (True, (6,))):
        layer = keras.layers.GRU(2, reset_after=reset_after)
        layer.build((1, 8, 3))
        with pytest.raises(ValueError, match="shape"):
            layer.set_weights([trained.W, trained.U, np.zeros(shape)])


def test_weights_for_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(4)
    x, W, U = rng.normal(size=(2, 4, 3)), rng.normal(size=(3, 15)), rng.normal(size=(5, 15))
    b = rng.normal(size=(2, 15))
    layer = torch.nn.GRU(3, 5, batch_first=True, dtype=torch.float64)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    tensors = (torch.tensor(np.ascontiguousarray(a)) for a in gru_traps.for_pytorch(W, U, b))
    layer.load_state_dict(dict(zip(names, tensors)))
    states = layer(torch.tensor(x))[0].detach().numpy()
    np.testing.assert_allclose(gru(x, W, U, b)[3], states, rtol=0, atol=1e-6)


def test_defaults_of_keras_are_as_the_page_says():
    config = keras.layers.GRU(1).get_config()
    assert config["reset_after"] is True and config["use_bias"] is True
    assert (config["activation"], config["recurrent_activation"]) == ("tanh", "sigmoid")


def test_hard_sigmoids():
    a = np.linspace(-4, 4, 81)
    today = np.array(keras.ops.hard_sigmoid(a))
    np.testing.assert_allclose(today, np.clip(a / 6 + 0.5, 0, 1), rtol=0, atol=1e-7)
    old = np.array(gru_traps.old_hard_sigmoid(a))
    np.testing.assert_allclose(old, np.clip(0.2 * a + 0.5, 0, 1), rtol=0, atol=1e-7)

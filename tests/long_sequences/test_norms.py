"""What the page says about the norms in untrained layers, with other weights too."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from hooks import ties
from snippets.long_sequences import norms as part
from snippets.long_sequences.reach import norm

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def values():
    """As recorded: test_recorded.py computes them anew."""
    record = json.loads(ties.record(ROOT, "long_sequences.norms").read_text(encoding="utf-8"))
    return {key: np.array(entry["value"]) for key, entry in record.items()}


SIMPLE, GRU, LSTM, LSTM_0, LSTM_3, LSTM_5 = range(6)


def test_what_the_page_says_after_41_steps(values):
    least, most = values["least_log"][:, -1], values["most_log"][:, -1]
    # the GRU and the LSTM without its forget bias: less than one millionth
    assert max(most[GRU], most[LSTM_0]) < -6
    # as Keras starts it, the LSTM's derivative is smaller than the SimpleRNN's, in the middle of the seeds
    middle = np.median(values["h_log"][:, :, list(part.BACK).index(41)], axis=1)
    assert middle[LSTM] < middle[SIMPLE] - 0.4 and most[SIMPLE] < -1
    # a bias of 3 or 5 keeps it
    assert min(least[LSTM_3], least[LSTM_5]) > -2


def test_the_cell_vanishes_too(values):
    lstm, lstm_0, lstm_3, lstm_5 = values["c_most_log"][:, -1]
    assert lstm < -2 and lstm_0 < -6
    assert (
        values["c_least_log"][2:, -1].min() > 0 and min(lstm_3, lstm_5) > 0
    )  # bias 3 or 5: it grows


def test_on_noise_the_simple_rnn_loses_its_lead(values):
    least, most = values["noise_least_log"][:, -1], values["noise_most_log"][:, -1]
    assert most[SIMPLE] < -4 and max(most[GRU], most[LSTM_0]) < -6
    assert most[SIMPLE] < values["least_log"][SIMPLE, -1]
    assert least[LSTM_3] > -2 < least[LSTM_5]


def test_a_product_of_forget_gates(values):
    gate = 1 / (1 + np.exp(-np.array([0, 1, 3, 5])))
    np.testing.assert_allclose(10 ** values["gates_log"], gate**41, rtol=1e-9)


def test_products_go_from_the_last_step_back():
    """Three Jacobians that do not commute, in the order of the chain rule."""
    first, second, third = np.random.default_rng(2).normal(size=(3, 2, 2))
    products = part.back(lambda x, state: (x, state), [first, second, third], np.zeros(2), ())
    wanted = [third, third @ second, third @ second @ first]
    np.testing.assert_allclose(products, wanted, rtol=0, atol=1e-14)


@pytest.mark.parametrize(("kind", "row"), [("SimpleRNN", SIMPLE), ("GRU", GRU), ("LSTM", LSTM)])
def test_weights_drawn_by_keras_give_the_same_picture(values, kind, row):
    jacobian, gates, u, _ = part.LAYERS[kind]
    keras.utils.set_random_seed(11)
    layer = getattr(keras.layers, kind)(u)
    layer.build((None, None, 7))
    weights = [w.astype(float) for w in layer.get_weights()]
    x = part.one_hot(part.embedded(np.random.default_rng(5), 41))[:42]
    _, state = jacobian(x[0], np.zeros(2 * u if gates == 4 else u), *weights)
    log = np.log10(norm(part.back(jacobian, x[1:], state, weights)[:, :u, :u]))[40]
    least, most = values["least_log"][row, -1], values["most_log"][row, -1]
    assert least - 1.5 < log < most + 1.5  # within a factor of thirty of ten other draws

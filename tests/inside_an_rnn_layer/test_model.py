"""The model of the page: its data, its training, its printed weights."""

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import model as page
from snippets.reber.strings import GRAMMAR, SYMBOLS, legal, walk


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.fixture(scope="module")
def trained():
    return page.train(epochs=2)


def test_data_are_strings_of_the_grammar_and_their_next_symbols():
    x, y, weight = page.make_data()
    for rows, answers, counted in zip(x[:50], y, weight):
        steps = int(counted.sum())
        string = "".join(SYMBOLS[i] for i in rows[:steps].argmax(axis=1))
        whole = string + SYMBOLS[answers[steps - 1]]
        assert walk(whole) and [SYMBOLS.index(s) for s in whole[1:]] == list(answers[:steps])
        assert walk(whole)[-1] == 7 or len(whole) == 13
        assert not rows[steps:].any() and not counted[steps:].any()
        assert counted[:steps].all()


def test_best_loss_is_the_mean_logarithm_of_the_ways_on():
    x, _, weight = page.make_data()
    logs = []
    for rows, counted in zip(x, weight):
        string = "".join(SYMBOLS[i] for i in rows[counted > 0].argmax(axis=1))
        logs += [np.log(len(GRAMMAR[node])) for node in walk(string)[1:]]
        assert np.array_equal(
            legal(string).sum(axis=1), [len(GRAMMAR[n]) for n in walk(string)[1:]]
        )
    assert page.best_loss() == pytest.approx(np.mean(logs), abs=1e-12)


def test_a_short_training_gets_under_way(trained):
    first, second = trained[1]
    assert second < first - 0.1 < 2.1


def test_the_row_of_a_symbol_that_is_never_read_is_not_trained(trained):
    kernel = trained[0].get_weights()[0]
    keras.utils.set_random_seed(4)
    before = page.build_model().get_weights()[0]
    np.testing.assert_array_equal(kernel[6], before[6])
    np.testing.assert_allclose(page.W[6], before[6], rtol=0, atol=0.005)
    assert np.abs(kernel[:6] - before[:6]).max(axis=1).min() > 0.02


def test_loss_with_the_printed_weights_equals_keras(values):
    x, y, weight = page.make_data()
    model = page.build_model()
    model.set_weights([page.W, page.U, page.b, page.W_y, page.b_y])
    loss = keras.losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight")
    found = float(loss(y, model(x), sample_weight=weight))
    assert values["loss"] == pytest.approx(found, abs=1e-6)


def test_loss_that_fit_reports_is_the_mean_over_strings_and_steps():
    x, y, _ = page.make_data(N=4, T=4)  # no string is shorter than 5: all steps count
    model = page.build_model()
    model.compile(loss="sparse_categorical_crossentropy")
    p = np.array(model(x))
    by_hand = -np.log(np.take_along_axis(p, y[..., None], axis=-1))
    assert by_hand.shape == (4, 4, 1)
    assert float(model.compute_loss(x, y, p)) == pytest.approx(by_hand.mean(), abs=1e-6)


@pytest.mark.claim
def test_five_trainings_end_near_the_best_loss(values):
    assert len(values["losses"]) == 5
    assert all(values["best_loss"] < loss < values["best_loss"] + 0.03 for loss in values["losses"])
    assert (
        values["losses"].argmin() == 3 and values["losses"].argmax() == 4
    )  # the two that are quoted


def test_the_layer_has_three_arrays_and_no_output_matrix(values):
    layer = keras.layers.SimpleRNN(3)
    layer.build((None, None, 7))
    assert [array.shape for array in layer.get_weights()] == [(7, 3), (3, 3), (3,)]
    assert values["arrays_rnn"] == 3

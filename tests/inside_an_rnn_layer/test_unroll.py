"""unroll=True, and every trap of the page."""

import re
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.inside_an_rnn_layer import unroll as page
from snippets.layers.lstm import lstm
from snippets.lstm import miniature as lstm_miniature

PAGE = (Path(__file__).parents[2] / "docs/posts/a-cell-of-your-own.md").read_text(encoding="utf-8")


def words(text):
    return " ".join(re.sub(r"\x1b\[[0-9]*m", "", text).split())


def quoted(error, *parts):
    """The error has these words, and the page quotes them."""
    for part in parts:
        assert part in words(str(error.value)) and part in words(PAGE)


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.mark.parametrize("kind", [keras.layers.SimpleRNN, keras.layers.LSTM])
def test_unrolled_and_loop_are_the_same(kind, values):
    x = np.random.default_rng(0).normal(size=(2, 3, 3))
    layer = kind(4, return_sequences=True, dtype="float64")
    loop = np.array(layer(x))
    layer.unroll = True
    np.testing.assert_allclose(np.array(layer(x)), loop, rtol=0, atol=1e-12)
    assert values["same"]


def recorded_calls(T, unroll):
    """How often the step runs while TensorFlow records a program."""
    cell = page.CountingCell(3)
    layer = page.layer_of(cell, unroll=unroll)
    program = tf.function(lambda x: layer(x)).get_concrete_function(tf.TensorSpec((None, T, 7)))
    program(tf.zeros((2, T, 7)))
    return cell.calls


@pytest.mark.claim
def test_calls_of_the_step(values):
    calls = values["calls"]
    assert calls.tolist() == [[[2, 0], [2, 0]], [[5, 0], [50, 0]]]
    assert [recorded_calls(T, unroll=False) for T in (3, 9)] == [2, 2]
    assert recorded_calls(9, unroll=True) == 9


def test_unrolling_needs_a_known_length():
    model = keras.Sequential([keras.Input((None, 7)), keras.layers.SimpleRNN(3, unroll=True)])
    model.predict(np.zeros((1, 5, 7)), verbose=0)
    with pytest.raises(ValueError) as error:
        model.predict(np.zeros((1, 6, 7)), verbose=0)
    quoted(error, "Cannot unroll a RNN if the time dimension is undefined.")


def test_a_cell_without_state_size():
    class NoSize(keras.layers.Layer):
        def call(self, inputs, states):
            return inputs, states

    with pytest.raises(ValueError) as error:
        keras.layers.RNN(NoSize())
    quoted(error, "The RNN cell should have a `state_size` attribute")


def test_a_wrong_state_size():
    cell = page.OwnCell(3)
    layer = page.layer_of(cell)
    layer.state_size = [4]
    with pytest.raises(tf.errors.InvalidArgumentError) as error:
        layer(page.x)
    assert "Matrix size-incompatible: In[0]: [2,4], In[1]: [3,3]" in words(str(error.value))
    assert "Matrix size-incompatible: In[0]: [2,4], In[1]: [3,3]" in words(PAGE)


def test_the_state_is_a_list():
    class NoIndex(page.OwnCell):
        def call(self, inputs, states):
            h = keras.ops.tanh(inputs @ self.W + states @ self.U + self.b)
            return h, [h]

    cell = NoIndex(3)
    cell.build((None, 7))
    with pytest.raises(ValueError):
        page.layer_of(NoIndex(3))(page.x)
    output, _ = cell(np.zeros((2, 7)), [np.zeros((2, 3))])
    assert output.shape == (1, 2, 3)  # an axis too many


def test_an_output_that_is_not_the_state(values):
    assert (values["wide"], values["told_without"], values["told_with"]) == (7, 3, 7)
    cell = page.WideCell(3)
    cell.build((None, 7))
    output, _ = cell(page.x[:, 0], [np.zeros((2, 3))])
    with pytest.raises(tf.errors.InvalidArgumentError):
        cell(page.x[:, 1], [output])  # the output in the place of the state


def test_order_of_the_states_of_an_lstm(values):
    d = lstm_miniature
    _, _, _, _, c, h = lstm(d.x[None], d.W, d.U, d.b)[:, 0, :, 0]
    assert values["h_c"] == pytest.approx(h[-1], abs=1e-6)
    swapped = lstm(d.x[None, 1:], d.W, d.U, d.b, h=c[0], c=h[0])
    assert values["c_h"] == pytest.approx(swapped[5, 0, -1, 0], abs=1e-6)


def test_weights_come_in_the_order_of_add_weight():
    class BiasFirst(page.OwnCell):
        def build(self, input_shape):
            self.b = self.add_weight(shape=(3,))
            self.U = self.add_weight(shape=(3, 3))
            self.W = self.add_weight(shape=(7, 3))

    with pytest.raises(ValueError) as error:
        page.layer_of(BiasFirst(3))
    quoted(error, "weight shape (3,) is not compatible with provided weight shape (7, 3)")
    assert keras.layers.RNN(page.OwnCell(3)).get_weights() == []
    names = [weight.name for weight in page.layer_of(page.OwnCell(3)).weights]
    assert names == ["W", "U", "b"]


def test_an_array_without_add_weight_is_no_weight():
    class Plain(page.OwnCell):
        def build(self, input_shape):
            self.W, self.U, self.b = np.ones((7, 3)), np.ones((3, 3)), np.ones(3)

    layer = keras.layers.RNN(Plain(3))
    layer.build((None, None, 7))
    assert layer.get_weights() == [] and layer.count_params() == 0

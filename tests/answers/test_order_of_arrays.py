"""The order of get_weights(), and what comes of not looking."""

import keras
import numpy as np

from snippets.answers import order_of_arrays as answer

DENSE, GRU = "(2, 2) (2,)", "(2, 6) (2, 6) (2, 6)"


def names(model):
    return [weight.path.split("/")[-1] for weight in model.weights]


def test_a_class_lists_layers_as_they_are_set_and_a_stack_as_they_compute():
    assert answer.values() == {"own": f"{DENSE} {GRU}", "stack": f"{GRU} {DENSE}"}
    dense, gru = ["kernel", "bias"], ["kernel", "recurrent_kernel", "bias"]
    assert names(answer.own) == dense + gru and names(answer.stack) == gru + dense


def test_a_functional_model_lists_layers_as_they_compute():
    out, rnn = keras.layers.Dense(2), keras.layers.GRU(2)  # made in this order
    inputs = keras.Input((None, 2))
    assert names(keras.Model(inputs, out(rnn(inputs)))) == names(answer.stack)


def test_arrays_of_the_same_shapes_are_taken_in_the_wrong_order():
    class Two(keras.Model):
        def __init__(self):
            super().__init__()
            self.second, self.first = keras.layers.Dense(2), keras.layers.Dense(2)

        def call(self, x):
            return self.second(self.first(x))

    x = np.array([[1.0, 2.0]])
    own = Two()
    own(x)
    stack = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2), keras.layers.Dense(2)])
    stack.set_weights(own.get_weights())  # no error
    assert np.abs(np.array(stack(x)) - np.array(own(x))).max() > 1e-3

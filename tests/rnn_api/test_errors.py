"""What Keras says to wrong calls, and that it says nothing to others."""

import re

import keras
import numpy as np
import pytest
from keras.layers import GRU, LSTM, SimpleRNN

from snippets.rnn_api import errors, silent
from tests.site.every_page.test_records import recorded

NDIM = "expected ndim={}, found ndim={}"
TEXTS = {
    "two_axes": (ValueError, NDIM.format(3, 2)),
    "codes": (ValueError, NDIM.format(3, 2)),
    "lengths": (ValueError, "all input arrays must have the same shape"),
    "stack": (ValueError, "of layer 'upper' is incompatible with the layer: " + NDIM.format(3, 2)),
    "repeat": (ValueError, NDIM.format(2, 3)),
    "last_axis": (Exception, "Matrix size-incompatible: In[0]: [2,3], In[1]: [7,16]"),
    "keyword": (
        ValueError,
        "Unrecognized keyword arguments passed to LSTM: {'return_states': True}",
    ),
    "three": (ValueError, "expects 1 input(s), but it received 3 input tensors"),
    "one_state": (IndexError, "list index out of range"),
    "all_three": (ValueError, "Too few leaves for PyTreeSpec; expected: 3, got: 2."),
    "units": (Exception, "Matrix size-incompatible: In[0]: [2,4], In[1]: [6,24]"),
    "samples": (Exception, "Incompatible shapes: [3,16] vs. [2,16]"),
    "two_ways": (IndexError, "list index out of range"),
    "backwards": (
        ValueError,
        "Forward layer and backward layer should have different `go_backwards` value.",
    ),
    "loss": (
        ValueError,
        "must have the same shape. Received: target.shape=(2, 1), output.shape=(2, 5)",
    ),
}


def test_the_page_quotes_what_is_raised():
    """The texts above, written down apart from the snippet; recorded whole by it."""
    assert list(TEXTS) == list(errors.CALLS)
    for name, (kind, text) in TEXTS.items():
        with pytest.raises(kind, match=re.escape(text)):
            eval(errors.CALLS[name], vars(errors))


def test_nothing_but_fleeting_names_is_left_out(monkeypatch):
    noise = "\x1b[1m{{function_node x}} In[0]: [2,3] of layer 'gru_12' [Op:MatMul] name: \x1b[0m\nArguments received: 5"
    monkeypatch.setattr(
        errors, "fail", lambda: (_ for _ in ()).throw(ValueError(noise)), raising=False
    )
    assert errors.said("fail()") == "ValueError: In[0]: [2,3] of layer 'gru' [Op:MatMul]"
    assert errors.said("1 + 1") == ""


@pytest.mark.parametrize(
    ("layer", "x"), [(LSTM(4), [[[0.0] * 7] * 5]), (GRU(4, name="g"), [[[1.0]]])]
)
def test_the_remedies_work(layer, x):
    assert layer(np.array(x)).shape == (1, 4)


def test_the_remedies_for_states():
    x, (_output, h, c) = errors.x, errors.outputs
    both = keras.layers.Bidirectional(LSTM(4))
    assert LSTM(4)(x, initial_state=[h, c]).shape == (2, 4)
    assert both(x, initial_state=[h, c, h, c]).shape == (2, 8)
    codes = keras.layers.Embedding(7, 3)(errors.codes)
    assert codes.shape == (2, 5, 3)


@pytest.mark.parametrize("gone", ["batch_input_shape", "return_sequence"])
def test_other_names_are_refused_alike(gone):
    assert errors.said(f"LSTM(4, {gone}=None)").startswith(
        "ValueError: Unrecognized keyword arguments"
    )


def test_silent_calls():
    record = recorded("rnn_api.silent")
    found = [record[name]["value"] for name in silent.values()]
    assert found[:-1] == ["True", "True", "True", "(5, 4)", "(2, 4)", "(None, 4)", "True"]
    # A SimpleRNN does refuse two states, and a layer that needs T does refuse another.
    with pytest.raises(ValueError, match="PyTreeSpec"):
        SimpleRNN(4)(silent.x, initial_state=[silent.h, silent.c])
    gru = GRU(2, return_sequences=True)
    flat = keras.Sequential(
        [keras.Input((5, 7)), gru, keras.layers.Flatten(), keras.layers.Dense(1)]
    )
    with pytest.raises(ValueError, match="expected axis -1 of input shape to have value 10"):
        flat(silent.x[:, :3])


def test_one_start_is_not_the_start_of_each():
    """The comparison behind "one start for all" can fail."""
    gru = GRU(4)
    ones = np.ones((1, 4))
    assert not silent.same(gru(silent.x, initial_state=[ones]), gru(silent.x))


def test_the_mean_squared_error_that_stretches():
    assert silent.loss_of_shapes() == pytest.approx((1 + 0 + 1 + 0 + 1 + 4) / 6, abs=1e-6)

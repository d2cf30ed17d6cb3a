"""Every call that the page calls an error fails, and says what the page prints."""

import re
from pathlib import Path

import numpy as np
import pytest

from snippets.sequences_in_pieces import stateful_errors as part

RECORD = Path(__file__).parents[2] / "snippets" / "sequences_in_pieces" / "stateful_errors.txt"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("no_batch_size", ValueError, "the batch size must be static"),
        ("batch_input_shape", ValueError, "Unrecognized keyword arguments"),
        ("reset_states", AttributeError, "'Sequential' object has no attribute 'reset_states'"),
        ("states", TypeError, "unexpected keyword argument 'states'"),
        ("other_batch", ValueError, "the batch size of the input sequences must be the same"),
    ],
)
def test_each_call_fails_as_printed(name, error, words):
    with pytest.raises(error, match=re.escape(words)):
        part.ERRORS[name]()
    printed = RECORD.read_text(encoding="utf-8").split(f"[start:{name}]")[1].split("[end:")[0]
    assert words in " ".join(printed.split()) and error.__name__ in printed


def test_a_model_has_no_reset_of_any_name_but_its_layers_have():
    model = part.build_model(2)
    assert not hasattr(model, "reset_states") and not hasattr(model, "reset_state")
    layer = model.get_layer("rnn")
    layer(np.ones((2, 4, 3)))
    assert all(np.abs(state).max() > 0 for state in layer.states)
    layer.reset_state()
    assert all(np.abs(state).max() == 0 for state in layer.states)

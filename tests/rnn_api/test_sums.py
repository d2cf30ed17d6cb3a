"""The layer that adds: each option against sums of 1, 2, 3."""

import numpy as np

from snippets.rnn_api import sums
from tests.site.every_page.test_records import recorded


def test_every_number_of_the_page():
    record = recorded("rnn_api.sums")
    values = {name: record[name]["value"] for name in sums.values()}
    forward, backward = np.cumsum([1, 2, 3]), np.cumsum([3, 2, 1])
    turned = backward[::-1]
    expected = {
        "neither": [6],
        "return_sequences": forward,
        "return_state": [6, 6],
        "both": [*forward, 6],
        "from_ten": 10 + forward,
        "first_piece": [1, 3],
        "second": [6],
        "forward": forward,
        "go_backwards": backward,
        "its_last_state": [6],
        "concat": np.stack([forward, turned], axis=1),
        "sum": forward + turned,
        "mul": forward * turned,
        "ave": (forward + turned) / 2,
        "none": [*forward, *turned],
        "without": [6, 6],
    }
    assert list(values) == list(expected)
    for name in expected:
        np.testing.assert_array_equal(values[name], expected[name], err_msg=name)

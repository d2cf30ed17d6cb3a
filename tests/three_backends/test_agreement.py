"""Every snippet on three backends: what the page says of the record."""

import inspect

import numpy as np
import pytest

from snippets.recording import backends
from snippets.three_backends import agreement


@pytest.fixture(scope="module")
def values():
    return agreement.values()


@pytest.mark.claim
def test_what_the_page_says(values):
    for words, true in agreement.claims(values).values():
        assert true, words


@pytest.mark.claim
def test_snippets_that_agree_are_within_the_tolerances(values):
    assert np.all(values["most_64"] * 1e-15 <= 1e-12)
    assert np.all(values["most_32"] * 1e-7 <= 1e-6)
    plain = values["letters"] == ""
    assert np.all(10 ** values["off_log"][plain] <= [1.1e-12, 1.1e-6])


def test_an_unknown_difference_breaks_the_claims(monkeypatch):
    record = agreement.measured("three_backends.agreement")
    planted = {**record, "lstm.miniature off": np.array(["jax lstm.miniature.c 1e-07"])}
    monkeypatch.setattr(agreement, "measured", lambda name: planted)
    values = inspect.unwrap(agreement.values)()
    assert values["unknown"] == 1
    assert not agreement.claims(values)["all_known"][1]


def test_the_table_has_a_line_for_each_snippet(capsys, values):
    agreement.main()
    lines = capsys.readouterr().out.splitlines()
    rows = [line for line in lines if line.startswith("  ") and "TF" not in line]
    assert [row.split()[0] for row in rows if row[2] != " "] == [
        name.partition(".")[2] for name in backends.snippets()
    ]
    assert max(map(len, lines)) <= 80

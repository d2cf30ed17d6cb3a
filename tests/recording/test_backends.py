"""The comparison of three backends: what it sees, what it lets pass, and that its record is whole."""

import json
import re
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from hooks import ties
from snippets.recording import __main__ as refresh
from snippets.recording import backends
from snippets.recording.measured import NotHere, measured

ROOT = Path(__file__).parents[2]
SNIPPET = "backpropagation.miniature"
ALL_THERE = all(map(find_spec, backends.BACKENDS))


def value(number, dtype="float64"):
    return {"dtype": dtype, "value": number}


@pytest.mark.parametrize(
    ("old", "new", "off"),
    [
        (0.5, 0.5, 0),
        (0.5, 0.5 + 2**-30, 2**-30),
        ([0.5, 400.0], [0.5, 401.0], 1 / 400),  # in units of the largest
        ([], [], 0),
        ([float("nan"), 1.0], [float("nan"), 1.0], 0),
        ([float("nan"), 1.0], [1.0, 1.0], np.inf),
        ([1.0, 2.0], [[1.0, 2.0]], np.inf),
        (6, 5, 1 / 6),
        ("(5, 4)", "(5, 4)", 0),
        ("(5, 4)", "torch.Size([5, 4])", np.inf),
        (True, False, np.inf),
        ([True, False], [True, False], 0),
        (["the words", True], ["the words", False], np.inf),
    ],
)
def test_distance(old, new, off):
    assert backends.distance(value(old), value(new)) == off


def test_planted_faults_are_seen():
    values, text = refresh.compute(SNIPPET)
    largest, off = backends.held(SNIPPET, (values, text))
    # The same, but for the last bits of another processor; and no float32.
    assert largest == [pytest.approx(0, abs=1e-14), -1] and off == {}

    name = next(name for name, entry in values.items() if entry["dtype"] == "float64")
    for planted, seen in ((2e-13, {}), (2e-11, {name: 2e-11})):
        moved = {**values[name], "value": (np.array(values[name]["value"]) + planted).tolist()}
        largest, off = backends.held(SNIPPET, ({**values, name: moved}, text))
        assert largest[0] == pytest.approx(planted, rel=0.1)
        assert off == pytest.approx(seen, rel=0.1)

    assert backends.held(SNIPPET, (values, f"{text}more\n"))[1] == {"printed": np.inf}
    assert backends.held(SNIPPET, "TypeError: no")[1] == {"": "TypeError: no"}


def test_a_line_has_the_letter_of_its_reason_or_none():
    for line, letter in {
        "jax gru.traps.hard_sigmoid 7.2e-08": "b",
        "jax gru.traps.hard_sigmoid 7.2e-05": "",  # too far for float32
        "jax gru.traps.printed inf": "",
        "tensorflow gru.traps.hard_sigmoid 7.2e-08": "",
        "torch backpropagation.check TypeError: Cannot convert the argument": "a",
        "torch rnn_api.silent TypeError: no": "",  # JAX alone
        "torch lstm.miniature.c 1e-07": "",
    }.items():
        assert backends.letter(line) == letter, line


def test_what_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(backends, "find_spec", lambda name: name == "tensorflow")
    with pytest.raises(NotHere, match="jax and torch missing"):
        backends.on_each(len, [])


def test_every_snippet_was_compared():
    compared = {key for key in measured(backends.RECORD) if "." in key and " " not in key}
    missing = " ".join(sorted({*backends.snippets()} - compared))
    assert not missing, f"run `python -m snippets.recording.backends {missing}`"
    assert compared == {*backends.snippets()}, "run `python -m snippets.recording.backends`"


def test_everything_known_is_off():
    lines = [line.split(" ", 2)[:2] for line in backends.lines_of(measured(backends.RECORD))]
    needless = [
        f"{known.letter}: {backend} {pattern}"
        for known in backends.KNOWN
        for pattern in known.values.split()
        for backend in known.backends.split()
        if not any(backend == where and fnmatch(value, pattern) for where, value in lines)
    ]
    assert not needless


def test_it_was_compared_with_the_locked_versions():
    versions = measured(backends.RECORD)["versions"].tolist()
    told = dict(line.partition("+")[0].split() for line in versions)
    page = (ROOT / "docs/reference/three-backends.md").read_text(encoding="utf-8")
    for library, lock in {
        "keras": "requirements.txt",
        "tensorflow": "requirements.txt",
        "jax": "tests/jax.txt",
        "torch": "tests/torch.txt",
    }.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        locked = re.search(rf"^{library}==(\S+)", text, re.MULTILINE)[1]
        assert told[library] == locked, "run `python -m snippets.recording.backends`"
        assert lock == "requirements.txt" or f"{library}=={locked}" in page


@pytest.mark.skipif(not ALL_THERE, reason="JAX or PyTorch is missing")
def test_it_computes_on_each_backend():
    name = "gru.miniature"
    found = backends.on_each(backends.computed, [name])
    assert list(found) == ["tensorflow", "jax", "torch"]
    for backend in found:
        assert backends.held(name, found[backend][name])[1] == {}, backend


def test_the_record_is_json_that_any_reader_takes():
    text = ties.record(ROOT, backends.RECORD, "measured.json").read_text(encoding="utf-8")
    json.loads(text, parse_constant=pytest.fail)  # no Infinity, no NaN

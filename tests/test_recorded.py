"""The contract of every snippet: what it computes now is what was recorded, and what pages print."""

import functools
import importlib
import inspect
import json
import re
from pathlib import Path

import numpy as np
import pytest

from hooks import ties
from snippets.recorded import __main__ as refresh
from snippets.recorded.measure import slow_topics

ROOT = Path(__file__).parents[1]
TOPICS = refresh.topics()


@functools.cache
def computed(topic):
    """What a snippet computes, as it is and as it is recorded, and what it prints: run once."""
    module = importlib.import_module(f"snippets.{topic}")
    values = module.values()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "values", lambda: values)
        return values, *refresh.compute(topic)


def recorded(topic):
    return json.loads((ties.folder(ROOT) / f"{topic}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("topic", TOPICS)
def test_recorded_values_are_the_computed_ones(topic):
    _, values, _ = computed(topic)
    record = recorded(topic)
    assert list(record) == list(values), "run `python -m snippets.recorded`"
    stale = [name for name in values if not refresh.same(record[name], values[name])]
    assert not stale, f"{stale} of snippets/{topic}.py: run `python -m snippets.recorded`"


@pytest.mark.parametrize("topic", TOPICS)
def test_recorded_text_is_the_printed_one_byte_for_byte(topic):
    _, _, text = computed(topic)
    record = (ties.folder(ROOT) / f"{topic}.txt").read_bytes().decode("utf-8")
    assert record == refresh.sectioned(text), "run `python -m snippets.recorded`"


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("direction", [1, -1])
def test_printed_text_does_not_hang_on_the_last_bits(monkeypatch, topic, direction):
    """Another processor computes other last bits: no printed digit may change with them."""
    module = importlib.import_module(f"snippets.{topic}")
    values, _, text = computed(topic)

    def shifted(value):
        margin = ties.MARGIN.get(str(np.asarray(value).dtype))
        if margin is None:
            return value
        return value + np.asarray(value).dtype.type(direction * float(margin))

    monkeypatch.setattr(module, "values", lambda: {n: shifted(v) for n, v in values.items()})
    assert refresh.printed(module) == text, (
        f"snippets/{topic}.py prints a value so near to a rounding boundary that another processor "
        "may print another digit: print fewer digits, or change the input"
    )


@pytest.mark.parametrize("topic", TOPICS)
def test_figures_are_drawn_of_the_recorded_values(topic):
    for name, svg in refresh.figures(topic, recorded(topic)).items():
        drawn = (ROOT / "docs" / "diagrams" / name).read_bytes().decode("utf-8")
        assert drawn == svg, f"docs/diagrams/{name}: run `python -m snippets.recorded`"


def test_every_record_has_a_snippet():
    stems = {
        path.name.split(".")[0] for path in ties.folder(ROOT).glob("*.*") if path.suffix != ".py"
    }
    assert stems == {*TOPICS, "versions"}


def test_every_long_training_was_measured():
    """A snippet has a measure() if and only if what it gave is recorded."""
    measured = {path.name.split(".")[0] for path in ties.folder(ROOT).glob("*.measured.json")}
    assert measured == set(slow_topics()), "run `python -m snippets.recorded.measure`"


def test_records_were_verified_with_the_locked_versions():
    """A reader is told these versions at each number."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    told = json.loads((ties.folder(ROOT) / "versions.json").read_text(encoding="utf-8"))
    locked = {
        name: re.search(rf"^{lib}==(\S+)", lock, re.MULTILINE)[1]
        for name, lib in refresh.LIBRARIES.items()
    }
    assert {name: told[name] for name in locked} == locked, "run `python -m snippets.recorded`"


def test_every_tied_number_is_the_rounding_of_its_value():
    faults = ties.faults(ROOT)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("topic", TOPICS)
def test_public_functions_say_what_they_return(topic):
    module = importlib.import_module(f"snippets.{topic}")
    silent = [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and not function.__doc__
    ]
    assert module.__doc__ and not silent, f"snippets/{topic}.py: {silent} have no docstring"

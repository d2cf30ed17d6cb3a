"""The contract of every snippet: what it computes now is what was recorded, and what pages print."""

import functools
import inspect
import json
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from hooks import ties
from snippets.recording import __main__ as refresh
from snippets.recording.measure import slow_modules
from tests.site.ledger import PRINTED, is_decimal

ROOT = Path(__file__).parents[3]
MODULES = refresh.modules()


@functools.cache
def computed(name):
    """What a snippet computes, as it is and as it is recorded, and what it prints: run once."""
    module = refresh.imported(name)
    values = module.values()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "values", lambda: values)
        return values, *refresh.compute(name)


def recorded(name):
    return json.loads(ties.record(ROOT, name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MODULES)
def test_recorded_values_are_the_computed_ones(name):
    _, values, _ = computed(name)
    record = recorded(name)
    assert list(record) == list(values), "run `python -m snippets.recording`"
    stale = [name for name in values if not refresh.same(record[name], values[name])]
    assert not stale, f"{stale} of {ties.source(name)}: run `python -m snippets.recording`"


@pytest.mark.parametrize("name", MODULES)
def test_recorded_text_is_the_printed_one_byte_for_byte(name):
    _, _, text = computed(name)
    record = ties.record(ROOT, name, "txt").read_bytes().decode("utf-8")
    assert record == refresh.sectioned(text), "run `python -m snippets.recording`"


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("direction", [1, -1])
def test_printed_text_does_not_hang_on_the_last_bits(monkeypatch, name, direction):
    """Another processor computes other last bits: no printed digit may change with them."""
    module = refresh.imported(name)
    values, _, text = computed(name)

    def shifted(value):
        margin = ties.MARGIN.get(str(np.asarray(value).dtype))
        if margin is None:
            return value
        return value + np.asarray(value).dtype.type(direction * float(margin))

    monkeypatch.setattr(module, "values", lambda: {n: shifted(v) for n, v in values.items()})
    assert refresh.printed(module) == text, (
        f"{ties.source(name)} prints a value so near to a rounding boundary that another processor "
        "may print another digit: print fewer digits, or change the input"
    )


# Decimals of outputs that are the rounding of no value, because somebody chose them: inputs,
# settings, tolerances. And what Keras prints below a model: how many bytes its parameters need.
CHOSEN = {
    "answers.c_arrays": "-0.5 0.5 0.25 -0.75 1.5 0.125",
    "backpropagation.check": "1e-01 1e-02 1e-03 1e-04 1e-05 1e-06 1e-07 1e-08 1e-09 1e-10 1e-11 1e-12 1e-6 1e-4",
    "backpropagation.gru": "1e-10",
    "backpropagation.lstm": "1e-10",
    "gru.trained": "192.00 0.00",
    "lstm.model": "216.00 0.00",
    "rnn_api.grammar": "6E7",  # the arrow E from node 6 to node 7
    "rnn_in_action.generate": "0.1",
    "rnn_in_action.trained": "0.5",
    "saving_and_moving.to_c": "0.6 -0.4 1.1 0.3 0.8 -0.5 0.9 -1.2 0.4 -0.7 0.5 0.2 0.7 -0.3 -0.9 -0.2 -0.8 0.1 -0.6 -1.1 -0.1 -1.3",
    "simple_rnn.model": "228.00 0.00",
    "stacked_rnn.model": "608.00 0.00",
    "time_distributed.model": "36.00",
    "variable_lengths.traps": "0.5 0.7 0.2 0.0",
    "when_your_numbers_differ.grow": "0.9",
}
DECIMAL = re.compile(rf"(?:(?<![\w.])-)?(?:{PRINTED.pattern})")


@pytest.mark.parametrize("name", MODULES)
def test_every_printed_decimal_is_the_rounding_of_a_value(monkeypatch, name):
    """Let values() return other numbers: the rounding of the same one must stand in each place."""
    module = refresh.imported(name)
    values, _, text = computed(name)
    places = [[place] for place in with_values(text, values)]
    for seed in (0, 1):
        others = others_than(values, seed)
        monkeypatch.setattr(module, "values", lambda others=others: others)
        for place, found in zip(places, with_values(refresh.printed(module), others), strict=True):
            place.append(found)
    strange = {
        tuple(number for number, _ in place)
        for place in places
        if not set.intersection(*(names for _, names in place))
    }
    made = [numbers[0] for numbers in strange if len(set(numbers)) > 1]
    assert not made, f"main() of {ties.source(name)} computes {made}: let values() do that"
    assert {numbers[0] for numbers in strange} == set(CHOSEN.get(name, "").split()), (
        f"main() of {ties.source(name)} prints these decimals, which are the rounding of no value: "
        "let values() return them, or declare in CHOSEN that they are chosen"
    )


def others_than(values, seed):
    """The same values with other numbers: each array stretched and moved, so that its order stays."""
    rng = np.random.default_rng(seed)

    def other(value):
        array = np.asarray(value)
        if array.dtype.kind != "f":
            return value
        size = np.abs(array).max() or 1
        moved = array * rng.uniform(1.1, 1.9) + size * rng.uniform(0.05, 0.3)
        return moved.astype(array.dtype)[()]

    return {name: other(value) for name, value in values.items()}


def decimals(text):
    """The decimals of a printed text, in order."""
    found = (match[0] for match in DECIMAL.finditer(text))
    return [number for number in found if ties.parse(number) and is_decimal(number)]


def with_values(text, values):
    """The decimals of a printed text, in order, each with the entries of values that it is the rounding of."""
    numbers = decimals(text)
    rounded = {number: rounded_to(number, values) for number in {*numbers}}
    return [(number, rounded[number]) for number in numbers]


def rounded_to(text, values):
    """The entries of values whose rounding a text is. Those called ..._log may be logarithms of it."""
    printed = ties.parse(text)
    number, unit = float(printed.number), float(printed.step)
    names = set()
    for name, value in values.items():
        array = np.asarray(value)
        if array.dtype.kind != "f":
            continue
        for read in [array, 10.0**array] if name.endswith("_log") else [array]:
            near = np.argwhere(np.abs(read - number) <= unit)
            names.update(
                (name, *index)
                for index in near.tolist()
                if ties.correct(ties.Value(Decimal(repr(float(read[*index]))), ""), text, "-")
                == text
            )
    return names


@pytest.mark.parametrize("name", MODULES)
def test_what_float32_computed_is_recorded_as_float32(name):
    """What Keras gives as a Python number has the digits of float32, and needs its margin."""
    wide = {
        name
        for name, value in recorded(name).items()
        if value["dtype"] == "float64"
        for number in np.ravel(value["value"])
        if np.float32(number) == number and significant_bits(number) > 20
    }
    assert not wide, f"{wide} of {ties.source(name)}: let values() return np.float32"


def significant_bits(number):
    """How many bits of a float's significand are needed: 3 for 0.625."""
    whole = int(abs(np.frexp(number)[0]) * 2**53)
    return (whole // (whole & -whole)).bit_length() if whole else 0


@pytest.mark.parametrize("name", MODULES)
def test_figures_are_drawn_of_the_recorded_values(name):
    for path, svg in refresh.figures(ROOT, name, recorded(name)).items():
        drawn = path.read_bytes().decode("utf-8")
        assert drawn == svg, f"{path}: run `python -m snippets.recording`"


def test_every_claim_is_made_by_a_page():
    recorded_claims = {
        f"{name}.{claim}"
        for name in MODULES
        for claim, value in recorded(name).items()
        if value["dtype"] == ties.CLAIM
    }
    sources = [path.read_text(encoding="utf-8") for path in ties.sources(ROOT)]
    made = {tie.name for source in sources for tie in ties.find(source)}
    assert recorded_claims <= made, f"no page says {sorted(recorded_claims - made)}"


def test_topics_and_modules_are_refreshed_alone():
    gru = [module for module in MODULES if module.startswith("gru.")]
    assert refresh.asked_for(["gru", "lstm.miniature"]) == [*gru, "lstm.miniature"]
    assert refresh.asked_for([]) == MODULES
    with pytest.raises(SystemExit, match=r"no snippet is called lsmt\."):
        refresh.asked_for(["gru", "lsmt"])


def test_every_record_has_a_snippet():
    assert refresh.orphans(ROOT) == [], "run `python -m snippets.recording`"


NOT_YET = {"variable_lengths.fused"}  # nobody who had a GPU has measured it


def test_every_long_training_was_measured():
    """A snippet has a measure() if and only if what it gave is recorded."""
    measured = {n for n in MODULES if ties.record(ROOT, n, "measured.json").exists()}
    assert measured == set(slow_modules()) - NOT_YET, "run `python -m snippets.recording.measure`"


def test_records_were_verified_with_the_locked_versions():
    """A reader is told these versions at each number."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    told = json.loads(ties.versions(ROOT).read_text(encoding="utf-8"))
    locked = {
        name: re.search(rf"^{lib}==(\S+)", lock, re.MULTILINE)[1]
        for name, lib in refresh.LIBRARIES.items()
    }
    assert {name: told[name] for name in locked} == locked, "run `python -m snippets.recording`"


def test_every_tied_number_is_the_rounding_of_its_value():
    faults = ties.faults(ROOT)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_say_what_they_return(name):
    module = refresh.imported(name)
    silent = [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and not function.__doc__
    ]
    assert module.__doc__ and not silent, f"{ties.source(name)}: {silent} have no docstring"

"""The lab of states: it computes what NumPy computes, and shows that in a browser."""

import json

import numpy as np
import pytest

from snippets.reber.strings import GRAMMAR, SYMBOLS
from snippets.what_the_state_remembers.lab import random_changes
from snippets.what_the_state_remembers.reader import trained_weights
from tests.site.sources import ROOT


@pytest.fixture(scope="module")
def record():
    """What snippets/what_the_state_remembers/lab.py recorded, by name."""
    path = ROOT / "snippets/what_the_state_remembers/lab.json"
    entries = json.loads(path.read_text(encoding="utf-8")).items()
    return {name: np.array(entry["value"]) for name, entry in entries}


READ = """async (cases) => {
  const { read } = await import("/source/reader.js");
  return cases.map(([a, b, bits, zero, which, at, shown]) => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7];
    const off = all.filter(unit => bits >> unit & 1);
    const take = which === -2 ? [] : which === -1 ? all : [which];
    const change = { off, held: zero ? "zero" : "mean", take, at };
    const { h, p, probes, plane } = read(a, change, read(b))[shown];
    return [...h, ...p, ...probes, ...plane];
  });
}"""


def test_changed_states_are_those_of_numpy(modules, record):
    shown = modules.evaluate(READ, random_changes())
    np.testing.assert_allclose(shown, record["tried"], rtol=0, atol=1e-9)


DATA = """async () => {
  const { GRAMMAR, SYMBOLS } = await import("/source/reber.js");
  const { HUNDREDTHS, MEAN, DIRECTIONS, PROBES } = await import("/source/reader-weights.js");
  return [GRAMMAR, SYMBOLS, HUNDREDTHS, MEAN, DIRECTIONS, PROBES];
}"""


def test_its_numbers_are_those_of_the_snippets(modules, record):
    grammar, symbols, hundredths, mean, directions, probes = modules.evaluate(DATA)
    assert symbols == SYMBOLS and dict(enumerate(grammar)) == GRAMMAR
    weights = np.concatenate([np.ravel(array) for array in trained_weights()])
    assert [int(number) for number in hundredths.split()] == [round(100 * w) for w in weights]
    lines = np.column_stack([record["slopes"].T, record["shifts"]])
    for here, there in (mean, record["mean"]), (directions, record["directions"]), (probes, lines):
        np.testing.assert_allclose(here, there, rtol=0, atol=1e-10)

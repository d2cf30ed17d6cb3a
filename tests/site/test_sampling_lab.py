"""The lab of sampling: its modules write what NumPy writes, and it shows that in a browser."""

import json

import numpy as np
import pytest

from snippets.lstm.seeds import wilson
from snippets.reber.strings import GRAMMAR, SYMBOLS
from snippets.rnn_in_action.lab import STRINGS, WAYS
from snippets.rnn_in_action.trained import trained
from tests.site.sources import ROOT


@pytest.fixture(scope="module")
def record():
    """What snippets/rnn_in_action/lab.py recorded, by name."""
    path = ROOT / "snippets/rnn_in_action/lab.json"
    entries = json.loads(path.read_text(encoding="utf-8")).items()
    return {name: entry["value"] for name, entry in entries}


@pytest.fixture(scope="module")
def tried(record):
    """The settings at random, as the lab takes them, and what was recorded for each."""
    symbols = "".join(SYMBOLS[k] if k >= 0 else " " for k in record["tried_symbols"]).split()
    columns = [record[f"tried_{name}"] for name in ("tau", "way", "limit", "seed")]
    found = []
    for n, (tau, way, limit, seed) in enumerate(zip(*columns, strict=True)):
        draw = WAYS[way]
        k, p = limit if draw == "top-k" else 2, limit if draw == "top-p" else 0.8
        setting = {"tau": tau, "draw": draw, "k": k, "p": p, "seed": seed}
        told = {name: record[f"tried_{name}"][n] for name in ("legal", "different", "q", "lot")}
        found.append({"setting": setting, "string": symbols[n], **told})
    assert len(found) == 50 and {case["setting"]["draw"] for case in found} == set(WAYS)
    return found


# For each setting its string of that number, and what becomes of 1000.
WRITE = """async ([settings, count]) => {
  const { many, string } = await import("/source/writer.js");
  return settings.map((setting, n) => {
    const writing = many(setting, count);
    let next = writing.next();
    while (!next.done) next = writing.next();
    return { steps: string(setting, n), count: next.value };
  });
}"""


def test_strings_and_counts_are_those_of_numpy(modules, tried):
    """Whole strings, and the counts of 1000, for settings at random."""
    shown = modules.evaluate(WRITE, [[case["setting"] for case in tried], STRINGS])
    for case, now in zip(tried, shown, strict=True):
        last = now["steps"][-1]
        assert "B" + "".join(step["drawn"] for step in now["steps"]) == case["string"]
        np.testing.assert_allclose(last["q"], case["q"], rtol=0, atol=1e-9)
        assert last["lot"] == case["lot"]
        count = now["count"]
        assert count["written"] == STRINGS
        assert [count["legal"], count["different"]] == [case["legal"], case["different"]]


PARTS = """async (shares) => {
  const { GRAMMAR, SYMBOLS } = await import("/source/reber.js");
  const { HUNDREDTHS } = await import("/source/next-symbol.js");
  const { wilson } = await import("/source/wilson.js");
  return [GRAMMAR, SYMBOLS, HUNDREDTHS, shares.map(share => wilson(...share))];
}"""


def test_weights_grammar_and_interval_are_those_of_the_snippets(modules):
    shares = [(0, 10), (3, 7), (570, 1000), (1000, 1000)]
    grammar, symbols, hundredths, intervals = modules.evaluate(PARTS, shares)
    assert symbols == SYMBOLS and dict(enumerate(grammar)) == GRAMMAR
    weights = np.concatenate([np.ravel(array) for array in trained()])
    assert [int(number) for number in hundredths.split()] == [round(100 * w) for w in weights]
    np.testing.assert_allclose(intervals, [wilson(*share) for share in shares], rtol=0, atol=1e-12)

"""The search finds all words of its index, also those of digits, which the theme's own confuses."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from hooks import search_worker
from tests.scripts import answers

WORKERS = "assets/javascripts/workers/search.*.min.js"
# A word that is long enough gives a node the number of which is written like two edges.
CONFUSED = """
import { readFileSync } from "node:fs";
globalThis.self = globalThis;
globalThis.addEventListener = () => {};
(0, eval)(readFileSync(%s, "utf8"));
const found = [];
for (let length = 1; length < 1200; length++) {
  lunr.TokenSet._nextId = 1;
  const words = ["a1", "a3", "b" + "c".repeat(length), "z1y"];
  const kept = lunr.TokenSet.fromArray(words).toArray().sort();
  if (kept.join() !== words.join()) found.push(length);
}
console.log(JSON.stringify(found));
"""


def confused(worker):
    """For which lengths of a word a worker keeps other words than it was given."""
    return answers(CONFUSED % json.dumps(str(worker)), None)


def test_the_site_keeps_all_words_where_the_theme_alone_confuses_them(site):
    [theirs] = (Path(find_spec("material").origin).parent / "templates").glob(WORKERS)
    [ours] = Path(site).glob(WORKERS)
    assert confused(theirs) and not confused(ours)


def test_a_theme_with_another_search_is_told(tmp_path):
    worker = tmp_path / "assets/javascripts/workers/search.1234.min.js"
    worker.parent.mkdir(parents=True)
    worker.write_text("another")
    with pytest.raises(PluginError, match="mend or delete this hook"):
        search_worker.mend(tmp_path)
    assert worker.read_text() == "another"

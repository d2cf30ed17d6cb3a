"""The site in Firefox: no complaint, no request elsewhere, and what readers drive is alive.

Playwright drives only a Firefox of its own. The one that is found on the machine understands
WebDriver BiDi, which Puppeteer speaks, in Node: firefox.mjs.
"""

import base64
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote, urlsplit

import keras
import numpy as np
import pytest

from hooks import node, ties
from snippets.gru import miniature as gru_unit
from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.long_sequences import lab as reach
from tests.site.conftest import source_pages
from tests.site.sources import ROOT
from tests.site.test_explorer import EXPLORERS, READ, check
from tests.site.test_workbench import DROP

FOUND = ("firefox-esr", "firefox")
CALCULATOR = "reference/shapes-and-parameters/"
WORKBENCH = "reference/your-own-layer/"
OTHERS = [page for page in source_pages() if page not in {*EXPLORERS, CALCULATOR}]
READY = "html[data-ready]"
ENDED = "firefox.mjs has ended, and tells why in what is captured here or at the test before"

# Firefox lays out a page while it arrives, and says this of an equation that ends in what is still
# on its way. It is a fault only if the page that has arrived has such an equation.
INCOMPLETE = re.compile(r"Invalid markup: Incorrect number of children for <(\w+)/> tag\.")
INCOMPLETE_NOW = """Object.entries(
    { mfrac: 2, mover: 2, mroot: 2, msub: 2, msubsup: 3, msup: 2, munder: 2, munderover: 3 })
  .filter(([name, count]) => [...document.querySelectorAll(name)].some(e => e.children.length !== count))
  .map(([name]) => name)"""


class Firefox:
    """A tab of Firefox, and the site that is looked at in it."""

    def __init__(self, executable, address):
        self.address = address
        self.driver = subprocess.Popen(
            [node.NODE, Path(__file__).with_name("firefox.mjs"), executable],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            bufsize=1,
        )

    def do(self, name, *given):
        """Let firefox.mjs do one of its calls; return what comes of it."""
        assert self.driver.poll() is None, ENDED
        self.driver.stdin.write(json.dumps({"name": name, "given": given}) + "\n")
        line = self.driver.stdout.readline()
        assert line, ENDED
        answer = json.loads(line)
        assert "value" in answer, f"{name} {given}: {answer['error']}"
        return answer["value"]

    def open(self, page):
        """Open a page of the site, and wait until it is ready for its reader."""
        self.do("open", self.address + page, READY)

    def wrong(self):
        """What must not happen, and has happened since this was asked before."""
        incomplete = self.do("evaluate", INCOMPLETE_NOW)
        heard = self.do("heard")
        here = urlsplit(self.address).netloc
        elsewhere = {
            f"asks {url} for something"
            for url in heard["requests"]
            if urlsplit(url).scheme != "data" and urlsplit(url).netloc != here
        }
        complaints = [
            text
            for text in heard["complaints"]
            if not (told := INCOMPLETE.fullmatch(text)) or told[1] in incomplete
        ]
        return [*dict.fromkeys(complaints), *sorted(elsewhere)]

    def end(self):
        self.driver.stdin.close()
        self.driver.wait()


@pytest.fixture(scope="module")
def firefox(address):
    """The Firefox that UNROLLED_FIREFOX names, or one that is on the PATH."""
    named = os.environ.get("UNROLLED_FIREFOX")
    found = next(filter(None, map(shutil.which, [named] if named else FOUND)), None)
    if named and not found:
        pytest.fail(f"UNROLLED_FIREFOX: there is no {named}")
    if not found:
        pytest.skip("no Firefox found: install one, or name it in UNROLLED_FIREFOX")
    node.install_packages(for_tests=True)
    firefox = Firefox(found, address)
    yield firefox
    firefox.end()


PLANTED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Planted</title>
<meta http-equiv="Content-Security-Policy" content="style-src 'none'">
<script>console.warn("said"); setTimeout(() => { throw new Error("thrown"); })</script>
<p style="color: red">x</p><img src="{address}none.png"><img src="{far}404.html">
<math><mfrac><mn>1</mn></mfrac></math>"""


def test_what_must_not_happen_is_heard(firefox, address):
    far = address.replace("127.0.0.1", "localhost")
    page = PLANTED.replace("{address}", address).replace("{far}", far)
    firefox.do("open", "data:text/html," + quote(page))
    firefox.do("evaluate", "console.log('at last')")
    found = sorted(firefox.wrong())
    assert [text.partition(" (")[0] for text in found] == [
        f"404: {address}none.png",
        "Content-Security-Policy: The page’s settings blocked an inline style",
        "Error: thrown",
        "Invalid markup: Incorrect number of children for <mfrac/> tag.",
        f"asks {far}404.html for something",
        "at last",
        "said",
    ]
    assert not firefox.wrong()  # each is told once


def test_an_equation_may_arrive_in_parts(firefox):
    page = "data:text/html," + quote("<!doctype html><math><mfrac><mn>1</mn></mfrac></math>")
    firefox.do("open", page)
    [told] = firefox.wrong()
    assert INCOMPLETE.fullmatch(told)
    firefox.do("open", page)
    rest = "document.querySelector('mfrac').append(document.querySelector('mn').cloneNode(true))"
    firefox.do("evaluate", rest)
    assert not firefox.wrong()


@pytest.mark.parametrize("page", OTHERS)
def test_a_page_complains_of_nothing_and_asks_nobody_else(firefox, page):
    firefox.open(page)
    assert not firefox.wrong()


WHERE = "document.querySelector('.explorer-where').textContent"
LINES = "document.querySelector('cell-explorer').explorer.view.lines.map(({ name }) => name)"
FIELDS = """Object.fromEntries([...document.querySelectorAll('cell-explorer input[type=text]')]
  .map(({ dataset, value }) => [dataset.of, Number(value.replace("−", "-"))]))"""


@pytest.mark.parametrize("page", EXPLORERS)
def test_an_explorer_leads_on_and_computes_what_is_typed(firefox, page):
    """What its fields say is computed by NumPy, too; before and after one was changed."""
    cell, digits = EXPLORERS[page]
    firefox.open(page)
    firefox.do("evaluate", "document.querySelector('cell-explorer').scrollIntoView()")
    firefox.do("waitFor", "cell-explorer:defined")

    where = firefox.do("evaluate", WHERE)
    firefox.do("click", "cell-explorer [data-move='part on']")
    assert firefox.do("evaluate", WHERE) != where

    firefox.do("click", ".explorer-change > summary")
    first = firefox.do("evaluate", FIELDS)["x0"]
    for x0 in (first, first + 0.25):
        firefox.do("fill", "cell-explorer [data-of=x0]", str(x0))
        fields = firefox.do("evaluate", FIELDS)
        x = [fields.pop(f"x{t}") for t in range(int(fields.pop("T")))]
        before = {name[:-1]: fields.pop(name) for name in list(fields) if name.endswith("₋")}
        assert x[0] == x0
        seen = firefox.do("evaluate", f"({READ})()")
        check(seen, cell, firefox.do("evaluate", LINES), fields, x, digits, before)
    assert not firefox.wrong()


def recorded(module, name):
    """The numbers of a name that a snippet has recorded."""
    return json.loads(ties.record(ROOT, module).read_text(encoding="utf-8"))[name]["value"]


def best_two(q):
    """Probabilities once all but the best two are cut off."""
    kept = np.where(q >= np.sort(q)[-2], q, 0)
    return kept / kept.sum()


# For each lab a change, the number that it leads to, and where that stands.
CHANGES = {
    "gradient-lab": (
        "backpropagation/",
        ("fill", ".explorer-presets", "lstm"),
        lambda: f"{recorded('backpropagation.lstm', 'loss'):.4f}",
        ".explorer-equations b",
    ),
    "padding-lab": (
        "variable-lengths/",
        ("click", "#pad-mask"),
        lambda: f"{recorded('variable_lengths.lab', 'masked_loss'):.4f}",
        "[data-part=sum] b",
    ),
    "reach-lab": (
        "long-sequences/",
        ("fill", "reach-lab [data-of=kind]", "SimpleRNN"),
        lambda: f"10{reach.measured('SimpleRNN', False, 0, 1.0, 0.0, 61)[0, -1]:.2f}",
        ".explorer-equations b",
    ),
    "sampling-lab": (
        "rnn-in-action/",
        ("fill", "#lab-draw", "top-k"),
        lambda: f"{best_two(np.array(recorded('rnn_in_action.lab', 'q')))[1]:.4f}",
        "tbody tr:nth-child(2) td:nth-child(4)",
    ),
    "shapes-lab": (
        "rnn-api/",
        ("click", "[data-flag=useBias]"),
        lambda: str(2 * (3 * 4 * (3 + 4))),  # two directions, three gates: no biases
        "tbody tr:nth-child(3) td:nth-child(3)",
    ),
    "frames-lab": (
        "convlstm/",
        ("click", "[data-place='0']"),
        lambda: f"{recorded('convlstm.miniature', 'i')[1][0][0]:.4f}",
        "table:has(td:nth-child(6)) tr td:last-child",
    ),
    "state-lab": (
        "what-the-state-remembers/",
        ("click", "state-lab [data-do=on]"),
        lambda: f"{recorded('what_the_state_remembers.lab', 'plane_a')[3][0]:.2f}",
        "tr:nth-child(2) td:nth-child(2)",
    ),
    "attention-lab": (
        "attention/",
        ("click", "attention-lab [data-do=on]"),
        lambda: f"{recorded('attention.trained', 'alpha')[5][5]:.4f}",
        "tbody tr:nth-child(6) td:nth-child(3)",
    ),
    "windows-lab": (
        "windows-of-a-series/",
        ("fill", "#win-kind", "itself"),
        lambda: "4 6 5 → 4",  # as snippets/windows_of_a_series/miniature.txt has it
        "tbody tr:first-child td:last-child",
    ),
}
# What stands there as soon as it is what was wanted, or at last.
NUMBER = """new Promise(tell => {
  const end = performance.now() + 5000;
  const look = () => {
    const text = document.querySelector(SELECTOR).textContent.replace("−", "-");
    if (text === WANTED || performance.now() > end) tell(text);
    else setTimeout(look, 20);
  };
  look();
})"""


@pytest.mark.parametrize("lab", CHANGES)
def test_a_lab_computes_what_is_changed(firefox, lab):
    page, (do, *given), wanted, place = CHANGES[lab]
    firefox.open(page)
    firefox.do("evaluate", f"document.querySelector('{lab}').scrollIntoView()")
    firefox.do("waitFor", f"{lab}:defined")
    here = json.dumps(f"{lab} {place}")
    before = firefox.do("evaluate", f"document.querySelector({here}).textContent")
    assert before.replace("−", "-") != wanted()
    firefox.do(do, *given)
    look = NUMBER.replace("SELECTOR", here).replace("WANTED", json.dumps(wanted()))
    assert firefox.do("evaluate", look) == wanted()
    assert not firefox.wrong()


def test_the_calculator_answers_what_is_typed(firefox):
    firefox.open(CALCULATOR)
    firefox.do("fill", "#calc-u1", "7")
    answer = firefox.do("evaluate", "document.querySelector('#answer').textContent")
    assert f"= 4 · 77 = {4 * 7 * (3 + 7 + 1)}" in answer
    assert not firefox.wrong()


SETTLED = """new Promise((tell) => {
  const { workbench } = document.querySelector("layer-workbench");
  const look = () => workbench.last > BEFORE && workbench.last === workbench.asked ? tell(workbench.last) : setTimeout(look, 20);
  look();
})"""
OUTPUT = "[...document.querySelector('layer-workbench').workbench.model.output.data]"
EXAMPLE = "[...document.querySelector('[data-of=example]').options].find(({ text }) => text.startsWith('GRU of one unit')).value"


def test_the_workbench_computes_what_is_brought(firefox, tmp_path):
    """An example is chosen, a number read, a file dropped; and it tells why numbers differ."""
    firefox.open(WORKBENCH + "?example=lstm")
    now = firefox.do("evaluate", SETTLED.replace("BEFORE", "0"))

    firefox.do("fill", "[data-of=example]", firefox.do("evaluate", EXAMPLE))
    now = firefox.do("evaluate", SETTLED.replace("BEFORE", str(now)))
    firefox.do("click", "canvas[data-value=z]")
    told = firefox.do("evaluate", "document.querySelector('.workbench-number').innerText")
    step = int(re.search(r"at step (\d+), unit 0", told)[1])
    z, _, _, h = gru(gru_unit.x.reshape(1, -1, 1), gru_unit.W, gru_unit.U, gru_unit.b)
    assert f"{z[0, step, 0]:.6f}" in told
    np.testing.assert_allclose(firefox.do("evaluate", OUTPUT), h.ravel(), rtol=0, atol=1e-12)

    model = keras.Sequential([keras.Input((4, 3)), keras.layers.LSTM(2, return_sequences=True)])
    model.save(tmp_path / "mine.keras")
    x = np.random.default_rng(1).normal(size=(4, 3)).astype("float32")
    np.save(tmp_path / "x.npy", x)
    for name, part in (("mine.keras", "weights"), ("x.npy", "input")):
        given = base64.b64encode((tmp_path / name).read_bytes()).decode()
        firefox.do("evaluate", f"({DROP})({json.dumps([name, given, f'[data-of={part}]'])})")
        now = firefox.do("evaluate", SETTLED.replace("BEFORE", str(now)))
    right = model.predict(x[None], verbose=0)
    np.testing.assert_allclose(firefox.do("evaluate", OUTPUT), right.ravel(), rtol=0, atol=1e-6)

    # The cell taken for the state.
    W, U, b = (array.astype("float64") for array in model.get_weights())
    *_, c, _ = lstm(x[None], W, U, b)
    firefox.do("fill", "[data-of=got]", json.dumps(c[0].tolist()))
    firefox.do("waitFor", ".workbench-why a")
    why = firefox.do("evaluate", "document.querySelector('.workbench-why').innerText")
    assert "Your numbers are what comes out if" in why and "cell" in why
    assert not firefox.wrong()


def test_the_search_finds_a_page(firefox):
    firefox.open("")
    firefox.do("type", ".md-search__input", "saturated")
    firefox.do("waitFor", ".md-search-result__link")
    links = "[...document.querySelectorAll('.md-search-result__link')].map(({ href }) => href)"
    found = [link.partition("?")[0] for link in firefox.do("evaluate", links)]
    assert f"{firefox.address}math-of-a-simple-rnn/" in found
    assert not firefox.wrong()

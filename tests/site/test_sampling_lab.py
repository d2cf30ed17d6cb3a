"""The lab of sampling: its modules write what NumPy writes, and it shows that in a browser."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from snippets.lstm.seeds import wilson
from snippets.reber.strings import GRAMMAR, SYMBOLS
from snippets.rnn_in_action.lab import STRINGS, WAYS
from snippets.rnn_in_action.trained import trained
from tests.site.sources import ROOT
from tests.site.tabs import OF_COLOURS, in_scheme, settled, url, violations, visited

PAGE, LAB = "rnn-in-action/", "sampling-lab"


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
    let [next, slices] = [writing.next(), 1];
    for (; !next.done; next = writing.next()) slices++;
    return { steps: string(setting, n), count: next.value, slices };
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
        assert now["slices"] > 100  # a pause is possible behind each: nothing holds the page up
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


# The element -----------------------------------------------------------------------------------

READ = """() => {
  const lab = document.querySelector("sampling-lab");
  const cells = (body) => [...body.rows].map(row => [...row.cells].map(cell => cell.textContent));
  const [steps, counts] = lab.querySelectorAll("tbody");
  const text = (name) => lab.querySelector(name).textContent;
  const lit = (name) => [...lab.querySelectorAll(`svg ${name}`)].map(e => e.dataset.node ?? e.dataset.way);
  return {
    steps: cells(steps), counts: cells(counts),
    drawn: steps.querySelector(".lab-now").cells[0].textContent,
    written: text(".lab-written"), number: text(".lab-number"), verdict: text(".lab-verdict"),
    told: text(".lab-told"), node: lit(".lab-now"), way: lit(".lab-way"),
    stopped: lab.querySelector("figure").matches(".lab-stopped"),
    tied: lab.querySelectorAll("[data-v]").length,
    faults: [...lab.querySelectorAll(".lab-fault")].map(e => e.textContent).filter(Boolean),
  };
}"""
COUNTED = "tr.lab-own td:nth-child(2)"


def seen(tab):
    return settled(tab).evaluate(READ)


def press(tab, what, times=1):
    for _ in range(times):
        tab.locator(f"[data-do={what}]").click()


def written(tab, text):
    tab.locator(".lab-written", has_text=text).wait_for()


def finished(tab):
    tab.locator(".lab-live", has_text="of 1000 are legal").wait_for()


def test_it_begins_with_the_numbers_of_the_page(open_page, record):
    tab = open_page(PAGE, near=LAB)
    first = seen(tab)
    wanted = [
        [symbol, "yes" if symbol in GRAMMAR[1] else "no", f"{p:.4f}", f"{q:.4f}"]
        for symbol, p, q in zip(SYMBOLS, record["p"], record["q"], strict=True)
    ]
    assert first["steps"] == wanted and first["drawn"] == SYMBOLS[record["drawn"]] == "T"
    assert first["node"] == ["1"] and first["way"] == ["1T"] and not first["stopped"]
    assert f"The lot {record['lot']:.4f} falls on T" in first["told"]
    # And so it computes, when it is asked to go away and come back: the ties are there again.
    press(tab, "step")
    written(tab, "BTS")
    assert seen(tab)["tied"] < first["tied"]
    press(tab, "back")
    tab.locator(".lab-told", has_text="B was read").wait_for()
    assert seen(tab) == first


def test_settings_at_random_show_what_numpy_drew(open_page, tried):
    """The last step of a string of each setting; what is cut off, and where the automaton stopped."""
    tab = open_page(PAGE, near=LAB)
    queries = [
        urlencode({**case["setting"], "string": n + 1, "step": 1000})
        for n, case in enumerate(tried)
    ]
    for n, (case, now) in enumerate(
        zip(tried, visited(tab, "sampling-lab", READ, queries), strict=True)
    ):
        string, nodes = case["string"], [0]
        for symbol in string:
            if symbol not in GRAMMAR[nodes[-1]]:
                break
            nodes.append(GRAMMAR[nodes[-1]][symbol])
        right = len(nodes) - 1
        legal = nodes[-1] == 7
        assert [now["written"], now["number"]] == [string, f"string {n + 1}"]
        assert now["drawn"] == string[-1]
        assert now["verdict"] == ("legal" if legal else "not legal")
        assert now["node"] == [str(nodes[-2] if legal else nodes[-1])]
        assert now["way"] == (["6E"] if legal else []) and now["stopped"] != legal
        shown = [row[3] for row in now["steps"]]
        assert shown == [f"{q:.4f}" if q else "cut off" for q in case["q"]]
        ways = (
            GRAMMAR[nodes[-2]] if legal else GRAMMAR[nodes[-1]] if right == len(string) - 1 else {}
        )
        assert [row[1] for row in now["steps"]] == ["yes" if s in ways else "no" for s in SYMBOLS]
        if not legal and right < len(string) - 1:
            stopped = f"The automaton has stopped at node {nodes[-1]}, with {string[right]}"
            assert stopped in now["told"]
        assert "NaN" not in str(now) and "undefined" not in str(now)


def test_a_thousand_strings_are_counted_beside_those_of_the_page(open_page, record, tried):
    tab = open_page(PAGE, near=LAB)
    before = seen(tab)
    for n, (legal, kinds) in enumerate(zip(record["legal"], record["different"], strict=True)):
        low, high = record["interval"][n]
        interval = "no chance in it" if kinds == 1 else f"{low:.1f} to {high:.1f}"
        assert before["counts"][n][1:] == [str(legal), interval, str(kinds)]
    # A setting that the page has shown is counted again in its row, and nothing changes.
    tab.locator(".lab-results a", has_text="top-k").click()
    press(tab, "many")
    finished(tab)
    assert tab.locator(".lab-live").inner_text() == "968 of 1000 are legal"
    assert seen(tab)["counts"] == before["counts"] and tab.locator(".lab-own").count() == 0
    assert "968 of 1000" in tab.locator("sampling-lab .lab-status").text_content()
    # Another has a row of its own, until all is as it was.
    other = next(case for case in tried if 0 < case["legal"] < 1000)
    visited(tab, "sampling-lab", READ, [urlencode(other["setting"])])
    press(tab, "many")
    tab.locator(".lab-own").wait_for()
    finished(tab)
    low, high = 100 * wilson(other["legal"], STRINGS)
    row = [str(other["legal"]), f"{low:.1f} to {high:.1f}", str(other["different"])]
    tab.wait_for_function(f"() => document.querySelector('{COUNTED}').textContent === '{row[0]}'")
    assert seen(tab)["counts"][0][1:] == row
    press(tab, "reset")
    tab.wait_for_url(lambda address: "?" not in address)
    tab.locator(".lab-told", has_text="B was read").wait_for()
    assert seen(tab) == before


def test_by_keyboard_alone_and_through_the_address(open_page):
    tab = open_page(PAGE, near=LAB)
    keys, first = tab.keyboard, seen(tab)["tied"]
    tab.locator("#lab-tau").focus()
    keys.press("ArrowUp")  # 2.1
    keys.press("Tab")  # the slider
    keys.press("ArrowRight")  # 2.2
    keys.press("Tab")
    keys.press("ArrowDown")  # argmax
    keys.press("ArrowDown")  # top-k
    keys.press("Tab")
    keys.press("ArrowUp")  # k = 3
    keys.press("Tab")  # p is not asked for
    keys.type("7")  # over the 1, which Tab has selected
    keys.press("Tab")  # back
    keys.press("Tab")
    keys.press("Enter")  # step
    tab.wait_for_url("**/?tau=2.2&draw=top-k&k=3&seed=7&step=2#lab")
    keys.press("Tab")
    keys.press("Enter")  # all of it
    keys.press("Enter")  # all of the next
    tab.wait_for_url("**string=2*")
    tab.locator(".lab-number", has_text="string 2").wait_for()
    query = url(tab).partition("?")[2]
    shown = seen(tab)
    assert shown["verdict"] in ("legal", "not legal")
    other = open_page(f"{PAGE}?{query}", width=360)
    written(other, shown["written"])
    assert seen(other) == shown
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    # What makes no sense in an address is as at first.
    other = open_page(f"{PAGE}?tau=NaN&draw=best&k=9&p=2&seed=1.5&string=0&step=-1", near=LAB)
    assert other.locator("#lab-tau").input_value() == "2" and seen(other)["written"] == "BT"
    assert seen(other)["tied"] == first


def test_bad_input_is_told_at_its_field_and_the_last_good_answer_stays(open_page, axe):
    tab = open_page(f"{PAGE}?draw=top-p", near=LAB)
    written(tab, "BT")
    before = seen(tab)
    told = {
        "tau": "Write a number from 0.01 to 100.",
        "p": "Write a number from 0.01 to 1.",
        "seed": "Write a whole number from 0 to 999999.",
    }
    for name, fault in told.items():
        field = tab.locator(f"#lab-{name}")
        for bad in ("", "-3", "abc", "1e999", "100.5" if name == "tau" else "1.5"):
            field.fill(bad)
            assert seen(tab) == {**before, "faults": [fault]}, (name, bad)
            assert field.get_attribute("aria-invalid") == "true"
        if name == "p":
            assert violations(tab, axe, LAB) == []
            in_scheme(tab, "dark")
            assert violations(tab, axe, LAB, OF_COLOURS) == []
        # Another change leaves what was typed where it is; a good number mends it.
        tab.locator("#lab-draw").select_option("top-p")
        assert field.input_value() == bad
        field.fill({"tau": "2,0", "p": "0.8", "seed": "1"}[name])
        assert seen(tab) == before and field.get_attribute("aria-invalid") == "false"


def test_what_computes_is_asked_for_again_if_it_did_not_come(open_page):
    tab = open_page(PAGE, near=LAB, routes={"**/sampling-writer.js": lambda route: route.abort()})
    press(tab, "step")
    tab.locator(".lab-told", has_text="could not be fetched").wait_for()
    tab.unroute("**/sampling-writer.js")
    press(tab, "step")
    written(tab, "BTS")

"""The lab of states: it computes what NumPy computes, and shows that in a browser."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from snippets.reber.strings import GRAMMAR, SYMBOLS
from snippets.what_the_state_remembers.lab import random_changes
from snippets.what_the_state_remembers.reader import trained_weights
from tests.site.sources import ROOT
from tests.site.tabs import OF_COLOURS, in_scheme, settled, url, violations, visited

PAGE = "what-the-state-remembers/"
LAB = "state-lab"


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


# The element -----------------------------------------------------------------------------------

SEEN = """() => {
  const lab = document.querySelector("state-lab");
  const cells = (table) => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent));
  const [seen, heat] = lab.querySelectorAll("table");
  const way = (name) => {
    const shapes = [...lab.querySelectorAll(`${name} .node`)];
    const place = (e) => ["x", "y"].map(k => Number(e.getAttribute(`c${k}`) ?? Number(e.getAttribute(k)) + 7));
    const line = [...lab.querySelectorAll(`${name} .wire`)].at(-1).getAttribute("d");
    return {
      line: line.slice(1).split(" ").map(pair => pair.split(",").map(Number)),
      letters: [...lab.querySelectorAll(`${name} .note`)].map(e => e.textContent).sort().join(""),
      now: shapes.filter(e => e.matches(".lab-now")).map(place),
    };
  };
  return {
    seen: cells(seen), heat: cells(heat), a: way(".lab-a"), b: way(".lab-b"),
    told: lab.querySelector(".lab-told").textContent,
    tied: lab.querySelectorAll("[data-v]").length,
    marked: ["now", "held", "taken"].map(name => heat.querySelectorAll(`td.lab-${name}`).length),
    faults: [...lab.querySelectorAll(".lab-fault")].map(e => e.textContent).filter(Boolean),
  };
}"""


def seen(tab):
    return settled(tab).evaluate(SEEN)


def told(tab, text):
    tab.locator(".lab-told", has_text=text).wait_for()


def written(numbers, digits):
    """Numbers as the lab writes them."""
    return [f"{number:z.{digits}f}".replace("-", "−") for number in numbers]


def placed(plane):
    """Where points of the plane lie in the drawing."""
    unit = (348 - 46) / (2.4 - -2)
    return [[46 + unit * (x + 2), 290 - unit * (y + 2)] for x, y in plane]


def nodes_of(string):
    """The nodes after each symbol, and a dash from where the automaton stops."""
    node, nodes = 0, []
    for symbol in string:
        node = GRAMMAR[node].get(symbol) if node is not None else None
        nodes.append("–" if node is None else str(node))
    return nodes


def test_it_begins_with_the_numbers_of_the_page(open_page, record):
    tab = open_page(PAGE, near=LAB)
    first = seen(tab)
    columns = []
    for name, next_ in ("a", "4: S, X"), ("a", "4: S, X"), ("b", "2: S, X"):
        plane, p, says = (record[f"{of}_{name}"][2] for of in ("plane", "p", "probes"))
        columns.append([next_, *written(plane, 2), *written(p, 3), *written(says, 2)])
    assert [row[1:] for row in first["seen"][1:]] == [list(row) for row in zip(*columns)]
    assert first["heat"][0] == ["unit", "B 1", "T 2", "X 4", "X 3", "V 5", "V 6", "E 7"]
    # When it computes the same anew, the same is there, with its ties.
    tab.locator("[data-do=on]").click()
    told(tab, "After BTXX")
    assert seen(tab)["tied"] == 0
    tab.locator("[data-do=back]").click()
    told(tab, "After BTX the")
    again = seen(tab)
    for name in "ab":
        for of in (first, again):
            np.testing.assert_allclose(
                of[name].pop("line"), placed(record[f"plane_{name}"]), atol=0.06
            )
            np.testing.assert_allclose(
                of[name].pop("now"), placed(record[f"plane_{name}"][[2]]), atol=0.06
            )
    assert again == first and first["tied"] == 102


def test_changes_at_random_show_what_numpy_computed(open_page, record):
    tab = open_page(PAGE, near=LAB)
    cases, queries = random_changes(), []
    for a, b, bits, zero, which, at, shown in cases:
        off = "".join(str(unit) for unit in range(8) if bits >> unit & 1)
        take = {-2: "none", -1: "all"}.get(which, which)
        held = "zero" if zero else "mean"
        query = {"a": a, "b": b, "off": off, "held": held, "take": take, "at": at, "step": shown}
        queries.append(urlencode(query))
    found = visited(tab, LAB, SEEN, queries)
    for case, row, now in zip(cases, record["tried"], found, strict=True):
        a, b, bits, _, which, _, shown = case
        h, p, says, plane = np.split(row, [8, 15, 21])
        nodes = nodes_of(a)
        assert [cells[shown + 1] for cells in now["heat"][1:]] == written(h, 2)
        assert now["heat"][0] == ["unit", *(f"{s} {n}" for s, n in zip(a, nodes, strict=True))]
        column = [cells[2] for cells in now["seen"][2:]]
        assert column == [*written(plane, 2), *written(p, 3), *written(says, 2)]
        node = now["seen"][1][1].partition(":")[0]
        assert node == nodes[shown]
        assert (now["seen"][2][3] == "–") == (len(b) <= shown)
        assert now["a"]["letters"] == "".join(sorted(a))
        assert now["b"]["letters"] == "".join(sorted(b))
        np.testing.assert_allclose(now["a"]["now"], placed([plane]), atol=0.06)
        count = {-2: 0, -1: 8}.get(which, 1)
        assert now["marked"] == [8, bits.bit_count() * len(a), count]
        if bits or count:
            best = f"Changed, it predicts {SYMBOLS[p.argmax()]}, with {p.max():.3f}"
            assert best in now["told"] and f"of node {says.argmax() + 1}." in now["told"]
        else:
            assert "Nothing is changed." in now["told"]
        assert "NaN" not in str(now) and "undefined" not in str(now) and now["tied"] == 0


def test_by_keyboard_alone_and_through_the_address(open_page):
    tab = open_page(PAGE, near=LAB)
    keys, first = tab.keyboard, seen(tab)
    tab.locator("#lab-a").focus()
    keys.press("End")
    keys.press("Backspace")
    keys.type("xe")  # BTXXVVXE is no string of the grammar
    keys.press("Tab")  # B
    keys.press("Tab")
    keys.press("ArrowDown")  # the whole state
    keys.press("Tab")
    keys.press("ArrowDown")  # after step 3
    keys.press("Tab")
    keys.press("Space")  # unit 0 off
    for _ in range(8):
        keys.press("Tab")
    keys.press("ArrowDown")  # set to 0
    for _ in range(2):
        keys.press("Tab")
    keys.press("ArrowRight")  # the step, 3
    tab.wait_for_url("**/?a=BTXXVVXE&step=3&off=0&held=zero&take=all&at=3#lab")
    told(tab, "After BTXX the automaton is at node 3: T, V may follow.")
    shown = seen(tab)
    assert shown["heat"][0][-2:] == ["X –", "E –"] and shown["heat"][1][0] == "0 off"
    assert shown["heat"][1][4] == "0.00"
    other = open_page(f"{PAGE}?{url(tab).partition('?')[2]}", width=360)
    told(other, "After BTXX")
    assert seen(other) == shown
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # reset
    tab.wait_for_url(lambda address: "?" not in address)
    told(tab, "Nothing is changed.")
    now = seen(tab)
    assert {**now, "a": 0, "b": 0} == {**first, "a": 0, "b": 0}
    # What makes no sense in an address is as at first.
    other = open_page(f"{PAGE}?a=BTQ&b=&step=-1&off=9x&held=no&take=8&at=1e9", near=LAB)
    told(other, "Nothing is changed.")
    assert other.locator("#lab-a").input_value() == "BTXXVVE"
    assert other.locator("#lab-take").input_value() == "none"


def test_links_of_the_text_show_what_it_says(open_page):
    tab = open_page(PAGE, near=LAB)
    tab.get_by_role("link", name="after the next X").click()
    told(tab, "After BTXX the automaton is at node 3: T, V may follow. A predicts V")
    assert (
        "Changed, it predicts X, with 0.498; its largest probe is that of node 4."
        in (seen(tab)["told"])
    )
    tab.get_by_role("link", name="Switch unit 7 off").click()
    told(tab, "After BTX the")
    assert seen(tab)["marked"] == [8, 7, 0]


def test_bad_input_is_told_at_its_field_and_the_last_good_answer_stays(open_page, axe):
    tab = open_page(f"{PAGE}?off=3", near=LAB)
    told(tab, "Changed, it predicts")
    before = seen(tab)
    for name in "ab":
        field = tab.locator(f"#lab-{name}")
        for bad, fault in (
            ("", "Empty: write at least one symbol."),
            ("BTQ", "Q is no symbol: write B T S X P V E."),
            ("BT XE", "A space is no symbol: write B T S X P V E."),
            ("B" * 17, "Write at most 16 symbols."),
            ("<b>", "< is no symbol: write B T S X P V E."),
        ):
            field.fill(bad)
            assert seen(tab) == {**before, "faults": [fault]}, (name, bad)
            assert field.get_attribute("aria-invalid") == "true"
        if name == "b":
            assert violations(tab, axe, LAB) == []
            in_scheme(tab, "dark")
            assert violations(tab, axe, LAB, OF_COLOURS) == []
        # Another change leaves what was typed where it is; a good string mends it.
        tab.locator("#lab-take").select_option("none")
        assert field.input_value() == bad
        field.fill({"a": " btxxvve ", "b": "BTSSXSE"}[name])
        assert seen(tab) == before and field.get_attribute("aria-invalid") == "false"


def test_what_computes_is_asked_for_again_if_it_did_not_come(open_page):
    tab = open_page(PAGE, near=LAB, routes={"**/state-reader.js": lambda route: route.abort()})
    tab.locator("[data-do=on]").click()
    told(tab, "could not be fetched")
    tab.unroute("**/state-reader.js")
    tab.locator("[data-do=on]").click()
    told(tab, "After BTXXV the")

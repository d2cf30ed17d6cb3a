"""The lab of attention: it computes what NumPy computes, and shows that in a browser."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from snippets.attention.lab import random_changes
from snippets.attention.trained import trained
from snippets.reber.strings import SYMBOLS
from tests.site.sources import ROOT
from tests.site.tabs import OF_COLOURS, in_scheme, settled, violations, visited

PAGE = "attention/"
LAB = "attention-lab"


@pytest.fixture(scope="module")
def record():
    """What snippets/attention/lab.py recorded, by name."""
    entries = json.loads((ROOT / "snippets/attention/lab.json").read_text(encoding="utf-8"))
    return {name: np.array(entry["value"]) for name, entry in entries.items()}


READ = """async (cases) => {
  const { look } = await import("/source/attention.js");
  const filled = numbers => [...numbers, ...Array(16 - numbers.length).fill(0)];
  return cases.map(([string, step, unit, forced]) => {
    const { h, steps } = look(string, forced);
    const { e, alpha, p } = steps[step];
    return [...filled(e), ...filled(alpha), ...filled(h.map(row => row[unit])), ...p];
  });
}"""


def test_it_computes_what_numpy_computes(modules, record):
    found = modules.evaluate(READ, random_changes())
    np.testing.assert_allclose(found, record["tried"], rtol=0, atol=1e-9)
    [first] = modules.evaluate(READ, [("BTSXXVPSE", 4, 0, True)])
    for k, name in enumerate(["e", "alpha", "state"]):
        np.testing.assert_allclose(first[16 * k : 16 * k + 9], record[name], rtol=0, atol=1e-9)


DATA = """async () => (await import("/source/attention-weights.js")).HUNDREDTHS"""


def test_its_weights_are_those_of_the_snippet(modules):
    weights = np.concatenate([np.ravel(array) for array in trained()])
    hundredths = modules.evaluate(DATA).split()
    assert [int(number) for number in hundredths] == [round(100 * w) for w in weights]


# The element -----------------------------------------------------------------------------------

SEEN = """() => {
  const lab = document.querySelector("attention-lab");
  const texts = selector => [...lab.querySelectorAll(selector)].map(e => e.textContent);
  const frame = lab.querySelector(".lab-row");
  return {
    rows: [...lab.querySelector("tbody").rows].map(row => [...row.cells].map(cell => cell.textContent)),
    map: texts("svg .num"), labels: texts("svg .row"), above: texts("svg .note"),
    cells: lab.querySelectorAll("svg .cell").length,
    framed: (Number(frame.getAttribute("y")) - 21) / 32,
    told: lab.querySelector(".lab-told").textContent.trim(),
    tied: lab.querySelectorAll("[data-v]").length,
    fault: lab.querySelector(".lab-fault").textContent,
  };
}"""


def seen(tab):
    return settled(tab).evaluate(SEEN)


def told(tab, text):
    tab.locator(f"{LAB} .lab-told", has_text=text).wait_for()


def written(numbers, digits):
    """Numbers as the lab writes them."""
    return [f"{number:z.{digits}f}".replace("-", "−") for number in numbers]


def test_it_begins_with_what_the_page_shows_and_comes_back_to_it(open_page, record):
    tab = open_page(PAGE, near=LAB)
    first = seen(tab)
    columns = [
        written(record[name], digits)
        for name, digits in (("e", 2), ("alpha", 4), ("state", 4), ("product", 4))
    ]
    assert [row[1:] for row in first["rows"][:-1]] == [list(row) for row in zip(*columns)]
    assert first["rows"][-1] == ["sum", "", "1", "", *written([record["c"]], 4)]
    assert first["tied"] == 81 + 4 * 9 + 3 and first["framed"] == 4
    tab.locator(f"{LAB} [data-do=on]").click()
    told(tab, "Step 5 writes V")
    assert seen(tab)["tied"] == 81 and seen(tab)["framed"] == 5  # the map is the same
    tab.locator(f"{LAB} [data-do=back]").click()
    told(tab, "Step 4 writes X")
    assert seen(tab) == first


def test_changes_at_random_show_what_numpy_computed(open_page, record):
    tab = open_page(PAGE, near=LAB)
    cases = random_changes()
    queries = [
        urlencode(
            {"string": string, "step": step, "unit": unit, "reads": "right" if forced else "own"}
        )
        for string, step, unit, forced in cases
    ]
    found = visited(tab, LAB, SEEN, queries)
    for (string, step, *_), row, now in zip(cases, record["tried"], found, strict=True):
        T = len(string)
        e, alpha, state = (row[16 * k : 16 * k + T] for k in range(3))
        p = row[48:]
        columns = [written(e, 2), written(alpha, 4), written(state, 4), written(alpha * state, 4)]
        assert [cells[1:] for cells in now["rows"][:-1]] == [list(line) for line in zip(*columns)]
        assert now["rows"][-1][-1] == written([alpha @ state], 4)[0]
        assert now["above"] == [*string] and now["labels"] == [
            f"{k} {s}" for k, s in enumerate(string)
        ]
        assert now["cells"] == T * T and now["framed"] == step
        if now["map"]:
            assert now["map"][T * step : T * (step + 1)] == written(alpha, 2)
        assert bool(now["map"]) is (T <= 11)
        best = SYMBOLS[p.argmax()]
        assert f"Step {step} writes {best}, with {p.max():.3f}" in now["told"]
        assert ("was read there" in now["told"]) is (best != string[step])
        assert "NaN" not in str(now) and "undefined" not in str(now)


def test_by_keyboard_alone_and_through_the_address(open_page):
    tab = open_page(PAGE, near=LAB)
    keys = tab.keyboard
    tab.locator("#lab-string").focus()
    keys.press("End")
    for _ in range(4):
        keys.press("Backspace")
    keys.type("vve")  # BTSXXVVE
    keys.press("Tab")
    keys.press("ArrowDown")  # what it wrote
    keys.press("Tab")
    keys.press("ArrowDown")  # unit 1
    for _ in range(2):
        keys.press("Tab")
    keys.press("ArrowRight")  # step 5
    tab.wait_for_url("**/?string=BTSXXVVE&step=5&unit=1&reads=own#lab")
    told(tab, "Step 5 writes")
    shown = seen(tab)
    other = open_page(f"{PAGE}?string=btsxxvve&step=5&unit=1&reads=own", width=360, near=LAB)
    told(other, "Step 5 writes")
    assert seen(other) == shown
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    for _ in range(2):
        keys.press("Tab")
    keys.press("Enter")  # reset
    tab.wait_for_url(lambda address: "?" not in address)
    told(tab, "Step 4 writes X")
    # What makes no sense in an address is as at first.
    other = open_page(f"{PAGE}?string=BTQ&step=-1&unit=x&reads=no", near=LAB)
    told(other, "Step 4 writes X")
    assert other.locator("#lab-string").input_value() == "BTSXXVPSE"


def test_a_row_that_is_pointed_at_is_taken_apart(open_page):
    tab = open_page(PAGE, near=LAB)
    heat_map = tab.locator(f"{LAB} figure svg")
    box = heat_map.bounding_box()
    tall = box["height"] / (22 + 32 * 9)
    # Not by places on the screen: the page may be scrolled while it is laid out.
    heat_map.hover(position={"x": box["width"] / 2, "y": tall * (22 + 32 * 7 + 15)})
    told(tab, "Step 7 writes S")
    assert seen(tab)["framed"] == 7


def test_bad_input_is_told_and_the_last_good_answer_stays(open_page, axe):
    tab = open_page(f"{PAGE}?unit=3", near=LAB)
    tab.wait_for_function(f"() => !document.querySelector('{LAB} tbody [data-v]')")
    before, field = seen(tab), tab.locator("#lab-string")
    for bad, fault in (
        ("", "Empty: write at least one symbol."),
        ("BTQ", "Q is no symbol: write B T S X P V E."),
        ("B" * 17, "Write at most 16 symbols."),
        ("<b>", "< is no symbol: write B T S X P V E."),
    ):
        field.fill(bad)
        assert seen(tab) == {**before, "fault": fault}, bad
        assert field.get_attribute("aria-invalid") == "true"
    assert violations(tab, axe, LAB) == []
    in_scheme(tab, "dark")
    assert violations(tab, axe, LAB, OF_COLOURS) == []
    field.fill(" btsxxvpse ")
    assert seen(tab) == before and field.get_attribute("aria-invalid") == "false"


def test_what_computes_is_asked_for_again_if_it_did_not_come(open_page):
    tab = open_page(PAGE, near=LAB, routes={"**/attention-reader.js": lambda route: route.abort()})
    tab.locator(f"{LAB} [data-do=on]").click()
    told(tab, "could not be fetched")
    tab.unroute("**/attention-reader.js")
    tab.locator(f"{LAB} [data-do=on]").click()
    told(tab, "Step 6 writes")


@pytest.mark.parametrize("scripts", ["off", "lost"])
def test_without_scripts_its_drawing_and_its_table_stand_there(open_page, scripts):
    if scripts == "off":
        tab = open_page(PAGE, java_script_enabled=False)
    else:
        tab = open_page(PAGE, routes={f"**/{LAB}.js": lambda route: route.abort()})
        tab.locator(LAB).scroll_into_view_if_needed()
        tab.locator(f"{LAB}[data-failed]").wait_for()
    assert tab.locator(f"{LAB} .lab-panel:visible").count() == 0
    assert tab.locator(f"{LAB} table:visible").count() == 1
    assert tab.locator(f"{LAB} figure svg").is_visible()

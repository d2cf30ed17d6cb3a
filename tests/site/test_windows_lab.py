"""The lab of windows: what it computes is what Keras gives, and what it shows is that."""

import gzip
import re

import pytest

from snippets.windows_of_a_series import lab as page
from tests.site.sources import ROOT
from tests.site.tabs import come_near, in_scheme, moves, settled, url, violations
from tests.site.visits import Visit, weight
from tests.windows_of_a_series.test_lab import cases

PAGE = "windows-of-a-series/"
LAB = "windows-lab"
NAMES = ("n", "length", "rate", "stride", "ahead", "kind")
MODEL = """async (settings) => {
  const model = await import("/source/windows.js");
  return settings.map(one => ({ ...model.verdict(one), windows: model.windows(one),
    count: model.countOf(one), refusal: model.refusal(one), formula: model.formula(one),
    program: model.program(one) }));
}"""
# Each row: where it begins, what is marked on the row of the series, and the pair.
ROWS = """() => [...document.querySelectorAll("windows-lab tbody tr")].map(row => [
  row.querySelector("th").textContent,
  [...row.querySelectorAll(".win-row > span")].map(cell => cell.className).join(","),
  row.querySelector("td:last-child").textContent])"""
PARTS = """() => [".win-told", ".win-count", "pre > code"].map(
  name => document.querySelector(`windows-lab ${name}`).textContent.trim())"""


def setting(case):
    return dict(zip(NAMES, [*case[:-1], page.KINDS[case[-1]]]))


@pytest.fixture(scope="module")
def recorded():
    return [(setting(case), places) for case, places in cases()]


def test_for_each_recorded_setting_it_gives_what_keras_gave(modules, recorded):
    found = modules.evaluate(MODEL, [one for one, _ in recorded])
    assert len(found) >= 100
    for (one, places), answer in zip(recorded, found):
        if places and places[0][0] == -1:
            assert answer["refusal"] and answer["count"] == 0, one
            continue
        rows = [[*window["at"], window["target"]] for window in answer["windows"]]
        assert rows == places and answer["count"] == len(places) and not answer["refusal"], one
        assert answer["formula"].endswith(f" = {len(places)}"), one


def test_its_verdict_is_what_one_sees_in_the_pairs_of_keras(modules, recorded):
    told = modules.evaluate(MODEL, [one for one, _ in recorded])
    kinds = set()
    for (one, places), answer in zip(recorded, told):
        words = answer["words"]
        kinds.add(words.split(",")[0].split(":")[0])
        if not places:
            assert words.startswith("Nothing"), one
        elif places[0][0] == -1:
            assert words.startswith("Keras refuses"), one
        else:
            *window, target = places[0]
            after = target - window[-1]
            assert words.startswith("Right") == (after == one["ahead"]), (one, words)
            assert ("stands in the input" in words) == (target in window), (one, words)
            between = target < window[-1] and target not in window
            assert ("between" in words) == between, (one, words)
            assert answer["right"] == words.startswith("Right")
            assert (answer["lost"] > 0) == ("lost" in words)
    assert kinds == {"Right", "Wrong", "Nothing", "Keras refuses"}


def test_keras_refuses_in_these_words(modules):
    one = dict(zip(NAMES, [4, 2, 4, 1, 1, "right"]))
    [answer] = modules.evaluate(MODEL, [one])
    with pytest.raises(ValueError) as told:
        page.keras.utils.timeseries_dataset_from_array([1, 2, 3, 4], [3], 2, sampling_rate=4)
    assert answer["refusal"] == str(told.value)


def test_the_line_to_copy_makes_the_pairs_that_are_shown(modules, recorded):
    numbers = [0, 13, 26, 39]
    answers = modules.evaluate(MODEL, [recorded[k][0] for k in numbers])
    for k, answer in zip(numbers, answers):
        one, places = recorded[k]
        names = {"keras": page.keras, "s": page.np.arange(one["n"])}
        if places and places[0][0] == -1:
            continue
        exec(answer["program"], names)
        rows = [[*map(int, w), int(t)] for x, y in names["dataset"] for w, t in zip(x, y)]
        assert rows == places, answer["program"]


def opened(open_page, address=PAGE, **options):
    tab = open_page(address, **options)
    come_near(tab, LAB)
    return tab


def test_it_is_small(site):
    script = (site / "assets/javascripts/windows-lab.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 3_500


def test_what_the_page_shows_is_what_the_lab_shows_of_it(open_page):
    snippet = (ROOT / "snippets/windows_of_a_series/lab.py").read_text(encoding="utf-8")
    section = re.search(r"start:line\]\n(.*?)# --8<-- \[end:line", snippet, re.DOTALL)[1]
    tab = open_page(PAGE, java_script_enabled=False)
    assert tab.locator(f"{LAB} form").is_hidden()
    rows, parts = tab.evaluate(ROWS), tab.evaluate(PARTS)
    assert len(rows) == 5 and parts[2] == section.strip()
    tab = opened(open_page)
    assert tab.evaluate(ROWS) == rows and settled(tab).evaluate(PARTS) == parts
    tab.evaluate("document.querySelector('windows-lab').explorer.show()")  # written anew
    assert settled(tab).evaluate(ROWS) == rows
    assert settled(tab).evaluate(PARTS)[:2] == parts[:2]
    call = section.strip().replace("\n    s, s[3:]", "\n    s, s[3:]").partition("dataset")[2]
    assert settled(tab).evaluate(PARTS)[2].partition("dataset")[2] == call


def test_by_keyboard_alone_through_the_address_and_back(open_page):
    tab = opened(open_page)
    first = tab.evaluate(ROWS)
    tab.locator("#win-kind").focus()
    tab.keyboard.press("s")  # the first that begins so: s[length:]
    tab.keyboard.press("ArrowDown")
    rows = settled(tab).evaluate(ROWS)
    assert rows[0] == [
        "0",
        "win-in win-target win-wrong,win-in,win-in,,,,,",
        "4 6 5 → 4",
    ]
    assert len(rows) == 6
    told = tab.locator(".win-told")
    assert "its own first value" in told.text_content()
    assert "win-fault" in told.get_attribute("class")
    assert url(tab).endswith("?kind=itself#windows")
    for width in (1280, 360):
        other = opened(open_page, f"{PAGE}?kind=itself#windows", width=width)
        assert other.evaluate(ROWS) == rows
        assert moves(other) == []
        assert other.evaluate("document.documentElement.scrollWidth") == width
    tab.locator("[data-do=reset]").press("Enter")
    assert settled(tab).evaluate(ROWS) == first and "?" not in url(tab)


def test_links_in_the_prose_set_it(open_page):
    tab = opened(open_page)
    tab.locator("a[data-pick=kind]").first.click()
    assert tab.locator("#win-kind").input_value() == "itself"
    tab.locator("a[data-pick=kind]").nth(1).click()
    tab.locator("a[data-pick=rate]").click()
    tab.locator(".win-told", has_text="between values").wait_for()


def test_an_address_without_sense_is_as_the_page(open_page):
    tab = opened(open_page, f"{PAGE}?n=99&length=x&kind=other&rate=0")
    assert len(tab.evaluate(ROWS)) == 5


def test_it_is_light_and_still_and_has_no_violations(open_page, address, axe):
    for width in (1280, 360):
        visit = Visit(address, PAGE)
        tab = open_page(f"{PAGE}#windows", width=width, visit=visit)
        come_near(tab, LAB)
        assert [*weight(visit.weights(), address)] == []
        assert moves(tab) == []
        for name, value in (("n", "16"), ("length", "1"), ("kind", "itself")):
            tab.locator(f"#win-{name}").select_option(value)
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        for scheme in ("light", "dark"):
            in_scheme(tab, scheme)
            assert violations(tab, axe, LAB) == []

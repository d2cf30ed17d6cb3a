"""The lab of shapes in a browser: keyboard, faults, address, reset, and without JavaScript."""

import gzip
import re

from snippets.rnn_api import compositions as page
from tests.rnn_api.test_compositions import drawn
from tests.site.sources import ROOT
from tests.site.tabs import come_near, in_scheme, moves, settled, url, violations

PAGE = "rnn-api/"
LAB = "shapes-lab"
ROWS = """() => [...document.querySelectorAll("shapes-lab tbody tr")]
  .map(row => [...row.cells].map(cell => cell.textContent.trim()))"""
FAULT = "A whole number from 1 to 1000"
# Another composition, as the form would have made it.
SET = """told => {
  const lab = document.querySelector("shapes-lab");
  Object.assign(lab, { composition: told, at: 0 });
  lab.update();
}"""
FIRST = [
    ["keras.Input((None,))", "(N, T) = (None, None)", "", ""],
    ["Embedding(8, 3, mask_zero=True)", "(N, T, m) = (None, None, 3)", "24", "yes"],
    [
        "Bidirectional(GRU(4, return_sequences=True))",
        "(N, T, 2u) = (None, None, 8)",
        "216",
        "yes",
    ],
    ["LSTM(5)", "(N, u) = (None, 5)", "280", "no"],
    ["Dense(1)", "(N, u) = (None, 1)", "6", "no"],
    ["all", "", "526", ""],
]


def opened(open_page, address=PAGE, **options):
    tab = open_page(address, **options)
    come_near(tab, LAB)
    return tab


def program(tab):
    return tab.locator(f"{LAB} pre > code").text_content().strip()


def said(tab):
    return settled(tab).locator(f"{LAB} [role=status]").text_content()


def test_it_is_small(site):
    script = (site / "assets/javascripts/shapes-lab.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 7_700


def test_what_the_page_shows_is_what_the_lab_shows_of_it(open_page):
    snippet = (ROOT / "snippets/rnn_api/compositions.py").read_text(encoding="utf-8")
    section = re.search(r"start:example\]\n(.*?)# --8<-- \[end:example", snippet, re.DOTALL)[1]
    tab = open_page(PAGE, java_script_enabled=False)
    assert tab.locator(f"{LAB} form").is_hidden()
    assert tab.evaluate(ROWS) == FIRST and program(tab) == section.strip()
    tab = opened(open_page)
    assert tab.evaluate(ROWS) == FIRST
    tab.evaluate("document.querySelector('shapes-lab').show()")  # written anew
    settled(tab)
    assert tab.evaluate(ROWS) == FIRST and program(tab) == section.strip()


def test_by_keyboard_alone_through_the_address_and_back(open_page):
    tab = opened(open_page)
    keys = tab.keyboard
    tab.locator("#lab-units").focus()
    tab.locator("#lab-units").select_text()
    keys.type("6")
    keys.press("Tab")  # past codes, which a GRU has not
    keys.press("Space")  # return_sequences off
    says = str(page.values()["said_example"]).replace("(None, 8)", "(None, 12)")
    assert settled(tab).evaluate(ROWS)[2:6] == [
        ["Bidirectional(GRU(6))", "(N, 2u) = (None, 12)", "396", "no"],
        ["LSTM(5)", "", "", ""],
        [says],
        ["Dense(1)", "not reached", "", ""],
    ]
    assert said(tab) == f"Block 3, LSTM(5): {says}"
    assert url(tab).endswith(
        "?layers=x.x_Embedding.3.z.8_GRU.6..concat_LSTM.5_Dense.1&block=2#layers"
    )

    # Below it a RepeatVector, chosen by its first letter.
    for _ in range(8):  # past five arguments more, up and down
        keys.press("Tab")
    assert tab.evaluate("document.activeElement.dataset.do") == "add"
    keys.press("Enter")
    tab.locator("#lab-kind").focus()
    keys.press("R")
    told = settled(tab).evaluate(ROWS)
    assert told[3] == ["RepeatVector(4)", "(N, T′, 2u) = (None, 4, 12)", "0", "no"]
    assert said(tab) == f"Output (None, 1), {24 + 396 + 4 * (12 * 5 + 5 * 5 + 5) + 6} parameters."

    # Another reader opens the address.
    for width in (1280, 360):
        other = opened(open_page, f"{PAGE}?{url(tab).split('?')[1]}", width=width)
        assert other.evaluate(ROWS) == told and program(other) == program(tab)
        assert other.locator("#lab-block").input_value() == "3: RepeatVector"
        assert moves(other) == []
        assert other.evaluate("document.documentElement.scrollWidth") == width

    tab.locator("[data-do=reset]").press("Enter")
    assert settled(tab).evaluate(ROWS) == FIRST and "?" not in url(tab)


def test_blocks_are_picked_moved_added_and_removed(open_page):
    tab = opened(open_page)
    tab.get_by_role("button", name="LSTM(5)").click()
    assert said(tab) == "Block 3 of 4: LSTM(5)"
    assert tab.locator("#lab-kind").input_value() == "LSTM"
    assert tab.locator(f"{LAB} [aria-pressed=true]").text_content() == "LSTM(5)"
    press = {name: tab.locator(f"[data-do={name}]") for name in ("up", "down", "add", "remove")}
    press["up"].press("Enter")
    order = "[...document.querySelectorAll('shapes-lab .lab-pick')].map(e => e.textContent[0])"
    assert settled(tab).evaluate(order) == ["E", "L", "B", "D"]
    assert tab.evaluate("document.activeElement.dataset.do") == "up"
    press["up"].press("Enter")
    press["up"].press("Enter")  # there is nothing above: it stays
    assert settled(tab).evaluate(order) == ["L", "E", "B", "D"]
    assert settled(tab).locator("[data-do=up]").get_attribute("aria-disabled") == "true"
    press["down"].press("Enter")
    press["add"].press("Enter")
    press["add"].press("Enter")  # five are the most
    assert settled(tab).evaluate(order) == ["E", "L", "L", "B", "D"]
    for _ in range(9):
        press["remove"].press("Enter")  # one stays
    assert len(settled(tab).evaluate(order)) == 1
    tab.locator("#lab-kind").select_option("Flatten")
    assert settled(tab).locator("#lab-units").is_disabled()
    boxes = tab.locator(f"{LAB} [data-flag]:enabled")
    assert boxes.count() == 0


def test_bad_input_is_told_at_its_field_and_the_last_good_answer_stays(open_page, axe):
    tab = opened(open_page)
    for name, more in (("units", "."), ("n", ", or None.")):
        field, fault = tab.locator(f"#lab-{name}"), tab.locator(f"#lab-{name}-fault")
        for bad in ("0", "-3", "2.5", "1e3", "1001", "abc", "<b>"):
            field.fill(bad)
            assert fault.inner_text() == FAULT + more and FAULT in said(tab), bad
            assert field.get_attribute("aria-invalid") == "true"
            assert settled(tab).evaluate(ROWS) == FIRST and "?" not in url(tab)
        if name == "units":
            for scheme in ("light", "dark"):
                in_scheme(tab, scheme)
                assert violations(tab, axe, LAB) == []
            tab.locator("[data-flag=useBias]").uncheck()  # what is wrong stays, all else counts
            assert field.input_value() == bad and fault.is_visible()
            assert settled(tab).evaluate(ROWS)[2][2] == str(216 - 2 * 3 * 2 * 4)
            tab.locator("[data-flag=useBias]").check()
        field.fill("4" if name == "units" else "")
        assert fault.is_hidden() and settled(tab).evaluate(ROWS) == FIRST
    tab.locator("#lab-n").fill("3")
    assert settled(tab).evaluate(ROWS)[-2] == ["Dense(1)", "(N, u) = (3, 1)", "6", "no"]
    tab.locator("#lab-units").fill("300")
    assert settled(tab).evaluate(ROWS)[2][2] == f"{2 * 3 * 300 * (3 + 300 + 2):,}"
    tab = opened(open_page, f"{PAGE}?layers=x.x_Transformer.4&block=9")
    assert settled(tab).evaluate(ROWS) == FIRST
    assert said(tab).startswith("The address holds no layers that this page can read")
    tab.locator("#lab-units").fill("5")  # and it goes on from there
    assert "GRU.5" in url(tab)


def test_of_ten_compositions_it_shows_what_keras_says(open_page, axe):
    tab = opened(open_page, width=360)
    for inputs, codes, told in drawn(5, 10):
        blocks = [
            {"returnSequences": False, "useBias": True, "codes": 8, **block}
            for block in told["blocks"]
        ]
        tab.evaluate(SET, {**told, "blocks": blocks})
        steps, error, at, warnings = page.ask(inputs, codes)
        rows = settled(tab).evaluate(ROWS)
        for text in [*filter(None, [error]), *(warnings if not error else [])]:
            assert [text] in rows, codes
        shown = [row for row in rows[1:-1] if len(row) == 4][: len(steps)]
        for (shapes, count, masks), (_, gives, number, mask) in zip(steps, shown):
            found = re.findall(r"= (\([^=]*?\))(?=[a-z]|$)", gives)
            assert ", ".join(found) == shapes, codes
            assert (number, mask) == (f"{count:,}", "yes" if any(masks) else "no"), codes
        assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(tab, axe, LAB) == []

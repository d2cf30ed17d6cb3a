"""The calculator of shapes and parameters in a browser: keyboard, faults, URL, reset, and without JavaScript."""

import gzip

from tests.site.tabs import in_scheme, moves, url, violations

PAGE = "reference/shapes-and-parameters/"
ROWS = """n => [...document.querySelectorAll("#answer tbody")[n].rows]
  .map(row => [...row.cells].map(cell => cell.innerText.trim()))"""
FAULT = "Type a whole number from 1 to 100000."
WITHOUT_SPACES = "document.querySelector('#answer').textContent.replace(/\\s+/g, '')"


def rows(tab, table):
    return tab.evaluate(ROWS, table)


def program(tab):
    return tab.locator("#answer pre > code").text_content().strip()


def test_it_is_small(site):
    script = (site / "assets/javascripts/calculator.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 4_000


def test_by_keyboard_alone_through_the_url_and_back(open_page):
    tab = open_page(PAGE)
    first = tab.evaluate(WITHOUT_SPACES)
    keys = tab.keyboard
    tab.locator("#calc-layer").focus()
    keys.press("ArrowDown")  # GRU
    keys.press("Tab")
    keys.press("ArrowDown")  # two layers
    for _ in range(4):
        keys.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "u1"
    keys.press("ArrowUp")
    keys.press("Tab")
    keys.type("7")  # over the 4, which Tab has selected
    keys.press("Tab")
    keys.press("Space")  # return_sequences off
    keys.press("Tab")
    keys.press("Space")  # return_state on
    for _ in range(3):
        keys.press("Tab")
    keys.press("Space")  # bidirectional
    told = [
        ["output", "(N, 2u) = (2, 14)"],
        ["forward state h", "(N, u) = (2, 7)"],
        ["backward state h", "(N, u) = (2, 7)"],
    ]
    assert rows(tab, 0) == told
    assert rows(tab, 1)[6][:2] == ["layer 2 forward kernel", "(m, 3u) = (10, 21)"]
    # 2 · 3 · (3·5 + 5·5 + 2·5) and, with the 10 numbers of both directions, 2 · 3 · (10·7 + 7·7 + 2·7)
    assert rows(tab, 2)[2] == ["all", "300 + 798 = 1098"]
    assert "x, *states = layers.Bidirectional(gru)(x)" in program(tab)
    assert tab.locator("shapes-calculator [role=status]").text_content() == (
        "Output (2, 14), 1098 parameters."
    )

    # Another reader opens the address.
    query = url(tab).split("?")[1]
    shared = dict(pair.split("=") for pair in query.split("&"))
    assert shared == {
        "layer": "GRU", "stack": "2", "u1": "5", "u2": "7",
        "return_sequences": "0", "return_state": "1", "bidirectional": "1",
    }  # fmt: skip
    for width in (1280, 360):
        other = open_page(f"{PAGE}?{query}", width=width)
        assert rows(other, 0) == told and program(other) == program(tab)
        assert moves(other) == []
        assert other.evaluate("document.documentElement.scrollWidth") == width

    keys.press("Tab")
    keys.press("Enter")  # reset
    tab.wait_for_url(f"**/{PAGE}")
    assert tab.evaluate(WITHOUT_SPACES) == first


def test_bad_input_is_told_at_its_field_and_the_last_good_answer_stays(open_page, axe):
    tab = open_page(PAGE)
    before = tab.evaluate(WITHOUT_SPACES)
    field, fault = tab.locator("#calc-m"), tab.locator("#calc-m-fault")
    for bad in ("", "0", "-3", "2.5", "1e308", "100001", "99999999999999999999", "+-e"):
        field.fill("") if bad in ("", "+-e") else field.fill(bad)
        if bad == "+-e":  # all of a text or a NaN that a field for numbers lets through
            field.press_sequentially(bad)
        assert fault.is_visible() and fault.inner_text() == FAULT, bad
        assert field.get_attribute("aria-invalid") == "true"
        assert tab.evaluate(WITHOUT_SPACES) == before, bad
        assert url(tab).endswith(PAGE)
    assert FAULT in tab.locator("shapes-calculator [role=status]").text_content()
    for scheme in ("light", "dark"):
        in_scheme(tab, scheme)
        assert violations(tab, axe, "shapes-calculator") == []
    # A whole number in another spelling is one, and a good number mends all.
    field.fill("1e1")
    assert fault.is_hidden() and rows(tab, 1)[0][1] == "(m, 4u) = (10, 16)"
    tab.get_by_label("m, input size: one more").click()
    assert field.input_value() == "11" and rows(tab, 1)[0][1] == "(m, 4u) = (11, 16)"
    assert "NaN" not in tab.locator("article").inner_text()

    # The same in an address: what is good in it counts.
    tab = open_page(f"{PAGE}?N=abc&layer=Transformer&u1=NaN&m=1e999&stack=9")
    for name in ("N", "u1", "m"):
        assert tab.locator(f"#calc-{name}-fault").inner_text() == FAULT
    assert tab.locator("#calc-layer").input_value() == "LSTM"
    assert tab.evaluate(WITHOUT_SPACES) == before


def test_what_a_layer_does_not_have_cannot_be_asked_of_it(open_page):
    tab = open_page(PAGE, width=360, has_touch=True)
    disabled = "[...document.querySelectorAll('shapes-calculator input:disabled:not([hidden] *)')].map(e => e.name)"
    assert tab.evaluate(disabled) == ["u2", "u3", "reset_after"]
    tab.locator("#calc-layer").select_option("Dense")
    assert tab.evaluate(disabled) == [
        "u2", "u3", "return_sequences", "return_state", "reset_after", "bidirectional",
    ]  # fmt: skip
    assert rows(tab, 0) == [["output", "(N, T, u) = (2, 5, 4)"]]
    assert rows(tab, 2) == [["1", "m · u + u = 3 · 4 + 4 = 16"]]
    tab.get_by_label("u, units: one less").tap()
    assert rows(tab, 2) == [["1", "m · u + u = 3 · 3 + 3 = 12"]]


def test_films_have_windows(open_page, axe):
    tab = open_page(PAGE, width=360)
    frames = tab.locator("shapes-calculator fieldset").first
    assert frames.is_hidden()
    tab.locator("#calc-layer").select_option("ConvLSTM2D")
    assert frames.is_visible() and tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.locator("#calc-u1").fill("40")
    tab.locator("#calc-m").fill("1")
    assert rows(tab, 0) == [["output", "(N, T, rows′, cols′, u) = (2, 5, 8, 8, 40)"]]
    # 4 · 40 · (3 · 3 · (1 + 40) + 1), the layer of the page on ConvLSTM
    assert rows(tab, 2)[0][1].endswith(" = 4 · 14800 = 59200")
    tab.locator("[name=same]").uncheck()
    assert rows(tab, 0) == [["output", "(N, T, rows′, cols′, u) = (2, 5, 6, 6, 40)"]]
    assert "layers.ConvLSTM2D(40, 3, return_sequences=True)" in program(tab)
    tab.locator("#calc-strides").fill("2")
    assert rows(tab, 0)[0][1].endswith("(2, 5, 3, 3, 40)")
    for scheme in ("light", "dark"):
        in_scheme(tab, scheme)
        assert violations(tab, axe, "shapes-calculator") == []

    # A frame must hold a window, for each layer of a stack.
    fault = tab.locator("#calc-rows-fault")
    tab.locator("#calc-rows").fill("2")
    assert fault.inner_text() == "Type a whole number from 3 to 100000."
    tab.locator("#calc-rows").fill("6")
    assert fault.is_hidden()
    tab.locator("#calc-stack").select_option("2")
    assert fault.inner_text() == "Type a whole number from 7 to 100000."
    tab.locator("[name=same]").check()
    assert fault.is_hidden() and "strides=2" in program(tab)

    other = open_page(f"{PAGE}?{url(tab).split('?')[1]}", width=360)
    assert rows(other, 0) == rows(tab, 0) and moves(other) == []
    other.locator("#calc-layer").select_option("LSTM")
    assert other.locator("shapes-calculator fieldset").first.is_hidden()
    assert rows(other, 1)[0][1] == "(m, 4u) = (1, 160)"


def test_without_javascript_the_answer_stands_and_no_control(open_page):
    tab = open_page(PAGE, java_script_enabled=False)
    assert tab.locator("shapes-calculator").is_hidden()
    assert tab.locator("#answer").is_visible()
    assert "= 4 · 32 = 128" in tab.locator("#answer").inner_text()

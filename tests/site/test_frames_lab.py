"""The lab of windows: it computes what NumPy computes, and shows that in a browser."""

import gzip

import numpy as np

from snippets.convlstm import miniature
from snippets.layers.conv_lstm import conv_lstm
from tests.site.tabs import come_near, in_scheme, moves, settled, url, violations

PAGE = "convlstm/"
LAB = "frames-lab"
WATCH = """async films => {
  const { watch } = await import("/source/frames.js");
  return films.map(film => watch(film).map(({ places }) =>
    places.map(({ gates, c, h }) => [...gates.map(({ value }) => value), c, h])));
}"""
SEEN = """() => {
  const lab = document.querySelector("frames-lab");
  const cells = table => [...table.rows].slice(1).map(row => [...row.cells].map(cell => cell.textContent));
  return {
    tables: [...lab.querySelectorAll("table")].map(cells),
    drawn: [...lab.querySelectorAll("[data-q]")].map(e => e.textContent),
    windows: [...lab.querySelectorAll(".window")].map(e => [e.getAttribute("x"), e.getAttribute("y")].map(Number)),
  };
}"""


def seen(tab):
    return settled(tab).evaluate(SEEN)


def by_numpy(film):
    """What the page's layer makes of a film of 18 numbers: i, f, c_new, o, c, h, (6, T, rows, cols)."""
    x = np.reshape(film, (2, 3, 3, 1)).astype(float)
    return conv_lstm(x, miniature.W, miniature.U, miniature.b)[..., 0]


def text(number):
    return f"{number:z.4f}".replace("-", "−")


def test_its_maps_are_those_of_numpy(modules):
    films = np.random.default_rng(0).normal(size=(30, 2, 9)).round(2)
    shown = modules.evaluate(WATCH, films.tolist())
    expected = [by_numpy(film).reshape(6, 2, 9).transpose(1, 2, 0) for film in films]
    np.testing.assert_allclose(shown, expected, rtol=0, atol=1e-12)


def test_it_is_small(site):
    script = (site / "assets/javascripts/frames-lab.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 3_400


def test_what_the_page_shows_is_what_the_lab_shows_of_it(open_page):
    tab = open_page(PAGE, java_script_enabled=False)
    assert tab.locator(f"{LAB} form").is_hidden()
    first = tab.evaluate(SEEN)
    tab = open_page(PAGE)
    come_near(tab, LAB)
    assert seen(tab) == first
    tab.evaluate("document.querySelector('frames-lab').explorer.show()")  # written anew
    again = seen(tab)
    for rows in (*first["tables"], *again["tables"]):
        for row in rows:
            row[0] = row[0].partition("1")[0]  # a gate, with its step or without
    assert again["drawn"] == first["drawn"] and again["windows"] == first["windows"]
    assert again["tables"][0] == first["tables"][0]
    assert [row[1:] for row in again["tables"][1]] == [row[1:] for row in first["tables"][1]]


def test_another_place_and_another_film_by_keyboard_and_in_the_address(open_page, axe):
    tab = open_page(PAGE, width=360)
    come_near(tab, LAB)
    keys = tab.keyboard
    tab.locator("[data-pixel='9']").focus()
    tab.locator("[data-pixel='9']").select_text()
    keys.type("-1.5")
    tab.locator("[data-place='0']").focus()
    keys.press("Enter")
    film = [0, 1, 0, 2, 0, 0, 0, 0, 0, -1.5, 0, 1, 0, 2, 0, 0, 0, 0]
    i, f, c_new, o, _, h = by_numpy(film)
    now = seen(tab)
    assert [row[1:] for row in now["tables"][0]] == [[text(n) for n in row] for row in h[1]]
    assert [row[-1] for row in now["tables"][1]] == [
        text(gate[1, 0, 0]) for gate in (i, f, c_new, o)
    ]
    assert now["tables"][1][0][1] == "1 · (−1.5) = −1.5"  # the corner itself
    assert now["windows"][0] == [3.5, 27.5] and now["drawn"][0] == "−1.5"
    assert (
        f"state {text(h[1, 0, 0])}." in settled(tab).locator(f"{LAB} [role=status]").text_content()
    )
    tab.locator("#lab-step").select_option("0")
    assert [row[1:] for row in seen(tab)["tables"][0]] == [[text(n) for n in row] for row in h[0]]
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    for scheme in ("light", "dark"):
        in_scheme(tab, scheme)
        assert violations(tab, axe, LAB) == []
    tab.wait_for_function("() => location.search.includes('step=0')")
    other = open_page(f"{PAGE}?{url(tab).split('?')[1]}", width=360)
    come_near(other, LAB)
    assert seen(other) == seen(tab)

    # What is no pixel is told, and the last good answer stays.
    good = seen(tab)
    for bad in ("", "x", "1e9", "10", "nan"):
        tab.locator("[data-pixel='0']").fill(bad)
        assert (
            tab.locator(f"{LAB} .lab-fault").text_content() == "A pixel is a number from −9 to 9."
        )
        assert tab.locator("[data-pixel='0']").get_attribute("aria-invalid") == "true"
        assert seen(tab) == good
    tab.get_by_role("button", name="Reset").click()
    assert tab.locator(f"{LAB} .lab-fault").text_content() == ""
    assert tab.locator("[data-pixel='9']").input_value() == "0"


def test_it_comes_alive_and_nothing_moves(open_page):
    tab = open_page(PAGE)
    tab.evaluate("document.documentElement.classList.remove('from-top')")  # all is laid out
    before = len(moves(tab))
    tab.locator(LAB).scroll_into_view_if_needed()
    tab.locator(f"{LAB}:defined").wait_for()
    assert len(moves(tab)) == before


def test_without_its_script_the_drawing_and_the_tables_stand_there(open_page):
    tab = open_page(PAGE, routes={"**/frames-lab.js": lambda route: route.abort()})
    tab.locator(LAB).scroll_into_view_if_needed()
    tab.locator(f"{LAB}[data-failed]").wait_for()
    assert tab.locator(f"{LAB} .lab-panel:visible").count() == 0
    assert tab.locator(f"{LAB} table:visible").count() == 2

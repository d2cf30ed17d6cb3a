"""Every page in a real browser: what loads, what moves, what everyone can read."""

import re

import pytest

from tests.site.pages import read_site
from tests.site.visits import Visit, kinds, search

MAIN = ("", "time-distributed/", "notebooks/math-of-a-simple-rnn/")


def test_on_a_desk_and_on_a_phone(open_page, address, axe, page):
    """Loads nothing from elsewhere, within the budget, without an error; nothing moves.

    In light and dark, wide and narrow, everyone can read it, and nothing is wider than a phone.
    """
    visit = Visit(address, page)
    tab = open_page(page, before=visit.listen)
    visit.examine(tab, axe)
    assert not visit.wrong(tab)


def test_with_the_search_or_the_drawer_open(open_page, address, axe, site):
    """On one page of each kind: what surrounds the content has the same classes on all of its kind.

    What is opened lies in header and navigation, which come from the same
    templates on every page; only a page's kind decides what they show.
    """
    for page in kinds(read_site(site)):
        visit = Visit(address, page)
        tab = open_page(page, before=visit.listen, width=360)
        tab.locator("header [for=__drawer]").click()
        tab.locator(".md-sidebar--primary a:visible").first.wait_for()
        visit.look_both_ways(tab, axe, "drawer open")
        tab.locator(".md-overlay").click(position={"x": 350, "y": 400})
        search(tab, "gate")
        visit.look_both_ways(tab, axe, "search open, 360 wide")
        tab.set_viewport_size({"width": 1280, "height": 800})
        visit.look_both_ways(tab, axe, "search open, 1280 wide")
        assert not visit.wrong(tab), page


@pytest.mark.parametrize("page", MAIN)
def test_without_javascript_all_is_there(open_page, site, page):
    tab = open_page(page, java_script_enabled=False, width=360)
    shown = tab.locator(".arithmatex > svg")
    tree = read_site(site).tree(page)
    assert shown.count() == len(tree.xpath("//*[@class='arithmatex']/svg"))
    for drawing in shown.all()[:3]:
        box = drawing.bounding_box()
        assert box["width"] > 2 and box["height"] > 2
    for number in tab.locator("span[data-v]").all()[:3]:
        assert "computed by snippets/" in number.get_attribute("title")
    assert re.search(r"verified with Python \d", tab.locator(".verified").inner_text())
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_a_tied_number_tells_where_it_comes_from(open_page):
    tab = open_page("time-distributed/")
    number = tab.locator('td span[data-v="time_distributed.y_six[1]"]')
    tip = tab.locator("#number-tip")
    assert tip.is_hidden()
    number.hover()
    told = tip.inner_text()
    assert told.startswith("time_distributed.y_six[1], computed by snippets/time_distributed.py")
    assert re.search(r"Python \d.*NumPy \d.*Keras \d.*TensorFlow \d", told)
    tab.mouse.move(0, 0)
    assert tip.is_hidden()

    # With the keyboard: one Tab stop a table, arrow keys within it, Escape closes.
    first = tab.locator('td span[data-v="time_distributed.z_six[0]"]')
    first.focus()
    assert tip.is_visible() and first.get_attribute("aria-describedby") == "number-tip"
    tab.keyboard.press("ArrowRight")
    assert "time_distributed.y_six[0]" in tip.inner_text()
    assert tab.evaluate("document.activeElement.dataset.v") == "time_distributed.y_six[0]"
    tab.keyboard.press("Escape")
    assert tip.is_hidden()

    # In equations and drawings, too.
    tab.locator("div.arithmatex[tabindex]").first.focus()
    assert "time_distributed.z_six[1], computed by" in tip.inner_text()
    tab.locator('.arithmatex g[data-v="time_distributed.y_six[1]"]').first.hover()
    assert tip.inner_text().startswith("time_distributed.y_six[1]")
    tab.locator('figure text[data-v="time_distributed.y_six[5]"]').hover()
    assert tip.inner_text().startswith("time_distributed.y_six[5]")

    # In print it is plain.
    tab.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('td span[data-v]')).borderBottomStyle"
    assert tab.evaluate(style) == "none"


def test_a_symbol_has_one_colour_in_equations_and_drawings(open_page):
    tab = open_page("notebooks/math-of-a-simple-rnn/")
    colours = tab.evaluate("""() => {
      const found = {};
      for (const e of document.querySelectorAll("article [data-sym]"))
        (found[e.dataset.sym] ??= new Set()).add(getComputedStyle(e).color);
      return Object.fromEntries(Object.entries(found).map(([k, v]) => [k, [...v]]));
    }""")
    assert {"x", "h", "y", "W", "U", "b", "W_y"} <= set(colours)
    assert all(len(used) == 1 for used in colours.values()), colours
    distinct = [colours[symbol][0] for symbol in ("x", "h", "y", "W", "U", "W_y")]
    assert len(set(distinct)) == 6


def test_the_search_finds_a_page(open_page):
    tab = open_page("")
    search(tab, "saturated")
    links = tab.locator(".md-search-result__link")
    found = " ".join(link.get_attribute("href") for link in links.all())
    assert "notebooks/math-of-a-simple-rnn/" in found

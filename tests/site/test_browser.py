"""Every page in a real browser: what loads, what moves, what everyone can read."""

import re

import pytest

from tests.site.pages import read_site
from tests.site.tabs import FRAMES, point_at, ready
from tests.site.visits import Visit, kinds, search

MAIN = ("", "time-distributed/", "math-of-a-simple-rnn/")


def test_on_a_desk_and_on_a_phone(open_page, address, axe, page):
    """Loads nothing from elsewhere, within the budget, without an error; nothing moves.

    In light and dark, wide and narrow, everyone can read it, and nothing is wider than a phone.
    """
    visit = Visit(address, page)
    tab = open_page(page, visit=visit)
    visit.examine(tab, axe)
    assert not visit.wrong(tab)


def test_with_the_search_or_the_drawer_open(open_page, address, axe, site):
    """The drawer on one page of each kind, the search on one: it is the same on all.

    Both come from the same templates on every page; only a page's kind, the
    classes of its header and navigation, decides what the drawer shows.
    """
    for number, page in enumerate(kinds(read_site(site))):
        visit = Visit(address, page)
        tab = open_page(page, visit=visit, width=360)
        visit.open_drawer(tab, axe)
        if number == 0:
            visit.open_search(tab, axe)
        assert not visit.wrong(tab), page


@pytest.mark.parametrize("page", MAIN)
def test_without_javascript_all_is_there(open_page, site, page):
    tab = open_page(page, java_script_enabled=False, width=360)
    shown = tab.locator(".arithmatex > svg")
    tree = read_site(site).tree(page)
    assert shown.count() == len(tree.xpath("//*[@class='arithmatex']/svg"))
    for drawing in tab.locator(".arithmatex > svg:not(details *)").all()[:3]:
        box = drawing.bounding_box()
        assert box["width"] > 2 and box["height"] > 2
    for number in tab.locator("span[data-v]").all()[:3]:
        assert re.search("(?:computed|checked) by snippets/", number.get_attribute("title"))
    assert re.search(r"verified with Python \d", tab.locator(".verified").inner_text())
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_a_tied_number_tells_where_it_comes_from(open_page):
    tab = open_page("time-distributed/")
    number = tab.locator('td span[data-v="time_distributed.model.y_six[1]"]')
    tip = tab.locator("#__number-tip")
    assert tip.is_hidden()
    point_at(tab, number)
    told = tip.inner_text()
    assert told.startswith(
        "time_distributed.model.y_six[1], computed by snippets/time_distributed/model.py"
    )
    assert re.search(r"Python \d.*NumPy \d.*Keras \d.*TensorFlow \d", told)
    above = number.bounding_box()["y"] - tip.bounding_box()["y"]
    tab.evaluate(f"scrollBy(0, 3); {FRAMES}")  # the pointer is still over it
    assert tip.is_visible() and number.bounding_box()["y"] - tip.bounding_box()["y"] == above
    tab.mouse.move(0, 0)
    assert tip.is_hidden()

    # With the keyboard: one Tab stop a table, arrow keys within it, Escape closes.
    # In an explorer's table they change the step: test_explorer.py.
    first = tab.locator('td span[data-v="time_distributed.model.z[0][0]"]')
    first.focus()
    assert tip.is_visible() and first.get_attribute("aria-describedby") == "__number-tip"
    tab.keyboard.press("ArrowRight")
    assert "time_distributed.model.z[0][1]" in tip.inner_text()
    assert tab.evaluate("document.activeElement.dataset.v") == "time_distributed.model.z[0][1]"
    tab.keyboard.press("Escape")
    assert tip.is_hidden()

    # In equations and drawings, too.
    tab.locator("div.arithmatex[tabindex]").first.focus()
    assert "time_distributed.model.z_six[1], computed by" in tip.inner_text()
    point_at(tab, tab.locator('.arithmatex g[data-v="time_distributed.model.y_six[1]"]').first)
    assert tip.inner_text().startswith("time_distributed.model.y_six[1]")
    point_at(tab, tab.locator('figure text[data-v="time_distributed.model.y_six[5]"]'))
    assert tip.inner_text().startswith("time_distributed.model.y_six[5]")

    # In print it is plain.
    tab.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('td span[data-v]')).borderBottomStyle"
    assert tab.evaluate(style) == "none"


# Columns of the size of a sheet's inside are filled as sheets are. What is torn in two has two boxes.
SHEETS = """([width, height]) => {
  const all = selector => [...document.querySelectorAll(`.md-content ${selector}`)]
    .filter(element => element.getClientRects().length);
  const name = element => element.tagName + " " + element.textContent.trim().slice(0, 60);
  const sheet = element => Math.floor(element.getClientRects()[0].left / width);
  document.querySelectorAll("details").forEach(details => { details.open = true; });
  const page = document.querySelector(".md-content__inner");
  Object.assign(page.style, { height: `${height}px`, columnWidth: `${width}px`, columnGap: 0, columnFill: "auto", margin: 0 });
  const whole = all(".arithmatex > svg, figure, .highlight, tbody tr, h2, h3, details");
  return {
    sheets: Math.round(page.scrollWidth / width),
    torn: whole.filter(element => element.getClientRects().length > 1).map(name),
    cut: all(".arithmatex > svg, figure svg, td, p, pre > code")
      .filter(element => [...element.getClientRects()].some(({ left, right }) => right - width * Math.floor(left / width) > width)
        || element.scrollWidth > Math.max(element.clientWidth, element.offsetWidth)).map(name),
    lonely: all(":is(h2, h3)").filter(element => sheet(element) !== sheet(element.nextElementSibling)).map(name),
    left: [...document.querySelectorAll("header.md-header, .md-sidebar, .md-footer, .md-search, .md-top, button, .headerlink, .download")]
      .filter(element => element.getClientRects().length).map(name),
  };
}"""


def test_a_page_is_printed_clean_and_nothing_is_cut(open_page):
    """On A4, from a dark screen: what the margins leave of a sheet is 178 mm wide, 261 mm high."""
    width, height = (round(mm * 96 / 25.4) for mm in (178, 261))
    tab = open_page("lstm/", width=width, scheme="dark")
    printed = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4")))
    tab.emulate_media(media="print")
    found = tab.evaluate(SHEETS, [width, height])
    assert abs(found.pop("sheets") - printed) <= 2
    assert not {what: elements for what, elements in found.items() if elements}
    ink, paper = tab.evaluate("""() => {
      const style = getComputedStyle(document.querySelector("article p:not([class])"));
      return [style.color, getComputedStyle(document.body).backgroundColor];
    }""")
    assert ink == "rgb(31, 42, 46)" and paper == "rgb(253, 252, 250)"


def test_from_a_disk_a_page_reads_well_and_leads_to_others(browser, site):
    """Opened without a server: all is drawn, numbers tell, links lead on, nothing complains."""
    complaints = []
    context = browser.new_context()
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    tab = context.new_page()
    tab.goto((site / "index.html").as_uri())
    tab.locator("ol.series a").first.click()
    tab.wait_for_url("**/time-distributed/index.html")
    for drawing in (".arithmatex > svg", "figure.diagram svg"):
        assert tab.locator(drawing).first.bounding_box()["width"] > 10
    ready(tab)
    point_at(tab, tab.locator('td span[data-v="time_distributed.model.y_six[1]"]'))
    assert tab.locator("#__number-tip").inner_text().startswith("time_distributed.model.y_six[1]")
    assert tab.locator("input.md-search__input").count() == 0  # it could fetch nothing
    tab.locator("a[rel=next], .md-footer__link--next").last.click()
    tab.wait_for_url("**/math-of-a-simple-rnn/index.html")
    tab.locator(".download a[href$='.ipynb']").wait_for()
    context.close()
    assert not complaints


def test_a_symbol_has_one_colour_in_equations_and_drawings(open_page):
    tab = open_page("math-of-a-simple-rnn/")
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
    assert "math-of-a-simple-rnn/" in found

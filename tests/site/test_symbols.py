"""Linked symbols: pointing at one lights it in the equations, drawings, code and tables of its section."""

import re

import pytest

from tests.site.pages import read_site
from tests.site.tabs import differ, in_scheme, places, point_at, scroll_to, url, violations

DRAWN = "//figure[contains(@class, 'diagram')]//@data-sym"
WRITTEN = "//@data-sym[not(ancestor::figure)]"
PART = re.compile(r"(?P<base>[^_]+)(?:_(?:[ifcozrhy]|\(\d\)))?")

# What is lit: {"equation": {"z"}, "drawing": {"z"}, "code": {"z"}, "table": {"z_t"}}.
LIT = """() => {
  const found = {};
  for (const e of document.querySelectorAll("[data-lit]")) {
    const kind = e.matches(".arithmatex *, i") ? "equation" : e.matches("figure *") ? "drawing"
      : e.matches("code, code *") ? "code" : "table";
    (found[kind] ??= []).push(e.dataset.sym ?? e.querySelector("math")?.textContent ?? e.textContent);
  }
  for (const word of CSS.highlights.get("lit")) (found.code ??= []).push(word.toString());
  return Object.fromEntries(Object.entries(found).map(([k, v]) => [k, [...new Set(v)].sort()]));
}"""
SECTIONS = """() => [...new Set([
  ...document.querySelectorAll("[data-lit]"),
  ...[...CSS.highlights.get("lit")].map(word => word.startContainer.parentElement),
].map(e => {
  let block = e.closest("article > *");
  while (block.tagName !== "H2") block = block.previousElementSibling;
  return block.id;
}))]"""
PLACES = "article > *, article svg text, article pre code span, article td"

# The middle of the first such word in a block of code, which is brought to the middle of the window.
WORD = """word => {
  for (const code of document.querySelectorAll("pre code"))
    for (const text of code.childNodes) {
      const words = text instanceof Text ? [...text.data.matchAll(/\\w+/g)] : [];
      const found = words.find(([one]) => one === word);
      if (!found) continue;
      code.scrollIntoView({ block: "center", behavior: "instant" });
      const range = new Range();
      range.setStart(text, found.index);
      range.setEnd(text, found.index + word.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    }
}"""

# axe sees no highlights: the words that are lit become elements that look so.
AS_ELEMENTS = """() => {
  const { backgroundColor } = getComputedStyle(document.querySelector("pre code"), "::highlight(lit)");
  for (const word of CSS.highlights.get("lit")) {
    const mark = document.createElement("span");
    mark.dataset.lit = "";
    mark.style.backgroundColor = backgroundColor;
    word.surroundContents(mark);
  }
}"""


def lit(tab):
    return tab.evaluate(LIT)


def point_at_word(tab, word):
    tab.mouse.move(*tab.evaluate(WORD, word))


# Of the pages ----------------------------------------------------------------------------------


def test_each_symbol_of_a_drawing_is_in_an_equation_of_its_page(site, page):
    tree = read_site(site).tree(page)
    drawn, written = set(tree.xpath(DRAWN)), set(tree.xpath(WRITTEN))
    if page == "gru/":
        assert {"x", "h", "z", "r", "h̃"} <= drawn & written
    alone = sorted(drawn - written)
    assert not alone, f"{page}: no equation has {', '.join(alone)}: write it where the drawing is"


@pytest.fixture(scope="session")
def named(modules):
    """The symbols that the script has names for, which it tells to who goes by the keyboard."""
    return modules.evaluate("import('/source/names.js').then(m => Object.keys(m.NAMES))")


def test_each_symbol_has_one_name(site, named, page):
    for symbol in set(read_site(site).tree(page).xpath("//@data-sym")):
        part = PART.fullmatch(symbol)
        assert part and part["base"] in named, f"{page}: {symbol} has no name in parts/names.js"


def test_each_link_that_lights_a_symbol_leads_to_it(site, page):
    tree = read_site(site).tree(page)
    for link in tree.xpath("//a[@data-light]"):
        symbol, goal = link.get("data-light"), link.get("href").removeprefix("#")
        shown = {*tree.get_element_by_id(goal).xpath(".//svg//@data-sym")}
        assert symbol in shown, f"{page}: {link.text_content()}: {goal} shows {sorted(shown)}"


# In the browser --------------------------------------------------------------------------------


def test_pointing_lights_equations_drawings_code_and_tables_and_nothing_moves(open_page):
    tab = open_page("gru/")
    gate = tab.locator('div.arithmatex g[data-sym="z"]').first
    scroll_to(tab, gate)
    before = places(tab, PLACES)
    point_at(tab, gate)
    assert lit(tab) == {"equation": ["z"], "drawing": ["z"], "code": ["z"]}
    assert tab.evaluate(SECTIONS) == ["two-gates-and-one-state"]
    assert len(before) > 300 and differ(before, places(tab, PLACES)) == []
    # The frames are not in colour only.
    style = "(s, pseudo) => getComputedStyle(document.querySelector(s), pseudo)"
    underline = f"({style})('pre code', '::highlight(lit)').textDecorationLine"
    assert tab.evaluate(underline) == "underline"
    assert tab.evaluate(f"({style})('.diagram [data-lit] .wire').strokeWidth") == "3.4px"
    assert tab.locator(".arithmatex [data-lit] > .lit-box").count() > 3
    tab.mouse.move(0, 0)
    assert lit(tab) == {} and tab.locator(".lit-box").count() == 0

    # From the code and from the drawing, in the section that has the table.
    point_at_word(tab, "h_new")
    assert lit(tab)["code"] == ["h_new"] and lit(tab)["equation"] == ["h̃"]
    point_at(tab, tab.locator('td .arithmatex g[data-sym="h̃"]').first)
    assert lit(tab) == {
        "equation": ["h̃"],
        "drawing": ["h̃"],
        "code": ["h_new"],
        "table": ["h~t"],
    }
    point_at(tab, tab.locator('figure g[data-sym="r"]:has(rect)').last)
    assert lit(tab)["equation"] == ["r"]


def test_a_packed_array_lights_its_blocks_and_each_layer_its_own(open_page):
    tab = open_page("lstm/")
    point_at(tab, tab.locator('figure text[data-sym="W_f"]'))
    assert lit(tab)["drawing"] == ["W_f"] and "W_i" not in lit(tab)["code"]
    assert "W_f" in lit(tab)["code"] and "W" in lit(tab)["equation"]
    tab = open_page("stacked-rnn/")
    point_at(tab, tab.locator('div.arithmatex g[data-sym="W_(2)"]').first)
    assert lit(tab)["drawing"] == ["W_(2)"]
    assert lit(tab)["equation"] == ["W", "W_(2)"]
    # A letter of code that no equation of the section has is no symbol: here i counts.
    tab = open_page("time-distributed/")
    point_at_word(tab, "i")
    assert lit(tab) == {}


def test_the_equations_of_an_explorer_are_lit_at_each_step(open_page):
    tab = open_page("lstm/", near="cell-explorer")
    tab.locator("#explorer button", has_text="part ›").first.click()
    point_at(tab, tab.locator('#explorer figure text[data-sym="U"]').first)
    live = tab.locator("#explorer i[data-lit]")
    assert {"U"} == {text[0] for text in live.all_text_contents()} and live.count() >= 4


def test_with_the_keyboard_one_stop_a_drawing_and_arrow_keys_within(open_page):
    tab = open_page("gru/")
    stops = "[...document.querySelectorAll('figure.diagram')].filter(f => f.querySelector('[data-sym]'))"
    assert set(
        tab.evaluate(f"{stops}.map(f => f.querySelectorAll('[tabindex=\"0\"]').length)")
    ) == {1}
    assert tab.evaluate(f"{stops}.every(f => !f.hasAttribute('tabindex'))")

    tab.locator("a[data-light]").last.focus()
    tab.keyboard.press("Tab")
    told = "document.activeElement.textContent"
    assert tab.evaluate(told) == "state h" and lit(tab)["drawing"] == ["h"]
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(told) == "update gate z"
    assert lit(tab) == {"equation": ["z"], "drawing": ["z"], "code": ["z"]}
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(told) == "state h"
    names = tab.locator("figure").first.locator("[role=option]").all_text_contents()
    assert "recurrent kernel U of the candidate" in names
    tab.keyboard.press("Escape")
    assert lit(tab) == {} and tab.evaluate(told) == "state h"
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Tab")
    assert lit(tab) == {}

    # Beside the symbols the numbers of the drawing are told, as those of an equation are.
    tab.locator('figure:has([data-v="gru.miniature.z[0]"]) [role=option]').first.focus()
    assert "gru.miniature.z[0], computed by" in tab.locator("#__number-tip").inner_text()
    tab.keyboard.press("Tab")
    assert tab.locator("#__number-tip").is_hidden()


def test_a_tap_lights_until_the_second_or_one_elsewhere(open_page):
    tab = open_page("lstm/", width=360, has_touch=True)
    gate = tab.locator('#explorer g[data-sym="f"]:has(circle)')
    gate.tap()
    assert lit(tab)["drawing"] == ["f"] and "equation" in lit(tab)
    gate.tap()
    assert lit(tab) == {}
    gate.tap()
    tab.locator("h1").tap()
    assert lit(tab) == {}
    gate.tap()
    tab.keyboard.press("Escape")
    assert lit(tab) == {}


def test_a_link_lights_a_symbol_where_it_leads(open_page):
    tab = open_page("stacked-rnn/")
    link = tab.locator('a[data-light="W_(2)"]')
    link.focus()
    assert lit(tab)["drawing"] == ["W_(2)"]
    link.click()
    assert url(tab).endswith("#two-layers")
    tab.mouse.move(0, 0)
    assert lit(tab)["drawing"] == ["W_(2)"]  # it stays


def test_what_is_lit_can_be_read(open_page, axe):
    tab = open_page("time-distributed/")
    seen = set()
    for place, scheme in (
        ('td .arithmatex g[data-sym="x"]', "light"),
        ('div.arithmatex g[data-sym="z"]', "dark"),
    ):
        tab.locator(place).first.click()
        seen |= set(lit(tab))
        in_scheme(tab, scheme)
        tab.evaluate(AS_ELEMENTS)
        assert violations(tab, axe, "[data-lit]:not(g)", only=["color-contrast"]) == []
    assert seen == {"equation", "drawing", "code", "table"}

"""Every page in a real browser: what loads, what moves, what everyone can read."""

import gzip
import re
from urllib.parse import urlsplit

import pytest

from tests.site.test_numbers import read

# Compressed bytes of a first visit to a page, everything: DESIGN, section 6.
BUDGET = 130_000
BUDGET_OF_NOTEBOOK = 160_000
MAIN = ("", "time-distributed/", "notebooks/math-of-a-simple-rnn/")
TEXT = re.compile(r"text|json|javascript|svg|xml")

SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 50);
})"""

# axe examines elements one by one: seconds a page. One coloured word of code stands for all that
# have its class, one tied number for all that look alike. An equation's outlines, hidden from screen readers, hold no text, and axe has no
# rule for what is inside of MathML, hidden from the eye.
WITHOUT_REPEATS = """() => {
  const seen = new Set();
  for (const word of document.querySelectorAll("pre code span[class]:not(:has(*))"))
    if (word.attributes.length === 1 && seen.size === seen.add(word.className).size)
      word.replaceWith(word.textContent);
  for (const number of document.querySelectorAll("article span[data-v]")) {
    const style = getComputedStyle(number), place = number.closest("td, p, li, figure, div");
    const look = [place.tagName, style.color, style.fontSize, style.fontWeight].join();
    if (seen.size === seen.add(look).size) number.replaceWith(number.textContent);
  }
  for (const outline of document.querySelectorAll(".arithmatex > svg[aria-hidden] > g"))
    if (!outline.querySelector("a, text, [tabindex]")) outline.remove();
  for (const math of document.querySelectorAll(".eq-mathml math"))
    if (!math.querySelector("a, [href], [tabindex]")) math.textContent = math.textContent;
}"""

TOO_WIDE = """() => [...document.querySelectorAll("div.arithmatex > svg, figure svg, .md-content p, h1, h2")]
  .filter(e => e.getBoundingClientRect().right > innerWidth)
  .map(e => e.tagName + " " + e.textContent.slice(0, 60))"""


def violations(tab, axe):
    """What axe finds on the open page, as readable lines."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
        tab.evaluate(WITHOUT_REPEATS)
    found = tab.evaluate("() => axe.run({ resultTypes: ['violations'] }).then(r => r.violations)")
    return [
        f"{violation['id']}: {violation['help']}: {element['html'][:160]}"
        for violation in found
        for element in violation["nodes"]
    ]


def test_on_a_desk_and_on_a_phone(open_page, address, axe, page):
    """Loads nothing from elsewhere, within the budget, without an error; nothing moves.

    Then, in the light and wide, in the dark and narrow: everyone can read it,
    and nothing is wider than the phone.
    """
    responses, complaints = [], []

    def listen(context):
        context.on("response", lambda response: responses.append(response))
        context.on(
            "console",
            lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None,
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))

    tab = open_page(page, before=listen)
    assert tab.evaluate(SHIFT) == 0
    assert not violations(tab, axe)
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 360, "height": 800})
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert not violations(tab, axe)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert not tab.evaluate(TOO_WIDE)
    # Only now: whatever is loaded late has arrived while axe was at work.
    tab.wait_for_load_state("networkidle")
    assert not complaints
    elsewhere = [r.url for r in responses if urlsplit(r.url).netloc != urlsplit(address).netloc]
    assert not elsewhere
    weights = {}
    for response in responses:
        body = response.body()
        packed = TEXT.search(response.headers.get("content-type", ""))
        weights[response.url] = len(gzip.compress(body, 6)) if packed else len(body)
    budget = BUDGET_OF_NOTEBOOK if page.startswith("notebooks/") else BUDGET
    assert sum(weights.values()) <= budget, weights


@pytest.mark.parametrize("page", MAIN)
def test_without_javascript_all_is_there(open_page, site, page):
    tab = open_page(page, java_script_enabled=False)
    shown = tab.locator(".arithmatex > svg")
    assert shown.count() == len(re.findall(r'<svg aria-hidden="true"', read(site, page)))
    for drawing in shown.all()[:3]:
        box = drawing.bounding_box()
        assert box["width"] > 2 and box["height"] > 2
    for number in tab.locator("span[data-v]").all()[:3]:
        assert "verified with Python" in number.get_attribute("title")


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
    tab.locator("input.md-search__input").click()
    tab.keyboard.type("saturated")
    links = tab.locator(".md-search-result__link")
    links.first.wait_for()
    found = " ".join(link.get_attribute("href") for link in links.all())
    assert "notebooks/math-of-a-simple-rnn/" in found

"""Elements that come alive when a reader is near: before their script is there, and when it does not come."""

import time

from tests.site.tabs import url

CALCULATOR, EXPLORER = "reference/shapes-and-parameters/", "lstm/#explorer"
FOCUSED = "document.activeElement.id"
# Which controls of an explorer can take the focus.
REACHED = """() => [...document.querySelectorAll(".explorer-panel :is(button, select, summary)")]
  .filter(control => {
    control.focus();
    return document.activeElement === control;
  }).map(control => control.textContent.slice(0, 12))"""

# Which elements were alive when the page said that it is ready.
NOTED = """new MutationObserver(() => {
  window.alive ??= [...document.querySelectorAll("cell-explorer, shapes-calculator")]
    .map(element => element.matches(":defined"));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] })"""


def delayed(site, script):
    """Let a script do what it does only at the page's event "arrive", as over a slow line."""
    source = (site / "assets/javascripts" / script).read_text(encoding="utf-8")
    body = f"addEventListener('arrive', () => {{ {source} }})"
    return {f"**/{script}": lambda route: route.fulfill(body=body, content_type="text/javascript")}


def arrive(tab):
    tab.evaluate("dispatchEvent(new Event('arrive'))")


def test_a_page_is_ready_only_when_what_is_near_is_alive(open_page):
    def late(route):
        time.sleep(0.2)  # long after all else is there
        route.continue_()

    for page, script in ((CALCULATOR, "calculator.js"), (EXPLORER, "explorer.js")):
        tab = open_page(
            page,
            routes={f"**/{script}": late},
            before=lambda context: context.add_init_script(NOTED),
        )
        assert tab.evaluate("alive") == [True], page


def test_what_a_reader_types_before_the_calculator_is_alive_counts(open_page, site):
    """More than what the address asks for, which somebody else has chosen."""
    shared = f"{CALCULATOR}?layer=SimpleRNN&u1=9"
    tab = open_page(shared, routes=delayed(site, "calculator.js"))
    keys = tab.keyboard
    tab.locator("#calc-layer").focus()
    keys.press("ArrowDown")  # GRU
    for _ in range(4):
        keys.press("Tab")
    assert tab.evaluate(FOCUSED) == "calc-m"
    keys.type("7")
    arrive(tab)
    assert tab.evaluate(FOCUSED) == "calc-m"
    assert tab.locator("#calc-layer").input_value() == "GRU"
    assert "(m, 3u) = (7, 27)" in tab.locator("#answer").inner_text()
    keys.type("0")
    assert url(tab).endswith("?layer=GRU&u1=9&m=70")


def test_an_explorer_takes_no_focus_before_it_is_alive(open_page, site):
    tab = open_page(EXPLORER, routes=delayed(site, "explorer.js"))
    assert tab.locator(".explorer-panel").is_visible()
    assert tab.evaluate(REACHED) == []
    arrive(tab)
    assert tab.evaluate(REACHED)[:4] == ["« step", "‹ part", "part ›", "step »"]
    assert len(tab.evaluate(REACHED)) == 8


def test_without_its_script_an_element_is_as_without_scripts(open_page):
    """And asks for it again when a link needs it."""
    tab = open_page(CALCULATOR, routes={"**/calculator.js": lambda route: route.abort()})
    assert tab.locator("shapes-calculator").is_hidden()
    assert "= 4 · 32 = 128" in tab.locator("#answer").inner_text()

    tab = open_page(EXPLORER, routes={"**/explorer.js": lambda route: route.abort()})
    panel, link = tab.locator(".explorer-panel"), tab.locator("a[data-step='1']").first
    assert panel.is_hidden() and tab.locator("#explorer table").is_visible()
    tab.unroute("**/explorer.js")
    link.click()
    tab.locator(".explorer-step", has_text="t = 1").wait_for()
    assert panel.is_visible()

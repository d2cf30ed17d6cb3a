"""Visits to a page with a browser, and the gates for what happens in it (see gates.py)."""

import gzip
import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

from tests.site import tabs
from tests.site.pages import with_class

# Compressed bytes of a first visit to a page, everything: DESIGN, section 6.
BUDGET = 110_000
BUDGET_OF_OWN_SCRIPTS = 15_000
TEXT = re.compile(r"text|json|javascript|svg|xml")
OWN_SCRIPT = re.compile(r"/assets/javascripts/(?!bundle\.|workers/)([^?]+\.js)$")
# Which scripts a page may load: these, and those for an element that it has.
FOR_ALL = {"unrolled.js", "search-on-demand.js"}
FOR_ELEMENTS = {"explorer.js": "cell-explorer", "calculator.js": "shapes-calculator"}

# Each policy that is violated, as it happens, before any script of the page.
VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", event => violations.push(
  `${event.violatedDirective} forbids ${event.blockedURI}: ${event.sample || event.sourceFile}`));
"""

# axe examines elements one by one: seconds a page. One coloured word of code stands for all that
# have its class, one tied number or text of a drawing for all that look alike, three equations
# for all that take no focus. The lines of a drawing, the outlines of an equation and what is inside
# of its MathML, hidden from the eye, have no rule.
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
  for (const text of document.querySelectorAll("figure svg text")) {
    const style = getComputedStyle(text);
    if (seen.size === seen.add([style.fill, style.fontSize, style.color].join()).size) text.remove();
  }
  for (const shape of document.querySelectorAll("figure svg :is(path, rect, circle, line, polyline)"))
    if (!shape.matches("[tabindex], [role]") && !shape.querySelector("title")) shape.remove();
  const equations = document.querySelectorAll(".arithmatex:not([tabindex], :has([tabindex]))");
  for (const equation of [...equations].slice(3))
    equation.replaceWith(equation.querySelector("math").textContent);
  for (const outline of document.querySelectorAll(".arithmatex > svg[aria-hidden] > g"))
    if (!outline.querySelector("[tabindex]")) outline.remove();
  for (const math of document.querySelectorAll(".eq-mathml math"))
    math.textContent = math.textContent;
}"""

TOO_WIDE = """() => [...document.querySelectorAll(
    "div.arithmatex > svg, figure svg, .md-content p, h1, h2, h3, header > nav > *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
  .map(e => e.tagName.toLowerCase() + " " + e.textContent.trim().slice(0, 60))"""


class Visit:
    """What happens while a page is open: responses, complaints, and the tab to ask for more."""

    def __init__(self, address, page):
        self.address = address
        self.page = page
        self.responses = []
        self.complaints = []
        self.found = defaultdict(list)  # what axe and the ruler find: {gate: sentences}

    def listen(self, context):
        """Note what the tabs of a context do, from now on."""
        context.add_init_script(VIOLATIONS)
        context.on("response", lambda response: self.responses.append(response))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", self._hear)

    def _hear(self, message):
        # A violation of the policy is told by an event as well.
        if message.type in ("error", "warning") and "Content Security Policy" not in message.text:
            self.complaints.append(message.text)

    def examine(self, tab, axe):
        """Look at the page wide and light, then narrow and dark: no colour depends on the width."""
        self.found["stillness"] += [f"moves while it is read in: {m}" for m in tabs.moves(tab)]
        self.look(tab, axe, "1280 wide", "light")
        tab.set_viewport_size({"width": 360, "height": 800})
        self.look(tab, axe, "360 wide", "dark")
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > 360:
            self.found["width"].append(f"is {wide} wide on a screen of 360")
        self.found["width"] += [f"reaches out of the screen: {e}" for e in tab.evaluate(TOO_WIDE)]
        # Only now: whatever is loaded late has arrived while axe was at work.
        weights = self.weights()
        self.found["weight"] += weight(weights, self.address)
        there = {s for s, element in FOR_ELEMENTS.items() if tab.locator(element).count()}
        self.found["own_scripts"] += own_scripts(weights, FOR_ALL | there)

    def open_drawer(self, tab, axe):
        """Look at a narrow page with the navigation open."""
        tab.locator("header [for=__drawer]").click()
        tab.locator(".md-sidebar--primary a:visible").first.wait_for()
        self.look(tab, axe, "drawer open", "light", "dark")
        tab.locator(".md-overlay").click(position={"x": 350, "y": 400})

    def open_search(self, tab, axe):
        """Look at a narrow page with the search open, then at the wide one."""
        search(tab, "gate")
        self.look(tab, axe, "search open, 360 wide", "light", "dark")
        tab.set_viewport_size({"width": 1280, "height": 800})
        self.look(tab, axe, "search open, 1280 wide", "light", "dark")

    def look(self, tab, axe, how, *schemes):
        """Let axe examine the tab as it is now, in each scheme."""
        if not tab.evaluate("'axe' in window"):
            tab.evaluate(WITHOUT_REPEATS)
        for scheme in schemes:
            tabs.in_scheme(tab, scheme)
            found = tabs.violations(tab, axe)
            self.found["access"] += [f"{how}, {scheme}: {sentence}" for sentence in found]

    def weights(self):
        """The compressed bytes of all that was loaded: {address: bytes}."""
        found = {}
        for response in self.responses:
            body = response.body()
            packed = TEXT.search(response.headers.get("content-type", ""))
            found[response.url] = len(gzip.compress(body, 6)) if packed else len(body)
        return found

    def wrong(self, tab):
        """What the gates of visits have found up to now: {name of the gate: sentences}."""
        found = {
            **self.found,
            "policy_held": tab.evaluate("violations"),
            "console": self.complaints,
            "requests": [
                f"asks {response.url} for something"
                for response in self.responses
                if urlsplit(response.url).netloc != urlsplit(self.address).netloc
            ],
        }
        return {gate: wrong for gate, wrong in found.items() if wrong}


def search(tab, words):
    """Type words into the search of the open page, and wait for what it finds."""
    tab.locator("header > nav > [for=__search]:visible, .md-search__input:visible").first.click()
    tab.locator("input.md-search__input").press_sequentially(words)  # it listens to keys only
    tab.locator(".md-search-result__link").first.wait_for()


def kinds(site):
    """The lightest page of each kind: those whose header and navigation have the same classes."""
    found = {}
    for page in sorted(site.html, key=lambda page: len(site.html[page])):
        [frame] = with_class(site.tree(page), "md-header")
        [navigation] = with_class(site.tree(page), "md-sidebar--primary")
        names = [*frame.xpath(".//@class"), *navigation.xpath(".//@class")]
        found.setdefault(frozenset(" ".join(names).split()), page)
    return list(found.values())


def weight(weights, address=""):
    """A first visit weighs no more than the budget; else its heaviest parts are named."""
    total = sum(weights.values())
    if total > BUDGET:
        heaviest = sorted(weights.items(), key=lambda part: -part[1])[:5]
        parts = ", ".join(
            f"{unquote(url.removeprefix(address))} {size:,}" for url, size in heaviest
        )
        yield f"weighs {total:,} bytes, {total - BUDGET:,} more than {BUDGET:,}: {parts}"


def own_scripts(weights, needed):
    """Scripts that are not the theme's have their own bound, and are loaded only where they are needed."""
    urls = {url: OWN_SCRIPT.search(urlsplit(url).path) for url in weights}
    own = {name[1]: weights[url] for url, name in urls.items() if name}
    if sum(own.values()) > BUDGET_OF_OWN_SCRIPTS:
        parts = ", ".join(f"{name} {size:,}" for name, size in own.items())
        yield f"has scripts of {sum(own.values()):,} bytes, at most {BUDGET_OF_OWN_SCRIPTS:,}: {parts}"
    for name in own.keys() - needed:
        yield f"loads {name}, for which nothing is on the page"

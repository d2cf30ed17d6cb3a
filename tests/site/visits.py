"""Visits to a page with a browser, and the gates for what happens in it (see gates.py)."""

import gzip
import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

from tests.site import tabs
from tests.site.pages import with_class

# Compressed bytes of a first visit to a page, everything: DESIGN, section 6.
BUDGET = 110_000
BUDGET_OF_OWN_SCRIPTS = 17_600  # they do what 34 kB of the theme's did
BUDGET_OF_WORKBENCH = 29_000  # of a page that is a program: the first budget holds for it, too
TEXT = re.compile(r"text|json|javascript|svg|xml")
OWN_SCRIPT = re.compile(r"/assets/javascripts/(?!bundle\.|workers/)([^?]+\.js)$")
# Which scripts a page may load: these, and those for an element that it has.
FOR_ALL = {"unrolled.js"}
FOR_ELEMENTS = {
    "attention-lab.js": "attention-lab",
    "state-lab.js": "state-lab",
    "windows-lab.js": "windows-lab",
    "explorer.js": "cell-explorer",
    "calculator.js": "shapes-calculator",
    "reach-lab.js": "reach-lab",
    "workbench.js": "layer-workbench",
    "shapes-lab.js": "shapes-lab",
    "frames-lab.js": "frames-lab",
    "workbench-worker.js": "layer-workbench",
    "sampling-lab.js": "sampling-lab",
    "sampling-writer.js": "sampling-lab",
    "padding-lab.js": "padding-lab",
    "gradient-lab.js": "gradient-lab",
    "gradient-fields.js": "gradient-lab",
}

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

    def listen(self, tab):
        """Note what a tab does from now on, until what is returned is called."""
        heard = {
            "response": lambda response: self.responses.append(response),
            "pageerror": lambda error: self.complaints.append(str(error)),
            "console": self._hear,
        }
        for event, listener in heard.items():
            tab.on(event, listener)
        return lambda: [tab.remove_listener(*one) for one in heard.items()]

    def _hear(self, message):
        # A violation of the policy is told by an event as well.
        if message.type in ("error", "warning") and "Content Security Policy" not in message.text:
            self.complaints.append(message.text)

    def examine(self, tab, axe):
        """Look at the page narrow and dark, then wide and light: no colour depends on the width."""
        self.found["stillness"] += [f"moves while it is read in: {m}" for m in tabs.moves(tab)]
        tab.keyboard.press("Tab")  # who reads with the keys has all of the page laid out
        tab.evaluate("document.activeElement.blur()")  # the link to the content hides the header
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        tabs.resize(tab, 360)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > 360:
            self.found["width"].append(f"is {wide} wide on a screen of 360")
        self.found["width"] += [f"reaches out of the screen: {e}" for e in tab.evaluate(TOO_WIDE)]
        weights = self.weights()
        self.found["weight"] += weight(weights, self.address)
        there = {s for s, element in FOR_ELEMENTS.items() if tab.locator(element).count()}
        self.found["own_scripts"] += own_scripts(weights, FOR_ALL | there)
        tabs.leave_out_repeats(tab)
        self.look(tab, axe, "360 wide", "dark")
        tabs.resize(tab, 1280)
        self.look(tab, axe, "1280 wide", "light")

    def open_drawer(self, tab, axe):
        """Look at a narrow page with the navigation open."""
        tabs.resize(tab, 360)
        tab.locator("header [for=__drawer]").click()
        tab.locator(".md-sidebar--primary a:visible").first.wait_for()
        tabs.leave_out_repeats(tab)
        self.look(tab, axe, "drawer open", "light", "dark")
        tab.locator(".md-overlay").click(position={"x": 350, "y": 400})

    def open_search(self, tab, axe):
        """Look at a narrow page with the search open, then at the wide one."""
        search(tab, "gate")
        self.look(tab, axe, "search open, 360 wide", "light", "dark")
        tabs.resize(tab, 1280)
        self.look(tab, axe, "search open, 1280 wide", "light", "dark")

    def look(self, tab, axe, how, *schemes):
        """Let axe examine the tab as it is now, in each scheme: what has no colour in one only."""
        for scheme in schemes:
            tabs.in_scheme(tab, scheme)
            only = () if scheme == schemes[0] else tabs.OF_COLOURS
            found = tabs.violations(tab, axe, only=only)
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
    most = BUDGET_OF_WORKBENCH if "workbench.js" in own else BUDGET_OF_OWN_SCRIPTS
    if sum(own.values()) > most:
        parts = ", ".join(f"{name} {size:,}" for name, size in own.items())
        yield f"has scripts of {sum(own.values()):,} bytes, at most {most:,}: {parts}"
    for name in own.keys() - needed:
        yield f"loads {name}, for which nothing is on the page"

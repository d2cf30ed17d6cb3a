"""Tabs that tests use one after the other: to open a window takes as long as to load a small page."""

import json
from collections import defaultdict

# Each policy that is violated, as it happens, before any script of the page.
VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", event => violations.push(
  `${event.violatedDirective} forbids ${event.blockedURI}: ${event.sample || event.sourceFile}`));
"""


class Pool:
    """Tabs of a browser. Each is given out as a new one would be: blank, with nothing stored."""

    def __init__(self, browser):
        self.browser = browser
        self.free = defaultdict(list)

    def new(self, options):
        """A tab in a context of its own, which is not given back."""
        context = self.browser.new_context(**options)
        context.add_init_script(VIOLATIONS)
        return context.new_page()

    def take(self, options):
        free = self.free[_kind(options)]
        return free.pop() if free else self.new(options)

    def give_back(self, tab, options):
        if tab.url.startswith("http"):
            tab.evaluate("{ localStorage.clear(); sessionStorage.clear(); }")
        tab.unroute_all(behavior="ignoreErrors")
        tab.mouse.move(0, 0)
        tab.goto("about:blank")
        self.free[_kind(options)].append(tab)


def _kind(options):
    return json.dumps(options, sort_keys=True)

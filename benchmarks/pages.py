"""What a first visit to a page loads, beside its plain alternative: bytes and requests.

python -m benchmarks.pages
"""

from contextlib import ExitStack

from playwright.sync_api import sync_playwright

from benchmarks import plain, report
from benchmarks.host import serving
from benchmarks.site import build, copy
from tests.site import browsers

PAGES = {
    "home page": ("", None),
    "shortest post": ("time-distributed/", 110),
    "heaviest post": ("gru/", 110),
    "notebook": ("math-of-a-simple-rnn/", 110),
}


def measure():
    """Yield the rows of the table: kilobytes, as they are sent."""
    with ExitStack() as stack:
        ours, other = (stack.enter_context(copy()) for _ in range(2))
        plain.make(other)
        addresses = []
        for root in (ours, other):
            build(root)
            addresses.append(stack.enter_context(serving(root / "site")))
        playwright = stack.enter_context(sync_playwright())
        found = browsers.find()
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, (page, target) in PAGES.items():
            here, there = (weight(browser, address + page) for address in addresses)
            yield report.Row(name, here, there, "kB", target)
        browser.close()


def weight(browser, url):
    """Kilobytes of all that a page loads, with its explorer in sight, until nothing more comes."""
    context = browser.new_context()
    sent = []
    page = context.new_page()
    page.on("requestfinished", lambda request: sent.append(request.sizes()["responseBodySize"]))
    page.goto(url, wait_until="networkidle")
    if page.locator(".explorer-panel").count():  # the plain page has its drawing and table alone
        page.locator("cell-explorer").scroll_into_view_if_needed()
        page.locator("cell-explorer [aria-disabled]").first.wait_for()
    context.close()
    return sum(sent) / 1000


if __name__ == "__main__":
    report.show(measure())

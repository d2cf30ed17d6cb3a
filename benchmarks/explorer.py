"""How long the explorer of a cell takes to answer a key or an edited number.

python -m benchmarks.explorer
"""

import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from benchmarks import report
from benchmarks.host import serving
from benchmarks.lighthouse import build
from benchmarks.pages import HEADLESS

PAGE = "lstm/"
STEPS = 12

# Until the change is in the page and its style and layout are computed: what a reader waits for.
TIMED = """([act, times]) => {
  const taken = [];
  const explorer = document.querySelector("cell-explorer");
  const field = explorer.querySelector("input[type=number], input[inputmode=decimal]");
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    if (act === "edit") {
      field.value = String(i % 2 ? 0.5 : 0.25);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      explorer.dispatchEvent(new KeyboardEvent("keydown", { key: act, bubbles: true }));
    }
    explorer.getBoundingClientRect();
    taken.push(performance.now() - start);
  }
  return taken;
}"""


def measure(times=60):
    """Yield the rows of the table: median, 95th percentile and longest of each interaction."""
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(Path(folder), address)
        with sync_playwright() as playwright:
            found = next(filter(None, map(shutil.which, HEADLESS)))
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(address + PAGE)
            page.locator("cell-explorer").scroll_into_view_if_needed()
            page.wait_for_function("document.querySelector('cell-explorer').explorer")
            acts = {"next step": "ArrowRight", "step before": "ArrowLeft", "edited number": "edit"}
            for name, act in acts.items():
                taken = page.evaluate(TIMED, [act, times])
                for told, number in (
                    ("median", median(taken)),
                    ("95 %", quantiles(taken, n=20)[-1]),
                    ("longest", max(taken)),
                ):
                    yield report.Row(f"{name}, {told}", number, None, "ms")
            browser.close()


if __name__ == "__main__":
    report.show(measure())

"""How long the explorer of a cell takes to answer a key or an edited number.

python -m benchmarks.explorer
"""

import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from benchmarks import report
from benchmarks.host import serving
from benchmarks.lighthouse import build
from tests.site import browsers

PAGE = "lstm/"
STEPS = 12

# Each time until style and layout of the change are computed: what a reader waits for.
TIMED = """([act, times]) => {
  const explorer = document.querySelector("cell-explorer");
  const panel = explorer.querySelector(".explorer-panel");
  const weight = explorer.querySelector("[data-of^=W]");
  const BACK = { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" };
  const press = (key) =>
    panel.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const taken = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    if (act === "edit") {
      weight.value = String(i % 2 ? 0.5 : 0.25);
      weight.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      press(act);
    }
    explorer.getBoundingClientRect();
    taken.push(performance.now() - start);
    if (act in BACK) press(BACK[act]);
  }
  return taken;
}"""


def measure(times=60):
    """Yield the rows of the table: median, 95th percentile and longest of each interaction."""
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(Path(folder), address)
        with sync_playwright() as playwright:
            found = browsers.find()
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(address + PAGE)
            page.locator("cell-explorer").scroll_into_view_if_needed()
            page.locator(".explorer-change summary").click()
            page.locator("[data-of=T]").fill(str(STEPS))
            page.locator(f"[data-of=x{STEPS - 1}]").wait_for()
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

"""How long the labs of the second series take to answer a change, at a phone's pace.

python -m benchmarks.labs

Changes each control that a reader sees, there and back, at the pace of phone.py. The answer's time runs from the change
until style and layout of what it shows first are computed, before a frame is painted. What a lab shows after that frame,
such as tables below a figure, is the rest: its time is that of the longest task with its style and layout.

The pace of a machine that others use, too, changes within seconds. It is taken before and after each change, which is
counted by what it would have taken at a phone's.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks import phone, report
from benchmarks.host import serving
from benchmarks.lighthouse import build
from tests.site import browsers

LABS = {
    "attention-lab": "attention/",
    "frames-lab": "convlstm/",
    "gradient-lab": "backpropagation/",
    "padding-lab": "variable-lengths/",
    "reach-lab": "long-sequences/",
    "sampling-lab": "rnn-in-action/",
    "shapes-lab": "rnn-api/",
    "state-lab": "what-the-state-remembers/",
    "windows-lab": "windows-of-a-series/",
}

# Another good value of a control: the next choice, a number a little larger, a text without its last letter.
CHANGED = """async (name) => {
  const lab = document.querySelector(name);
  const other = (control) => {
    if (control.tagName === "SELECT") {
      const open = [...control.options].filter((option) => !option.disabled);
      return open[(open.findIndex((option) => option.value === control.value) + 1) % open.length].value;
    }
    if (control.type === "range" || control.type === "number" || !Number.isNaN(Number(control.value || NaN))) {
      const step = Number(control.step) || (Number.isInteger(Number(control.value)) ? 1 : 0.01);
      const next = Number(control.value) + step;
      return String(control.max && next > Number(control.max) ? next - 2 * step : next);
    }
    return control.value.slice(0, -1) || "B";
  };
  // What waits for a frame is a task of its own.
  let longest = 0;
  const soon = window.setTimeout;
  window.setTimeout = (task, ...more) => soon(() => {
    const start = performance.now();
    task();
    queueMicrotask(() => { // after what the task was awaited for
      lab.getBoundingClientRect();
      longest = Math.max(longest, performance.now() - start);
    });
  }, ...more);
  const paces = () => Array.from({ length: 5 }, () => (PACE)()[0]);
  const frame = () => new Promise((go) => requestAnimationFrame(() => soon(() => soon(go, 30))));
  const tell = async (control) => {
    longest = 0;
    const before = paces();
    await frame(); // which has waited for that
    const start = performance.now();
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    await scheduler.postTask(() => {}, { priority: "user-blocking" }); // after all that was awaited
    lab.getBoundingClientRect();
    const first = performance.now() - start;
    do await frame();
    while (lab.ariaBusy);
    return [first, longest, [...before, ...paces()].sort((a, b) => a - b)[5]];
  };
  for (let k = 0; k < 10; k++) await frame(); // what was drawn before is over
  const taken = [];
  const count = lab.querySelectorAll("input, select").length;
  for (let turn = 0; turn < 3; turn++) {
    for (let place = 0; place < count; place++) {
      const control = lab.querySelectorAll("input, select")[place]; // a lab may make its rows anew
      if (!control || control.disabled || !control.checkVisibility()) continue;
      if (control.type === "checkbox") {
        for (let times = 0; times < 2; times++) {
          control.checked = !control.checked;
          taken.push(await tell(control));
        }
        continue;
      }
      const before = control.value;
      for (const value of [other(control), before]) {
        control.value = value;
        taken.push(await tell(control));
        if (!control.isConnected) break;
      }
    }
  }
  return taken;
}""".replace("PACE", phone.PACE)


def measure(names=LABS):
    """Yield the rows of the table: median and longest of each lab."""
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(Path(folder), address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browsers.find(), args=["--no-sandbox"]
            )
            rate, pace = phone.rate(browser)
            for name in names:
                tab = browser.new_page()
                tab.goto(address + LABS[name])
                lab = tab.locator(name).first
                lab.scroll_into_view_if_needed()
                for part in lab.locator("details").all():  # whose fields may be fetched
                    part.locator("summary").first.click()
                # What computes is fetched when a reader comes.
                lab.locator("input, select").first.focus()
                tab.wait_for_load_state("networkidle")
                phone.slow_down(tab, rate)
                found = tab.evaluate(CHANGED, name)
                first, rest = zip(*((a * pace / now, b * pace / now) for a, b, now in found))
                times = {
                    f"{len(first)} changes, median": (median(first), 16),
                    "longest": (max(first), 50),
                    "longest of the rest": (max(rest), 50),
                }
                for told, (time, most) in times.items():
                    yield report.Row(f"{name}, {told}", time, None, "ms", most)
                tab.close()
            browser.close()


if __name__ == "__main__":
    rows = report.show(measure())
    report.write("labs", report.HEAD, [row.cells() for row in rows])

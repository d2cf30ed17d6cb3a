"""How long the workbench takes for a reader's own layer, and how long it ever holds the page up.

python -m benchmarks.workbench

Files are real ones, made by Keras and NumPy, and dropped in Chromium. Each time runs until the heat
maps are on the screen. What holds the page up is watched all the while, also as its reader scrolls.
"""

import json
import os
import tempfile
from pathlib import Path
from statistics import median

import keras
import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks import report
from benchmarks.host import serving
from benchmarks.lighthouse import build
from tests.site import browsers

PAGE = "reference/your-own-layer/"
RUNS, TRACED = 5, 3
HELD = 50  # milliseconds: what is longer is a long task

# Messages of a page to itself come at once, unless something holds it up. Workers tell what they
# send and when, so that the stages of a search can be told apart.
WATCH = """() => {
  window.held = [];
  window.told = [];
  window.since = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) if (startTime > since) held.push(duration);
  }).observe({ type: "longtask" });
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    if (last > since && now - last > 8) held.push(now - last);
    last = now;
    setTimeout(() => port2.postMessage(0), 4);
  };
  port2.postMessage(0);
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => told.push([performance.now(), data.now?.stage, Boolean(data.answer)]));
    }
  };
}"""
HELD_UP = "() => Math.max(0, ...held)"

# A file is dropped as a reader does it: it is over the page for a while, and then let go.
DROP = """async ([name, part]) => {
  const { workbench } = document.querySelector("layer-workbench");
  const bytes = await (await fetch("/given/" + name)).arrayBuffer();
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const onto = document.querySelector(part);
  onto.dispatchEvent(new DragEvent("dragenter", { dataTransfer: files, bubbles: true }));
  await new Promise((go) => setTimeout(go, 300));
  held.length = 0;
  window.since = performance.now();
  const [start, before] = [since, workbench.last];
  const frame = () => new Promise(requestAnimationFrame);
  onto.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  while (workbench.last === before || workbench.last !== workbench.asked) {
    await frame();
    if (performance.now() - start > 60_000) throw new Error(`${name} is not shown`);
  }
  const taken = performance.now() - start;
  await new Promise((go) => setTimeout(go, 100)); // what held it up is told later
  return taken;
}"""
SCROLL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const { bottom } = document.querySelector("layer-workbench").getBoundingClientRect();
  for (let y = 0; y < bottom + scrollY; y += 120) { scrollTo(0, y); await frame(); }
  scrollTo(0, 0);
  await frame();
}"""
WHY = """async ([got]) => {
  const { workbench } = document.querySelector("layer-workbench");
  held.length = told.length = 0;
  window.since = performance.now();
  const start = since;
  workbench.got = { shape: got.shape, data: Float64Array.from(got.data) };
  workbench.why();
  while (!told.some(([, , answer]) => answer)) await new Promise((go) => setTimeout(go));
  const pairs = told.find(([, stage, answer]) => stage === "pairs" || answer)[0];
  await new Promise((go) => setTimeout(go, 100)); // what held it up is told later
  return [pairs - start, told.at(-1)[0] - start];
}"""


def model(kind, m, u, folder):
    """Let Keras write a layer."""
    layers = [keras.Input((None, m)), kind(u, return_sequences=True)]
    path = folder / f"{kind.__name__}{u}.keras"
    keras.Sequential(layers).save(path)
    return path


def sequence(T, m, folder):
    """Let NumPy write an input."""
    path = folder / f"x{T}x{m}.npy"
    np.save(path, np.random.default_rng(T).normal(size=(T, m)).astype("float32"))
    return path


def load():
    """How many programs the machine runs now, as a remark."""
    return f"load {os.getloadavg()[0]:.1f}"


def told(what, taken, target=None):
    """Yield the rows of a measurement: median and longest."""
    yield report.Row(f"{what}, median ({load()})", median(taken), None, "ms", target)
    yield report.Row(f"{what}, longest", max(taken), None, "ms")


def longest_task(trace):
    """The milliseconds for which the page's longest task had a processor."""
    events = json.loads(trace)["traceEvents"]
    pages = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"] == "ThreadControllerImpl::RunTask"]
    return max(task.get("tdur", 0) for task in tasks if (task["pid"], task["tid"]) in pages) / 1000


def traced(opened, weights, x):
    """The same in a visit of its own, since tracing takes time."""
    tab = opened()
    browser = tab.context.browser
    browser.start_tracing(page=tab, categories=["toplevel"])
    tab.evaluate(DROP, [weights.name, "[data-file=weights]"])
    tab.evaluate(DROP, [x.name, "[data-file=input]"])
    tab.evaluate(SCROLL)
    longest = longest_task(browser.stop_tracing())
    tab.context.close()
    return longest


def dropped(opened, weights, x, what, goals):
    """Yield the rows of a layer that is dropped, and its input: times, and what was held up."""
    first, second, both, held = [], [], [], []
    for _ in range(RUNS):
        tab = opened()
        first.append(tab.evaluate(DROP, [weights.name, "[data-file=weights]"]))
        held.append(tab.evaluate(HELD_UP))
        second.append(tab.evaluate(DROP, [x.name, "[data-file=input]"]))
        both.append(first[-1] + second[-1])
        tab.evaluate(SCROLL)
        held.append(tab.evaluate(HELD_UP))
        tab.context.close()
    worked = [traced(opened, weights, x) for _ in range(TRACED)]
    until, longest = goals
    # A reader lets go of two files, one after the other, and waits for each.
    yield from told(f"{what}: weights dropped", first, until)
    yield from told(f"{what}: input dropped", second, until)
    yield from told(f"{what}: both", both)
    yield from told(f"{what}: longest task, its own work", worked, longest)
    yield from told(f"{what}: held up, by other programs, too", held, longest)


def looked_for(opened, weights, x, what):
    """Yield the rows of a search in which nothing fits."""
    singles, pairs, held = [], [], []
    for _ in range(RUNS):
        tab = opened()
        for path, part in ((weights, "weights"), (x, "input")):
            tab.evaluate(DROP, [path.name, f"[data-file={part}]"])
        shape = tab.evaluate(
            "(b => [b.input.T, b.layers[0].units])(document.querySelector('layer-workbench').workbench)"
        )
        data = np.random.default_rng(1).normal(size=shape).astype("float32")
        one, all_of_them = tab.evaluate(WHY, [{"shape": shape, "data": data.ravel().tolist()}])
        singles.append(one)
        pairs.append(all_of_them)
        held.append(tab.evaluate(HELD_UP))
        tab.context.close()
    yield from told(f"{what}: single faults", singles, 300)
    yield from told(f"{what}: and pairs", pairs, 5000)
    yield from told(f"{what}: held up", held, HELD)


def measure(files):
    """Yield the rows of the table."""
    L = keras.layers
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(Path(folder), address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browsers.find(), args=["--no-sandbox"]
            )

            def opened():
                tab = browser.new_page()
                tab.add_init_script(f"({WATCH})()")
                tab.route(
                    "**/given/*",
                    lambda route: route.fulfill(path=files / route.request.url.rpartition("/")[2]),
                )
                tab.goto(f"{address}{PAGE}?example=lstm")
                tab.locator(".workbench-maps canvas[title]").first.wait_for()
                tab.wait_for_load_state("networkidle")
                return tab

            usual = model(L.LSTM, 64, 128, files), sequence(100, 64, files)
            large = model(L.LSTM, 512, 512, files), sequence(1000, 512, files)
            yield from dropped(opened, *usual, "u = 128, m = 64, T = 100", (200, HELD))
            yield from dropped(opened, *large, "u = m = 512, T = 1000", (None, HELD))
            for kind in (L.SimpleRNN, L.LSTM, L.GRU):
                small = model(kind, 16, 32, files), sequence(20, 16, files)
                yield from looked_for(opened, *small, f"{kind.__name__}, u = 32, T = 20")
            browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as files:
        rows = report.show(measure(Path(files)))
    report.write("times of the workbench", report.HEAD, [row.cells() for row in rows])

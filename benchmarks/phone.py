"""A processor as slow as a phone's, on whatever machine this is.

Lighthouse counts points by a second of work in the browser, its BenchmarkIndex, and takes a quarter of a desk's 1,750
for those of a phone. On a machine with half the points of that desk pages are slowed down half as much.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks import lighthouse
from hooks import node

PHONE = 1750 / 4
POINTS = """import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
console.log(pageFunctions.computeBenchmarkIndex.toString());"""


# Work of a few milliseconds, and how long it takes. It gives back what it computed, or it could be left out.
PACE = """() => {
  const start = performance.now();
  let number = 1;
  for (let k = 0; k < 2e6; k++) number = (Math.imul(number, 1103515245) + 12345) & 0x7fffffff;
  return [performance.now() - start, number];
}"""


def rate(browser, times=8):
    """By how much this machine is faster than a phone, and how many milliseconds PACE takes there."""
    lighthouse.install()
    command: list[str | Path] = [node.NODE, "--input-type=module", "--eval", POINTS]
    function = subprocess.run(
        command, cwd=lighthouse.HERE, check=True, capture_output=True, text=True
    ).stdout
    tab = browser.new_page()
    tab.evaluate(PACE)  # the first time it is compiled
    # Points are made in a second, in which the pace of a machine that others use, too, may change.
    found = [
        (tab.evaluate(f"({function})()"), median(tab.evaluate(PACE)[0] for _ in range(20)))
        for _ in range(times)
    ]
    tab.close()
    points = median(points for points, _ in found)
    pace = median(points * pace for points, pace in found) / PHONE
    print(f"{points:.0f} points: slowed down {points / PHONE:.2f} times", file=sys.stderr)
    return max(1, points / PHONE), pace


def slow_down(tab, by):
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": by})

"""A processor as slow as a phone's, on whatever machine this is.

Lighthouse counts points by a second of work in the browser, its BenchmarkIndex, and takes a quarter of a desk's 1,750
for those of a phone. On a machine with half the points of that desk pages are slowed down half as much.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks import lighthouse
from hooks import node

PHONE = 1750 / 4
POINTS = """import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
console.log(pageFunctions.computeBenchmarkIndex.toString());"""


def rate(browser, times=8):
    """By how much this machine is faster than a phone, at its best: others that use it only take points away."""
    lighthouse.install()
    command: list[str | Path] = [node.NODE, "--input-type=module", "--eval", POINTS]
    function = subprocess.run(
        command, cwd=lighthouse.HERE, check=True, capture_output=True, text=True
    ).stdout
    tab = browser.new_page()
    points = max(tab.evaluate(f"({function})()") for _ in range(times))
    tab.close()
    print(f"{points:.0f} points: slowed down {points / PHONE:.2f} times", file=sys.stderr)
    return max(1, points / PHONE)


def slow_down(tab, by):
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": by})

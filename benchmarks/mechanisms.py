"""What each mechanism of the build buys: the same site with all of them and without one, at the same time.

    python -m benchmarks.mechanisms

Each of the two has a processor of its own, and they change places from turn to turn: what else a machine does slows both
down alike. Times are of the processor. It takes Linux, and two processors.
"""

import gzip
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks import report
from benchmarks.building import ADDRESS, POST, wait_for
from benchmarks.site import copy, environment, served

TURNS = 4
AGAIN = 2  # builds, and reloads, in a turn
SIZES = ("gru/index.html", "assets/stylesheets/unrolled.css")  # the heaviest page, and its styles
# What is written at the end of a file switches a mechanism off.
WITHOUT = {
    "nothing": ("hooks/words_for_plugins.py", ""),  # how far two measurements of the same lie apart
    "words for plugins": ("hooks/words_for_plugins.py", "def of(content):\n    return content"),
    "contents kept": ("hooks/content.py", "of_page = lambda page, files: None"),
    "checked pages kept": ("hooks/build.py", "_wrong = _wrong.__wrapped__.__wrapped__"),
    "stylesheet kept": ("hooks/stylesheet.py", "used = used.__wrapped__.__wrapped__"),
    "no beginnings by the blog": ("hooks/excerpts.py", "def spare(files):\n    pass"),
    "templates kept": ("hooks/build.py", "FileSystemBytecodeCache = lambda folder: None"),
    "no rules that nothing uses": (
        "hooks/stylesheet.py",
        "def used(css, classes, asked=None):\n    return css",
    ),
    "no white space": ("hooks/squeeze.py", "def squeezed(html):\n    return html"),
}


def measure(names=WITHOUT):
    """Yield the cells of a row for each mechanism: what a build, a reload and a page take more without it."""
    for name in names:
        with ExitStack() as stack:
            roots = [stack.enter_context(copy()) for _ in range(2)]
            path, code = WITHOUT[name]
            with open(roots[1] / path, "a", encoding="utf-8") as file:
                file.write(f"\n\n{code}\n")
            pool = stack.enter_context(ThreadPoolExecutor(2))
            builds, reloads = [], []  # pairs: with it, without it
            for turn in range(TURNS + 1):
                processors = sorted(os.sched_getaffinity(0))[:2]
                if turn % 2:
                    processors.reverse()
                built = [tuple(pool.map(_build, roots, processors)) for _ in range(AGAIN)]
                reloaded = zip(*pool.map(_reload, roots, processors))
                if turn:  # the first fills the cache
                    builds += built
                    reloads += reloaded
            kilobytes = round((_kilobytes(roots[1]) - _kilobytes(roots[0])) / 1000, 1)
        cells = _more(builds), _more(reloads), f"{kilobytes + 0:+.1f} kB"
        yield [name, *(cell.replace("-", "−") for cell in cells)]


def _more(pairs):
    """By how much the second of each pair takes more than the first."""
    return f"{100 * (median(without / usual for usual, without in pairs) - 1):+.1f} %"


def _build(root, processor):
    """Processor seconds of a build in which nothing has changed."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    process = subprocess.Popen(command, cwd=root, env=environment())
    os.sched_setaffinity(process.pid, {processor})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{root} was not built.")
    return usage.ru_utime + usage.ru_stime


def _reload(root, processor):
    """Processor seconds of reloads after a post was edited, but the first, which fills what is kept in memory."""
    post = root / POST
    found = []
    with served(root) as (address, process):
        os.sched_setaffinity(process.pid, {processor})
        wait_for(address + ADDRESS, "<title>")
        for _ in range(1 + AGAIN):
            words = f"Edited {time.monotonic_ns()}."
            text = post.read_text(encoding="utf-8") + f"\n\n{words}\n"
            before = _seconds(process)
            post.write_text(text, encoding="utf-8")
            wait_for(address + ADDRESS, words)
            found.append(_seconds(process) - before)
    return found[1:]


def _seconds(process):
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(root):
    return sum(len(gzip.compress((root / "site" / name).read_bytes(), 9)) for name in SIZES)


def main():
    rows = []
    for row in measure():
        print(" · ".join(row), flush=True)
        rows.append(row)
    head = ["without", "build", "reload", "page and styles"]
    report.write("mechanisms", head, rows)


if __name__ == "__main__":
    main()

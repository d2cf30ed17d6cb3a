"""What each mechanism of the build buys: the same site with all of them and without one, by turns.

    python -m benchmarks.mechanisms

Times are processor seconds, which depend little on what else the machine does. Only Linux tells them of a server.
"""

import gzip
import os
import resource
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks import report
from benchmarks.building import ADDRESS, POST, wait_for
from benchmarks.site import build, copy, served

TIMES = 3
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
            found = {root: [] for root in roots}
            for turn in range(TIMES + 1):  # the first fills the cache
                for root in roots:
                    times = _build(root), _reload(root)
                    if turn:
                        found[root].append(times)
            all_, less = ([median(column) for column in zip(*found[root])] for root in roots)
            kilobytes = (_kilobytes(roots[1]) - _kilobytes(roots[0])) / 1000
        yield [name, *(f"{b - a:+.2f} s" for a, b in zip(all_, less)), f"{kilobytes:+.1f} kB"]


def _build(root):
    """Processor seconds of a build in which nothing has changed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    build(root)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _reload(root):
    """Processor seconds of the second reload after a post was edited."""
    post = root / POST
    with served(root) as (address, process):
        wait_for(address + ADDRESS, "<title>")
        for _ in range(2):
            words = f"Edited {time.monotonic_ns()}."
            text = post.read_text(encoding="utf-8") + f"\n\n{words}\n"
            before = _processor(process)
            post.write_text(text, encoding="utf-8")
            wait_for(address + ADDRESS, words)
        return _processor(process) - before


def _processor(process):
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

"""How long the site takes to build, beside its plain alternative.

python -m benchmarks.building
"""

import re
import shutil
import sys
import time
import urllib.request
from contextlib import ExitStack, suppress
from statistics import median

from benchmarks import plain, report
from benchmarks.site import build, copy, served
from hooks import mathjax

POST = "docs/posts/simple-rnn.md"
ADDRESS = "simple-rnn/"


def measure():
    """Yield the rows of the table: what, ours, the plain alternative, the target."""
    with ExitStack() as stack:
        ours, other = (stack.enter_context(copy(cached=False)) for _ in range(2))
        plain.make(other)
        for name, target, prepare, times in (
            ("cold build, notebooks executed", 30, lambda root: None, 1),
            ("build, nothing changed", 4, lambda root: None, 3),
            ("notebooks executed anew", None, forget_notebooks, 1),
        ):
            seconds = []
            for root in (ours, other):
                measured = []
                for _ in range(times):
                    prepare(root)
                    measured.append(build(root)[0])
                seconds.append(median(measured))
            yield report.Row(name, seconds[0], seconds[1], "s", target)
        seconds = [reload(root) for root in (ours, other)]
        yield report.Row("reload after editing one post", seconds[0], seconds[1], "s", 3)
    first, again = typesetting()
    yield report.Row("typesetting, an equation", first, None, "ms", 5)
    yield report.Row("the same, cached", again, None, "ms", None)


def forget_notebooks(root):
    for kept in ("notebooks", "mkdocs-jupyter"):  # here, and in the plain site
        shutil.rmtree(root / ".cache" / kept, ignore_errors=True)


def reload(root, times=3):
    """Seconds from saving an edited post until `mkdocs serve` sends the new page."""
    post, measured = root / POST, []
    with served(root) as (address, _):
        wait_for(address + ADDRESS, "<title>")
        for turn in range(times):
            words = f"Edited for the benchmark, turn {turn}."
            text = post.read_text(encoding="utf-8") + f"\n\n{words}\n"
            start = time.perf_counter()
            post.write_text(text, encoding="utf-8")
            wait_for(address + ADDRESS, words)
            measured.append(time.perf_counter() - start)
    return median(measured)


def wait_for(url, words, seconds=120):
    """Ask for a page until it holds the words."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        with suppress(OSError), urllib.request.urlopen(url, timeout=seconds) as answer:
            if words in answer.read().decode("utf-8"):
                return
        time.sleep(0.02)
    sys.exit(f"{url} does not hold {words!r} after {seconds} s.")


def typesetting():
    """Milliseconds an equation, of all that the posts have: typeset, and found in the cache."""
    found = set()
    for post in sorted((mathjax.node.ROOT / "docs").rglob("*.md")):
        text = re.sub(
            r"^```.*?^```$|`[^`\n]*`", "", post.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        found |= {(tex.strip(), True) for tex in re.findall(r"\$\$(.+?)\$\$", text, re.DOTALL)}
        text = re.sub(r"\$\$.+?\$\$", "", text, flags=re.DOTALL)
        found |= {(tex, False) for tex in re.findall(r"(?<![\\$])\$([^$\n]+)\$", text)}
    with copy(cached=False) as root:
        mathjax.CACHE = root / ".cache" / "equations"
        milliseconds = []
        for _ in range(2):
            mathjax._answers.clear()
            start = time.perf_counter()
            for tex, display in found:
                mathjax.typeset(tex, display)
            milliseconds.append(1000 * (time.perf_counter() - start) / len(found))
        mathjax.stop()
    return milliseconds


if __name__ == "__main__":
    report.show(measure())

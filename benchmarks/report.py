"""The table of a benchmark: printed, and put into README.md, so that no figure there is typed."""

import datetime
import re
from pathlib import Path
from typing import NamedTuple

from benchmarks.site import machine

README = Path(__file__).with_name("README.md")


class Row(NamedTuple):
    """One thing measured: here, with the plain alternative, and what the design asks for."""

    what: str
    ours: float
    plain: float | None = None
    unit: str = "s"
    target: float | None = None

    def cells(self):
        ratio = "" if self.plain is None else f"{self.ours / self.plain:.2f}"
        target = "" if self.target is None else f"≤ {self.target:g} {self.unit}"
        return [self.what, self.told(self.ours), self.told(self.plain), ratio, target]

    def told(self, number):
        if number is None:
            return ""
        return f"{number:.0f} {self.unit}" if number >= 100 else f"{number:.3g} {self.unit}"


HEAD = ["", "here", "plain", "ratio", "target"]


def table(head, lines):
    """Lines of cells as a Markdown table, numbers to the right."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def show(rows):
    """Print each row as soon as it is measured; return all."""
    found = []
    for row in rows:
        print(" · ".join(cell for cell in row.cells() if cell), flush=True)
        found.append(row)
    return found


def write(name, head, lines, readme=README):
    """Replace a table of the README, between its marks, and tell when and where it was measured."""
    text = readme.read_text(encoding="utf-8")
    marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
    when = f"{datetime.date.today():%d %B %Y}, {machine()}.".lstrip("0")
    pattern = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"benchmarks/README.md: has no {marks[0]} … {marks[1]}")
    new = f"{marks[0]}\n\n{table(head, lines)}\n\n{when}\n\n{marks[1]}"
    readme.write_text(pattern.sub(lambda _: new, text), encoding="utf-8")

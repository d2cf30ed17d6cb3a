"""The source files of the pages: where each is published, and what it declares."""

import functools
import re
from collections import Counter
from pathlib import Path

from hooks import front_matter

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
POSTS_OF_A_VIEW = 10  # mkdocs.yml: pagination_per_page


@functools.cache
def sources():
    """The source of each page: {address: path}."""
    found = {}
    for path in sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.py")]):
        name = path.relative_to(DOCS).with_suffix("").as_posix()
        if name.startswith("posts/"):
            name = front_matter.read(path)["slug"]
        found["" if name == "index" else f"{name}/"] = path
    return found


def views():
    """The lists of posts that the blog adds: one a year, one a category, ten posts each."""
    counts = Counter()
    for path in (DOCS / "posts").glob("*.md"):
        head = front_matter.read(path)
        years = [f"archive/{head['date'].year}/"]
        names = [re.sub(r"\W+", "-", name.lower()) for name in head["categories"]]
        counts.update(["", *years, *(f"category/{name}/" for name in names)])
    first = [view for view in counts if view]  # the home page has a source
    return first + [
        f"{view}page/{number}/"
        for view, count in counts.items()
        for number in range(2, -(-count // POSTS_OF_A_VIEW) + 1)
    ]


def given(page):
    """The decimals that a page declares as chosen, not computed."""
    path = sources().get(page)
    return front_matter.read(path).get("given") or [] if path else []


def prose(path):
    """A source without its code: no fences, no code in lines, no front matter."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        cells = re.findall(r"^# %% \[markdown\]\n(.*?)(?=^# %%|\Z)", text, re.DOTALL | re.MULTILINE)
        text = re.sub(r"^# ?", "", "\n".join(cells), flags=re.MULTILINE)
    else:
        text = re.sub(r"\A---\n.*?^---\n", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)

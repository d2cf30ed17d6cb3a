"""The source files of the pages: where each is published, and what it declares."""

import functools
import re
from datetime import datetime
from pathlib import Path

from mkdocs.structure.files import File
from pymdownx.slugs import slugify

from hooks import front_matter, page_sources

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@functools.cache
def sources(root=ROOT):
    """The source of each page that is built, which a draft is not: {address: path}."""
    found = {}
    for path in page_sources.sources(root):
        name, head = path.relative_to(root / "docs"), front_matter.read(path)
        if head.get("draft"):
            continue
        if page_sources.is_post(name):
            name = Path(head["slug"])
        elif page_sources.is_notebook(name):
            name = Path(name.stem)
        else:
            name = name.with_suffix("")
        # README.md is the page of its folder, unless there is an index.md, which comes later.
        target = File(f"{name.as_posix()}.md", "", "", use_directory_urls=True).dest_uri
        found[re.sub(r"(^|/)index\.html$", r"\1", target)] = path
    return found


def views(root=ROOT):
    """The lists of posts that the blog adds: one for each year and each category."""
    found = set()
    for path in sources(root).values():
        if not page_sources.is_post(path.relative_to(root / "docs")):
            continue
        head = front_matter.read(path)
        years = [f"archive/{front_matter.dates(head)['created'].year}/"]
        names = [slugify(case="lower")(name, "-") for name in head.get("categories") or []]
        found |= {*years, *(f"category/{name}/" for name in names)}
    return sorted(found)


def dates(when="created", root=ROOT):
    """When each post and each notebook was written, or "updated": {address: date}."""
    found = {}
    for page, path in sources(root).items():
        name = path.relative_to(root / "docs")
        if page_sources.is_post(name) or page_sources.is_notebook(name):
            date = front_matter.dates(front_matter.read(path))[when]
            found[page] = date.date() if isinstance(date, datetime) else date
    return found


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

"""Orders pages into the series that mkdocs.yml lists under `extra: series:`.

The blog sorts by date, newest first; a series reads from its beginning. Each
page of a series gets the one before and the one after it, which the theme
shows in its footer, and its place, which overrides/partials show above it.
"""

from pathlib import Path

from hooks import page_sources

PARTS = {"title": str, "about": str, "pages": list}


def faults(config, root):
    """Check the list of series: a list of `mkdocs.yml:line: what is wrong`."""
    docs = Path(root) / "docs"
    there = {path.relative_to(docs).as_posix() for path in page_sources.sources(root)}
    found, listed = [], []
    config.extra["series"] = config.extra.get("series") or []
    for series in config.extra["series"]:
        if not isinstance(series, dict) or series.keys() != PARTS.keys():
            wrong = f"a series has {', '.join(PARTS)} and nothing else, not {str(series)[:60]}"
            found.append(("series:", wrong))
            continue
        title = series["title"]
        for part, kind in PARTS.items():
            if not isinstance(series[part], kind):
                found.append((f"{part}:", f"{part} of the series {title!r} is {series[part]!r}"))
                series[part] = kind()
        for path in map(str, series["pages"]):
            if path not in there or path in listed:
                why = "which is listed already" if path in there else "but docs/ has no such page"
                found.append((path, f"the series {title!r} lists {path}, {why}"))
            listed.append(path)
    text = (Path(root) / "mkdocs.yml").read_text(encoding="utf-8")
    return [f"mkdocs.yml:{_line(text, said)}: {wrong}" for said, wrong in found]


def _line(text, said):
    """Where a word of the list of series stands last."""
    return text.count("\n", 0, max(text.find("series:"), text.rfind(said))) + 1


def resolve(config, files, is_shown):
    """Put the page objects in place of the paths that mkdocs.yml lists, without what is not shown.

    `is_shown` tells it of a file: a draft is left out of a series until it is none.
    """
    for series in config.extra["series"]:
        listed = [files.get_file_from_path(path) for path in series["pages"]]
        series["pages"] = [file.page for file in listed if file and is_shown(file)]


def connect(config, page):
    """Let previous and next lead through all series; the home page comes before the first page."""
    pages = [page for series in config.extra["series"] for page in series["pages"]]
    page.previous_page = page.next_page = None
    if page.is_homepage:
        page.next_page = pages[0] if pages else None
    elif page in pages:
        at = pages.index(page)
        page.previous_page = pages[at - 1] if at else None
        page.next_page = pages[at + 1] if pages[at + 1 :] else None


def place(config, page):
    """Return a page's place in its series, {title, number, count}, or None."""
    for series in config.extra["series"]:
        if page in series["pages"]:
            number = series["pages"].index(page) + 1
            return {"title": series["title"], "number": number, "count": len(series["pages"])}
    return None

"""Orders pages into the series that mkdocs.yml lists under `extra: series:`.

The blog sorts by date, newest first; a series reads from its beginning. Each
page of a series gets the one before and the one after it, which the theme
shows in its footer, and its place, which overrides/partials show above it.
"""

from mkdocs.exceptions import PluginError


class SeriesError(PluginError):
    """A series lists a page that does not exist."""


def resolve(config, files, is_shown):
    """Put the page objects in place of the paths that mkdocs.yml lists, without what is not shown.

    `is_shown` tells it of a file's `inclusion`: a draft is left out of a series until it is none.
    """
    for series in config.extra["series"]:
        pages = []
        for path in series["pages"]:
            file = files.get_file_from_path(path)
            if file and not is_shown(file.inclusion):
                continue
            if file is None or file.page is None:
                raise SeriesError(
                    f"mkdocs.yml: the series {series['title']!r} lists {path}, "
                    "but docs/ has no such page"
                )
            pages.append(file.page)
        series["pages"] = pages


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

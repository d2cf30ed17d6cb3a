"""The built pages, each read and parsed once a process."""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html

from hooks import aliases


@dataclass(frozen=True)
class Site:
    """A built site: its folder, and the HTML of each page by its address; what leads from old ones on to pages."""

    folder: Path
    html: dict[str, str]
    moved: dict[str, str] = field(default_factory=dict)

    def tree(self, page):
        return parsed(self.html[page])

    @functools.cached_property
    def home(self):
        """The address at which the site is published: what the home page calls its own."""
        return self.tree("").xpath("string(//link[@rel='canonical']/@href)")

    @property
    def base(self):
        """The path of that address, / or /below/."""
        return urlsplit(self.home).path

    def with_page(self, page, html):
        """The same site with another page, or with one page changed, which no file knows."""
        return Site(self.folder, {**self.html, page: html}, self.moved)


@functools.cache
def read_site(folder):
    """All pages of the site in a folder, found by walking it."""
    html, moved = {}, {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        is_moved = f'{aliases.SCRIPT}"' in text
        (moved if is_moved else html)[re.sub(r"(^|/)index\.html$", r"\1", address)] = text
    return Site(folder, html, moved)


@functools.lru_cache(maxsize=64)
def parsed(html):
    """The tree of a page. All who ask for it get the same: nobody may change it."""
    # lxml does not know <wbr>: it would put all that follows inside of it.
    return lxml.html.document_fromstring(html.replace("<wbr>", ""))


def with_class(tree, name):
    """The elements below one that have a class, in order."""
    return tree.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def content_of(tree):
    """The content of a page, without what the theme puts around it; None if it has none."""
    return next(iter(with_class(tree, "md-content")), None)

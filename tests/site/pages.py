"""The built pages, each read and parsed once a process."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html


@dataclass(frozen=True)
class Site:
    """A built site: its folder, and the HTML of each page by its address."""

    folder: Path
    html: dict[str, str]

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
        return Site(self.folder, {**self.html, page: html})


@functools.cache
def read_site(folder):
    """All pages of the site in a folder, found by walking it."""
    html = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix()
        html[re.sub(r"(^|/)index\.html$", r"\1", address)] = path.read_text(encoding="utf-8")
    return Site(folder, html)


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

"""What the book consists of: the pages of a built site, in the order of reading.

A part is a section of the site's menu, a chapter is a page. All is read from the built site, so what readers see
there and what the book has cannot differ; what its equations say in a line, the build has kept beside it.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from hooks import words_for_plugins
from hooks.node import ROOT

# The home page, and pages that list others: no chapters.
LISTS = re.compile(r"$|tags/|archive/|category/")


@dataclass(frozen=True)
class Part:
    """Chapters that belong together: a title, a sentence about them or none, the addresses of the pages."""

    title: str
    about: str
    addresses: tuple[str, ...]


class Site:
    """A site that this project has built: its folder, its address, and what it says of itself."""

    def __init__(self, folder):
        self.folder = Path(folder)
        home = self.page("")
        self.home = home.css_first("link[rel=canonical]").attrs["href"]
        self.name = text(home.css_first("title"))
        self.description = home.css_first("meta[name=description]").attrs["content"]
        self.author = home.css_first("meta[name=author]").attrs["content"]
        self.lines = json.loads((ROOT / words_for_plugins.LINES).read_text(encoding="utf-8"))

    def page(self, address):
        """The tree of the page at an address, such as `lstm/`."""
        path = self.folder / address / "index.html"
        return LexborHTMLParser(path.read_text(encoding="utf-8"))

    def parts(self):
        """The parts of the book, which have every page of the site, but for those that only list others."""
        first = self.page("").css_first(".series a").attrs["href"]
        sections = self.page(first).css(".md-nav--primary > ul > li:has(li)")
        told = zip(self.page("").css("h2:has(+ p)"), self.page("").css("h2 + p"))
        about = {text(heading): text(sentence) for heading, sentence in told}
        left = [*self._addresses()]
        parts = []
        for section in sections:
            title = text(section.css_first(".md-ellipsis"))
            links = [a.attrs["href"] for a in section.css("li > a")]
            addresses = []
            for address in (urljoin(first, link) for link in links if "#" not in link):
                addresses += [page for page in self._with_its_own(address) if page in left]
                left = [page for page in left if page not in addresses]
            if addresses:
                parts.append((title, about.get(title, ""), addresses))
        parts[-1][-1].extend(left)  # what no menu lists
        return [Part(title, about, tuple(addresses)) for title, about, addresses in parts]

    def last_change(self, addresses):
        """The date on which one of these pages was changed last."""
        times = (time for address in addresses for time in self.page(address).css(".place time"))
        return max(date.fromisoformat(time.attrs["datetime"]) for time in times)

    def _addresses(self):
        """The addresses of all chapters, in the order of the site's map."""
        site_map = (self.folder / "sitemap.xml").read_text(encoding="utf-8")
        found = (url.removeprefix(self.home) for url in re.findall(r"<loc>(.*?)</loc>", site_map))
        return (address for address in found if not LISTS.match(address))

    def _with_its_own(self, address):
        """A page, and behind it the pages of its folder, as it links to them."""
        if LISTS.match(address):
            return []
        links = (a.attrs["href"] for a in self.page(address).css("article a[href]"))
        pages = (urljoin(address, link.partition("#")[0]) for link in links)
        return dict.fromkeys([address, *(page for page in pages if page.startswith(address))])


def text(node):
    """The text of a node in one line."""
    return " ".join(node.text().split())

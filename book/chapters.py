"""Makes a chapter of a page: what only a screen can use is taken out, and ids and links become those of the book."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

# What leads around the site, and what a script makes alive.
LEFT_OUT = """
    .place, .headerlink, .verified, .md-tags, .download, .js-only, button, form,
    .explorer-panel, .lab-panel, .pad-panel
"""
TIES = ("title", "data-v")  # what a number tells of itself on a screen
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "name")
LIVE = (
    '<p class="live"{id}>Alive on the site, with numbers of your own: <a href="{url}">{url}</a></p>'
)
ON_PAGE = '<span class="on-page"> (p.\u00a0<span data-page="{id}">000</span>)</span>'
GLYPH = re.compile(r'<path id="(eq-[^"]+)" d="[^"]+"></path>')
HEIGHT = re.compile(r"\.(eq-[\w-]+)\{[^}]*\}")
HEADING = re.compile(r"(</?h)([1-5])\b")


@dataclass(frozen=True)
class Chapter:
    """A page as HTML, and what it is made of. Its headings begin with h2, since that of its part is the h1."""

    id: str
    title: str
    html: str
    sections: list[tuple[str, str]]  # id and title
    glyphs: dict[str, str]  # of its equations: {id: path}
    heights: dict[str, str]  # of its equations: {class: rule of CSS}
    styles: list[str]  # addresses of its stylesheets


def chapters_of(site, parts, target):
    """The chapters of these parts of a site: {address: Chapter}.

    target(chapter, element) gives the address of an element in the book, by the ids of both.
    """
    addresses = [address for part in parts for address in part.addresses]

    def leads(page, name):
        """The link to an element of a page, and its id; None if the page is no chapter."""
        if page not in addresses:
            return None
        id = named(page, name) if name else chapter_id(page)
        return target(chapter_id(page), id), id

    return {address: chapter(site, address, leads) for address in addresses}


def chapter_id(address):
    """The id of a chapter: `reference.notation` for `reference/notation/`."""
    return address.strip("/").replace("/", ".")


def named(address, name):
    """The id in the book of what has this id on its page."""
    return f"{chapter_id(address)}__{name}"


def chapter(site, address, leads):
    """The chapter of the page at an address; chapters_of says what `leads` does."""
    page = site.page(address)
    article = page.css_first("article.md-content__inner")
    sheet = article.css_first(".eq-glyphs")
    drawn_with = sheet.html if sheet else ""
    for node, line in zip(article.css(".arithmatex"), site.lines[address], strict=True):
        _tell(node, line)
    for node in [*([sheet] if sheet else []), *article.css(LEFT_OUT)]:
        node.decompose()
    for node in article.css("details"):
        node.attrs["open"] = ""
    for name in TIES:
        for node in article.css(f"[data-v][{name}]"):
            del node.attrs[name]
    _rename(article, address)
    for node in article.css("a[href]"):
        _lead(node, site, address, leads)
    for node in article.css("img[src]"):
        node.attrs["src"] = urljoin(f"/{address}", node.attrs["src"])
    for node in _alive(article):
        _tell_where(node, urljoin(site.home, address))
    styles = (link.attrs["href"] for link in page.css("link[rel=stylesheet]"))
    return Chapter(
        chapter_id(address),
        words(article.css_first("h1")),
        HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", article.inner_html),
        [(node.attrs["id"], words(node)) for node in article.css("h2[id]")],
        {found[1]: found[0] for found in GLYPH.finditer(drawn_with)},
        {found[1]: found[0] for found in HEIGHT.finditer(drawn_with)},
        [urljoin(f"/{address}", style) for style in styles],
    )


def words(node):
    """The text of a node in one line, with its equations, which are drawn, as they are told."""
    parts = (
        part.text_content if part.is_text_node else part.attributes.get("aria-label")
        for part in node.traverse(include_text=True)
    )
    return " ".join("".join(part or "" for part in parts).split())


def _tell(equation, line):
    """Let the drawing of an equation say its line of text, in the place of the MathML beside it."""
    equation.css_first(".eq-mathml").decompose()
    drawing = equation.css_first("svg")  # the first, where an equation in a line may be broken
    del drawing.attrs["aria-hidden"]
    drawing.attrs["role"], drawing.attrs["aria-label"] = "img", line


def _rename(article, address):
    """Let all ids of a page begin with that of its chapter, and what refers to them, too."""
    for node in article.css("[id]"):
        node.attrs["id"] = named(address, node.attrs["id"])
    for name in REFERENCES:
        for node in article.css(f"[{name}]"):
            names = node.attrs[name].split()
            node.attrs[name] = " ".join(named(address, one) for one in names)


def _lead(node, site, address, leads):
    """Let a link lead to its place in the book, with its page, or to what is on the site alone."""
    page, _, name = urljoin(f"/{address}", node.attrs["href"]).partition("#")
    if urlsplit(page).scheme:
        return
    page = page.removeprefix("/")
    there = leads(page, name)
    if not there:
        node.attrs["href"] = urljoin(site.home, f"{page}{'#' if name else ''}{name}")
        return
    node.attrs["href"], id = there
    if page != address and node.attrs["href"].startswith("#"):
        node.insert_after(_parsed(ON_PAGE.format(id=id)))


def _alive(article):
    """The elements that a script makes alive: names of such have a hyphen."""
    return [node for node in article.css("*") if "-" in node.tag]


def _tell_where(node, url):
    """Say, before an element that is alive on the site, where that is."""
    id = node.attrs.get("id")
    if id:
        url = f"{url}#{id.partition('__')[2]}"
        del node.attrs["id"]
    told = LIVE.format(id=f' id="{html.escape(id)}"' if id else "", url=html.escape(url))
    node.insert_before(_parsed(told))


def _parsed(fragment):
    return LexborHTMLParser(fragment).css_first("body > *")

"""The gates of the book: what its PDF, its EPUB and its zip are held to, by the pages of the site.

As those of gates.py they yield sentences, one for each fault. What is counted in the pages is counted anew, and what
the PDF shows is read by PDFium.

    python -m tests.site.book site

holds the three files in a folder to the site in it, as before they are published.
"""

import io
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.etree
import pikepdf
import pypdfium2
import pypdfium2.raw

from tests.site.pages import Site, content_of, read_site, with_class

LISTS = ("tags/", "archive/", "category/")  # pages that only list others
FRONT = 1  # drawings before the first chapter: that of the cover
POINTS = 10
ALIVE = "ancestor::*[contains(@class, 'js-only')]"  # what only scripts show
MOST = {"pdf": 12e6, "epub": 2e6, "zip": 6e6}  # bytes
SVG = "{http://www.w3.org/2000/svg}"


def chapters(site):
    """The addresses of all pages that are chapters."""
    return [page for page in site.html if page.endswith("/") and not page.startswith(LISTS)]


@dataclass(frozen=True)
class Book:
    """Pages of a site, and the book that was made of them."""

    site: Site
    pages: list[str]
    pdf: bytes
    epub: bytes

    @cached_property
    def shown(self):
        return pypdfium2.PdfDocument(self.pdf)

    @cached_property
    def texts(self):
        """The text of each page of the PDF, without white space."""
        texts = (page.get_textpage().get_text_range() for page in self.shown)
        # To PDFium a hyphen at the end of a line is no letter.
        return ["".join(text.replace("\ufffe", "-").split()) for text in texts]

    @cached_property
    def outline(self):
        """The outline as a list: (level, title, number of the page)."""
        return [
            (entry.level, entry.get_title(), entry.get_dest().get_index() + 1)
            for entry in self.shown.get_toc()
        ]

    @cached_property
    def contents(self):
        return [content_of(self.site.tree(page)) for page in self.pages]

    @cached_property
    def equations(self):
        found = (
            equation for content in self.contents for equation in with_class(content, "arithmatex")
        )
        return sum(not equation.xpath(ALIVE) for equation in found)

    @cached_property
    def drawings(self):
        return sum(len(content.xpath(".//svg[@role='img']")) for content in self.contents)

    @cached_property
    def images(self):
        return sum(len(content.xpath(".//img")) for content in self.contents)

    @cached_property
    def files(self):
        """The files of the EPUB: {name: bytes}."""
        with zipfile.ZipFile(io.BytesIO(self.epub)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def trees(self):
        """The XHTML of the EPUB: {name: tree}."""
        return {
            name: lxml.etree.fromstring(data)
            for name, data in self.files.items()
            if name.endswith(".xhtml")
        }


# The PDF ---------------------------------------------------------------------------------------


def figures(book):
    """Each equation and drawing of the pages is there, with words for those who do not see it."""
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        told, todo = 0, [pdf.Root.StructTreeRoot]
        while todo:
            part = todo.pop()
            if isinstance(part, pikepdf.Array):
                todo.extend(part)
            elif isinstance(part, pikepdf.Dictionary):
                told += part.get("/S") == "/Figure" and bool(str(part.get("/Alt", "")))
                todo += [part.K] if "/K" in part else []
    asked = book.equations + book.drawings + book.images + FRONT
    if told != asked:
        yield f"the PDF has {told} figures that say what they show; the pages have {asked}"


def vectors(book):
    """Equations and drawings are lines, no grids of points."""
    kind = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    found = sum(len([*page.get_objects(kind)]) for page in book.shown)
    if found > book.images:
        yield f"the PDF has {found} images; the pages have {book.images}"


def complete(book):
    """Each page of the site is a chapter, with all of its sections."""
    told = {"".join(title.split()) for _, title, _ in book.outline}
    for page, content in zip(book.pages, book.contents):
        for heading in content.iter("h1", "h2"):
            title = line(book.site.tree(page), heading)
            if "".join(title.split()) not in told:
                yield f"the outline of the PDF lacks {title!r} of {page}"


def line(tree, heading):
    """A heading in a line of text: as the contents of its page have it, where it holds equations."""
    if with_class(heading, "arithmatex"):
        [heading, *_] = tree.xpath("//nav//a[@href=$link]", link=f"#{heading.get('id')}")
    return heading.text_content().replace("¶", "").strip()


def numbers(book):
    """The contents tell the page on which each chapter and section begins."""
    begin, end = (number for _, _, number in book.outline[:2])
    pages = range(begin, end)
    told = "".join(book.texts[number - 1].removeprefix(f"{number}") for number in pages)
    told = told.removeprefix("Contents")
    for _, title, number in book.outline[1:]:
        entry = "".join(f"{title}{number}".split())
        if not told.startswith(entry):
            yield f"the contents say {told[: len(entry) + 3]!r}, where {entry!r} is true"
            return
        told = told.removeprefix(entry)


def feet(book):
    """Each page of a chapter says at its foot in which chapter it is, and its number."""
    begins = [(number, level, title) for level, title, number in book.outline if level < 2]
    for (first, level, title), (end, *_) in pairwise([*begins, (len(book.texts) + 1,)]):
        for number in range(first, end) if level == 1 else ():
            foot = "".join(f"{title}{number}".split())
            if not book.texts[number - 1].startswith(foot):
                yield f"page {number} of the PDF does not say {foot!r}"


def titles(book):
    """A title stands on the page that the outline names. In letters, but for equations in it."""
    drawn = {
        "".join(line(book.site.tree(page), heading).split())
        for page, content in zip(book.pages, book.contents)
        for heading in content.iter("h1", "h2")
        if with_class(heading, "arithmatex")
    }
    for _, title, number in book.outline:
        letters = "".join(title.split())
        if letters not in drawn and letters not in book.texts[number - 1]:
            yield f"page {number} of the PDF has no title {title!r}"


def links(book):
    """Each link of the PDF leads to a place in it, to the site, or to another."""
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for note in page.get("/Annots", []):
                action = note.get("/A", {})
                name = action.get("/D", note.get("/Dest"))
                url = urlsplit(str(action.get("/URI", "")))
                if name is not None and str(name) not in pdf.Root.Dests:
                    yield f"page {number} of the PDF: a link leads nowhere, to {name}"
                elif name is None and (
                    url.scheme not in ("http", "https", "mailto") or url.netloc == "book.invalid"
                ):
                    yield f"page {number} of the PDF: a link leads nowhere, to {url.geturl()}"


def letters(book):
    """Most letters have the size that they were given: a browser sets all smaller if anything is too wide."""
    sizes = Counter()
    matrix = pypdfium2.raw.FS_MATRIX()
    for number in [number for level, _, number in book.outline if level == 1]:
        text = book.shown[number - 1].get_textpage()
        for i in range(text.count_chars()):
            points = pypdfium2.raw.FPDFText_GetFontSize(text, i)
            pypdfium2.raw.FPDFText_GetMatrix(text, i, matrix)
            sizes[round(points * abs(matrix.d), 1)] += 1
    [(most, _)] = sizes.most_common(1)
    if most != POINTS:
        yield f"most letters have {most} points, not {POINTS}: something is too wide for a page"


# The EPUB --------------------------------------------------------------------------------------


def drawn(book):
    """Each equation and drawing of the pages is in the EPUB, with words for those who do not see it."""
    found = {"aria-label": 0, "aria-labelledby": 0}
    for tree in book.trees.values():
        for drawing in tree.iter(f"{SVG}svg"):
            for name in found:
                found[name] += bool(drawing.get(name))
    if [*found.values()] != [book.equations, book.drawings]:
        yield (
            f"the EPUB has {found['aria-label']} equations and {found['aria-labelledby']} drawings; "
            f"the pages have {book.equations} and {book.drawings}"
        )


def packed(book):
    """The EPUB begins with what it is, lists all of its files, and has no link that leads nowhere."""
    if next(iter(book.files)) != "mimetype" or book.files["mimetype"] != b"application/epub+zip":
        yield "the EPUB does not begin with its mimetype"
    listed = lxml.etree.fromstring(book.files["book/content.opf"]).xpath("//*/@href")
    inside = {name.removeprefix("book/") for name in book.files} - {"mimetype", "content.opf"}
    for name in {*listed} ^ {name for name in inside if not name.startswith("META-INF/")}:
        yield f"the EPUB lists {name} or has it, and not both"
    ids = {name: {*tree.xpath("//@id")} for name, tree in book.trees.items()}
    for name, tree in book.trees.items():
        for link in tree.xpath("//@href | //@src"):
            place, _, id = urljoin(name, link).partition("#")
            there = place in book.files and (not id or id in ids.get(place, ()))
            if not urlsplit(link).scheme and not there:
                yield f"the EPUB, {name}: a link leads nowhere, to {link}"


GATES = (figures, vectors, complete, numbers, feet, titles, links, letters, drawn, packed)


def faults(book):
    """All that is wrong with a book: a list of sentences."""
    return [fault for gate in GATES for fault in gate(book)]


def files(folder):
    """The home page leads to all three files, none weighs too much, and the zip has each page."""
    home = (folder / "index.html").read_text(encoding="utf-8")
    for kind, most in MOST.items():
        size = (folder / f"unrolled.{kind}").stat().st_size
        if size > most:
            yield f"unrolled.{kind} has {size:,} bytes, more than {most:,.0f}"
        if f'href="unrolled.{kind}"' not in home:
            yield f"the home page has no link to unrolled.{kind}"
    with zipfile.ZipFile(folder / "unrolled.zip") as archive:
        names = {name.removeprefix("unrolled/") for name in archive.namelist()}
    pages = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    yield from (f"the zip lacks {page}" for page in sorted(pages) if page not in names)


def made(folder):
    """The book in the folder of a site."""
    site = read_site(folder)
    pdf, epub = ((folder / f"unrolled.{kind}").read_bytes() for kind in ("pdf", "epub"))
    return Book(site, chapters(site), pdf, epub)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    book = made(folder)
    found = [*files(folder), *faults(book)]
    print("\n".join(found) or "The book is whole.")
    print(f"{len(book.texts)} pages, {book.equations} equations, {book.drawings} drawings")
    sys.exit(bool(found))

"""Prints the book with Chromium: twice, or until each page number in its contents is true."""

import io
import mimetypes
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pikepdf

from hooks import node

# Nothing is served there: what the browser asks for is read from these folders.
ADDRESS = "http://book.invalid/"
HERE = Path(__file__).parent
FONTS = (
    HERE / "node_modules" / "@fontsource"
)  # on every machine the same letters, and so the same pages
WIDTH, HEIGHT = 536, 933  # of a page without its margins, in pixels: see pdf.css


@contextmanager
def opened(browser, html, folder):
    """A page of the browser that has the book; what it asks for lies in the folder of the site."""
    node.install_packages(folder=HERE)
    page = browser.new_page(device_scale_factor=2)
    lacking = []

    def answer(route):
        name = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if name == "":
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        top, _, rest = name.partition("/")
        path = {"fonts": FONTS / rest, "book": HERE / rest}.get(top, Path(folder, name))
        if not route.request.url.startswith(ADDRESS) or not path.is_file():
            lacking.append(route.request.url)
            return route.abort()
        kind = mimetypes.guess_type(path.name)[0]
        return route.fulfill(body=path.read_bytes(), content_type=kind)

    page.route("**/*", answer)
    page.emulate_media(media="print", color_scheme="light")
    page.goto(ADDRESS)
    page.evaluate("document.fonts.ready.then(() => {})")
    if lacking:
        raise FileNotFoundError(f"the book asks for what is not there: {lacking}")
    yield page
    page.close()


# Blocks are not torn in two if they fill less than half a page; tables that are too wide are set smaller.
FIT = """half => {
  for (const block of document.querySelectorAll("details, .admonition, .highlight, li"))
    block.classList.toggle("long", block.getBoundingClientRect().height > half);
  for (const table of document.querySelectorAll(".chapter table")) {
    const [room, width] = [table.closest(".chapter").clientWidth, table.scrollWidth];
    if (width > room) table.style.fontSize = `${(0.99 * room) / width}em`;
  }
}"""
# What does not fit. A browser sets the whole book smaller if anything reaches too far to the right, and cuts off
# the rest. Of code in a line, which can be broken anywhere, only a space at the end hangs out.
CUT = """height => [...document.querySelectorAll(".chapter :not(:not(pre) > code)")].filter((part) => {
  const box = part.getBoundingClientRect();
  const hides = !part.closest("svg") && getComputedStyle(part).overflowX !== "visible";
  return box.width && (
    box.left < -1 || box.right > innerWidth + 1 || (hides && part.scrollWidth > part.clientWidth + 1)
    || (part.matches("svg, img") && box.height > height)
  );
}).map((part) => `${part.closest(".chapter").id}: ${part.outerHTML.slice(0, 200)}`)"""
NUMBERS = """numbers => {
  for (const place of document.querySelectorAll("[data-page]")) place.textContent = numbers[place.dataset.page];
}"""


def printed(page, most=5):
    """The book as PDF. Its page numbers are put in, and may move what they stand on: so it is printed again."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate(FIT, HEIGHT / 2)
    if cut := page.evaluate(CUT, HEIGHT):
        raise ValueError(f"what does not fit on a page of the book would be cut off: {cut}")
    before = None
    for _ in range(most):
        pdf = page.pdf(tagged=True, prefer_css_page_size=True, print_background=True)
        numbers = page_numbers(pdf)
        if numbers == before:
            return pdf
        page.evaluate(NUMBERS, numbers)
        before = numbers
    raise RuntimeError(f"after {most} prints there are page numbers still that are not true")


def page_numbers(pdf):
    """The number of the page on which each element stands that a link leads to: {id: number}."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        numbers = {page.objgen: number for number, page in enumerate(book.pages, 1)}
        return {id: numbers[place[0].objgen] for id, place in places(book).items()}


def places(book):
    """The places to which links of a PDF lead: {id: place}. Chromium writes their names as in an address."""
    return {unquote(name.removeprefix("/")): place for name, place in book.Root.Dests.items()}


def finished(pdf, site, outline):
    """The PDF with its outline and its makers, made small.

    outline is a list of (level, title, id). That of Chromium has headings twice which stand at the top of a page.
    """
    with pikepdf.open(io.BytesIO(pdf)) as book:
        there = places(book)
        with book.open_outline() as tree:
            below = [tree.root]
            for level, title, id in outline:
                item = pikepdf.OutlineItem(title, there[id])
                del below[level + 1 :]
                below[level].append(item)
                below.append(item.children)
        for name in [*book.docinfo]:
            del book.docinfo[name]
        book.docinfo["/Title"] = f"{site.name}: {site.description}"
        book.docinfo["/Author"] = site.author
        made = io.BytesIO()
        book.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return made.getvalue()

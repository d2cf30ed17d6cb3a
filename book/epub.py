"""Packs the chapters as an EPUB 3: a zip of XHTML, whose equations and drawings are SVG, as on the site."""

import io
import mimetypes
import re
import uuid
import zipfile

from book import binding, offline, printing
from book.chapters import chapters_of
from hooks import light_styles

# It comes first in the zip, as it is: by it readers know what they have.
KIND = "application/epub+zip"
SHEET = "assets/stylesheets/unrolled.css"
ALIVE = re.compile(r"<(/?)[a-z]+-[a-z]+\b[^>]*>")  # to an e-book an unknown element
IMAGE = re.compile(r'src="/([^"]+)"')  # a file of the site
COLOURED = re.compile(
    r"[^:]*(\[data-sym|\.diagram|\.highlight \.)[^:]*"
)  # no state, such as :hover
REM = re.compile(r"(?<![\d.])(\d*\.?\d+)rem\b")
AS_XML = """html => {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return [...body.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join("");
}"""


def packed(site, parts, browser):
    """The EPUB of these parts of a site. The browser draws the cover, and writes chapters as XHTML."""
    chapters = chapters_of(site, parts, lambda chapter, element: f"{chapter}.xhtml#{element}")
    about = {
        **binding.about(site, parts),
        "chapters": chapters,
        "id": uuid.uuid5(uuid.NAMESPACE_URL, site.home),
    }
    sheet = (site.folder / SHEET).read_text(encoding="utf-8")
    own = (binding.HERE / "styles/epub.css").read_text(encoding="utf-8")
    heights = binding.united(chapter.heights for chapter in chapters.values())
    images = {
        name: mimetypes.guess_type(name)[0]
        for chapter in chapters.values()
        for name in IMAGE.findall(chapter.html)
    }
    files = {
        "META-INF/container.xml": binding.fill("container.xml"),
        "book/content.opf": binding.fill("content.opf", **about, images=images),
        "book/contents.xhtml": binding.fill("contents.xhtml", **about),
        "book/about.xhtml": binding.fill("about.xhtml", **about),
        "book/book.css": own + coloured(sheet) + as_sizes(heights),
    }
    files |= {f"book/{name}": (site.folder / name).read_bytes() for name in images}
    front = binding.fill("front.html", **about, styles=[f"/{SHEET}", binding.STYLE])
    with printing.opened(browser, front, site.folder) as page:
        files["book/cover.png"] = page.locator(".cover").screenshot()
        for chapter in chapters.values():
            html = ALIVE.sub(r"<\1div>", IMAGE.sub(r'src="\1"', chapter.html))
            glyphs = "".join(chapter.glyphs.values())
            files[f"book/{chapter.id}.xhtml"] = binding.fill(
                "chapter.xhtml", chapter=chapter, body=page.evaluate(AS_XML, html), glyphs=glyphs
            )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        kind = offline.entry("mimetype")
        kind.compress_type = zipfile.ZIP_STORED
        archive.writestr(kind, KIND)
        for name, data in files.items():
            archive.writestr(offline.entry(name), data)
    return made.getvalue()


def coloured(sheet):
    """The rules of a stylesheet that colour equations, drawings and code. Many readers know no variables."""
    rules = light_styles.rules(sheet, COLOURED.fullmatch)
    css = "".join(f"{selector}{{{declared}}}\n" for selector, declared in rules)
    return REM.sub(lambda found: f"{1.25 * float(found[1]):g}em", css)


def as_sizes(heights):
    """The rules for heights of equations, which name variables, with properties."""
    rules = heights.replace("--height", "height").replace("--below", "vertical-align")
    return re.sub(r"^\.", ".arithmatex > .", rules, flags=re.MULTILINE)

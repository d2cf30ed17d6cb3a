"""Binds the chapters into one HTML document, whose print is the book."""

from pathlib import Path

import jinja2

from book.chapters import chapters_of

HERE = Path(__file__).parent
STYLE = "/book/styles/pdf.css"  # where printing.py serves it


def bound(site, parts):
    """These parts of a site as one HTML document, in which no page numbers are known yet; and its outline."""
    chapters = chapters_of(site, parts, lambda chapter, element: f"#{element}")
    styles = dict.fromkeys(style for chapter in chapters.values() for style in chapter.styles)
    html = fill(
        "book.html",
        **about(site, parts),
        chapters=chapters,
        styles=[*styles, STYLE],
        glyphs=united(chapter.glyphs for chapter in chapters.values()),
        heights=united(chapter.heights for chapter in chapters.values()),
    )
    return html, [*outline(parts, chapters)]


def outline(parts, chapters):
    """The outline of the book: (level, title, id) of contents, parts, chapters and sections."""
    yield 0, "Contents", "contents"
    for number, part in enumerate(parts, 1):
        yield 0, part.title, f"part-{number}"
        for address in part.addresses:
            yield 1, chapters[address].title, chapters[address].id
            yield from ((2, title, id) for id, title in chapters[address].sections)


def about(site, parts):
    """What the first pages say of these parts of a site."""
    addresses = [address for part in parts for address in part.addresses]
    drawing = site.page("").css_first(".hero figure svg")
    for text in drawing.css("[data-v]"):
        del text.attrs["data-v"]
    changed = site.last_change(addresses)
    return {
        "site": site,
        "parts": parts,
        "drawing": drawing.html,
        "changed": changed,
        "date": f"{changed.day} {changed:%B %Y}",
        "verified": site.page(addresses[0]).css_first("#__verified").text(),
    }


def fill(template, **values):
    """The text that a file of templates/ makes of these values."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["in_css"] = in_css
    return environment.get_template(template).render(values)


def united(parts):
    """What several chapters need, each once. LookupError if two mean different things by one name."""
    whole = {}
    for part in parts:
        for name, meant in part.items():
            if whole.setdefault(name, meant) != meant:
                raise LookupError(f"two chapters mean different things by {name}: {meant[:80]}")
    return "\n".join(whole[name] for name in sorted(whole))


def in_css(text):
    """A text as a string of CSS."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{escaped}"'

"""Writes beside each page that has a date how to cite it, as BibTeX: lstm/lstm.bib. The page's end links to it."""

import datetime
from pathlib import Path

from markupsafe import Markup

from hooks import cache

# What TeX takes for a command, and how it is written to be shown. BibTeX counts braces, so they have names.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
ESCAPED = str.maketrans(ESCAPES)


def name(page):
    """The name of the file beside a page, or None for a page without a date, such as a list of posts."""
    folder = Path(page.file.dest_uri).parent.name or "index"
    return f"{folder}.bib" if page.meta.get("date") else None


def write(page, config):
    """Write the entry of a page to the built site, if it has one."""
    if file := name(page):
        title = Markup(page.meta.get("title") or page.title).striptags()
        changed = page.meta["date"]["updated"]
        text = entry(Path(file).stem, title, config.site_author, changed, page.canonical_url)
        cache.write(Path(page.file.abs_dest_path).with_name(file), text)


def entry(key, title, author, changed, address):
    """A page as a BibTeX entry, which BibTeX, biblatex and reference managers read.

    Author and title have braces around them: neither is taken for a first and a last name, nor put into small letters.
    """
    day = changed.date() if isinstance(changed, datetime.datetime) else changed
    return f"""@misc{{unrolled-{key},
  author = {{{{{author.translate(ESCAPED)}}}}},
  title  = {{{{{title.translate(ESCAPED)}}}}},
  year   = {{{day.year}}},
  note   = {{Last changed on {day.isoformat()}}},
  url    = {{{address}}}
}}
"""

"""Refuse files that could harm those who build or read the site, and what no build would come to an end with.

A file may come from anybody. `faults` looks at all of them before the build; what may stand in a page is
for allowlist.py.
"""

import os
import re
from functools import cache
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from hooks import allowlist, page_sources
from hooks.faults import MANY

FOLDERS = ("docs", "overrides", "snippets")  # what a page, its templates and its includes come from
# What is published as it is, beside pages. No more than pictures: a browser that is told to would run a text
# or data as a script, and the policy lets it, since they are the site's own.
KINDS = frozenset(".svg .png .jpg .jpeg .gif .webp .ico".split())
CODE = {".js": "docs/assets/javascripts/", ".css": "docs/assets/stylesheets/"}
# Characters that nobody sees: control characters, and those that turn the direction of reading.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
# Markdown's time grows with the square of a paragraph, of what is in brackets or tags, and of a page.
LINE, PARAGRAPH, BRACKETS, TAGS, CELLS = 2_000, 10_000, 20, 500, 5_000
PAGE, FILE = 80_000, 500_000
SVG = "{http://www.w3.org/2000/svg"  # as ElementTree writes it before a name
AUTHORS = ".authors.yml"  # their names are shown at posts


def unsafe_meta(meta):
    """Yield (text, what is wrong) for what a page declares: templates put it into the page as it is."""
    for key, value in meta.items():
        if re.search(r'[<>"]', "".join(_words([key, value]))):
            yield f"{key}:", f'a <, a > or a " in its {key}: use words, or “ and ”'


def _words(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.items() if isinstance(value, dict) else value:
            yield from _words(list(part) if isinstance(part, tuple) else part)


def faults(root):
    """Look at every file that a page may come from: a list of `file:line: what is wrong`."""
    root = Path(root)
    found = []
    for top in FOLDERS:
        for folder, folders, names in os.walk(root / top):
            for name in sorted([*folders, *names]):
                path = Path(folder, name)
                at = path.relative_to(root).as_posix()
                if path.is_symlink():
                    found.append(f"{at}: is a link: put there what it leads to")
                elif top != "docs" or name in folders:
                    continue
                elif name == AUTHORS or page_sources.is_published(path.relative_to(root / top)):
                    found += _faults_of_file(path, at, path.stat().st_mtime_ns)
    return sorted(found)


@cache
def _faults_of_file(path, at, _modified):  # a file is looked at again only when it has changed
    return [f"{at}{wrong}" for wrong in islice(_look_at(path, at), MANY)]


def _look_at(path, at):
    size, suffix = path.stat().st_size, path.suffix.lower()
    page = page_sources.is_page(at.removeprefix("docs/"))
    most = PAGE if page else FILE
    if size > most:
        yield f": has {size:,} bytes: at most {most:,} are allowed"
        return
    own = suffix in CODE and at.startswith(CODE[suffix])
    if not (page or own or suffix in KINDS or path.name == AUTHORS):
        published = f"a {suffix or 'nameless'} file would be published as it is"
        yield f": {page_sources.why_none(at) or f'{published}: write pages in Markdown'}"
    if not (page or suffix == ".svg" or path.name == AUTHORS):
        return
    source = path.read_bytes()
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        yield f":{line}: is not UTF-8 (byte {source[error.start]:#04x}): save it as UTF-8"
        return
    for hidden in INVISIBLE.finditer(text):
        yield f":{_line(text, hidden.start())}: holds the invisible character U+{ord(hidden[0]):04X}"
    if page:
        yield from _endless(text)
    elif suffix == ".svg":
        yield from _of_drawing(text)
    elif tag := re.search("[<>]", text):
        yield f":{_line(text, tag.start())}: a < or a >: use words"


def _of_drawing(text):
    """A drawing is read as a part of a page, and, by its own address, as XML."""
    text = re.sub(r"^<\?xml[^<>]*\?>", lambda start: " " * len(start[0]), text)
    declared = re.search(r"<[!?](?!--)", text)
    if declared:
        yield f":{_line(text, declared.start())}: {declared[0]} declares or includes what is not drawn"
        return
    try:
        drawing = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield f":{error.position[0]}: is no whole drawing: {error}"
        return
    for element in drawing.iter():
        space, _, name = element.tag.rpartition("}")
        at = f":{_line(text, text.find(name))}: "
        if space != SVG:
            yield f'{at}<{name}> is no SVG: write <svg xmlns="http://www.w3.org/2000/svg" …>'
            return
        if name not in allowlist.DRAWN:
            yield f"{at}<{name}> is not allowed in a drawing"
            return
        if name in ("title", "desc") and len(element):
            yield f"{at}the <{name}> holds more than words"
            return
    for said, wrong in allowlist.of_content(text):
        yield f":{_line(text, text.lower().find(said.lower()))}: {wrong}"


def _endless(text):
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE:
            yield f":{number}: the line has {len(line):,} characters: at most {LINE:,} are allowed"
    for paragraph in re.finditer(r"(?:^.*[^\s#].*\n?)+", text, re.MULTILINE):
        line = _line(text, paragraph.start())
        if len(paragraph[0]) > PARAGRAPH:
            yield f":{line}: the paragraph has {len(paragraph[0]):,} characters: at most {PARAGRAPH:,}"
        if paragraph[0].count("<") > TAGS:
            yield f":{line}: the paragraph has more than {TAGS} <"
        rows = paragraph[0].splitlines()
        cells = max(row.count("|") for row in rows) * len(rows)  # a table is filled up
        if cells > CELLS:
            yield f":{line}: the table has {cells:,} cells: at most {CELLS:,} are allowed"
        depth = 0
        for bracket in re.findall(r"[\[\]]", paragraph[0]):
            depth = depth + 1 if bracket == "[" else max(0, depth - 1)
            if depth > BRACKETS:
                yield f":{line}: the paragraph has more than {BRACKETS} [ in each other"
                break


def _line(text, position):
    return text.count("\n", 0, max(0, position)) + 1

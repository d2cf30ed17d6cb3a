"""Refuses what could harm those who build or read the site, and what no build would come to an end with.

A page may come from anybody. `faults` looks at the files before the build. `unsafe` looks at
the HTML that Markdown has made of a page, so it does not matter how a tag, an attribute or an
address got there. What is not listed here is refused: a list of all that is bad is never complete.
"""

import html
import os
import re
from functools import cache
from itertools import islice
from pathlib import Path

from hooks import pages

ELEMENTS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub
    summary sup table tbody td tfoot th thead time tr ul var wbr
    button fieldset form input label legend option select
    svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker use
    """.split()
)
ATTRIBUTES = frozenset(
    """
    alt class colspan datetime dir download headers height hidden href id lang markdown open rel
    role rowspan scope src start tabindex title type value width
    autocomplete checked disabled for inputmode max min name selected step
    cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style
    font-weight marker-end marker-mid marker-start markerheight markerwidth opacity orient points
    preserveaspectratio r refx refy rotate rx ry stroke stroke-dasharray stroke-linecap
    stroke-linejoin stroke-opacity stroke-width text-anchor textlength transform viewbox x x1 x2 xmlns y
    y1 y2
    """.split()
)
# Below the page: "../x.md", "#place". A colon before any of / ? # makes it a scheme.
RELATIVE = re.compile(r"(?![/\\]{2})(?:[^:]*|[^:/?#]*[/?#].*)", re.DOTALL)
LINK = re.compile(r"(?:https?://|mailto:).*", re.DOTALL | re.IGNORECASE)

VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+)"""
TAG = re.compile(
    rf"<(?:!--(?!-?>)(?:(?!--!?>).){{0,1000}}-->|/[a-z][\w-]*\s*>|([a-z][\w-]*)((?:\s+[^\s=<>\"'/]+(?:={VALUE})?)*)\s*/?>)",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(rf"([^\s=<>\"'/]+)(?:=({VALUE}))?")

# Characters that nobody sees: control characters, and those that turn the direction of reading.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
# Markdown's time grows with the square of a paragraph.
LINE, PARAGRAPH, BRACKETS, PAGE, FILE = 2_000, 10_000, 20, 200_000, 500_000
MANY = 10  # faults of a page to tell
ACTIVE = (".htm", ".html", ".js", ".mjs", ".shtml", ".xht", ".xhtml", ".xml")


def unsafe(content):
    """Yield (text, what is wrong) for all in a page's HTML, or in a drawing, that is not allowed."""
    seen = set()
    for start in re.finditer(r"<(?=[a-z/!?])", content, re.IGNORECASE):
        tag = TAG.match(content, start.start())
        if tag and tag[0] in seen:
            continue
        if not tag:
            text = content[start.start() :].split("\n", 1)[0][:40]
            begin = re.sub(r"(<\W?[\w-]*).*", r"\1", text)
            yield begin, f"{text!r} is no whole HTML tag: write &lt; for the character <"
        else:
            seen.add(tag[0])
            if tag[1]:
                yield from _unsafe_tag(tag)


def _unsafe_tag(tag):
    name = tag[1].lower()
    if name not in ELEMENTS and "-" not in name:  # with a hyphen it is one of our own
        yield f"<{tag[1]}", f"<{name}> is not allowed in a page"
    for attribute, written in ATTRIBUTE.findall(tag[2]):
        written = written.strip("\"'")
        value = html.unescape(written)
        lower = attribute.lower()
        if lower.startswith(("data-", "aria-")):
            continue
        if "-" in name and not lower.startswith("on") and lower not in ("is", "style"):
            continue  # an element of our own has attributes of its own
        if lower not in ATTRIBUTES:
            yield f"{attribute}=", f"the attribute {lower} is not allowed, here of <{name}>"
        elif lower in ("href", "src"):
            address = re.sub(r"[\x00-\x20]", "", value)  # browsers leave them out
            if not (RELATIVE.fullmatch(address) or (name == "a" and LINK.fullmatch(address))):
                kinds = "to pages, https: and mailto:" if name == "a" else "below docs/"
                where = f"leads to {value[:60]!r}: only addresses {kinds} are allowed"
                yield written, f"<{name}> {where}"
        elif re.search(r"url\((?!#)", value, re.IGNORECASE):
            yield written, f"the {lower} of <{name}> is fetched from {value[:60]!r}"


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
    """Look at every file of docs/: a list of `file:line: what is wrong`."""
    root = Path(root)
    found = []
    for folder, folders, names in os.walk(root / "docs"):
        for name in sorted([*folders, *names]):
            path = Path(folder, name)
            at = path.relative_to(root).as_posix()
            if path.is_symlink():
                found.append(f"{at}: is a link: put there what it leads to")
            elif name in names and not name.startswith("."):
                found += _faults_of_file(path, at, path.stat().st_mtime_ns)
    return sorted(found)


@cache
def _faults_of_file(path, at, _modified):  # a file is looked at again only when it has changed
    return [f"{at}{wrong}" for wrong in islice(_look_at(path, at), MANY)]


def _look_at(path, at):
    size, suffix = path.stat().st_size, path.suffix.lower()
    page = pages.is_page(at.removeprefix("docs/"))
    most = PAGE if page else FILE
    if size > most:
        yield f": has {size:,} bytes: at most {most:,} are allowed"
        return
    if suffix in ACTIVE and not at.startswith("docs/assets/javascripts/"):
        yield f": a {suffix} file would be published as it is: write pages in Markdown"
    if not (page or suffix == ".svg"):
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
    else:
        for said, wrong in unsafe(re.sub(r"^<\?xml[^>]*\?>", "", text)):
            yield f":{_line(text, text.find(said))}: {wrong}"


def _endless(text):
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE:
            yield f":{number}: the line has {len(line):,} characters: at most {LINE:,} are allowed"
    for paragraph in re.finditer(r"(?:^.*[^\s#].*\n?)+", text, re.MULTILINE):
        line = _line(text, paragraph.start())
        if len(paragraph[0]) > PARAGRAPH:
            yield f":{line}: the paragraph has {len(paragraph[0]):,} characters: at most {PARAGRAPH:,}"
        depth = 0
        for bracket in re.findall(r"[\[\]]", paragraph[0]):
            depth = depth + 1 if bracket == "[" else max(0, depth - 1)
            if depth > BRACKETS:
                yield f":{line}: the paragraph has more than {BRACKETS} [ in each other"
                break


def _line(text, position):
    return text.count("\n", 0, max(0, position)) + 1

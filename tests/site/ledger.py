"""The ledger: every decimal that a reader sees is tied to a value, or declared as given."""

import functools
import json
import re
from pathlib import Path
from typing import NamedTuple

from hooks import front_matter, ties
from tests.site.pages import content_of, parsed
from tests.site.sources import ROOT, prose, sources

# What a reader takes for one number: digits with points, commas and thin spaces
# between them, and a power of ten.
PRINTED = re.compile(
    rf"(?<!\d)(?:{ties.THOUSANDS}(?:\.\d+)?(?![.,]?\d)|\.?\d+(?:[.,]\d+)*)"
    rf"(?:{ties.MARKS}(?:{ties.POWER}))?"
)
VERSION = re.compile(r"\d+(?:\.\d+){2,}")
BEHIND = re.compile(ties.BEHIND)
NO_NUMBER = (
    "is no number: write a point before decimals, a comma between thousands, and in a list a space "
    "behind each comma"
)

# Code shows decimals of its own; a title says where the number beside it comes from.
SILENT = {"pre", "code", "script", "style", "title", "desc"}
# The versions are the build's; what a notebook shows was computed by the code above it.
COMPUTED = ("verified", "output", "output frame")
# What stands in one line of text or of an equation. All else parts two numbers.
INLINE = {
    "a",
    "abbr",
    "b",
    "del",
    "em",
    "i",
    "ins",
    "mark",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
INLINE |= {
    "math",
    "mi",
    "mn",
    "mo",
    "mpadded",
    "mrow",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtext",
}
SCRIPTS = {"msub": "_", "msup": "^", "msubsup": "_^"}
STACKED = {"mfrac", "mover", "mroot", "munder", "munderover"}
TIE = re.compile("\x02([^\x03]*)\x03|\x04")  # the marks of read(): a tie begins, or ends

EQUATION = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
SCRIPT = re.compile(r"[_^]\{[^{}]*\}")
MARKED = re.compile(
    r"""[{ ]\.output\b|^[ >]*///.*\.output\b|class=["']?[\w -]*\boutput\b""", re.MULTILINE
)


class Tie(NamedTuple):
    """A tied number in the text of a page: `text[start:end]`, with the power behind it."""

    name: str
    start: int
    end: int


def read(element):
    """What a reader sees of an element: its text, with scripts as 10^{−5}, and marks around ties."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment
    if tag in SILENT or element.get("class") in COMPUTED:
        return "\n"
    if tag == "svg":
        return drawing(element)
    if tag == "mspace":
        return "\u2009"
    if tag == "mo" and element.text == ",":
        return ", "  # as TeX spaces it
    text = element.text or ""
    for place, child in enumerate(element):
        inside, scripts = read(child), SCRIPTS.get(tag, "")
        if 0 < place <= len(scripts):
            inside = f"{scripts[place - 1]}{{{inside}}}"
        elif tag in STACKED:
            inside = f"\n{inside}\n"
        text += inside + (child.tail or "")
    if tag in ("sub", "sup"):
        text = f"{'_' if tag == 'sub' else '^'}{{{text}}}"
    if name := element.get("data-v"):
        text = f"\x02{name}\x03{text}\x04"
    return text if tag in INLINE else f"\n{text}\n"


def drawing(svg):
    """The texts of a drawing. That of an equation has none: the MathML beside it says the same."""
    shown = "".join(map(read, svg.iter("text")))
    # Words for those who do not see it: its own numbers may stand in them.
    own = {match[0] for match in PRINTED.finditer(TIE.sub("", shown))}
    for words in svg.iterchildren("title", "desc"):
        numbers = (match[0] for match in PRINTED.finditer(words.text or ""))
        shown += "".join(f"\n{number}\n" for number in numbers if number not in own)
    return shown


@functools.lru_cache(maxsize=64)
def shown(html):
    """The text of a page's content, and the list of its Ties."""
    content = content_of(parsed(html))
    marked = read(content) if content is not None else ""
    text, found, begun, at = "", [], [], 0
    for mark in TIE.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1] is not None:
            begun.append((mark[1], len(text)))
        else:
            found.append(Tie(*begun.pop(), len(text)))
    text += marked[at:]
    return text, [tie._replace(end=BEHIND.match(text, tie.end).end()) for tie in found]


def entries(html):
    """Yield (text, tie or None) for each decimal in the content of a page, equations included.

    So are digits that could be taken for one: 0,6272.
    """
    text, found = shown(html)
    for match in PRINTED.finditer(text):
        if is_decimal(match[0]):
            start, end = match.span()
            tied_to = (tie.name for tie in found if tie.start <= start and end <= tie.end)
            yield match[0], next(tied_to, None)


def is_decimal(text):
    """Whether printed digits are no whole number, and no version such as 3.11.9."""
    printed = ties.parse(text)
    if printed:
        return printed.decimals > 0 or printed.parts["power"] is not None
    return not VERSION.fullmatch(text)


def tied(html):
    """Yield (name, text) for each tied number of a page, wherever it stands."""
    text, found = shown(html)
    for tie in found:
        yield tie.name, text[tie.start : tie.end].strip()


def nearest(page, number, root=ROOT):
    """The name and value of the recorded number that is nearest to a printed one.

    Among the records of the page's own topic, if it has any, else among all.
    """
    names = {}
    topic = sources()[page].stem.replace("-", "_") if page in sources() else ""
    records = sorted({*Path(root).glob("snippets/*/*.json")} - {ties.versions(root)})
    records = [path for path in records if not path.name.endswith(".measured.json")]
    for path in [path for path in records if path.parent.name == topic] or records:
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items():
            if entry["dtype"].startswith(("float", "int")):
                flatten(f"{path.parent.name}.{path.stem}.{name}", entry["value"], names)
    best = min(names, key=lambda name: abs(abs(names[name]) - float(number)))
    return f"{best} = {names[best]:.9g}"


def flatten(name, value, names):
    if isinstance(value, list):
        for index, entry in enumerate(value):
            flatten(f"{name}[{index}]", entry, names)
    else:
        names[name] = value


def source_of(page, root):
    """The source of a page in a project; None for a page that the blog makes."""
    path = sources().get(page)
    return path and Path(root) / path.relative_to(ROOT)


def line_of(page, text, root):
    """Where a source prints a number that is not tied, as `file:line`."""
    path = source_of(page, root)
    if path is None:
        return page
    at = path.relative_to(root).as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for tie in reversed(ties.find(line)):
            line = line[: tie.start] + line[tie.end :]
        if any(alike(match[0], text) for match in PRINTED.finditer(line)):
            return f"{at}:{number}"
    return at


def alike(written, shown):
    """Whether a page shows digits of its source so: 4 \\cdot 10^{-3} as 4⋅10^{−3}."""
    return written == shown or (value_of(shown) and str(value_of(written)) == str(value_of(shown)))


def value_of(text):
    """The number that a text prints, without its sign; None if it prints none."""
    printed = ties.parse(str(text))
    return printed and printed.number.copy_abs()


def faults(page, html, chosen=None, root=ROOT):
    """What is wrong with the numbers of a page of the project in root: a list of sentences."""
    if chosen is None:
        path = source_of(page, root)
        chosen = (front_matter.read(path).get("given") or []) if path else []
    chosen = {value_of(number) for number in chosen}
    return [
        *(
            f"{line_of(page, text, root)}: {wrong}"
            for text, wrong in untied(page, html, chosen, root)
        ),
        *commas(page, root),
        *pretended(page, root),
        *(wrong for name, text in tied(html) if (wrong := ties.fault(root, name, text))),
    ]


def untied(page, html, chosen, root):
    """Yield (text, what is wrong) for each decimal of a page that is neither tied nor chosen."""
    for text, tie in entries(html):
        number = value_of(text)
        if number is None:
            yield text, f"{text} {NO_NUMBER}"
        elif tie is None and number not in chosen:
            yield (
                text,
                f"{text} is neither tied to a value nor declared as given; "
                f"the nearest value is {nearest(page, number, root)}",
            )


def pretended(page, root):
    """Yield a sentence if a source marks as computed what its author wrote."""
    path = source_of(page, root)
    if path and MARKED.search(prose(path)):
        at = path.relative_to(root).as_posix()
        yield f"{at}: has the class output, by which the build marks what a notebook computed"


def commas(page, root):
    """Yield a sentence for each comma in an equation that TeX sets a space behind, to a reader's surprise."""
    path = source_of(page, root)
    for equation in EQUATION.finditer(prose(path)) if path else []:
        for match in re.finditer(r"[\d.]*\d,\d[\d.,]*", SCRIPT.sub("", equation[0])):
            yield f"{line_of(page, match[0], root)}: in an equation {match[0]} {NO_NUMBER}; {{,}} sets none"

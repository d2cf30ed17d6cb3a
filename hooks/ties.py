r"""Ties printed numbers to the values that the snippets computed.

A number is tied where it is printed:

    prose      [0.6225]{data-v="lstm.i[1]"}
    equation   \data{v=lstm.c[1]}{0.2876}
    diagram    <text data-v="lstm.c[1]">0.2876</text>

`lstm.c[1]` is entry 1 of what `values()` of snippets/lstm.py calls `c`. The
full-precision values lie in snippets/recorded/, where `python -m
snippets.recorded` wrote them, so a build reads them and computes nothing.
"""

import html
import json
import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hooks import pages

NUMBER = re.compile(r"[−–-]?\d*\.?\d+")
NAME = r"[a-z]\w*\.\w+(?:\[\d+\])*"
TIES = (
    re.compile(r'\[(?P<text>[^\[\]\n]*)\]\{[^}\n]*?data-v="(?P<name>[^"\n]*)"[^}\n]*\}'),
    re.compile(r"\\data\{v=(?P<name>[^},\n]*)[^}\n]*\}\{(?P<text>[^{}\n]*)\}"),
    re.compile(r'<\w+[^<>]*?\sdata-v="(?P<name>[^"\n]*)"[^<>]*>(?P<text>[^<]*)<'),
)
TIED_TAG = re.compile(r'<(\w+)((?:\s[^<>]*?)?)\sdata-v="([^"]*)"([^<>]*)>')
VERIFIED = "<!-- verified -->"  # where a template wants the sentence of verified()

# A value this near to a rounding boundary might print otherwise on another
# processor: float32 arithmetic differs there by about 1e-7.
MARGIN = {"float32": Decimal("1e-6"), "float64": Decimal("1e-9")}


class UnknownValue(Exception):
    """A tie names a value that no snippet records."""


class Value(NamedTuple):
    """One recorded number, and the dtype that computed it."""

    number: Decimal
    dtype: str


class Tie(NamedTuple):
    """A number printed in a source file, and where: `source[start:end]` is its text."""

    line: int
    name: str
    text: str
    start: int
    end: int


@cache
def folder(root):
    return Path(root) / "snippets" / "recorded"


@cache
def _read(path, _modified):
    return json.loads(path.read_text(encoding="utf-8"))


def read(path):
    """Read a record; the file is read again only when it has changed."""
    return _read(path, path.stat().st_mtime_ns)


def lookup(root, name):
    """Return the Value that a tie names.

    Raises UnknownValue, naming what there is instead.
    """
    if not re.fullmatch(NAME, name):
        raise UnknownValue(f"{name!r} is no name of a value: write topic.name or topic.name[0][1]")
    topic, _, rest = name.partition(".")
    path = folder(root) / f"{topic}.json"
    if not path.exists():
        raise UnknownValue(f"{name}: there is no {path.relative_to(root).as_posix()}")
    values = read(path)
    value_name = rest.split("[")[0]
    if value_name not in values:
        raise UnknownValue(
            f"{name}: values() of snippets/{topic}.py has {', '.join(values)}, but no {value_name}"
        )
    entry = values[value_name]
    number = entry["value"]
    for index in re.findall(r"\[(\d+)\]", rest):
        if not isinstance(number, list) or int(index) >= len(number):
            raise UnknownValue(f"{name}: {value_name} has no entry [{index}] there")
        number = number[int(index)]
    if isinstance(number, list):
        raise UnknownValue(f"{name} is an array of {len(number)}: name one entry, as {name}[0]")
    return Value(Decimal(repr(number)), entry["dtype"])


def decimals(text):
    """How many digits a printed number has after its point."""
    return len(text.partition(".")[2])


def plain(text):
    """A printed number as Python reads it: no typographic minus, no spaces."""
    return re.sub(r"\s|\{?,\}?", "", text).replace("−", "-").replace("–", "-")


def correct(value, text):
    """The text that the number should have with as many decimals as it is printed with."""
    step = Decimal(1).scaleb(-decimals(plain(text)))
    number = value.number.quantize(step, rounding=ROUND_HALF_EVEN)
    digits = f"{abs(number):f}"
    if plain(text).lstrip("-").startswith("."):
        digits = digits.removeprefix("0")
    sign = "" if number >= 0 else ("−" if "−" in text else "-")
    return sign + digits


def fault(root, name, text):
    """What is wrong with a tied number, in words, or None."""
    if not NUMBER.fullmatch(plain(text)):
        return f"{name} is tied to {text!r}, which is no number"
    try:
        value = lookup(root, name)
    except UnknownValue as unknown:
        return str(unknown)
    right = correct(value, text)
    if plain(right) != plain(text):
        return f"{name} is {value.number}: print {right}, not {text}"
    # How far the value lies from where the printed text would change.
    step = Decimal(1).scaleb(-decimals(plain(text)))
    distance = step / 2 - abs(value.number - Decimal(plain(right)))
    if value.dtype in MARGIN and distance <= MARGIN[value.dtype]:
        return (
            f"{name} is {value.number}: so near to where {right} rounds otherwise that another "
            "processor may print another digit. Print fewer decimals, or change the input"
        )
    return None


def find(source):
    """Yield each Tie of a source text (Markdown, notebook or SVG), in order of place."""
    found = []
    for pattern in TIES:
        for match in pattern.finditer(source):
            start, end = match.span("text")
            line = source.count("\n", 0, start) + 1
            found.append(Tie(line, match["name"], source[start:end], start, end))
    return sorted(found, key=lambda tie: tie.start)


def sources(root):
    """The files in which numbers may be tied."""
    return sorted([*pages.sources(root), *(Path(root) / "docs").rglob("*.svg")])


def faults(root):
    """Check every tie of every source: a list of `file:line: what is wrong`."""
    return [
        f"{path.relative_to(root).as_posix()}:{tie.line}: {wrong}"
        for path in sources(root)
        for tie in find(path.read_text(encoding="utf-8"))
        if (wrong := fault(root, tie.name, tie.text))
    ]


def origin(root, name):
    """The sentence a reader sees at a tied number."""
    lookup(root, name)
    topic, _, rest = name.partition(".")
    trained = folder(root) / f"{topic}.measured.json"
    measured = read(trained) if trained.exists() else {}
    if any(f"{rest.split('[')[0]}_".startswith(f"{result}_") for result in measured):
        return f"{name}, measured by training in snippets/{topic}.py; on another machine a little different"
    return f"{name}, computed by snippets/{topic}.py"


def verified(root):
    """The sentence below a page with tied numbers; parts/numbers.js adds its end to each."""
    made_with = ", ".join(f"{k} {v}" for k, v in read(folder(root) / "versions.json").items())
    return (
        '<p class="verified" data-search-exclude><span>Point at a number with a dotted line to see '
        "where it comes from.</span> All computed numbers were "
        f'<span id="__verified">verified with {html.escape(made_with)}</span>.</p>'
    )


def mark(root, output):
    """Let each tied number of a page tell where it comes from, and the page with what all were verified.

    Raises UnknownValue if a tie names a value that is not recorded.
    """

    @cache
    def told_of(name):
        return html.escape(origin(root, html.unescape(name)))

    def replace(match):
        element, before, name, after = match.groups()
        told = told_of(name)
        if element in ("g", "text", "tspan"):  # SVG has an element for it
            return f'<{element}{before} data-v="{name}"{after}><title>{told}</title>'
        if element.startswith("m"):  # MathML is for screen readers, which read the number
            return match[0]
        return f'<{element}{before} data-v="{name}" title="{told}"{after}>'

    output, count = TIED_TAG.subn(replace, output)
    return output.replace(VERIFIED, verified(root) if count else "")

r"""Ties printed numbers to the values that the snippets computed.

A number is tied where it is printed:

    prose      [0.6225]{data-v="lstm.miniature.i[1]"}
    equation   \data{v=lstm.miniature.c[1]}{0.2876}
    diagram    <text data-v="lstm.miniature.c[1]">0.2876</text>

in any way that numbers are printed: 1,162 and −3.1e-05, **0.62** and 62.7 %, nine
and twice. A power of ten may stand in the tie or behind it. A per cent sign in the
tie makes hundredths of the number: the value is a share.

A tie to an array holds all of its numbers, in order:

    \data{v=lstm.miniature.x}{\begin{bmatrix} 1 & 0 & -1 \end{bmatrix}}

A tie to a number says that an author chose it: [0.5]{data-v="0.5"}. Several are parted
by semicolons, \data{v=0;2}{(0,\ 2)}. No value is behind it, but no slip changes it unseen.

A tie to a claim holds its words. A claim is what a snippet's `claims()` returns: the
words, and whether they are true.

`lstm.miniature.c[1]` is entry 1 of what `values()` of snippets/lstm/miniature.py
calls `c`. The full-precision values lie beside it, in snippets/lstm/miniature.json,
where `python -m snippets.recording` wrote them: a build reads and computes nothing.
"""

import html
import json
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hooks import number_words, page_sources
from hooks.faults import Fault

# The grammar of a printed number. Thousands are parted by commas or thin spaces,
# in TeX {,} and \,. Marks of Markdown, and the end of a tie before a power, are
# no part of the number and stay as they are.
MARKS = r"(?:[\s*_~`$]|\\[,:; ]|&nbsp;)*"
THOUSANDS = r"[1-9][0-9]{0,2}(?P<group>,|\{,\}|\\,|[\u2009\u202f])[0-9]{3}(?:(?P=group)[0-9]{3})*"
DIGITS = rf"(?P<digits>(?:{THOUSANDS}|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
EXPONENT = "[−–+-]?[0-9]{1,3}"
TEN = rf"(?:[·⋅×]|\\cdot|\\times){MARKS}10"
POWER = "|".join(
    (
        rf"(?<!\s)[eE](?P<e>{EXPONENT})(?!\w)",
        rf"{TEN}\^\{{(?P<braced>{EXPONENT})\}}",
        rf"{TEN}\^(?P<bare>[0-9])(?!\w)",
        rf"{TEN}<sup>(?P<sup>{EXPONENT})</sup>",
        rf"{TEN}(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})",
    )
)
END = r"(?:\}|\]\{[^{}\n]*\}|</\w+>)"
NUMBER = re.compile(
    rf"{MARKS}(?P<sign>[−–+-]?){DIGITS}{MARKS}"
    rf"(?:(?:(?P<end>{END}){MARKS})?(?P<power>{POWER}){MARKS})?(?:(?P<percent>\\?%){MARKS})?"
)
ASCII = str.maketrans("−–⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "---+0123456789")
RAISED = str.maketrans("-+0123456789", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
EXACT = Context(prec=5000)  # more digits than a line may hold

NAME = r"(?P<module>[a-z]\w*\.[a-z]\w*)\.(?P<value>\w+)(?P<entry>(?:\[\d+\])*)"
DATA_V = r"""data-v=(?P<quote>["']?)(?P<name>[^"'\s<>}]*)(?P=quote)"""
BEHIND = re.sub(r"\?P<\w+>", "?:", rf"(?:{MARKS}(?:{POWER}))?")
# Each way to tie a number, with the minus that it is written with.
TIES = {
    re.compile(
        rf"\[(?P<text>[^\[\]\n]*)\]\{{[^}}\n]*?{DATA_V}[^}}\n]*\}}(?P<behind>{BEHIND})"
    ): "−",
    re.compile(
        r"\\data\{v=(?P<name>[^{},\n]*)[^{}\n]*\}\s*"
        rf"\{{(?P<text>(?:[^{{}}]|\{{(?:[^{{}}\n]|\{{[^{{}}\n]*\}})*\}})*)\}}(?P<behind>{BEHIND})"
    ): "-",
    re.compile(rf"<\w+[^<>]*?\s{DATA_V}[^<>]*>(?P<text>[^<]*)(?:</\w+>)?(?P<behind>{BEHIND})"): "−",
}
TIED_TAG = re.compile(r'<(\w+)((?:\s[^<>]*?)?)\sdata-v="([^"]*)"([^<>]*)>')

# A value this near to a rounding boundary might print otherwise on another
# processor: float32 arithmetic differs there by about 1e-7.
MARGIN = {"float32": Decimal("1e-6"), "float64": Decimal("1e-9")}
GIVEN = re.compile(r"[0-9.;-]+")  # what numbers are tied to that their author chose: themselves
CLAIM = "claim"  # what is recorded as the dtype of a claim, [words, whether they are true]


class UnknownValue(Exception):
    """A tie names what no snippet records, or what is no number."""


class Value(NamedTuple):
    """One recorded number, and the dtype that computed it."""

    number: Decimal
    dtype: str


class Printed(NamedTuple):
    """A number as it is printed: mantissa · 10 to the exponent, perhaps per cent. One in words has no parts."""

    parts: re.Match | None
    mantissa: Decimal
    decimals: int
    exponent: int
    percent: bool

    @property
    def scale(self):
        """The power of ten that a reader multiplies the mantissa by."""
        return self.exponent - 2 * self.percent

    @property
    def number(self):
        return self.mantissa.scaleb(self.scale, EXACT)

    @property
    def step(self):
        """One unit in the last printed place."""
        return Decimal(1).scaleb(self.scale - self.decimals)

    def of(self, number, exponent):
        """The same with the rounded digits of another number before ten to the exponent."""
        other = self._replace(exponent=exponent)
        rounded = number.quantize(other.step, ROUND_HALF_EVEN, EXACT)
        return other._replace(mantissa=rounded.scaleb(-other.scale, EXACT))


class Tie(NamedTuple):
    """A number printed in a source file, and where: `source[start:end]` is its text."""

    line: int
    name: str
    text: str
    start: int
    end: int
    minus: str = "−"


def record(root, module, kind="json"):
    """The file beside a module, say lstm.miniature, that holds its values, its text or its measurements."""
    return Path(root, "snippets", *module.split(".")).with_suffix(f".{kind}")


def versions(root):
    """The file that says with which libraries all values were computed."""
    return Path(root) / "snippets" / "recording" / "versions.json"


@cache
def _read(path, _modified):
    return json.loads(path.read_text(encoding="utf-8"))


def read(path):
    """Read a record; the file is read again only when it has changed."""
    return _read(path, path.stat().st_mtime_ns)


def recorded(root, name):
    """Return what a tie names, a number, a list or a claim, and its dtype.

    Raises UnknownValue, naming what there is instead.
    """
    named = _named(name)
    path = record(root, named["module"])
    if not path.exists():
        raise UnknownValue(f"{name}: there is no {path.relative_to(root).as_posix()}")
    values, value_name = read(path), named["value"]
    if value_name not in values:
        raise UnknownValue(
            f"{name}: values() of {source(named['module'])} has {', '.join(values)}, but no {value_name}"
        )
    entry = values[value_name]
    value = entry["value"]
    for index in re.findall(r"\[(\d+)\]", named["entry"]):
        if not isinstance(value, list) or int(index) >= len(value):
            raise UnknownValue(f"{name}: {value_name} has no entry [{index}] there")
        value = value[int(index)]
    return value, entry["dtype"]


def _value(name, number, dtype):
    if isinstance(number, bool | str) or not Decimal(repr(number)).is_finite():
        raise UnknownValue(f"{name} is {number!r}, which is no number: tie a number")
    return Value(Decimal(repr(number)), dtype)


def _entries(name, number, dtype):
    """Each number of an array as (name, Value), in order."""
    if not isinstance(number, list):
        return [(name, _value(name, number, dtype))]
    return [
        found
        for index, entry in enumerate(number)
        for found in _entries(f"{name}[{index}]", entry, dtype)
    ]


def _named(name):
    """The parts of a tie's name: its module, value and entry."""
    named = re.fullmatch(NAME, name)
    if not named:
        raise UnknownValue(
            f"{name!r} is no name of a value: write topic.module.name or topic.module.name[0][1]"
        )
    return named


def parse(text):
    """Read a printed number, in digits or in words; None if the text is no number."""
    parts = NUMBER.fullmatch(text)
    if not parts:
        said = number_words.value(text)
        if said is None:
            return None
        return Printed(None, said, max(0, -said.as_tuple().exponent), 0, False)
    digits = re.sub(r"[^0-9.]", "", parts["digits"])
    mantissa = Decimal(parts["sign"].translate(ASCII) + digits)
    exponent = parts[_exponent(parts)] if parts["power"] else "0"
    return Printed(
        parts,
        mantissa,
        len(digits.partition(".")[2]),
        int(exponent.translate(ASCII)),
        bool(parts["percent"]),
    )


def _exponent(parts):
    """The name of the group that holds the exponent of a power."""
    return next(name for name in ("e", "braced", "bare", "sup", "raised") if parts[name])


def correct(value, text, minus="−"):
    """The text with the digits that the number should have; all other characters are kept.

    As many decimals as there are; a minus where there was none is the given one.
    """
    printed = parse(text)
    parts, number = printed.parts, value.number
    right = printed.of(number, printed.exponent)
    if parts is None:
        return number_words.like(text, right.mantissa)
    if parts["power"] and number and right.mantissa != printed.mantissa:
        # The exponent follows the value: the first digit keeps its place.
        place = printed.mantissa.adjusted() if printed.mantissa else 0
        exponent = number.adjusted() - place + 2 * printed.percent
        right = printed.of(number, exponent)
        if right.mantissa.adjusted() > place:  # 9.96 rounds to 10.0
            right = printed.of(number, exponent + 1)
    new = {"sign": _sign(right, minus), "digits": _digits(right)}
    if right.exponent != printed.exponent:
        new[_exponent(parts)] = _power(right, minus)
    corrected, at = "", 0
    for group, part in new.items():
        corrected += text[at : parts.start(group)] + part
        at = parts.end(group)
    return corrected + text[at:]


def _sign(right, minus):
    old = right.parts["sign"]
    if right.mantissa < 0:
        return old if old and old != "+" else minus
    return old if old == "+" else ""


def _digits(right):
    whole, point, rest = f"{right.mantissa.copy_abs():f}".partition(".")
    if right.parts["group"]:
        whole = f"{int(whole):,}".replace(",", right.parts["group"])
    if right.parts["digits"].startswith(".") and whole == "0":
        whole = ""
    return whole + point + rest


def _power(right, minus):
    """The exponent, written as the old one was."""
    group = _exponent(right.parts)
    old = right.parts[group]
    width = len(old.lstrip("−–⁻+-"))
    if group == "raised":
        return f"{right.exponent}".translate(RAISED)
    if group == "e":
        return f"{'-' if right.exponent < 0 else '+'}{abs(right.exponent):0{width}}"
    new = f"{right.exponent}".replace("-", old[0] if old[0] in "−–-" else minus)
    return f"{{{new}}}" if group == "bare" and len(new) > 1 else new


def corrected(root, name, text, minus="−"):
    """The text of a tie with the digits that its number, or each number of its array, should have.

    The words of a claim, and what is no number, stay as they are. Raises UnknownValue.
    """
    for start, end, _, value in reversed(_printed(root, name, text)):
        text = text[:start] + correct(value, text[start:end], minus) + text[end:]
    return text


def _printed(root, name, text):
    """The numbers in the text of a tie: a list of (start, end, name, Value)."""
    value, dtype = recorded(root, name)
    if dtype == CLAIM:
        return []
    entries = _entries(name, value, dtype)
    places = [(0, len(text))] if parse(text) else []
    if isinstance(value, list):
        places = [match.span() for match in NUMBER.finditer(text)]
        if len(places) != len(entries):
            raise UnknownValue(
                f"{name} is an array of {len(entries)} numbers, and {len(places)} are printed: "
                f"print all, or name one entry, as {name}[0]"
            )
    return [(*place, *entry) for place, entry in zip(places, entries, strict=False)]


def fault(root, name, text, minus="−"):
    """What is wrong with a tied number, array or claim, in words, or None."""
    if GIVEN.fullmatch(name):
        right = given(text)
        return (
            None
            if name == right
            else f"{text!r} is marked as {name}: write {right}, if it is right"
        )
    try:
        value, dtype = recorded(root, name)
        if dtype == CLAIM:
            return _false(name, value, text)
        places = _printed(root, name, text)
    except UnknownValue as unknown:
        return str(unknown)
    if not places:
        return f"{name} is tied to {text!r}, which is no number"
    wrong = (
        _wrong(entry, text[start:end], correct(number, text[start:end], minus), number)
        for start, end, entry, number in places
    )
    return next(filter(None, wrong), None)


def given(text):
    """How numbers that their author chose are marked: 0.5, or 0;2 for several, which have no signs."""
    if printed := parse(text):
        return f"{printed.number.normalize():f}"
    found = [*NUMBER.finditer(text), *number_words.NUMBER.finditer(text)]
    numbers = (parse(match[0]) for match in sorted(found, key=re.Match.start))
    return ";".join(f"{number.number.copy_abs().normalize():f}" for number in numbers if number)


def _false(name, claim, text):
    """What is wrong with the words of a claim, or None."""
    words, true = claim
    if " ".join(text.split()) != words:
        return f"{name} says {words!r}, not {' '.join(text.split())!r}: claims() has checked those words only"
    return None if true else f"{name} is no longer true: {words!r}"


def _wrong(name, text, right, value):
    """What is wrong with one printed number, or None."""
    if right != text:
        return f"{name} is {value.number}: print {_plain(right)}, not {_plain(text)}"
    printed = parse(text)
    # How far the value lies from where the printed text would change.
    distance = printed.step / 2 - EXACT.subtract(value.number, printed.number).copy_abs()
    if value.dtype in MARGIN and distance <= MARGIN[value.dtype]:
        return (
            f"{name} is {value.number}: so near to where {_plain(text)} rounds otherwise that another "
            "processor may print another digit. Print fewer decimals, or change the input"
        )
    return None


def _plain(text):
    """A printed number as a message shows it, without the end of a tie in its midst."""
    printed = parse(text)
    start, end = printed.parts.span("end") if printed.parts else (-1, -1)
    return text if start < 0 else text[:start] + text[end:]


def find(source):
    """Yield each Tie of a source text (Markdown, notebook or SVG), in order of place."""
    found = []
    for pattern, minus in TIES.items():
        for match in pattern.finditer(source):
            start, end = match.span("text")
            if match["behind"]:
                end = match.end()
            line = source.count("\n", 0, start) + 1
            found.append(Tie(line, match["name"], source[start:end], start, end, minus))
    return sorted(found, key=lambda tie: tie.start)


def sources(root):
    """The files in which numbers may be tied."""
    return sorted([*page_sources.sources(root), *(Path(root) / "docs").rglob("*.svg")])


def faults(root):
    """Check every tie of every source: a list of `file:line: what is wrong`."""
    return [
        f"{path.relative_to(root).as_posix()}:{tie.line}: {wrong}"
        for path in sources(root)
        for tie in find(path.read_text(encoding="utf-8"))
        if (wrong := fault(root, tie.name, tie.text, tie.minus))
    ]


def origin(root, name):
    """The sentence a reader sees at a tied number, array or claim."""
    value, dtype = recorded(root, name)
    named = _named(name)
    if dtype == CLAIM:
        return f"{name}, checked by {source(named['module'])}"
    _entries(name, value, dtype)
    trained = record(root, named["module"], "measured.json")
    measured = read(trained) if trained.exists() else {}
    if any(f"{named['value']}_".startswith(f"{result}_") for result in measured):
        return f"{name}, measured by training in {source(named['module'])}; on another machine a little different"
    return f"{name}, computed by {source(named['module'])}"


def source(module):
    """The path of a module, say lstm.miniature, as readers see it."""
    return f"snippets/{module.replace('.', '/')}.py"


def verified(root):
    """The sentence below a page with tied numbers; parts/numbers.js adds its end to each."""
    made_with = ", ".join(f"{k} {v}" for k, v in read(versions(root)).items())
    return (
        '<p class="verified" data-search-exclude><span>Point at a number with a dotted line to see '
        "where it comes from.</span> All computed numbers were "
        f'<span id="__verified">verified with {html.escape(made_with)}</span>.</p>'
    )


def mark(root, content):
    """Let each tied number of a page tell where it comes from, and the page with what all were verified.

    Raises Fault if a tie names a value that is not recorded.
    """

    @cache
    def told_of(name):
        name = html.unescape(name)
        try:
            return html.escape(origin(root, name))
        except UnknownValue as unknown:
            raise Fault(name, str(unknown)) from None

    def replace(match):
        element, before, name, after = match.groups()
        if GIVEN.fullmatch(name):  # the checks read an equation in its MathML, not in its drawing
            marked = "" if element == "g" else f' data-given="{name}"'
            return f"<{element}{before}{marked}{after}>"
        told = told_of(name)
        if element in ("g", "text", "tspan"):  # SVG has an element for it
            if (
                "computed by" in told
            ):  # parts/numbers.js says that from the name: drawings stay light
                return match[0]
            return f'<{element}{before} data-v="{name}"{after}><title>{told}</title>'
        if element.startswith("m"):  # MathML is for screen readers, which read the number
            return match[0]
        return f'<{element}{before} data-v="{name}" title="{told}"{after}>'

    content, count = TIED_TAG.subn(replace, content)
    return f"{content}\n{verified(root)}" if count else content

"""The ledger: every number that a reader sees is tied to a value, or declared as given.

A number is a decimal, an integer of two or more digits, a word from "three" on, a
fraction in words, "twice", and whatever stands before "times" and "percent". It is
given where it is marked, [0.5]{data-v="0.5"}, or where the head of its page declares it with
what it counts: `given: [13 steps, three inputs ×2]`, which stand once and twice on the page. So a
number that is changed to another declared one is missed where it stood.
"""

import functools
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from hooks import front_matter, number_words, ties
from tests.site.conftest import build
from tests.site.pages import content_of, parsed, read_site
from tests.site.sources import ROOT, prose, sources

# What a reader takes for one number: digits with points, commas and thin spaces
# between them, and a power of ten.
PRINTED = re.compile(
    rf"(?<!\d)(?:{ties.THOUSANDS}(?:\.\d+)?(?![.,]?\d)|\.?\d+(?:[.,]\d+)*)"
    rf"(?:{ties.MARKS}(?:{ties.POWER}))?"
)
VERSION = re.compile(r"\d+(?:\.\d+){2,}")
BEHIND = re.compile(ties.BEHIND)
# Any number, in digits or words, before one of these.
COUNTED = re.compile(r"\s*(?:times\b|per ?cent\b|%)")
# A date is no count: in 1997, (2014), 22 November 2026.
YEAR = re.compile(r"(?:19\d\d|20[0-4]\d)")
BEFORE_YEAR = re.compile(
    r"(?:\(|, |\b(?:in|of|since|until|from|to|and|before|after|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\s|(?:19|20)\d\d–)$"
)
INDEX = re.compile(r"_\{[^{}]*$")  # what stands before an index
NO_NUMBER = (
    "is no number: write a point before decimals, a comma between thousands, and in a list a space "
    "behind each comma"
)

# Code shows decimals of its own; a title says where the number beside it comes from.
SILENT = {"pre", "code", "script", "style", "title", "desc"}
# The versions are the build's; what a notebook shows was computed by the code above it.
COMPUTED = ("verified", "output", "output frame")
FURNITURE = {"place", "md-meta__item"}  # date, place and length of a page, which the build writes
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
    """A tied number in the text of a page: `text[start:end]`, with the power behind it; its name may be that of ties.GIVEN."""

    name: str
    start: int
    end: int


def read(element):
    """What a reader sees of an element: its text, with scripts as 10^{−5}, and marks around ties."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment
    classes = element.get("class") or ""
    if tag in SILENT or classes in COMPUTED or classes in FURNITURE:
        return "\n"
    if tag == "svg":
        return drawing(element)
    if tag == "h1" and YEAR.fullmatch((element.text or "").strip()):
        return "\n"  # the archive of a year
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
    if name := element.get("data-given") or element.get("data-v"):
        text = f"\x02{name}\x03{text}\x04"
    return text if tag in INLINE else f"\n{text}\n"


def drawing(svg):
    """The texts of a drawing. That of an equation has none: the MathML beside it says the same."""
    shown = "".join(map(read, svg.iter("text")))
    # Words for those who do not see it: its own numbers may stand in them.
    own = {match[0] for match in PRINTED.finditer(TIE.sub("", shown))}
    if "data" in (svg.get("class") or "").split():
        shown = ""  # a snippet has drawn its values
    for words in svg.iterchildren("title", "desc"):
        told = PRINTED.sub(lambda match: "" if match[0] in own else match[0], words.text or "")
        shown += f"\n{told}\n"
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


class Entry(NamedTuple):
    """A number in the text of a page, and the name of what it is tied to: None, or what ties.GIVEN finds."""

    text: str
    start: int
    end: int
    tie: str | None


def entries(html):
    """Yield an Entry for each number in the content of a page, equations included.

    So are digits that could be taken for one: 0,6272.
    """
    text, found = shown(html)
    for match in sorted((*printed(text), *worded(text)), key=re.Match.start):
        start, end = match.span()
        tied_to = (tie.name for tie in found if tie.start <= start and end <= tie.end)
        yield Entry(match[0], start, end, next(tied_to, None))


def printed(text):
    """Yield the match of each number in digits that needs a tie."""
    for match in PRINTED.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if match[0] == "10" and text.startswith("^{", match.end()):
            continue  # the base of a power of ten, whose exponent may be tied
        digits = re.sub(r"\D", "", match[0])
        counts = len(digits) > 1 or COUNTED.match(text, match.end())
        if is_decimal(match[0]) or (counts and not is_label(match[0], before)):
            yield match


def is_label(integer, before):
    """Whether digits count nothing: an index, a part of a name such as float64, a year."""
    if (
        before[-1:].isalpha()
        or before.endswith("_")
        or INDEX.search(before)
        or VERSION.fullmatch(integer)
    ):
        return True
    return bool(YEAR.fullmatch(integer) and BEFORE_YEAR.search(before))


def worded(text):
    """Yield the match of each number in words that needs a tie: three and more, and parts of a whole."""
    for match in number_words.NUMBER.finditer(text):
        said = number_words.value(match[0])
        if (
            said in (0, 1, 2)
            and match[0].lower() != "twice"
            and not COUNTED.match(text, match.end())
        ):
            continue
        yield match


def is_decimal(text):
    """Whether printed digits are no whole number, and no version such as 3.11.9."""
    printed = ties.parse(text)
    if printed:
        return printed.decimals > 0 or printed.parts["power"] is not None
    return not VERSION.fullmatch(text)


def tied(html):
    """Yield (name, text) for each tied number, array and claim of a page, wherever it stands."""
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


def line_of(page, text, root, phrase=""):
    """Where a source prints a number that is not tied, as `file:line`: best in the words of a phrase."""
    path = source_of(page, root)
    if path is None:
        return page
    at = path.relative_to(root).as_posix()
    found = [
        number for number, line in lines(path) if any(alike(m[0], text) for m in numbers(line))
    ]
    words = re.findall(r"[^\W\d_]{2,}", phrase.replace(text, ""))
    told = dict(lines(path))
    best = max(found, key=lambda n: sum(word in told[n] for word in words), default=None)
    return at if best is None else f"{at}:{best}"


def lines(path):
    """The lines of a source below its head, numbered, without what is tied."""
    head, found = 0, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip("# ") == "---" and head < 2:
            head += 1
        elif head != 1:
            for tie in reversed(ties.find(line)):
                line = line[: tie.start] + line[tie.end :]
            found.append((number, line))
    return found


def numbers(text):
    """All that is printed like a number, in digits or words."""
    return [*PRINTED.finditer(text), *number_words.NUMBER.finditer(text)]


def alike(written, shown):
    """Whether a page shows digits of its source so: 4 \\cdot 10^{-3} as 4⋅10^{−3}."""
    return written == shown or (value_of(shown) and str(value_of(written)) == str(value_of(shown)))


def value_of(text):
    """The number that a text prints, without its sign; None if it prints none."""
    printed = ties.parse(str(text))
    return printed and printed.number.copy_abs()


def declared(page, root=ROOT):
    """What the head of a page declares as given: words with the numbers in them."""
    path = source_of(page, root)
    return (front_matter.read(path).get("given") or []) if path else []


def given_on(page, root=ROOT):
    """The phrases that a page may use: a list of pages those of all, since it repeats what they begin with."""
    if page and page in sources():
        return declared(page, root)
    return [phrase for source in sources() for phrase in declared(source, root)]


def faults(page, html, chosen=None, root=ROOT):
    """What is wrong with the numbers of a page of the project in root: a list of sentences."""
    heads = declared(page, root) if chosen is None else chosen
    chosen = given_on(page, root) if chosen is None else chosen
    path = source_of(page, root)
    at = path.relative_to(root).as_posix() if path else page
    return [
        *(
            f"{line_of(page, text, root, phrase)}: {wrong}"
            for text, phrase, wrong in untied(page, html, chosen, root)
        ),
        *(f"{at}: {wrong}" for wrong in unfit(html, heads)),
        *commas(page, root),
        *pretended(page, root),
        *(wrong for name, text in tied(html) if (wrong := ties.fault(root, name, text))),
    ]


def untied(page, html, chosen, root):
    """Yield (number, its phrase, what is wrong) for each number of a page that is neither tied nor given."""
    text, _ = shown(html)
    spans = [span for phrase in chosen for span in found_at(phrase, text)]
    for entry in entries(html):
        number = value_of(entry.text)
        if number is None and not number_words.NUMBER.fullmatch(entry.text):
            yield entry.text, "", f"{entry.text} {NO_NUMBER}"
        elif entry.tie is None and not within(entry, spans):
            phrase = phrase_of(text, entry)
            near = "" if number is None else f"; the nearest value is {nearest(page, number, root)}"
            yield (
                entry.text,
                phrase,
                f"{entry.text} is neither tied to a value nor declared as given, in {phrase!r}{near}",
            )


def within(entry, spans):
    return any(start <= entry.start and entry.end <= end for start, end in spans)


def counted(phrase):
    """The words of a declared phrase, and how often they stand on its page: "three inputs ×2"."""
    words, _, times = str(phrase).partition(" ×")
    return words, int(times or 1)


@functools.cache
def pattern_of(phrase):
    words = r"\s+".join(map(re.escape, counted(phrase)[0].split()))
    return re.compile(rf"(?<![\w.]){words}(?![\w]|[.,]\d)", re.IGNORECASE)


def found_at(phrase, text):
    """Where a text has the words of a phrase: a list of (start, end)."""
    return [match.span() for match in pattern_of(phrase).finditer(text)]


def phrase_of(text, entry):
    """A number with what it counts: the two words behind it, or else those before it."""
    behind = re.match(r"(?:[ \u2009]?[^\s.,;:()?!|¶]+){0,2}", text[entry.end : entry.end + 60])[0]
    if re.search(r"[^\W\d_]{2,}", behind):
        return " ".join((text[entry.start : entry.end] + behind).split())
    before = re.search(
        r"(?:[^\s.;:()?!|]+[ \u2009]?){0,3}$", text[max(0, entry.start - 60) : entry.start]
    )[0]
    return " ".join((before + text[entry.start : entry.end] + behind).split())


def unfit(html, chosen):
    """Yield a sentence for each phrase that says not what its number counts, or is not as often on the page as it says."""
    text, _ = shown(html)
    loose = [entry for entry in entries(html) if entry.tie is None]
    for phrase in chosen:
        words, times = counted(phrase)
        rest = number_words.NUMBER.sub("", PRINTED.sub("", words))
        if not re.search(r"[^\W\d_]", rest):
            yield f"given: {phrase} says not what it counts: write [13 steps], or mark the number, [0.5]{{data-v=0.5}}"
            continue
        found = sum(
            any(within(entry, [span]) for entry in loose) for span in found_at(phrase, text)
        )
        if not found:
            yield f"given: {words!r} is nowhere on the page, or has no number that needs it"
        elif found != times:
            right = words if found == 1 else f"{words} ×{found}"
            yield f"given: {words!r} stands {found} times on the page, not {times}: see whether each is right, then write [{right}]"


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


def main(folder):
    """Print what is wrong with the numbers of a built site, and the phrases to declare, page by page."""
    for page, html in read_site(Path(folder)).html.items():
        if page not in sources():
            continue
        for wrong in faults(page, html):
            print(wrong)
        if found := Counter(phrase for _, phrase, _ in untied(page, html, given_on(page), ROOT)):
            told = (phrase if n == 1 else f"{phrase} ×{n}" for phrase, n in found.items())
            print(f"given: [{', '.join(told)}]\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as target:
            built = build(ROOT, target, "--strict")
            if built.returncode:
                sys.exit(built.stderr)
            main(target)

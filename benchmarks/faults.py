"""How many random faults in integers, number words and claims the ledger catches.

python -m benchmarks.faults [folder of a built site]

Changes one number, word or claim of a page as its readers get it, asks the checks, and
writes to README.md how many they caught. The faults are seeded. What was missed is printed.
"""

import random
import re
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import lxml.html

from benchmarks import report
from benchmarks.site import ROOT
from hooks import number_words, ties
from tests.site import conftest, ledger
from tests.site.pages import content_of, read_site
from tests.site.sources import sources

FAULTS = 100
# Code, what a program printed, drawings of data, and the build's own words.
APART = "ancestor-or-self::*[self::pre or self::code or self::script or self::style or self::title]"
CLASSES = "ancestor-or-self::*[contains('|output|output frame|verified|place|md-meta__item|', concat('|', @class, '|'))]"
DATA = "ancestor-or-self::*[self::svg][contains(concat(' ', @class, ' '), ' data ')]"
INTEGER = re.compile(r"(?<![\w.,–-])[1-9]\d+(?![\w,]*\d|\.\d)")
SAID = "three four five six seven eight nine ten twelve twenty thirty fifty twice half".split()
WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(SAID)})(?![\w-])", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
OTHER = {
    "lower": "higher",
    "more": "less",
    "most": "few",
    "all": "some",
    "each": "one",
    "first": "last",
}


def texts(tree):
    """The texts of a page that readers see: (element, "text" or "tail", what stands there)."""
    for element in content_of(tree).iter():
        if not isinstance(element.tag, str) or element.xpath(f"{APART} | {CLASSES} | {DATA}"):
            continue
        if element.text:
            yield element, "text", element.text
        for child in element:
            if child.tail:
                yield child, "tail", child.tail


def places(tree, pattern):
    """Where a page prints what a pattern finds: (element, which text, match). No years, no indices."""
    for element, which, text in texts(tree):
        if element.getparent().tag in ("msub", "msubsup") and which == "text":
            continue
        for match in pattern.finditer(text):
            if not YEAR.fullmatch(match[0]):
                yield element, which, match


def other_integer(rng, text):
    number = int(text)
    return str(
        rng.choice([number + 1, number - 1, number + 10, number * 10, number + rng.randrange(2, 9)])
    )


def other_word(rng, text):
    return rng.choice([word for word in SAID if word != text.lower()])


def other_claim(rng, words):
    """The words of a claim, one of them another, or one left out."""
    said = words.split()
    for place in rng.sample(range(len(said)), len(said)):
        if number_words.value(said[place]) is not None:
            said[place] = other_word(rng, said[place])
            return " ".join(said)
        if said[place] in OTHER:
            said[place] = OTHER[said[place]]
            return " ".join(said)
    del said[rng.randrange(len(said))]
    return " ".join(said)


def numbers(rng, site, pattern, other):
    """Plant faults in what a pattern finds: yield (page, what was changed, whether it was caught)."""
    pages = {page: site.html[page] for page in sources() if page in site.html}
    trees = {page: lxml.html.document_fromstring(html) for page, html in pages.items()}
    found = [(page, *place) for page, tree in trees.items() for place in places(tree, pattern)]
    for page, element, which, match in rng.sample(found, FAULTS):
        text = getattr(element, which)
        new = text[: match.start()] + other(rng, match[0]) + text[match.end() :]
        setattr(element, which, new)
        html = lxml.html.tostring(trees[page], encoding="unicode")
        setattr(element, which, text)
        near = text[max(0, match.start() - 30) : match.end() + 30]
        yield page, f"{match[0]} in {near!r}", bool(ledger.faults(page, html))


def claims(rng, site):
    """Plant faults in claims: in their words, or in whether they are true."""
    found = [
        (page, tie, text)
        for page in sources()
        if page in site.html
        for tie, text in ledger.tied(site.html[page])
        if not ties.GIVEN.fullmatch(tie) and ties.recorded(ROOT, tie)[1] == ties.CLAIM
    ]
    recorded = ties.recorded
    for fault in range(FAULTS):
        page, name, text = rng.choice(found)
        if fault % 2:
            caught = ties.fault(ROOT, name, other_claim(rng, text))
        else:

            def false(root, tie, name=name):
                value, dtype = recorded(root, tie)
                return ([value[0], False] if tie == name else value), dtype

            with patch.object(ties, "recorded", false):
                caught = ledger.faults(page, site.html[page])
        yield page, f"claim {text!r}", bool(caught)


def main(folder):
    site = read_site(Path(folder))
    alarms = [
        wrong
        for page in sources()
        if page in site.html
        for wrong in ledger.faults(page, site.html[page])
    ]
    lines = []
    for name, planted in {
        "integers": numbers(random.Random(1), site, INTEGER, other_integer),
        "number words": numbers(random.Random(2), site, WORD, other_word),
        "claims": claims(random.Random(3), site),
    }.items():
        missed = []
        for page, what, caught in planted:
            if not caught:
                missed.append(what)
                print(f"missed on {page}: {what}", flush=True)
        lines.append([name, str(FAULTS), str(FAULTS - len(missed))])
        print(" · ".join(lines[-1]), flush=True)
    lines.append(["none planted: alarms", "", str(len(alarms))])
    report.write("faults", ["faults in", "planted", "caught"], lines)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as target:
            built = conftest.build(ROOT, target, "--strict", **conftest.DEPLOYED)
            if built.returncode:
                sys.exit(built.stderr)
            main(target)

"""The ledger: every decimal that a reader sees is tied to a value, or declared as given."""

import json
import re
from decimal import Decimal
from pathlib import Path

from lxml import etree

from hooks import ties
from tests.site.pages import content_of, parsed
from tests.site.sources import ROOT, given, sources

DECIMAL = re.compile(r"\d*\.\d+")
# Code shows decimals of its own; the versions below a page are the build's.
SILENT = "ancestor::pre or ancestor::code or ancestor::script or ancestor::style"
SILENT += " or ancestor::*[@class='verified']"
LOUD = etree.XPath(f".//text()[contains(., '.') and not({SILENT})]")
TIED = etree.XPath(f".//*[@data-v and not(self::g) and not({SILENT})]")
WORDS = etree.XPath(".//text()[not(ancestor::title)]")


def entries(html):
    """Yield (text, tie or None) for each decimal in the content of a page, equations included."""
    content = content_of(parsed(html))
    for part in LOUD(content) if content is not None else []:
        owner = part.getparent() if part.is_text else part.getparent().getparent()
        around = [owner, *owner.iterancestors()]
        tie = next((element.get("data-v") for element in around if element.get("data-v")), None)
        drawn = next((element for element in around if element.tag in ("desc", "title")), None)
        for text in DECIMAL.findall(part):
            if drawn is not None and drawn.getparent().tag == "svg":
                # Words for those who do not see a drawing: its own numbers may stand in them.
                shown = [words(element) for element in drawn.getparent().iter("text")]
                if any(text in DECIMAL.findall(number) for number in shown):
                    continue
            elif drawn is not None:
                continue  # says where the number beside it comes from
            yield text, tie


def tied(html):
    """Yield (name, text) for each tied number of a page, wherever it stands.

    The drawing of an equation is left out: its MathML says the same.
    """
    content = content_of(parsed(html))
    for element in TIED(content) if content is not None else []:
        yield element.get("data-v"), words(element).strip()


def words(element):
    """What an element shows, without the title that pointing at it shows."""
    return "".join(WORDS(element))


def nearest(page, number):
    """The name and value of the recorded number that is nearest to a printed one.

    Among the records of the page's own topic, if it has any, else among all.
    """
    names = {}
    topic = sources()[page].stem.replace("-", "_") if page in sources() else ""
    records = [path for path in sorted(ties.folder(ROOT).glob("*.json")) if path.stem != "versions"]
    for path in [path for path in records if path.stem.startswith(topic)] or records:
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items():
            if entry["dtype"].startswith(("float", "int")):
                flatten(f"{path.stem}.{name}", entry["value"], names)
    best = min(names, key=lambda name: abs(abs(names[name]) - float(number)))
    return f"{best} = {names[best]:.9g}"


def flatten(name, value, names):
    if isinstance(value, list):
        for index, entry in enumerate(value):
            flatten(f"{name}[{index}]", entry, names)
    else:
        names[name] = value


def line_of(page, text, root):
    """Where a source prints a number that is not tied, as `file:line`."""
    path = sources().get(page)
    if path is None:
        return page
    path = Path(root) / path.relative_to(ROOT)
    loose = re.compile(rf"(?<![\d.]){re.escape(text)}(?!\d)")
    at = path.relative_to(root).as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        bare = re.sub(r"\[[^\]]*\]\{[^}]*data-v[^}]*\}|\\data\{[^}]*\}\{[^}]*\}", "", line)
        if loose.search(bare):
            return f"{at}:{number}"
    return at


def faults(page, html, chosen=None, root=ROOT):
    """What is wrong with the numbers of a page of the project in root: a list of sentences."""
    chosen = {abs(Decimal(str(number))) for number in (given(page) if chosen is None else chosen)}
    found = [
        f"{line_of(page, text, root)}: {text} is neither tied to a value nor declared as given; "
        f"the nearest value is {nearest(page, text)}"
        for text, tie in entries(html)
        if tie is None and Decimal(text) not in chosen
    ]
    found += [wrong for name, text in tied(html) if (wrong := ties.fault(ROOT, name, text))]
    return found

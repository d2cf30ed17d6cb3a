"""The Markdown of a page as any notebook shows it: without ties, labs and what else only this site understands."""

import base64
import re
from typing import NamedTuple
from urllib.parse import urljoin

from hooks import diagrams, includes, page_sources, pictures, ties

COMMENT = re.compile(r"<!--[\s\S]*?-->\n?")
# What is for the site's scripts: explorers, labs and the words about them. Their drawings and tables stay.
ALIVE = re.compile(
    r'^////?.*\n|^--8<-- "[\w-]+\.html"\n|(?:^.+\n)+^\{ \.js-only \}\n|^\{ \.lab-told .*\}\n'
    r"|<form\b[\s\S]*?</form>\n?|</?(?:div|[a-z]+(?:-[a-z]+)+)\b[^<>]*>\n?",
    re.MULTILINE,
)
TAG = re.compile(r"<(\w+)(?:\s+[\w-]+=\"[^\"]*\")+\s*>")
BLOCK = re.compile(
    r'^(?:\?\?\?\+?|(?P<open>!!!)) \w+ "(?P<title>[^"]+)"\n(?P<text>(?:    .*(?:\n|\Z)|\n)+)',
    re.MULTILINE,
)
NAMES = r"\{:?\s*(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}"  # {#the-cell .wide}
SPAN = re.compile(rf"\[([^\[\]\n]*)\]{NAMES}")
OF_LINK_OR_BLOCK = re.compile(rf"(?<=\)){NAMES}|^{NAMES}\n", re.MULTILINE)
HEADING = re.compile(rf"^(#+ .*?) *{NAMES}$", re.MULTILINE)
FIGURE = re.compile(rf"^{diagrams.WRITTEN.pattern}$", re.MULTILINE | re.VERBOSE)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
SOURCE = re.compile(r"(?P<source>[^:?#]+\.(?:md|py))?(?P<place>[?#].*)?")
CELL = re.compile("^(?=#{1,6} )|\0\0", re.MULTILINE)
KEPT = re.compile("\0(\\d+)\0")


class Place(NamedTuple):
    """Where a page lies: its source below docs/, and the address of each source on the site."""

    source: str
    addresses: dict[str, str]

    @property
    def address(self):
        return self.addresses[self.source]

    def of(self, target):
        """The address to which a link of the page leads."""
        found = SOURCE.fullmatch(target)
        if not found:
            return urljoin(self.address, target)
        source = urljoin(self.source, found["source"] or "")
        return self.addresses.get(source, self.address) + (found["place"] or "")


def unfolded(source):
    """The source of a page in which listings stand outside of notes, each to become a cell."""

    def replace(block):
        text = unfolded(re.sub(r"^    ", "", block["text"], flags=re.MULTILINE)).strip("\n")
        title = block["title"]
        if includes.INCLUDE.search(text):
            return f"**{title}.**\n\n{text}\n\n"
        if block["open"]:
            quoted = f"**{title}**\n\n{text}".split("\n")
            return "\n".join(f"> {line}".rstrip() for line in quoted) + "\n\n"
        return f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>\n\n"

    return BLOCK.sub(replace, source)


def cells(source, place, root):
    """The Markdown of the cells of a source without listings: one for each heading and each drawing."""
    code = []

    def keep(found):
        code.append(includes.put_in(root, re.sub(r"\A(\s*```\w+) .*", r"\1", found[0])))
        return f"\0{len(code) - 1}\0"

    text = page_sources.CODE.sub(keep, source)
    text = TAG.sub(r"<\1>", ALIVE.sub("", COMMENT.sub("", f"{text}\n")))
    for tie in ties.TIES:
        text = tie.sub(lambda found: found["text"] + found["behind"], text)
    text = HEADING.sub(r"\1", SPAN.sub(r"\1", OF_LINK_OR_BLOCK.sub("", text)))
    text = LINK.sub(lambda found: f"[{found[1]}]({place.of(found[2])})", text)
    text = FIGURE.sub(lambda found: f"\0\0{_figure(root, **found.groupdict())}\0\0", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    parts = (KEPT.sub(lambda found: code[int(found[1])], part) for part in CELL.split(text))
    return [part.strip("\n") for part in parts if part.strip()]


def _figure(root, name, caption, **_):
    drawing = pictures.alone(root, name)
    title = re.findall(r"<title>([^<]*)</title>", drawing)[0]
    data = base64.b64encode(drawing.encode("utf-8")).decode("ascii")
    return f"![{title}](data:image/svg+xml;base64,{data})\n\n*Figure.* {' '.join(caption.split())}"

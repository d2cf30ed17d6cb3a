"""Puts the SVG diagrams of docs/diagrams/ into the pages that show them.

Authors write an ordinary image, `![caption](../diagrams/topic/name.svg)`,
which a code host shows as well. A drawing that is part of the page follows
its colours, prints, can be read aloud and lets its symbols be pointed at.
`{#the-cell}` behind the image lets links lead to the drawing.

`DiagramsExtension` teaches this to Python-Markdown: such an image becomes a
figure, and its words a caption with emphasis, equations and ties. When the HTML
of a page is done, `inline` puts the drawing in the image's place.
"""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from markdown import Extension
from markdown.blockprocessors import BlockProcessor

from hooks.faults import Fault

SOURCE = r"(?:[^\s()<>\"]*/)?diagrams/(?P<name>(?:[\w-]+/)?[\w-]+)\.svg"
WRITTEN = re.compile(
    r"\s*!\[ (?P<caption> (?: [^\[\]] | \[ [^\[\]]* \] )* ) \]"
    rf"\( \s* (?P<source> {SOURCE} ) \s* \) (?: \{{ :? (?P<attributes> [^{{}}\n]* ) \}} )? \s*",
    re.VERBOSE,
)
IMAGE = re.compile(rf'<img [^>]*?src="(?P<source>{SOURCE})"[^>]*>')
FIGURE = re.compile(rf'(?P<figure><figure [^>]*class="diagram[ "][^>]*>)\s*{IMAGE.pattern}')


class DiagramError(Exception):
    """A diagram lacks what a page needs of it."""


class DiagramsExtension(Extension):
    """Makes a figure with a caption of an image of a diagram that is a paragraph of its own."""

    def extendMarkdown(self, md):
        md.parser.blockprocessors.register(Figure(md.parser), "diagram", 77)


def makeExtension(**options):  # the name that Python-Markdown asks for
    return DiagramsExtension(**options)


class Figure(BlockProcessor):
    def test(self, parent, block):
        return True

    def run(self, parent, blocks):
        image = WRITTEN.fullmatch(blocks[0])
        if not image:
            return False  # for another processor
        blocks.pop(0)
        # What a drawing shows stands in the text, too: search need not read it twice.
        figure = ElementTree.SubElement(
            parent, "figure", {"class": "diagram", "data-search-exclude": ""}
        )
        ElementTree.SubElement(figure, "img", {"alt": "", "src": image["source"]})
        if image["caption"]:
            ElementTree.SubElement(figure, "figcaption").text = image["caption"]
        if image["attributes"]:
            attr_list = self.parser.md.treeprocessors["attr_list"]
            attr_list.assign_attrs(figure, image["attributes"])


def faults(content):
    """Yield (text, what is wrong) for each image of a diagram in a page that is no figure."""
    for image in IMAGE.finditer(FIGURE.sub("", content)):
        yield (
            f"diagrams/{image['name']}.svg",
            "a drawing takes a paragraph of its own: ![caption](../diagrams/topic/name.svg)",
        )


def inline(root, html):
    """Replace the image of each figure by the drawing itself.

    Raises Fault, naming the file and what it lacks.
    """
    shown = Counter()

    def replace(found):
        name = found["name"]
        shown[name] += 1
        try:
            drawing = read(root, name)
        except DiagramError as error:
            raise Fault(f"diagrams/{name}.svg", str(error)) from None
        if shown[name] > 1:  # no name stands twice on a page
            own = re.compile(rf'((?:\bid|aria-\w+)="|href="#|url\(#)({_id(name)})')
            drawing = own.sub(rf"\g<1>\g<2>-{shown[name]}", drawing)
        return found["figure"] + drawing

    return FIGURE.sub(replace, html)


def read(root, name):
    """Return the `<svg>` element of docs/diagrams/<topic>/<name>.svg, named by its title and description."""
    path, known = Path(root) / "docs" / "diagrams" / f"{name}.svg", _id(name)
    at = path.relative_to(root).as_posix()
    if not path.exists():
        raise DiagramError(f"{at}: there is no such drawing")
    source = path.read_text(encoding="utf-8")
    for element in ("title", "desc"):
        if not re.search(rf"<{element}[ >][^<]*\S[^<]*</{element}>", source):
            raise DiagramError(f"{at}: has no <{element}>: say in words what the drawing shows")
    for given in re.findall(r'\bid="([^"]*)"', source):
        if not given.startswith(known):
            raise DiagramError(
                f'{at}: id="{given}" may meet another on the page: begin it with {known}-'
            )
    source = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    drawing = source[source.index("<svg") :].strip()
    drawing = re.sub(r">\s+<", "><", drawing).replace(' xmlns="http://www.w3.org/2000/svg"', "")
    drawing = drawing.replace("<title>", f'<title id="{known}-title">', 1)
    drawing = drawing.replace("<desc>", f'<desc id="{known}-desc">', 1)
    named = f'<svg role="img" aria-labelledby="{known}-title" aria-describedby="{known}-desc"'
    return drawing.replace("<svg", named, 1)


def _id(name):
    """How the ids of a drawing begin: lstm/cell is lstm-cell."""
    return name.replace("/", "-")

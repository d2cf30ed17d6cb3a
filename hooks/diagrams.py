"""Puts the SVG diagrams of docs/diagrams/ into the pages that show them.

Authors write an ordinary image, `![caption](../diagrams/topic-name.svg)`,
which a code host shows as well. A drawing that is part of the page follows
its colours, prints, can be read aloud and lets its symbols be pointed at.
`{#the-cell}` behind the image lets links lead to the drawing.
"""

import re
from pathlib import Path

IMAGE = re.compile(
    r'(?:<p>\s*)?<img ([^>]*?src="[^"]*diagrams/([\w-]+)\.svg"[^>]*?)\s*/?>(?:\s*</p>)?'
)


class DiagramError(Exception):
    """A diagram lacks what a page needs of it."""


def inline(root, output):
    """Replace each image of a diagram by the drawing itself, with its caption.

    Raises DiagramError, naming the file and what it lacks.
    """

    def replace(match):
        attributes, name = match.groups()
        caption = re.search(r'alt="([^"]*)"', attributes)
        anchor = re.search(r'\bid="[^"]*"', attributes)
        drawing = read(root, name)
        text = f"<figcaption>{caption[1]}</figcaption>" if caption and caption[1] else ""
        named = f" {anchor[0]}" if anchor else ""
        return f'<figure class="diagram"{named} data-search-exclude="">{drawing}{text}</figure>'

    return IMAGE.sub(replace, output)


def read(root, name):
    """Return the `<svg>` element of docs/diagrams/<name>.svg, named by its title and description."""
    path = Path(root) / "docs" / "diagrams" / f"{name}.svg"
    at = path.relative_to(root).as_posix()
    if not path.exists():
        raise DiagramError(f"{at}: there is no such drawing")
    source = path.read_text(encoding="utf-8")
    for element in ("title", "desc"):
        if not re.search(rf"<{element}[ >][^<]*\S[^<]*</{element}>", source):
            raise DiagramError(f"{at}: has no <{element}>: say in words what the drawing shows")
    for given in re.findall(r'\bid="([^"]*)"', source):
        if not given.startswith(name):
            raise DiagramError(
                f'{at}: id="{given}" may meet another on the page: begin it with {name}-'
            )
    drawing = source[source.index("<svg") :].strip()
    drawing = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r">\s+<", "><", drawing).replace(' xmlns="http://www.w3.org/2000/svg"', "")
    drawing = drawing.replace("<title>", f'<title id="{name}-title">', 1)
    drawing = drawing.replace("<desc>", f'<desc id="{name}-desc">', 1)
    named = f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
    return drawing.replace("<svg", named, 1)

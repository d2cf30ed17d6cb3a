"""A drawing of docs/diagrams/ as a file of its own, which shows itself without the site's stylesheet.

It gets the rules that the site has for drawings, with the colours of the light page.
"""

import re
from pathlib import Path

from hooks import light_styles

BOX = r'viewBox="0 0 ([\d.]+) ([\d.]+)"'
CLASS = re.compile(r"\.([\w-]+)")
SCALE = 1.3  # as wide as on the site


def alone(root, name):
    """The text of docs/diagrams/<topic>/<name>.svg, with its colours and without its ties."""
    drawing = Path(root, "docs", "diagrams", f"{name}.svg").read_text(encoding="utf-8")
    drawing = re.sub(r'\sdata-(?!sym=)[\w-]+="[^"]*"', "", drawing)
    [(width, height)] = re.findall(BOX, drawing)
    sized = f'<svg width="{SCALE * float(width):g}" height="{SCALE * float(height):g}"'
    drawing = drawing[drawing.index("<svg") :].replace("<svg", sized, 1)
    return drawing.replace(">", f"><style>{style(root, drawing)}</style>", 1)


def style(root, drawing):
    """The rules for a drawing, without those for classes that it does not have."""
    classes = {name for found in re.findall(r'class="([^"]*)"', drawing) for name in found.split()}
    rules = (
        (selector.replace(".diagram ", ""), declared)
        for selector, declared in light_styles.of_drawings(root)
    )
    return "".join(
        f"{selector}{{{declared}}}"
        for selector, declared in rules
        if any(classes.issuperset(CLASS.findall(one)) for one in selector.split(","))
    )

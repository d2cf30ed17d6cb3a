"""A drawing of docs/diagrams/ as a file of its own, which shows itself without the site's stylesheet.

It gets the rules that the site has for what is in it, with the colours of the light page.
"""

import re
from functools import cache
from pathlib import Path

import tinycss2

SHEET = "docs/assets/stylesheets/unrolled.css"
LIGHT = (":root", "[data-md-color-scheme]")
BOX = r'viewBox="0 0 ([\d.]+) ([\d.]+)"'
SCALE = 1.3  # as wide as on the site
VARIABLE = re.compile(r"var\((--[^()]+)\)")


def alone(root, name):
    """The text of docs/diagrams/<topic>/<name>.svg, with its colours and without its ties."""
    drawing = Path(root, "docs", "diagrams", f"{name}.svg").read_text(encoding="utf-8")
    drawing = re.sub(r'\sdata-(?!sym=)[\w-]+="[^"]*"', "", drawing)
    classes = {name for found in re.findall(r'class="([^"]*)"', drawing) for name in found.split()}
    symbols = {*re.findall(r'data-sym="([^"]*)"', drawing)}
    rules, colours = _sheet((Path(root) / SHEET).read_text(encoding="utf-8"))
    used = [rule for selector, rule in rules if _is_used(selector, classes, symbols)]
    look = "color: var(--md-typeset-color); background: var(--md-default-bg-color)"
    style = "".join([f"svg{{{look}}}", *used])
    style = VARIABLE.sub(lambda found: colours[found[1]], style)
    [(width, height)] = re.findall(BOX, drawing)
    sized = f'<svg width="{SCALE * float(width):g}" height="{SCALE * float(height):g}"'
    drawing = drawing[drawing.index("<svg") :].replace("<svg", sized, 1)
    return drawing.replace(">", f"><style>{style}</style>", 1)


@cache
def _sheet(css):
    """The rules of a stylesheet for what is in drawings, [(selector, rule)], and its light colours, {name: value}."""
    rules, colours = [], {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        body = re.sub(r"\s+", " ", tinycss2.serialize(rule.content)).strip()
        for selector in tinycss2.serialize(rule.prelude).strip().split(","):
            selector = selector.strip()
            if selector in LIGHT:
                colours |= dict(re.findall(r"(--[^\s:;]+):\s*([^;]+)", body))
            elif selector.startswith((".diagram ", "[data-sym")):
                selector = selector.removeprefix(".diagram ")
                rules.append((selector, f"{selector}{{{body}}}"))
    return rules, colours


def _is_used(selector, classes, symbols):
    """Whether a rule may be one for a drawing with these classes and symbols."""
    if not classes.issuperset(re.findall(r"\.([\w-]+)", selector)) or "[data-v" in selector:
        return False
    asked = re.search(r'\[data-sym(\^?)="([^"]*)"', selector)
    return not asked or any(
        name.startswith(asked[2]) if asked[1] else name == asked[2] for name in symbols
    )

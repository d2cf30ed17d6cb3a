"""What stylesheets say in the light colours, without variables, for what knows none: pictures, notebooks, e-books."""

import re
from pathlib import Path

import tinycss2

from hooks import cache

LIGHT = re.compile(r":root|\[data-md-color-scheme(=\"?default\"?)?\]")
VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,[^()]*)?\)")
# A colon is of what needs a reader: lit, pointed at, alive. A tie needs one, too.
OF_DRAWINGS = re.compile(r"(?:\.diagram |\[data-sym)(?:(?!\[data-v)[^:])*")
SERIF = "--unrolled-serif"
# Of a drawing that is a file of its own.
ALONE = ".diagram svg { color: var(--md-typeset-color); background: var(--md-default-bg-color) }"


def rules(css, is_wanted, own=()):
    """The rules whose selector is wanted, each variable by its value: a list of (selector, declarations).

    own: (variable, value) for those that shall have another value. Raises KeyError for one that has none.
    """
    found = [
        (tinycss2.serialize(rule.prelude).strip(), rule.content)
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
    ]
    values = {}
    for selector, content in found:
        if any(LIGHT.fullmatch(one.strip()) for one in selector.split(",")):
            for part in tinycss2.parse_blocks_contents(content):
                if part.type == "declaration" and part.name.startswith("--"):
                    values[part.name] = tinycss2.serialize(part.value).strip()
    values |= dict(own)

    def value(asked):
        """The value of a variable, which may name others."""
        return VARIABLE.sub(value, values[asked[1]])

    return [
        (selector, VARIABLE.sub(value, tinycss2.serialize(content)).strip())
        for selector, content in found
        if is_wanted(selector)
    ]


def of_drawings(root, own=()):
    """The rules of the site for what is in drawings, as far as these need no reader."""
    folder = Path(root, "docs", "assets", "stylesheets")
    first = [*sorted(folder.glob("parts/*.css")), folder / "unrolled.css"]
    files = [*first, *sorted(folder.glob("*-lab.css"))]
    css = "".join(file.read_text(encoding="utf-8") for file in files)
    return _of_drawings(css + ALONE, own)


@cache.kept
def _of_drawings(css, own):
    return rules(css, OF_DRAWINGS.fullmatch, own)

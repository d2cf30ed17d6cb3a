"""The colours of equations, drawings and code for e-books, of which many know no variables of CSS."""

import re

import tinycss2

LIGHT = re.compile(r":root|\[data-md-color-scheme(=default)?\]")
WANTED = re.compile(r"[^:]*(\[data-sym|\.diagram|\.highlight \.)[^:]*")  # no state, such as :hover
VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,[^()]*)?\)")
REM = re.compile(r"(?<![\d.])(\d*\.?\d+)rem\b")


def fixed(sheet):
    """The rules of a stylesheet that colour equations, drawings and code, each variable by its value on paper."""
    rules = [
        (tinycss2.serialize(rule.prelude).strip(), rule.content)
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
    ]
    values = {}
    for selector, content in rules:
        if any(LIGHT.fullmatch(one.strip()) for one in selector.split(",")):
            for found in tinycss2.parse_blocks_contents(content):
                if found.type == "declaration" and found.name.startswith("--"):
                    values[found.name] = tinycss2.serialize(found.value).strip()

    def value(found):
        """The value of a variable, which may name others."""
        return VARIABLE.sub(value, values.get(found[1], "inherit"))

    wanted = (
        f"{selector}{{{VARIABLE.sub(value, tinycss2.serialize(content))}}}\n"
        for selector, content in rules
        if WANTED.fullmatch(selector)
    )
    return REM.sub(lambda found: f"{1.25 * float(found[1]):g}em", "".join(wanted))

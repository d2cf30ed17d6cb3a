"""Makes one stylesheet of the theme's and this site's, without the rules that no page can use.

A browser shows nothing of a page before it has all stylesheets: one comes
sooner than three. Of the theme's rules, most are for what this site does not
have, such as content tabs, other colours, or languages from right to left.
"""

import re
from pathlib import Path

from mkdocs.exceptions import PluginError

THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
SHEET = "assets/stylesheets/unrolled.css"

NESTED = ("@media", "@supports", "@layer", "@container")
# Up to the next brace, over texts in quotation marks.
BRACE = re.compile(r"""((?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*)([{}])""")
COMMA = re.compile(r",(?![^(]*\))")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")

# Selectors that end in "whatever stands there". When a script changes any class,
# they make the browser compute the style of each element of a page anew, several
# times while it is loaded. Nothing here needs them.
COSTLY = re.compile(r"table:not\(\[class\]\)(?: t[dh]>:(?:first|last)-child|\+\*)")


class StyleError(PluginError):
    """The theme has no stylesheet where it was."""


def take_theme(files):
    """Take the theme's stylesheets out of what MkDocs copies, and return them as one text."""
    sheets = [file for file in files if THEME.match(file.src_uri)]
    for file in sheets:
        files.remove(file)
    sheets = [file for file in sheets if file.src_uri.endswith(".css")]
    if len(sheets) != 2:
        raise StyleError(f"hooks/styles.py: no two stylesheets of the theme match {THEME.pattern}")
    sheets.sort(key=lambda file: file.src_uri)  # main, then palette
    return "".join(Path(sheet.abs_src_path).read_text(encoding="utf-8") for sheet in sheets)


def join(theme, site):
    """Put the theme's rules, as far as a page or a script can use them, before this site's."""
    site = Path(site)
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    classes = {
        name
        for page in pages
        for text in set(re.findall(r'class="([^"]+)"', page))
        for name in text.split()
    }
    for script in site.glob("assets/javascripts/*.js"):
        classes.update(re.findall(r"[\w-]+", script.read_text(encoding="utf-8")))
    sheet = site / SHEET
    sheet.write_text(used(theme, classes) + sheet.read_text(encoding="utf-8"), encoding="utf-8")


def brace_after(css, at):
    match = BRACE.match(css, at)
    assert match, f"a brace is missing after {css[at : at + 60]}"
    return match


def used(css, classes):
    """The rules of a stylesheet whose classes are all among those given."""

    def can_match(selector):
        return not (
            "[dir=rtl]" in selector
            or re.search(r"\[data-md-color-(?:primary|accent)=(?!custom)", selector)
            or COSTLY.search(selector)
            # What must not be there may be unknown.
            or set(CLASS.findall(re.sub(r":not\([^)]*\)", "", selector))) - classes
        )

    css = re.sub(r'@charset "[^"]*";|/\*.*?\*/', "", css, flags=re.DOTALL)
    out, opened, at = [], [], 0
    while match := BRACE.match(css, at):
        before, brace = match.groups()
        at = match.end()
        if brace == "}":  # of a group of rules
            group = opened.pop()
            if out[-1] != group:
                out.append("}")
            else:
                out.pop()
        elif before.startswith(NESTED):
            out.append(before + "{")
            opened.append(out[-1])
        elif before.startswith("@"):  # keyframes: to the brace that closes them
            depth, start = 1, at
            while depth:
                inner = brace_after(css, at)
                depth += 1 if inner[2] == "{" else -1
                at = inner.end()
            out.append(f"{before}{{{css[start:at]}")
        else:
            body = brace_after(css, at)
            at = body.end()
            selectors = [selector for selector in COMMA.split(before) if can_match(selector)]
            if selectors:
                out.append(f"{','.join(selectors)}{{{body[1]}}}")
    return "".join(out)

"""Makes one stylesheet of the theme's and this site's, without the rules that no page can use.

A browser shows nothing of a page before it has all stylesheets: one comes
sooner than three. Of the theme's rules, most are for what this site does not
have, such as content tabs, other colours, or languages from right to left.
"""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import tinycss2
from mkdocs.exceptions import PluginError

from hooks import cache

THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
SHEET = "assets/stylesheets/unrolled.css"

ASKED = re.compile(r"var\(\s*(--[\w-]+)")
GROUPS = ("media", "supports", "layer", "container")  # at-rules that hold rules

# Selectors that end in "whatever stands there". When a script changes any class,
# they make the browser compute the style of each element of a page anew, several
# times while it is loaded. Nothing here needs them.
COSTLY = re.compile(r"table:not\(\[class\]\)(?: t[dh]>:(?:first|last)-child|\+\*)")

# Of twenty tabs each has rules that end in "the tenth, whatever it is". A browser tries all of them on each element of
# a page. Said what stands there, they are tried on that alone.
ANY_TAB = re.compile(r"\.tabbed-(labels|content)>(?=:)")
TABS = {"labels": "label", "content": "div"}

# What the theme's script adds to a page where it is switched on in mkdocs.yml, as it is not here:
# annotations of code, its own tooltips, versions, and what a repository's host tells.
SWITCHED_OFF = re.compile(r"md-(?:annotation|tooltip|version|source__fact|status)")


class StyleError(PluginError):
    """The theme has no stylesheet where it was, or one that is none."""


def take_theme(files):
    """Take the theme's stylesheets out of what MkDocs copies, and return them as one text."""
    sheets = [file for file in files if THEME.match(file.src_uri)]
    for file in sheets:
        files.remove(file)
    sheets = [file for file in sheets if file.src_uri.endswith(".css")]
    if len(sheets) != 2:
        raise StyleError(
            f"hooks/stylesheet.py: no two stylesheets of the theme match {THEME.pattern}"
        )
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
    # What reads formats (formats-zip.js, …) or computes for the workbench touches no page, but has many words.
    scripts = [
        path.read_text("utf-8")
        for path in site.glob("assets/javascripts/*.js")
        if not path.name.startswith(("formats-", "workbench-"))
    ]
    words = {word for script in scripts for word in re.findall(r"[\w-]+", script)}
    classes.update(word for word in words if not SWITCHED_OFF.match(word))
    sheet = site / SHEET
    own = sheet.read_text(encoding="utf-8")
    asking = [*pages, own, used(theme, _listed(classes))]
    asked = words.union(name for text in asking for name in ASKED.findall(text))
    sheet.write_text(used(theme, _listed(classes), _listed(asked)) + own, encoding="utf-8")


def _listed(names):
    return tuple(sorted(names))


@cache.kept
def used(css, classes, asked=None):
    """The rules of a stylesheet that can match where there are only these classes.

    Of its properties --… only those that are asked for are left, if it is said which.
    Raises StyleError, with the line, for what is no CSS.
    """
    asked = None if asked is None else set(asked)
    return "".join(_used(_rules(css), set(classes), asked))


@lru_cache(maxsize=2)  # the theme's is asked for twice a build, and by each preview
def _rules(css):
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def _used(rules, classes, asked):
    for rule in rules:
        if rule.type == "error":
            raise StyleError(
                f"hooks/stylesheet.py: the theme's stylesheet, line {rule.source_line}, "
                f"column {rule.source_column}: {rule.message}"
            )
        if rule.type == "qualified-rule":
            selectors = [s for s in selectors_of(rule.prelude) if _can_match(s, classes)]
            if selectors:
                prelude = ",".join(map(tinycss2.serialize, selectors))
                prelude = ANY_TAB.sub(lambda found: found[0] + TABS[found[1]], prelude)
                yield f"{prelude}{{{_declared(rule.content, asked)}}}"
        elif rule.lower_at_keyword in GROUPS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if kept := "".join(_used(inner, classes, asked)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif rule.lower_at_keyword != "charset":
            yield rule.serialize()


def _declared(content, asked):
    body = tinycss2.serialize(content)
    if asked is None or "--" not in body:
        return body
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(
        part.serialize()
        for part in parts
        if part.type != "declaration" or not part.name.startswith("--") or part.name in asked
    )


def selectors_of(prelude):
    """The selectors of a rule, as lists of tokens: what stands between its commas."""
    selectors = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _can_match(selector, classes):
    text = tinycss2.serialize(selector)
    return not (
        "[dir=rtl]" in text
        or re.search(r"\[data-md-color-(?:primary|accent)=(?!custom)", text)
        or COSTLY.search(text)
        or not _classes_are_there(selector, classes)
    )


def _classes_are_there(selector, classes):
    """Of what stands in :is() one is enough; what must not be there may be unknown."""
    for dot, name in pairwise(selector):
        if dot == "." and name.type == "ident" and name.value not in classes:
            return False
    return all(
        any(_classes_are_there(choice, classes) for choice in selectors_of(token.arguments))
        for token in selector
        if token.type == "function" and token.lower_name != "not"
    )

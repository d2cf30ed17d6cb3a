"""The words of a page, for plugins that count them or make the index of the search.

They read each element of a page. Typeset equations, drawings and the colours of code are nine of ten elements, and
no words: here an equation is the line of text that it says, of a drawing is told that there is one, and elements and
attributes that say nothing to a plugin are left out. A whole program that is folded away, `??? example`, is left out: its page would be found under each
name that the program uses.
"""

import html
import json
import re
from pathlib import Path

from hooks import cache

# As equations.drawn and diagrams.inline write them. No attribute of an author's holds such a tag: it has quotation marks.
EQUATION = re.compile(
    r'(<(span|div) class="arithmatex[^>]*?) data-words="([^"]*)"([^>]*>).*?</math></span>'
    r'(?:<span class="eq-number">[^<]*</span>)?(?=</\2>)',
    re.DOTALL,
)
SAID = re.compile(r'(<(?:span|div) class="arithmatex[^>]*?) data-words="([^"]*)"')
GLYPHS = re.compile(r'<svg class="eq-glyphs".*?</svg>', re.DOTALL)
VERIFIED = re.compile(r'<p class="verified".*?</p>')
DRAWING = re.compile(r'<svg role="img".*?</svg>', re.DOTALL)
FOLDED = re.compile(r'(<details class="example">(?:(?!</details>).)*?)<pre>.*?</pre>', re.DOTALL)
# What neither the search nor the reading time knows: other elements, and attributes of those that they know.
REST = r'(?:[^>"]|"[^"]*")*>'
LINK_TO_ITSELF = re.compile(r'<a class="headerlink".*?</a>')
OTHER = re.compile(rf"</?(?!(?:h[1-6]|p|pre|code|li|ol|ul|sub|sup|img|figure|div)\b)[a-z]{REST}")
DRESSED = re.compile(rf"<(p|pre|code|li|ol|ul|sub|sup|div) {REST}")
LINES = ".cache/lines.json"


def of(content):
    """The HTML of a page, reduced to its words."""
    content = EQUATION.sub(r"\1\4\3", GLYPHS.sub("", content))
    content = DRAWING.sub('<img alt="">', VERIFIED.sub("", content))
    content = LINK_TO_ITSELF.sub("", FOLDED.sub(r"\1", content))
    return DRESSED.sub(r"<\1>", OTHER.sub("", content))


_whole: dict[str, str] = {}  # the HTML of a page while plugins have its words, by its source


def instead_of(content, page):
    """The words of a page, to give to plugins; the page itself is kept for `whole`."""
    _whole[page.file.src_uri] = content
    return of(content)


def whole(page):
    """The HTML of a page as it was before plugins had its words. What they changed in these is lost."""
    return _whole.pop(page.file.src_uri)


def without(output):
    """A page without the lines of text that its equations say, which only the search and the book need."""
    return SAID.sub(r"\1", output)


def said(output):
    """The lines of text that the equations of a page say, in its order."""
    return [html.unescape(line) for _, line in SAID.findall(output)]


def keep(lines, root):
    """Keep what the equations of all pages say, {address: lines}, for the book."""
    cache.write(Path(root, LINES), json.dumps(lines, ensure_ascii=False))

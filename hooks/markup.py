"""A Python-Markdown extension for what others leave to the theme's script or to inline styles.

A table that is too wide scrolls sideways, and does so before the page is shown. `|---:|` and `{ align=left }`
become classes, since a page has no inline styles. A box of a task list says what it means.
"""

import re

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

OPENED = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
CLOSED = "</div></div>"
# Up to the > that ends a tag, over texts in quotation marks; comments, to step over them.
TAG = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)table\b(?P<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>""",
    re.DOTALL | re.IGNORECASE,
)


# What pymdownx.tasklist makes of `- [x]`.
BOX = re.compile(r'(<label class="task-list-control"><input type="checkbox" disabled( checked)?)')

# Between the names of tabs, which the search would take for one word.
NAMES = '</label><label for="__tabbed'


# What the site adds to Python-Markdown: names, so that each conversion has extensions of its own.
EXTENSIONS = ("hooks.equations", "hooks.diagrams", "hooks.markup")


class Markup(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(_Aligned(md), "aligned", 5)  # after attributes: 8
        md.postprocessors.register(_Finished(md), "finished", 5)  # after raw HTML is back: 30


def makeExtension(**options):  # the name that Python-Markdown asks for
    return Markup(**options)


class _Aligned(Treeprocessor):
    def run(self, root):
        for element in root.iter():
            if align := element.attrib.pop("align", None):
                element.set("class", f"{element.get('class', '')} align-{align}".strip())


class _Finished(Postprocessor):
    def run(self, text):
        text = BOX.sub(lambda box: f'{box[0]} aria-label="{"done" if box[2] else "to do"}"', text)
        return wrapped(text.replace(NAMES, NAMES.replace("><", ">\n<")))


def wrapped(html):
    """Put each table of a page's HTML into what scrolls: whole, with those inside of it, and no lines of code."""
    wrapped = []  # of each open table, whether it was

    def replace(match):
        if match["end"] is None:  # a comment
            return match[0]
        if match["end"]:
            return match[0] + (CLOSED if wrapped and wrapped.pop() else "")
        wrapped.append(not wrapped and "highlighttable" not in match["rest"])
        return (OPENED if wrapped[-1] else "") + match[0]

    return TAG.sub(replace, html)

"""Tables, and lists of tasks and tabs, without the theme's script and without inline styles.

A table that is too wide scrolls sideways, and does so before the page is shown. `|---:|` and `{ align=left }`
become classes, since a page has no inline styles: this part is a Python-Markdown extension. A box of a task list
says what it means.
"""

import re

from markdown.extensions import Extension
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

CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
# Names, spaces and signs look as all other text does.
PLAIN = re.compile(r'<span class="[nwpo]">([^<]*)</span>')


class Markup(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(_Aligned(md), "aligned", 5)  # after attributes: 8


def makeExtension(**options):  # the name that Python-Markdown asks for
    return Markup(**options)


class _Aligned(Treeprocessor):
    def run(self, root):
        for element in root.iter():
            if align := element.attrib.pop("align", None):
                element.set("class", f"{element.get('class', '')} align-{align}".strip())


def finished(html):
    """The HTML of a page with tables that scroll, boxes that say what they mean, and names of tabs apart."""
    html = BOX.sub(lambda box: f'{box[0]} aria-label="{"done" if box[2] else "to do"}"', html)
    return wrapped(html.replace(NAMES, NAMES.replace("><", ">\n<")))


def lightened(html):
    """The HTML of a page without marks of code that change nothing."""
    return CODE.sub(lambda code: PLAIN.sub(r"\1", code[0]), html)


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

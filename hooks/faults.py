"""What is wrong with a page: found while Markdown becomes HTML, told with file and line.

`hooks.content` puts it in the place of all else that the page says. So each generator shows it to the page's
author, and shows nothing that was refused; MkDocs stops, and tells what is wrong with all pages at once.
"""

import html
import re
from itertools import islice
from pathlib import Path

from hooks import page_sources

MANY = 10  # faults of a page to tell
LIST = re.compile(r'<ul class="faults">\n(.*)</ul>', re.DOTALL)
ENTRY = re.compile(r"<li><code>(.*?)</code> (.*?)</li>\n", re.DOTALL)


class Fault(Exception):
    """Something in a page is wrong: the text by which it is found in the source, and why."""

    def __init__(self, text, wrong):
        super().__init__(wrong)
        self.text = text


def show(found):
    """HTML that tells what is wrong with a page, of (text, what is wrong)."""
    entries = (
        f"<li><code>{html.escape(text)}</code> {html.escape(wrong)}</li>\n"
        for text, wrong in islice(found, MANY)
    )
    return f'<ul class="faults">\n{"".join(entries)}</ul>'


def read(content):
    """What the HTML of a page tells as wrong: a list of (text, what is wrong)."""
    told = LIST.fullmatch(content)
    entries = ENTRY.findall(told[1]) if told else []
    return [(html.unescape(text), html.unescape(wrong)) for text, wrong in entries]


def place(text, root, at, path):
    """Where a text, in capitals or not, stands first in the source of a page: `file:line`.

    What looks the same in code is not meant, unless there is no other. `at` names the page, and `path` is what
    Markdown was made of: for a notebook another file.
    """
    own = Path(root) / at
    path = own if own.exists() else Path(path)
    prose, source = page_sources.without_code(path), path.read_text("utf-8")
    for written in (prose, html.unescape(prose), source, html.unescape(source)):  # &#106; is j
        for flags in (0, re.IGNORECASE):
            if found := re.compile(_pattern(text), flags).search(written):
                return f"{at}:{written.count(chr(10), 0, found.start(1)) + 1}"
    return at


def _pattern(text):
    """Finds a text, however its lines are indented, and where an equation begins behind its $$."""
    text = text.strip()
    start = 2 * text.startswith(("$$", r"\["))
    words = r"[\s#>]+".join(map(re.escape, text[start:].split()))
    return rf"{re.escape(text[:start])}[\s#>]*({words})"

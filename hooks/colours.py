"""Keeps the colours of code away from plugins that read pages, and puts them back at the end.

Four of five elements of a page are coloured words of code. Search and the count
of words would read each of them, which takes a third of a build, to throw it away.
"""

import hashlib
import re

BLOCK = re.compile(r"<pre>.*?</pre>", re.DOTALL)
MARKED = re.compile(r'<pre data-code="(\w+)">.*?</pre>', re.DOTALL)
SPAN = re.compile(r"</?span[^>]*>")
# Names, spaces and signs look as all other text does.
PLAIN = re.compile(r'<span class="[nwpo]">([^<]*)</span>')

_coloured = {}  # key: a block of code


def take(content):
    """Leave of each block of code in a page's HTML its text."""

    def replace(match):
        block = PLAIN.sub(r"\1", match[0])
        key = hashlib.sha256(block.encode()).hexdigest()[:16]
        _coloured[key] = block
        return f'<pre data-code="{key}">{SPAN.sub("", block).removeprefix("<pre>")}'

    return BLOCK.sub(replace, content)


def give_back(output):
    """Put the blocks of code into a whole page as they were."""
    return MARKED.sub(lambda match: _coloured.get(match[1], match[0]), output)

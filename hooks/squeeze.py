"""Leaves out of a page the white space that templates make, and nobody sees."""

import re

KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)


def squeezed(html):
    """A page without blanks at the ends of lines and empty lines, but for what is shown as it is written."""
    parts = KEPT.split(html)  # text, kept, name of its element, text, …
    parts[0::3] = [re.sub(r"\s*\n\s*", "\n", text) for text in parts[0::3]]
    del parts[2::3]
    return "".join(parts).lstrip()

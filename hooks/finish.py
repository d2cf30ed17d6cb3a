"""The last touches on each page."""

import re

KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)


def wrap_tables(html):
    """Let a wide table be scrolled sideways, as the theme's script does, but before anything is shown."""
    opened = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>'
    return html.replace("<table>", opened).replace("</table>", "</table></div></div>")


def squeeze(html):
    """Leave out the white space that nobody sees."""
    parts = KEPT.split(html)  # text, kept, name of its element, text, …
    parts[0::3] = [re.sub(r"\s*\n\s*", "\n", text) for text in parts[0::3]]
    del parts[2::3]
    return "".join(parts).lstrip()

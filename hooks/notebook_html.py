"""Reduces HTML that a notebook shows to its words and tables: the site has looks of its own.

What a browser would read is written anew, so nothing is left of it but what is listed here. What only
concerns looks is left out; whatever could mean more (a script, a colour, a picture) is refused.
"""

import html
import re

from hooks import allowlist

ELEMENTS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del div dl dt em figcaption figure hr i
    ins kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr ul
    var wbr
    """.split()
)
VOID = frozenset("br col hr wbr".split())
ATTRIBUTES = frozenset("colspan href lang rowspan scope span start title".split())
LOOKS = frozenset(
    "align border cellpadding cellspacing class halign height id valign width".split()
)
LOOK = re.compile(
    r"(?:border|font|line-height|margin|overflow|padding|text-align|vertical-align|white-space"
    r"|(?:min-|max-)?(?:height|width))[\w-]*"
)


class Styled(Exception):
    """HTML has more than words and tables."""


def write(source):
    """HTML without looks. Raises Styled, which says what it has instead."""
    return "".join(map(_element, _parts(source))).strip()


def preformatted(source):
    """The text of HTML that is one `<pre>`, which rich, and so Keras, makes of text; else None."""
    parts = [part for part in _parts(source) if _is_shown(part)]
    return parts[0].text() if [part.tag for part in parts] == ["pre"] else None


def _parts(source):
    """What HTML consists of, as a browser reads it: none of it belongs to a <head>."""
    return _children(allowlist.read(f"<hr>{source}"))[1:]


def _children(node):
    return list(node.iter(include_text=True))


def _is_shown(node):
    return node.tag != "-comment" and (node.tag != "-text" or bool(node.text_content.strip()))


def _element(node, preformatted=False):
    name = node.tag
    if name == "-text":
        text = html.escape(node.text_content)
        return text if preformatted else re.sub(r"\s+", " ", text)
    if name == "-comment" or (name == "style" and "scoped" in node.attributes):  # pandas has one
        return ""
    if name not in ELEMENTS:
        raise Styled(f"with <{name}>, which a page cannot: print it, or show a plain table")
    attributes = "".join(_attribute(name, *pair) for pair in node.attributes.items())
    inside = preformatted or name == "pre"
    inner = "".join(_element(child, inside) for child in _children(node))
    if name == "th" and not inner.strip():
        name = "td"  # a corner heads nothing
    return f"<{name}{attributes}>" + ("" if name in VOID else f"{inner}</{name}>")


def _attribute(element, name, value):
    value = value or ""
    if name in ATTRIBUTES:
        return f' {name}="{html.escape(value)}"'
    if name == "style":
        declared = [part.partition(":")[0].strip() for part in value.split(";") if part.strip()]
        other = [part for part in declared if not LOOK.fullmatch(part.lower())]
        if other:
            raise Styled(
                f"whose <{element}> has a style of its own ({other[0]}), which a page cannot: "
                "say it in words"
            )
    elif name not in LOOKS:
        raise Styled(f"whose <{element}> has {name}, which a page cannot: leave it out")
    return ""

"""What HTML the site may hold. What is not listed here is refused: a list of all that is bad is never complete.

A page may come from anybody. `of_content` looks at what Markdown made of a page, or at a drawing, so it
does not matter how a tag, an attribute or an address got there, and its author can be told the line.
`of_page` looks at each finished page, whatever put its parts together, and `of_words` at what the search
shows. All read HTML as browsers do, with a parser that follows the standard.
"""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

ELEMENTS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub
    summary sup table tbody td tfoot th thead time tr ul var wbr
    button fieldset form input label legend option select
    """.split()
)
DRAWN = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker use a".split()
)
ATTRIBUTES = frozenset(
    """
    alt class colspan datetime dir download headers height hidden href id lang markdown open rel
    role rowspan scope src start tabindex title type value width
    autocomplete checked disabled for inert inputmode max min name selected step
    cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style
    font-weight marker-end marker-mid marker-start markerheight markerwidth opacity orient points
    preserveaspectratio r refx refy rotate rx ry stroke stroke-dasharray stroke-linecap
    stroke-linejoin stroke-opacity stroke-width text-anchor textlength transform viewbox x x1 x2 xmlns y
    y1 y2
    """.split()
)
# Elements of the site's own, with attributes of their own: parts/elements.js says which script each needs.
OWN = {
    "attention-lab": set(),
    "state-lab": set(),
    "windows-lab": set(),
    "cell-explorer": {"cell", "step", "digits"},
    "shapes-calculator": {"answer"},
    "layer-workbench": set(),
    "sampling-lab": set(),
    "padding-lab": set(),
    "gradient-lab": set(),
    "reach-lab": set(),
    "shapes-lab": {"first", "block"},
    "frames-lab": set(),
}
# A form reaches its fields by their names, and its scripts what a form can do by such names, too.
NAMES = frozenset(
    "layer stack N T m u1 u2 u3 return_sequences return_state bidirectional use_bias reset_after rows cols k strides same".split()
)

# What only the theme and the build may put around the content, or into it.
AROUND = frozenset(
    "html head body meta link script style template header nav main article aside footer".split()
)
MATH = frozenset(
    """
    math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt
    mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    """.split()
)
OF_PAGES = ELEMENTS | DRAWN | AROUND | MATH | OWN.keys()
AROUND_ATTRIBUTES = {
    "a": {"target"},
    "input": {"placeholder", "autocapitalize", "autocorrect", "spellcheck", "required"},
    "link": {"blocking"},
    "meta": {"charset", "content", "property"},
    "script": {"defer"},
    **{name: {"display", "linethickness", "mathvariant"} for name in MATH},
}
# Classes of the theme that do no more than they seem to; hooks/tables.py puts tables into the last two.
CLASSES = frozenset("md-button md-button--primary md-typeset__scrollwrap md-typeset__table".split())
INNER = CLASSES | frozenset(
    """
    md-content__inner md-meta md-meta__item md-meta__link md-meta__list
    md-post md-post--excerpt md-post__action md-post__content
    md-post__header md-post__meta md-tag md-tags md-typeset
    """.split()
)
VERIFIED = "__verified"  # hooks/ties.py puts it there
AROUND_NAMES = frozenset("__palette search query".split())
META = frozenset("viewport description author generator theme-color twitter:card".split())
# Open Graph, which those read who show a picture of a page.
PROPERTIES = re.compile(r"og:(?:type|title|description|url|image(?::width|:height|:alt)?)")
LINKS = frozenset("alternate canonical expect icon next prev stylesheet".split())
# Scripts that no browser runs: the theme's settings, and what search engines read.
DATA = ({"id": "__config", "type": "application/json"}, {"type": "application/ld+json"})
SCRIPTS = re.compile(r"(?:\.\./|/.*/|/)*assets/javascripts/(?:unrolled|bundle\.\w+\.min)\.js")
# What a browser does not read before a script takes it out: the script of the theme, for the search.
LATER = re.compile(
    rf'<template id="__later">\s*<script src="{SCRIPTS.pattern}"></script>\s*</template>'
)
WORDS = frozenset("code em li ol p pre strong sub sup table tbody td th thead tr ul".split())

# What the build and the scripts of the site look for. Only the build itself marks code.
SYMBOL = re.compile(r"[\w\u0303()]{1,20}")
MARKS = {
    "data-eq": re.compile(r"[0-9a-f]{32}"),
    "data-light": SYMBOL,
    "data-sym": SYMBOL,
}
# Attributes that are styles, and what fetches something there. A \ can write any letter.
STYLES = frozenset("fill marker-end marker-mid marker-start stroke".split())
FETCHED = re.compile(r"url\((?!#)|\\", re.IGNORECASE)
# Below the page: "../x.md", "#place". A colon before any of / ? # makes it a scheme.
RELATIVE = re.compile(r"(?![/\\]{2})(?:[^:]*|[^:/?#]*[/?#].*)", re.DOTALL)
LINK = re.compile(r"(?:https?://|mailto:).*", re.DOTALL | re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[\w+/=]*")

# `id="x"` makes `window.x` the element, where window has no x of its own: what it inherits has a capital
# in its name, but for these. The theme's own ids, and the ones that scripts ask for, begin with __.
INHERITED = ("constructor", "when")
TABS = re.compile(r"(?:[\w-]+-)?__tabbed_\d+(?:_\d+)?")  # pymdownx.tabbed makes these


END = "the end"  # of what _unclosed looks at


def read(html):
    """The <body> of a text in HTML, as a browser reads it."""
    body = LexborHTMLParser(html).body
    assert body is not None  # the standard gives every text one
    return body


def rewritten(html):
    """The same HTML, written anew: what looks for a tag in it finds tags, not words of attributes.

    Comments are left out, but for the one that ends the beginning of a post.
    """
    body = read(html)
    for node in [*body.traverse(include_text=True)]:
        if node.is_comment_node and node.comment_content != "more":
            node.decompose()
    return body.inner_html or ""


def of_content(html):
    """Yield (text, what is wrong) for all in a page's HTML, or in a drawing, that is not allowed."""
    body = read(f"<div>{html}<hr></div><span>{END}</span>")
    yield from _unclosed(body, html)
    for outer in (body, body.parent):  # there is one of each: a second gives it attributes
        if outer.attributes:
            yield f"<{outer.tag}", f"<{outer.tag}> is not allowed in a page"
    seen = set()
    for element in _elements(body.first_child):
        found = element.tag, *element.attributes.items()
        if found not in seen:
            seen.add(found)
            yield from _of_element(element)


def _unclosed(body, html):
    """What is not closed, or closed once too often, would take the page around it along."""
    around, end = body.first_child, body.css("span")[-1] if body.css("span") else None
    if end is None or end.text() != END:
        text = html[html.rindex("<") :].split("\n", 1)[0][:40]
        yield text, f"{text!r} is no whole HTML tag: write &lt; for the character <"
    elif end.parent.tag != "body":
        yield f"<{end.parent.tag}", f"a <{end.parent.tag}> is not closed"
    elif around.mem_id != end.prev.mem_id:
        yield "</", "an element is closed that was not opened"
    elif (last := around.last_child.tag) != "hr":
        yield f"<{last}", f"a <{last}> is not closed"


def _elements(node):
    return (element for element in node.traverse() if element.is_element_node)


def _of_element(element):
    tag, name = element.tag, element.tag.lower()
    if name not in ELEMENTS | DRAWN and name not in OWN:
        yield f"<{tag}", f"<{name}> is not allowed in a page"
    for attribute, value in element.attributes.items():
        lower, value = attribute.lower(), value or ""
        if lower.startswith("data-md-"):
            yield f"{attribute}=", f"{lower} is for the theme's own scripts"
        elif lower in MARKS and not MARKS[lower].fullmatch(value):
            yield value or attribute, f"{lower}={value[:60]!r} names nothing of this site"
        elif lower.startswith(("data-", "aria-")) or lower in OWN.get(name, ()):
            continue
        elif lower not in ATTRIBUTES:
            yield f"{attribute}=", f"the attribute {lower} is not allowed, here of <{name}>"
        elif lower in ("href", "src"):
            yield from _of_address(name, value)
        elif lower in ("id", "for", "name"):
            yield from _of_name(name, lower, value)
        elif lower == "class":
            for word in value.split():
                if word.startswith("md-") and word not in CLASSES:
                    yield word, f"the class {word} is for the theme's own parts"
        elif lower in STYLES and FETCHED.search(value):
            yield value, f"the {lower} of <{name}> is fetched from {value[:60]!r}"


def _of_address(name, value):
    address = re.sub(r"[\x00-\x20]", "", value)  # browsers leave them out
    kinds = {"a": LINK, "img": PICTURE}
    if not (RELATIVE.fullmatch(address) or (name in kinds and kinds[name].fullmatch(address))):
        allowed = "to pages, https: and mailto:" if name == "a" else "below docs/"
        yield (
            value,
            f"<{name}> leads to {value[:60]!r}: only addresses {allowed} are allowed",
        )


def _of_name(element, attribute, value):
    if TABS.fullmatch(value):
        return
    if attribute == "name":
        if element not in ("button", "input", "select") or value not in NAMES:
            yield (
                f'name="{value}"',
                f'scripts may take name="{value}" of <{element}> for another thing',
            )
    elif value.startswith("__"):
        yield value, f'{attribute}="{value}" begins with __, as the theme\'s own do'
    elif value in INHERITED or (re.search("[A-Z]", value) and not re.search("[-.:]", value)):
        yield value, f'scripts may take {attribute}="{value}" for another thing: write it small'


def of_page(html, scripts, styles):
    """Yield what is wrong in a finished page: sentences. It may run and style itself by these texts only."""
    tree = LexborHTMLParser(html)
    ids = Counter()
    inner = {element.mem_id for top in tree.css(".md-content__inner") for element in top.css("*")}
    seen = set()  # what begins alike is alike
    for element in _elements(tree.root):
        name, attributes = element.tag.lower(), element.attributes
        is_inner = element.mem_id in inner
        if name in ("script", "style"):
            yield from _of_inline(element, scripts, styles)
        if name == "template" and not LATER.fullmatch(element.html or ""):
            yield f"the <template> is none of the project's: {_start(element)}"
        if "id" in attributes:
            ids[attributes["id"] or ""] += 1
        begins = name, is_inner, *attributes.items()
        if begins in seen:
            continue
        seen.add(begins)
        if is_inner:
            yield from _of_inner(element)
        start = _start(element)
        if name not in OF_PAGES:
            yield f"<{name}> is not allowed: {start}"
        is_property = PROPERTIES.fullmatch(attributes.get("property") or "")
        if name == "meta" and not (attributes.keys() & {"charset", "name"} or is_property):
            yield f"such a <meta> is not allowed: {start}"
        if name == "link" and attributes.get("rel") not in LINKS:
            yield f"such a <link> is not allowed: {start}"
        more = OWN.get(name, set()) | AROUND_ATTRIBUTES.get(name, set())
        for attribute, value in attributes.items():
            lower, value = attribute.lower(), value or ""
            if lower.startswith(("data-", "aria-")) or lower in more:
                continue
            if lower not in ATTRIBUTES:
                yield f"the attribute {lower} is not allowed: {start}"
            elif (
                lower == "name"
                and value not in NAMES | META | AROUND_NAMES
                and not TABS.fullmatch(value)
            ):
                yield f"the name {value!r} is not allowed: {start}"
            elif lower in ("href", "src"):
                kind = "a" if attributes.get("rel") == "canonical" else name
                yield from (f"{wrong}: {start}" for _, wrong in _of_address(kind, value))
            elif lower in STYLES and FETCHED.search(value):
                yield f"the {lower} is fetched: {start}"
    for name, count in ids.items():
        if count > 1:
            yield f'{count} elements have id="{name}"'


def _of_inner(element):
    """In the content of a page, templates and the build put no more of the theme's parts than these."""
    for attribute, value in element.attributes.items():
        foreign = [
            word
            for word in (value or "").split()
            if (attribute == "class" and word.startswith("md-") and word not in INNER)
            or (attribute in ("id", "for") and word.startswith("__") and not TABS.fullmatch(word))
        ]
        if attribute.startswith("data-md-") or [word for word in foreign if word != VERIFIED]:
            yield f"{attribute} is for the theme's own parts: {_start(element)}"


def _of_inline(element, scripts, styles):
    text, source = element.text(), element.attributes.get("src")
    if element.tag.lower() == "style":
        known = text in styles
    elif source is not None:
        known = bool(SCRIPTS.fullmatch(source))
    else:
        known = text in scripts or element.attributes in DATA
    if not known:
        yield f"the <{element.tag}> is none of the project's: {_start(element)}{text[:60]!r}"


def _start(element):
    """The start tag of an element, to tell which one is meant."""
    attributes = (f' {name}="{value}"' for name, value in element.attributes.items())
    return f"<{element.tag}{''.join(attributes)}>"[:120]


def of_words(html):
    """Yield what is wrong in a text that the search or a feed shows: it may hold plain elements alone."""
    for element in _elements(read(html)):
        if element.tag != "body" and (element.tag not in WORDS or element.attributes):
            yield f"{_start(element)} is not allowed in words"

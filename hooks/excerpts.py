"""The beginnings of posts, for the home page, archives and categories, made of the HTML that their pages have.

Material would render each post anew for each list. What is checked, typeset and linked already needs only other
addresses: links lead from the list, and ids do not meet those of another post.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs.utils import get_relative_url

from hooks import allowlist, equations, page_sources

MORE = "more"  # <!-- more --> ends the beginning of a post
NAMES = ("id", "for", "name", "aria-controls", "aria-describedby", "aria-labelledby", "headers")
BELOW = {f"h{level}": f"h{level + 1}" for level in range(1, 6)}  # the list has an <h1> of its own


class Excerpt(NamedTuple):
    """The beginning of a post as HTML, and whether there is more of it."""

    html: str
    more: bool


def spare(files):
    """Leave the blog nothing to render anew for each list of posts."""
    for file in files.documentation_pages():
        if page_sources.is_post(file.src_uri):
            file.page.markdown = ""


def excerpt(post, view):
    """The Excerpt of a post that the page of a view shows."""
    glyphs, beginning, more = _beginning(post.content)
    parts = [glyphs]
    for node in allowlist.read(beginning).iter():
        _lead(node, post.url, view.url)
        parts.append(_heading(node, post, view) if node.tag in BELOW else node.html or "")
    return Excerpt("\n".join(parts), more)


@lru_cache(maxsize=1000)  # of several lists
def _beginning(content):
    """The glyphs of a content, its elements before `more`, and whether there is more."""
    glyphs = equations.GLYPHS.search(content)
    parts, node = [], allowlist.read(equations.GLYPHS.sub("", content, 1)).first_child
    while node is not None and not (node.is_comment_node and node.comment_content == MORE):
        if node.is_element_node and node.attributes.get("class") != "verified":
            parts.append(node.html or "")
        node = node.next
    return glyphs[0] if glyphs else "", "\n".join(parts), node is not None


def _lead(top, post, view):
    """Let the links of an element, which stands in the page of a post, lead from a view; names its names."""
    prefix = post.strip("/").replace("/", "-")
    for element in top.css("*"):
        for name, value in element.attributes.items():
            value = value or ""
            if (
                element.tag == "use"
            ):  # of a glyph, which all posts share, or of a part of the same drawing
                if name == "href" and not value.startswith("#eq-"):
                    element.attrs[name] = f"#{prefix}-{value.removeprefix('#')}"
            elif name in ("href", "src") and not urlsplit(value).scheme:
                path, mark, place = value.partition("#")
                element.attrs[name] = get_relative_url(post + path, view) + mark + place
            elif name in NAMES and value:
                element.attrs[name] = " ".join(f"{prefix}-{word}" for word in value.split())
            elif "url(#" in value:
                element.attrs[name] = re.sub(r"url\(#", f"url(#{prefix}-", value)


def _heading(heading, post, view):
    """A heading one level lower, without the link to itself; the title leads to the post."""
    for link in heading.css("a.headerlink"):
        link.decompose()
    heading.unwrap_tags(["a"])
    words = heading.inner_html
    if heading.tag == "h1":
        words = f'<a class="toclink" href="{get_relative_url(post.url, view.url)}">{words}</a>'
    return f"<{BELOW[heading.tag]}>{words}</{BELOW[heading.tag]}>"

"""The Markdown extension that finishes the HTML of a page, the same in each generator.

What Markdown has made is held to the list of what a page may hold (allowlist.py), and looked through for what is
left of Markdown and for mistakes in equations. Then the drawings, the words at tied numbers and the typeset
equations are put in. A page in which something is wrong tells that, and nothing else.

What a page was made into is kept. While nothing changes of which it was made, Markdown gets in its place the little
that MkDocs reads from the tree of a page: title, anchors and links, which are checked anew.
"""

import re
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from hooks import (
    allowlist,
    cache,
    diagrams,
    equations,
    faults,
    includes,
    leftovers,
    node,
    tables,
    ties,
)

# What this project adds to Python-Markdown: names, so that each conversion has extensions of its own. They
# cannot be listed in mkdocs.yml: MkDocs imports what is listed there before it knows of this folder.
PARTS = ("hooks.equations", "hooks.diagrams", "hooks.tables")
EXTENSIONS = (*PARTS, "hooks.content")
ID = re.compile(r'\sid="([^"]+)"')

_page: tuple = ()  # what MkDocs converts now, and the addresses of what its links may lead to


def switch_on(config, root):
    """Let MkDocs make pages with the extensions of the project, and those of mkdocs.yml as the project needs them.

    Here, and not in mkdocs.yml as tags, which only MkDocs can read.
    """
    _changed.cache_clear()
    config.markdown_extensions += EXTENSIONS
    options = config.mdx_configs
    settings = Path(config.config_file_path).read_text(encoding="utf-8")
    options["hooks.content"] = {"root": str(root), "settings": settings}
    # Letters of all scripts make an anchor: else it is a number, which moves with the next heading.
    options["toc"]["slugify"] = slugify_unicode
    options["pymdownx.snippets"]["base_path"] = [str(root / name) for name in includes.FOLDERS]
    options.setdefault("pymdownx.superfences", {})["custom_fences"] = leftovers.FENCES


def of_page(page, files):
    """Say which page is converted next: only then what it is made into can be kept."""
    global _page
    _page = page.file.src_uri, [(file.src_uri, file.url) for file in files]


@lru_cache
def _changed(root):
    """When each record and each drawing was last changed, as this build found them."""
    root = Path(root)
    return cache.changed(root.glob("snippets/**/*.json"), root.glob("docs/diagrams/**/*.svg"))


class Content(Extension):
    def __init__(self, **options):
        self.config = {
            "root": [str(node.ROOT), "The folder of the project"],
            "settings": ["", "Those of Markdown: a page is converted anew when they change"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md):
        md.registerExtension(self)
        self.reset()
        md.preprocessors.register(_Recalled(md, self), "content-is-recalled", 31)  # after includes
        # After the table of contents and before the anchors of MkDocs, which have the same priority.
        md.treeprocessors.register(_InPlace(md, self), "content-in-place", 5)
        md.treeprocessors.register(_Links(md, self), "content-links", 0.5)  # before MkDocs' links
        md.treeprocessors.register(_Whole(md, self), "content-is-whole", -100)
        md.postprocessors.register(_Finished(md, self), "content", -100)

    def reset(self):
        self.is_whole = False
        self.told = None  # of what the page is made
        self.made = None  # what it was made into
        self.title = None
        self.links = []


def makeExtension(**options):  # the name that Python-Markdown asks for
    return Content(**options)


class _Recalled(Preprocessor):
    """Leaves Markdown nothing of a page that was made before, of the same lines and files."""

    def __init__(self, md, content):
        super().__init__(md)
        self.content = content

    def run(self, lines):
        global _page
        if not _page:
            return lines
        told = (
            _page,
            self.content.getConfig("settings"),
            _changed(self.content.getConfig("root")),
            lines,
        )
        _page = ()
        self.content.told = told
        self.content.made = cache.recall("converted", told)
        return lines if self.content.made is None else []


class _InPlace(Treeprocessor):
    """Puts in what MkDocs looks for: the title, the anchors, and the links as their author wrote them."""

    def __init__(self, md, content):
        super().__init__(md)
        self.content = content

    def run(self, root):
        made = self.content.made
        if made is None:
            return
        if made["title"] is not None:
            SubElement(root, "h1").text = made["title"]
        below = SubElement(root, "div")
        for name in made["ids"]:
            below.append(Element("span", id=name))
        for tag, attribute, address in made["links"]:
            below.append(Element(tag, {attribute: address}))


class _Links(Treeprocessor):
    """Notes the title and the links of a page before MkDocs changes them."""

    def __init__(self, md, content):
        super().__init__(md)
        self.content = content

    def run(self, root):
        if self.content.made is not None:
            return
        if len(root) and root[0].tag == "h1":
            self.content.title = self.md.toc_tokens[0]["name"]
        for element in root.iter():
            for attribute in ("href", "src"):
                if element.tag in ("a", "img") and element.get(attribute) is not None:
                    self.content.links.append((element.tag, attribute, element.get(attribute)))


class _Whole(Treeprocessor):
    """Tells, after all others, that the tree is done: titles have been taken from it, as text that can be read."""

    def __init__(self, md, content):
        super().__init__(md)
        self.content = content

    def run(self, root):
        self.content.is_whole = True


class _Finished(Postprocessor):
    def __init__(self, md, content):
        super().__init__(md)
        self.content = content

    def run(self, text):
        content = self.content
        if not content.is_whole:  # it is one heading, for the table of contents
            return text
        if content.made is None:
            html = finished(text, content.getConfig("root"))
            content.made = {
                "html": html,
                "contents": self.md.toc_tokens,
                "title": content.title,
                "ids": [name for name in ID.findall(html) if not name.startswith("eq-")],
                "links": content.links,
            }
            if content.told:
                cache.keep("converted", content.told, content.made)
        self.md.toc_tokens = content.made["contents"]
        return content.made["html"]


def finished(html, root):
    """The HTML of a page as readers get it, or what is wrong with it."""
    html = tables.finished(html)
    if found := [*_wrong(html)]:
        return faults.show(found)
    html = tables.lightened(allowlist.rewritten(html))
    if found := [*allowlist.of_content(html)]:
        return faults.show(found)
    try:
        return ties.mark(root, equations.drawn(diagrams.inline(root, html)))
    except faults.Fault as fault:
        return faults.show([(fault.text, str(fault))])


def _wrong(html):
    yield from allowlist.of_content(html)
    yield from equations.faults(html)
    yield from diagrams.faults(html)
    yield from leftovers.of_content(html)

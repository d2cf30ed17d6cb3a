"""The Markdown extension that finishes the HTML of a page, the same in each generator.

What Markdown has made is held to the list of what a page may hold (allowlist.py), and looked through for what is
left of Markdown and for mistakes in equations. Then the drawings, the words at tied numbers and the typeset
equations are put in. A page in which something is wrong tells that, and nothing else.
"""

from pathlib import Path

from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.postprocessors import Postprocessor
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


def switch_on(config, root):
    """Let MkDocs make pages with the extensions of the project, and those of mkdocs.yml as the project needs them.

    Here, and not in mkdocs.yml as tags, which only MkDocs can read.
    """
    config.markdown_extensions += EXTENSIONS
    options = config.mdx_configs
    options["hooks.content"] = {"root": str(root)}
    # Letters of all scripts make an anchor: else it is a number, which moves with the next heading.
    options["toc"]["slugify"] = slugify_unicode
    options["pymdownx.snippets"]["base_path"] = [str(root / name) for name in includes.FOLDERS]
    options.setdefault("pymdownx.superfences", {})["custom_fences"] = leftovers.FENCES


class Content(Extension):
    def __init__(self, **options):
        self.config = {"root": [str(node.ROOT), "The folder of the project"]}
        super().__init__(**options)

    def extendMarkdown(self, md):
        md.registerExtension(self)
        self.reset()
        md.treeprocessors.register(_Whole(self), "content-is-whole", -100)
        md.postprocessors.register(_Finished(self), "content", -100)

    def reset(self):
        self.is_whole = False


def makeExtension(**options):  # the name that Python-Markdown asks for
    return Content(**options)


class _Whole(Treeprocessor):
    """Tells, after all others, that the tree is done: titles have been taken from it, as text that can be read."""

    def __init__(self, content):
        super().__init__()
        self.content = content

    def run(self, root):
        self.content.is_whole = True


class _Finished(Postprocessor):
    def __init__(self, content):
        super().__init__()
        self.content = content

    def run(self, text):
        if not self.content.is_whole:  # it is one heading, for the table of contents
            return text
        root = self.content.getConfig("root")
        return finished(text, root, _changed(root))


@cache.kept
def finished(html, root, changed):
    """The HTML of a page as readers get it, or what is wrong with it.

    `changed` tells in what state are the files that are put in.
    """
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


def _changed(root):
    """When each record and each drawing was last changed."""
    root = Path(root)
    files = [*root.glob("snippets/**/*.json"), *root.glob("docs/diagrams/**/*.svg")]
    return tuple((str(file), file.stat().st_mtime_ns) for file in sorted(files))


def _wrong(html):
    yield from allowlist.of_content(html)
    yield from equations.faults(html)
    yield from diagrams.faults(html)
    yield from leftovers.of_content(html)

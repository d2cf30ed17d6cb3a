"""Makes of each page that shows code a notebook that runs in Jupyter anywhere, without this project.

It is made of the page's own source: prose, equations and drawings become Markdown cells, listings become code in
the order of reading, and what the code prints stands below it. That is the record which tests hold to the program.
"""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import jupytext
from mkdocs.structure.files import File
from mkdocs.utils.meta import YAML_RE

from hooks import cache, module_cells, page_sources, plain_markdown, ties

# A section of a module, or of what the module prints, as a page shows it.
SHOWN = re.compile(
    r'^(?P<indent> *)```(?P<kind>python|text)(?: [^\n]*?title="(?P<title>[^"\n]*)")?[^\n]*\n'
    r' *--8<-- "(?P<module>\w+/\w+)\.(?:py|txt)(?::(?P<part>[\w-]+))?"\n *```$',
    re.MULTILINE,
)
ABOUT = """\
This notebook was made of [a page of Unrolled]({address}). It needs NumPy, Keras and TensorFlow. What stands below its
cells was printed with {versions}.

A cell that begins with `%%module` runs inside that module, so names of one example meet those of no other. What the
page does not show of a module is folded. Change a cell, then run it and those below it. To try something in a module,
begin a new cell with its line. Run this one first:"""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def put_in(files, pages, config, root, executed):
    """Put a notebook beside each of the pages that shows code; return their names, {source of the page: name}.

    The home page, which has no folder of its own, has none. Executed: of each page that is a notebook
    itself the outputs of its code cells, {source: outputs}.
    """
    addresses = tuple((page.src_uri, urljoin(config.site_url or "", page.url)) for page in pages)
    state, names = _state(root), {}
    for page in pages:
        path, folder = Path(root, "docs", page.src_uri), Path(page.dest_uri).parent
        if not path.exists() or not folder.name:  # a list of posts, or the home page
            continue
        outputs = json.dumps(executed.get(page.src_uri))
        content = of_page(
            str(root), page.src_uri, addresses, path.read_text("utf-8"), outputs, state
        )
        if content:
            names[page.src_uri] = f"{folder.name}.ipynb"
            address = (folder / names[page.src_uri]).as_posix()
            files.append(File.generated(config, address, content=content, inclusion=page.inclusion))
    return names


def _state(root):
    """A hash of what notebooks are made of besides their pages."""
    root = Path(root)
    told = cache.changed(
        root.glob("snippets/*/*.*"),
        root.glob("docs/diagrams/*/*.svg"),
        root.glob("docs/assets/stylesheets/**/*.css"),
    )
    return hashlib.sha256(repr(told).encode("utf-8")).hexdigest()


@cache.kept
def of_page(root, source, addresses, text, outputs, state):
    """The notebook of a page, a JSON text, or None of one that shows no code.

    Source: that of the page below docs/, with its text. Outputs: those of its own code cells, if it has any, as JSON.
    Addresses: (source, address) of each page. State: that of all else it is made of.
    """
    if page_sources.is_notebook(source):
        cells = jupytext.reads(text, fmt="py:percent").cells
        parts = [(cell.cell_type, cell.source) for cell in cells if cell.cell_type != "raw"]
    else:
        parts = [("markdown", YAML_RE.sub("", text))]
    place = plain_markdown.Place(source, dict(addresses))
    notebook = Notebook(Path(root), place)
    given = iter(json.loads(outputs) or [])
    for kind, part in parts:
        if kind == "markdown":
            notebook.add_text(part)
        else:
            notebook.add_code(part, next(given))
    return notebook.text() if notebook.has_code else None


class Notebook:
    """The cells of a page's notebook, in the order of the page."""

    def __init__(self, root, place):
        """Place: where the page lies, a plain_markdown.Place."""
        self.root, self.place = root, place
        self.modules = module_cells.Modules(root)
        self.cells, self.has_code = [], False
        self.setup = module_cells.code_cell("")

    def add_text(self, source):
        """Add the cells of Markdown, with the sections and outputs of modules that it shows."""
        source = plain_markdown.unfolded(source)
        at, indent = 0, ""
        for found in SHOWN.finditer(source):
            name = _module(found)
            if found["kind"] == "text" and not self.modules.can_print(name):
                continue  # it stays a text
            self._add_markdown(source[at : found.start()], indent)
            at, indent = found.end(), found["indent"]
            if found["kind"] == "python":
                self._add(self.modules.section(name, found["part"]))
            else:
                self._add(self.modules.output(name, found["part"], _note(found["title"] or "")))
        self._add_markdown(source[at:], indent)

    def add_code(self, source, outputs):
        """Add a cell of a page that is a notebook itself, and what it gave when it was executed."""
        self._add(self.modules.imported(source))
        shown = [output for output in outputs if output.get("name") != "stderr"]
        self._add([module_cells.code_cell(source, shown)])

    def _add_markdown(self, text, indent):
        """Add cells of Markdown, whose first paragraphs may be indented as the listing before them."""
        if indent:
            text = re.sub(
                rf"\A(?:{indent}.*\n?|\s*\n)+", lambda found: _without(found[0], indent), text
            )
        found = plain_markdown.cells(text, self.place, self.root)
        self.cells += map(_markdown_cell, found)

    def _add(self, cells):
        for cell in cells:
            if not self.has_code:
                made_with = ties.read(ties.versions(self.root)).items()
                versions = ", ".join(f"{name} {version}" for name, version in made_with)
                about = ABOUT.format(address=self.place.address, versions=versions)
                self.cells += [_markdown_cell(about), self.setup]
                self.has_code = True
            self.cells.append(cell)

    def text(self):
        """The notebook as JSON."""
        self.setup["source"] = self.modules.setup()
        cells = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(self.cells)]
        notebook = {
            "cells": cells,
            "metadata": {"kernelspec": KERNEL},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _markdown_cell(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _module(found):
    return found["module"].replace("/", ".")


def _note(title):
    """What the title of an output says about it, as a comment."""
    return "" if title in ("", "output") or title.startswith("python -m") else f"# {title}\n"


def _without(text, indent):
    return re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)

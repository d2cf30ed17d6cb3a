"""Turns executed notebooks into pages like all others.

mkdocs-jupyter executes a notebook and keeps the result until the notebook
changes. Its page, though, brings a stylesheet of half a megabyte and scripts
of other hosts. So only the outputs are taken from it; the notebook's own text
and code become Markdown and are rendered as a post is, which gives equations,
ties, diagrams, links and code blocks the same meaning everywhere.
"""

import ast
import functools
import hashlib
import json
import os
import shutil
from pathlib import Path

import jupytext
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError
from nbclient.exceptions import CellExecutionError

from hooks import cache, pages, rendered


class NotebookError(PluginError):
    """A cell of a notebook raises an error."""


def prepare(root):
    """Give kernels what they need: the snippets, and no chatter from TensorFlow."""
    os.environ["PYTHONPATH"] = str(root)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def snippets_of(source, root):
    """The snippet modules that a source text imports, and those which they import."""
    found, waiting = {}, [*_imported(source)]
    while waiting:
        topic = waiting.pop()
        path = Path(root) / "snippets" / f"{topic}.py"
        if topic not in found and path.exists():
            found[topic] = path
            waiting += _imported(path.read_text(encoding="utf-8"))
    return found


@functools.cache
def _imported(source):
    topics = []
    for statement in ast.walk(ast.parse(source)):
        if isinstance(statement, ast.ImportFrom) and statement.module:
            package, _, topic = statement.module.partition(".")
            if package == "snippets":
                topics += [topic] if topic else [alias.name for alias in statement.names]
    return tuple(topics)


def fingerprint(path, root):
    """A hash of all that a notebook's outputs depend on besides the notebook."""
    root = Path(root)
    files = [root / "requirements.txt"]
    for topic, snippet in sorted(snippets_of(path.read_text(encoding="utf-8"), root).items()):
        files += [snippet, *sorted((root / "snippets" / "recorded").glob(f"{topic}.*"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def reuse(page, config, root):
    """Let an executed notebook be reused only while its snippets and the packages are the same."""
    path = Path(page.file.abs_src_path)
    caches = Path(root) / ".cache" / "mkdocs-jupyter" / path.stem
    current = caches / fingerprint(path, root)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(current)
    for old in caches.glob("*"):
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
    for written in current.glob("*.json"):
        try:
            json.loads(written.read_bytes())
        except ValueError:  # by a build that was killed
            written.unlink()


def _rendered(path, config):
    """Where the Markdown lies that became of this very notebook, beside its outputs."""
    digest = hashlib.sha256(path.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]
    return Path(config.plugins["mkdocs-jupyter"].config["cache_dir"]) / f"{digest}.md"


def is_notebook(page):
    return pages.is_notebook(page.file.src_uri)


def render_as_post(page):
    """Let a notebook page be executed by mkdocs-jupyter and rendered as a post.

    A cell that raises ends the build with NotebookError: file, line and reason.
    """
    execute = page.render  # mkdocs-jupyter has put its own there
    path = Path(page.file.abs_src_path)

    def render(config, files):
        known = _rendered(path, config)
        if known.exists():
            page.markdown = known.read_text(encoding="utf-8")
        else:
            try:
                execute(config, files)
            except CellExecutionError as error:
                raise NotebookError(
                    f"docs/{page.file.src_uri}:{_line_of_failure(path, error)}: "
                    f"a cell raises {error.ename}: {error.evalue}"
                ) from None
            page.markdown = to_markdown(path, page.content)
            cache.write(known, page.markdown)
        rendered.render(page, config, files)
        page.content += _download_link(path)

    page.render = render


def to_markdown(path, executed):
    """Join the cells of a notebook with the outputs in mkdocs-jupyter's HTML of it."""
    soup = BeautifulSoup(executed, "html.parser")
    executed_cells = iter(soup.select(".jp-CodeCell[id]"))
    parts = []
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            parts.append(f"```python\n{cell.source}\n```")
            shown = next(executed_cells)
            if shown.select_one(".clipboard-copy-txt").get_text().strip() != cell.source.strip():
                raise NotebookError(
                    f"{path.name}: outputs and cells are out of step at {cell.source}"
                )
            parts.extend(_outputs(shown))
    return "\n\n".join(parts)


def _download_link(path):
    name = f"{path.stem}.ipynb"
    return (
        f'<p class="download"><a class="md-button" href="{name}" download>'
        f"Download this page as a Jupyter notebook</a></p>"
    )


def _outputs(cell):
    printed = ""
    for output in cell.select(".jp-OutputArea-output"):
        drawing = output.find("svg")
        if drawing:
            yield f'<figure class="output">{drawing}</figure>'
        elif output.find("pre"):
            text = output.find("pre").get_text()
            if "jp-OutputArea-executeResult" in output.parent["class"]:
                printed += text.rstrip() + "\n"
            elif not output["data-mime-type"].endswith("stderr"):  # no chatter of libraries
                printed += text  # in pieces of any length
    if printed:
        yield f"```text\n{printed.rstrip()}\n```"


def _line_of_failure(path, error):
    # nbclient names no cell, but its report repeats the cell's code.
    source = path.read_text(encoding="utf-8")
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "code" and cell.source.strip() in str(error):
            return source.count("\n", 0, source.index(cell.source)) + 1
    return 1

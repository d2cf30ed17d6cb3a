"""Makes pages of notebooks: their text and code become Markdown, with the outputs of each cell below it.

mkdocs-jupyter says which files are notebooks, and by which kernel they are executed (mkdocs.yml). Its own pages
bring a stylesheet of half a megabyte and scripts of other hosts, so MkDocs gets Markdown instead: equations, ties,
diagrams, links and code have the same meaning as in a post. Outputs are kept until something changes that they
depend on.
"""

import hashlib
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import jupytext
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from hooks import cache, imports, module_cells, notebook_outputs, page_sources, ties

KERNELS = min(4, os.cpu_count() or 1)  # at once: with TensorFlow each needs half a gigabyte


class NotebookError(PluginError):
    """A notebook is no Python, raises an error, or shows what a page cannot."""


class Page(NamedTuple):
    """What becomes of a notebook: Markdown, the pictures beside it, {file name: PNG}, and its outputs."""

    markdown: str
    beside: dict[str, bytes]
    outputs: list


def put_in(files, config, root, drafts=False):
    """Give MkDocs the Markdown of each notebook in its place, and beside it pictures.

    Returns the outputs of their code cells, {source: outputs}. Drafts are left as they are unless a
    preview shows them. Raises NotebookError.
    """
    sources = [
        file
        for file in files
        if page_sources.is_notebook(file.src_uri)
        and (drafts or file.inclusion != InclusionLevel.DRAFT)
    ]
    made = make([Path(file.abs_src_path) for file in sources], config, root)
    for file, page in zip(sources, made):
        path = Path(file.src_uri)
        source = _kept(path, root, "page.md")
        cache.write(source, page.markdown)
        for name, content in page.beside.items():
            address = f"{file.src_uri.removesuffix('.py')}/{name}"
            added = File.generated(config, address, content=content, inclusion=file.inclusion)
            _publish(added, f"{path.stem}/{name}", config)
            files.append(added)
        _publish(file, f"{path.stem}/index.html", config)
        file.abs_src_path = str(source)  # of which mkdocs-jupyter makes no page of its own
    return {file.src_uri: page.outputs for file, page in zip(sources, made)}


def make(paths, config, root):
    """The Page of each notebook.

    Raises NotebookError, which tells all that is wrong with the notebooks: file, line and what to do.
    """
    kernel = config.plugins["mkdocs-jupyter"].config["kernel_name"]
    with ThreadPoolExecutor(KERNELS) as pool:
        waiting = [pool.submit(executed, path, root, kernel) for path in paths]
    made, faults = [], []
    for path, done in zip(paths, waiting):
        writer = notebook_outputs.Writer(path.stem, config)
        try:
            outputs = done.result()
            made.append(Page(_markdown(path, outputs, writer), writer.pictures, outputs))
        except NotebookError as error:
            faults.append(str(error))
    if faults:
        raise NotebookError("\n".join(faults))
    return made


def _publish(file, place, config):
    """Give a file its place on the site: a notebook's folder is no part of its address, as a post's is none."""
    file.dest_uri, file.url = place, place.removesuffix("index.html")
    file.abs_dest_path = os.path.normpath(os.path.join(config.site_dir, place))


def executed(path, root, kernel):
    """The outputs of each code cell: a list of lists, as Jupyter describes them."""
    notebook = jupytext.read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kept = _kept(path, root, f"{_fingerprint(path, code, root, kernel)}.json")
    try:
        return json.loads(kept.read_text(encoding="utf-8"))
    except OSError:
        pass
    client = NotebookClient(
        notebook, kernel_name=kernel, resources={"metadata": {"path": str(root)}}
    )
    log = _kept(path, root, "kernel.log")  # what a kernel says beside the outputs: chatter, mostly
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("w", encoding="utf-8") as stderr:
            client.execute(env={**os.environ, "PYTHONPATH": str(root)}, stderr=stderr)
    except CellExecutionError:
        return [cell.outputs for cell in code]  # the last of them tells the error
    except DeadKernelError:
        said = log.relative_to(root).as_posix()
        raise NotebookError(f"{_at(path)}: its kernel died: {said} has its last words") from None
    done = [cell.outputs for cell in code]
    cache.write(kept, json.dumps(done, ensure_ascii=False))
    for old in kept.parent.glob("*.json"):
        if old != kept:
            old.unlink(missing_ok=True)
    return done


def _kept(path, root, name):
    return Path(root) / ".cache" / "notebooks" / path.stem / name


def _fingerprint(path, code, root, kernel):
    """A hash of all that the outputs of a notebook depend on: not of its prose."""
    root = Path(root)
    try:
        snippets = imports.all_modules(path.read_text(encoding="utf-8"), root)
    except SyntaxError as error:
        raise NotebookError(f"{_at(path)}:{error.lineno}: is no Python: {error.msg}") from None
    files = [Path(__file__), root / "requirements.txt"]
    for snippet in snippets.values():
        measured = module_cells.MEASURED.findall(snippet.read_text(encoding="utf-8"))
        records = (ties.record(root, name, "measured.json") for name in measured)
        files += [snippet, *filter(Path.exists, records)]
    digest = hashlib.sha256(repr([cell.source for cell in code]).encode())
    digest.update(f"{kernel} {sys.version}".encode())
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _markdown(path, executed, writer):
    """The notebook as the source of a page."""
    parts, faults, executed = [], [], iter(executed)
    for number, cell in enumerate(jupytext.read(path).cells):
        if cell.cell_type == "markdown" or (number == 0 and cell.source.startswith("---\n")):
            parts.append(cell.source)
            continue
        try:
            if cell.cell_type != "code":
                raise notebook_outputs.Refused("is raw text: begin it with `# %% [markdown]`")
            parts.append(notebook_outputs.fence("python", cell.source))
            parts.append(writer.write(next(executed), _texts(cell)))
        except notebook_outputs.Refused as error:
            faults.append(f"{_at(path)}:{_line(path, number)}: a cell {error}")
    if faults:
        raise NotebookError("\n".join(faults))
    return "\n\n".join(part for part in parts if part)


def _texts(cell):
    """What a cell says that its pictures show: `# %% alt="A wave."`, or a list of such texts."""
    alt = cell.metadata.get("alt", [])
    texts = [alt] if isinstance(alt, str) else alt
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise notebook_outputs.Refused(
            'has an alt that is no text: write alt="…", or alt=["…", "…"]'
        )
    return texts


def _at(path):
    return f"docs/notebooks/{path.name}"


def _line(path, number):
    """The line of a notebook's source in which the text of a cell begins."""
    notebook = jupytext.read(path)
    first, *others = notebook.cells[number].source.split("\n")
    notebook.cells[number].source = "\n".join([f"{first}\0", *others])
    return jupytext.writes(notebook, fmt="py:percent").partition("\0")[0].count("\n") + 1

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


class Making:
    """The notebooks of a build, executed while MkDocs reads the other pages."""

    def __init__(self, files, config, root, drafts=False):
        """Give each notebook the place of its page, and let MkDocs read it last. Drafts are left out unless shown."""
        self._files, self._config, self._root = files, config, root
        self._sources = [
            file
            for file in files
            if page_sources.is_notebook(file.src_uri)
            and (drafts or file.inclusion != InclusionLevel.DRAFT)
        ]
        paths = [Path(file.abs_src_path) for file in self._sources]
        self._pool = ThreadPoolExecutor(KERNELS)
        self._begun = _begun(self._pool, paths, config, root)
        self._outputs = None
        self._order = {file.src_uri: number for number, file in enumerate(files)}
        for file, path in zip(self._sources, paths):
            files.remove(file)
            files.append(file)
            _publish(file, f"{path.stem}/index.html", config)
            # Of Markdown mkdocs-jupyter makes no page of its own.
            file.abs_src_path = str(_kept(path, root, "page.md"))

    def wait_for(self, page):
        """Write the Markdown of all notebooks, and beside it pictures, if the page is one. Raises NotebookError."""
        if page.file in self._sources:
            self.outputs()

    def outputs(self):
        """The outputs of the code cells of each notebook, {source: outputs}. Raises NotebookError."""
        if self._outputs is None:
            with self._pool:
                made = _made(self._begun, self._config)
            for file, page in zip(self._sources, made):
                self._write(file, page)
            self._put_back()
            self._outputs = {file.src_uri: page.outputs for file, page in zip(self._sources, made)}
        return self._outputs

    def _write(self, file, page):
        source = Path(file.abs_src_path)
        cache.write(source, page.markdown)
        for name, content in page.beside.items():
            address = f"{file.src_uri.removesuffix('.py')}/{name}"
            added = File.generated(self._config, address, content=content, inclusion=file.inclusion)
            _publish(added, f"{source.parent.name}/{name}", self._config)
            self._files.append(added)

    def _put_back(self):
        """Give all pages their old order, by which the search goes where two are as good."""
        after = len(self._order)
        for file in sorted(self._files, key=lambda file: self._order.get(file.src_uri, after)):
            self._files.remove(file)
            self._files.append(file)

    def end(self):
        """Begin with no other notebook, and wait for those that are executed: what they give is kept."""
        self._pool.shutdown(cancel_futures=True)


def make(paths, config, root):
    """The Page of each notebook.

    Raises NotebookError, which tells all that is wrong with the notebooks: file, line and what to do.
    """
    with ThreadPoolExecutor(KERNELS) as pool:
        return _made(_begun(pool, paths, config, root), config)


def _begun(pool, paths, config, root):
    """What is executed by a pool: (path, its outputs to come) of each notebook."""
    kernel = config.plugins["mkdocs-jupyter"].config["kernel_name"]
    return [(path, pool.submit(executed, path, root, kernel)) for path in paths]


def _made(begun, config):
    made, faults = [], []
    for path, done in begun:
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
    done = [together(cell.outputs) for cell in code]
    cache.write(kept, json.dumps(done, ensure_ascii=False))
    for old in kept.parent.glob("*.json"):
        if old != kept:
            old.unlink(missing_ok=True)
    return done


def together(outputs):
    """The outputs of a cell, with what it prints in a row in one piece: a kernel sends it in pieces of no fixed size."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and output["name"] == last.get("name"):
            last["text"] += output["text"]
        else:
            joined.append(output)
    return joined


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

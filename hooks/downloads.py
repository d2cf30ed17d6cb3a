"""Makes of each notebook an .ipynb file that runs in Jupyter anywhere, without this project.

Its cells import from snippets, as on the page. So the modules come with it, each in a cell that
writes it to a file before it is first imported: names of one module meet those of no other, a
reader sees all code, may change it, and runs the same as the page.
"""

import re
import textwrap
from pathlib import Path

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell

from hooks import imports, ties

MEASURED = re.compile(r'\bmeasured\("([\w.]+)"\)')
ROOM = "recording."  # of the project's own machinery
ABOUT = """\
A cell that begins with `%%writefile` holds a module of this page. It writes the module to a file in
the folder `snippets`, from which the cells after it import. Change the module and run its cell
again: what comes after uses the new one."""
FOLDERS = """\
%load_ext autoreload
%autoreload 2

from pathlib import Path

for topic in {topics}:
    Path("snippets", topic).mkdir(parents=True, exist_ok=True)"""


def download(path, root):
    """The notebook as .ipynb that runs in Jupyter anywhere: a JSON text.

    The modules that it imports are part of it, and what only this site
    understands (ties, front matter) becomes what Markdown does.
    """
    notebook = jupytext.read(path)
    cells, written = [], {}  # what is written: {module: its code}
    for cell in notebook.cells:
        if cell.cell_type == "raw":
            continue
        if cell.cell_type == "markdown":
            cell.source = _without_explorer(cell.source)
            cell.source = _with_answers(_with_includes(cell.source, root))
            cell.source = re.sub(r"\[([^\[\]\n]*)\]\{[^}\n]*\}", r"\1", cell.source)
            cell.source = re.sub(r"\[([^\[\]\n]+)\]\(#[^)]*\)\{[^}\n]*\}", r"\1", cell.source)
            cell.source = re.sub(r"\\data\{[^}]*\}\{([^{}]*)\}", r"\1", cell.source)
            cell.source = re.sub(r"!\[([^\]]*)\]\([^)]*\.svg\)", r"*Figure: \1*", cell.source)
            cell.source = re.sub(r"\[([^\]]+)\]\([^):]*\.(?:md|py)[^)]*\)", r"\1", cell.source)
        else:
            first = not written
            new = [*_modules(cell.source, root, written)]
            if first and new:
                folders = new_code_cell()
                cells += [new_markdown_cell(ABOUT), folders]
            for name in new:
                code = f"%%writefile {ties.source(name)}\n{written[name]}"
                cells.append(new_code_cell(code))
        cells.append(cell)
    if written:
        topics = {name.partition(".")[0]: None for name in written}
        folders.source = FOLDERS.format(topics=", ".join(map(repr, topics)))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # else one at random: each build would be another
    notebook.cells = cells
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    }
    return jupytext.writes(notebook, fmt="ipynb")


def _modules(source, root, written):
    """Yield the name of each module that a source imports and is not written yet, after those it imports."""
    for name in imports.modules(source):
        if name in written or name.startswith(ROOM):
            continue
        written[name] = _module(name, root)
        yield from _modules(written[name], root, written)
        yield name


def _module(name, root):
    """The code of a module without what only this project needs: its values, figures and marks."""
    code = Path(root, *ties.source(name).split("/")).read_text(encoding="utf-8")
    code = re.sub(r"^(?:# --8<-- |from snippets\.recording).*\n", "", code, flags=re.MULTILINE)
    code = code.split("\ndef values(")[0].strip()
    return MEASURED.sub(lambda record: _literal(record[1], root), code)


def _literal(name, root):
    """What a long training gave, as Python source."""
    record = ties.read(ties.record(root, name, "measured.json"))
    arrays = [
        f'    "{name}": np.array({entry["value"]}, "{entry["dtype"]}"),\n'
        for name, entry in record.items()
    ]
    return "{\n" + "".join(arrays) + "}"


def _with_answers(source):
    """Turn a folded answer, `??? success "Answer"`, into plain Markdown."""
    folded = re.compile(r'^\?\?\? \w+ "([^"]+)"\n((?:    .*\n?|\n)+)', re.MULTILINE)

    def replace(match):
        return f"*{match[1]}.* " + re.sub(r"^    ", "", match[2], flags=re.MULTILINE)

    return folded.sub(replace, source)


def _without_explorer(source):
    """Leave of an explorer or a lab its drawing and its tables, which a notebook can show."""
    around = (
        r'^////?.*\n|^--8<-- "[\w-]+\.html"\n|(?:^.+\n)+^\{ \.js-only \}\n|^\{ \.lab-told .*\}\n'
    )
    return re.sub(around, "", f"{source}\n", flags=re.MULTILINE).strip()


def _with_includes(source, root):
    """Put the text of a section where Markdown includes it."""

    def replace(match):
        path, _, name = match[2].partition(":")
        text = (Path(root) / "snippets" / path).read_text(encoding="utf-8")
        _, _, rest = text.partition(f"# --8<-- [start:{name}]\n")
        section, _, _ = rest.partition(f"# --8<-- [end:{name}]")
        return textwrap.indent(section.rstrip(), match[1])

    return re.sub(r'^( *)--8<-- "([^"]+)"$', replace, source, flags=re.MULTILINE)

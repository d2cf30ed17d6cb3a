"""Makes of each notebook an .ipynb file that runs in Jupyter anywhere, without this project."""

import json
import re
import textwrap
from pathlib import Path

import jupytext

IMPORT = re.compile(r"^from snippets\.(\w+) import ([\w, ]+)$", re.MULTILINE)
MEASURED = re.compile(r'\bmeasured\("(\w+)"\)')


def download(path, root):
    """The notebook as .ipynb that runs in Jupyter anywhere: a JSON text.

    Imports from snippets are replaced by the modules' own code, and what only
    this site understands (ties, front matter) by what Markdown does.
    """
    notebook = jupytext.read(path)
    cells, inlined = [], set()
    for cell in notebook.cells:
        if cell.cell_type == "raw":
            continue
        if cell.cell_type == "markdown":
            cell.source = _without_explorer(cell.source)
            cell.source = _with_answers(_with_includes(cell.source, root))
            cell.source = re.sub(r"\[([^\[\]\n]*)\]\{[^}\n]*\}", r"\1", cell.source)
            cell.source = re.sub(r"\\data\{[^}]*\}\{([^{}]*)\}", r"\1", cell.source)
            cell.source = re.sub(r"!\[([^\]]*)\]\([^)]*\.svg\)", r"*Figure: \1*", cell.source)
            cell.source = re.sub(r"\[([^\]]+)\]\([^):]*\.(?:md|py)[^)]*\)", r"\1", cell.source)
        else:
            cell.source = _with_snippets(cell.source, root, inlined).strip()
            if not cell.source:
                continue
        cells.append(cell)
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # else one at random: each build would be another
    notebook.cells = cells
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    }
    return jupytext.writes(notebook, fmt="ipynb")


def _with_snippets(source, root, inlined):
    """Put the code of a snippet where it is imported first; later imports go."""

    def replace(match):
        topic = match[1]
        if topic in inlined or topic == "_measured":
            return ""
        inlined.add(topic)
        code = (Path(root) / "snippets" / f"{topic}.py").read_text(encoding="utf-8")
        code = re.sub(r"^# --8<-- .*\n", "", code, flags=re.MULTILINE)
        code = code.replace("from snippets import _figures\n", "")
        code = code.split("\ndef values(")[0].strip()
        code = MEASURED.sub(lambda record: _literal(record[1], root), code)
        return _with_snippets(code, root, inlined)

    return IMPORT.sub(replace, source)


def _literal(topic, root):
    """What a long training gave, as Python source."""
    path = Path(root) / "snippets" / "recorded" / f"{topic}.measured.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    arrays = [f'    "{name}": np.array({entry["value"]}),\n' for name, entry in record.items()]
    return "{\n" + "".join(arrays) + "}"


def _with_answers(source):
    """Turn a folded answer, `??? success "Answer"`, into plain Markdown."""
    folded = re.compile(r'^\?\?\? \w+ "([^"]+)"\n((?:    .*\n?|\n)+)', re.MULTILINE)

    def replace(match):
        return f"*{match[1]}.* " + re.sub(r"^    ", "", match[2], flags=re.MULTILINE)

    return folded.sub(replace, source)


def _without_explorer(source):
    """Leave of an explorer its drawing and its table, which a notebook can show."""
    around = r'^///.*\n|^--8<-- "explorer.html"\n|(?:^.+\n)+^\{ \.js-only \}\n'
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

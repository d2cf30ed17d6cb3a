"""Notebooks that readers download: all that a page shows is in them, in its order; they run, and print what they hold."""

import html
import json
import logging
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import keras
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from mkdocs.exceptions import PluginError
from nbclient import NotebookClient
from traitlets.config import Config

from hooks import downloads, imports, page_sources, pictures, plain_markdown
from tests.site.conftest import ROOT
from tests.site.sources import sources

SHOWS_CODE = re.compile(r'^ *```python.*\n *--8<-- "[\w/]+\.py', re.MULTILINE)
WITH_CODE = [
    page
    for page, path in sorted(sources().items())
    if page and (path.suffix == ".py" or SHOWS_CODE.search(path.read_text("utf-8")))
]
# Run by each run of the tests: sections between outputs, parts that a loop prints, a page that is a notebook itself.
SAMPLE = ["what-keras-hides/", "backpropagation/", "a-cell-that-counts/"]


def notebook_of(site, page):
    return site / page / f"{page.rstrip('/').rpartition('/')[2]}.ipynb"


def read(site, page):
    notebook = nbformat.reads(notebook_of(site, page).read_text("utf-8"), as_version=4)
    nbformat.validate(notebook)
    return notebook.cells


def printed(cell):
    """What a cell holds as printed."""
    found = (output.text for output in cell.outputs if output.get("name") == "stdout")
    return "".join(found).rstrip()


# What they hold -------------------------------------------------------------------------------------------


def test_each_page_that_shows_code_has_a_notebook_and_leads_to_it(site):
    found = {
        f"{path.parent.relative_to(site).as_posix()}/": path.name for path in site.rglob("*.ipynb")
    }
    assert sorted(found) == WITH_CODE
    for page, name in found.items():
        text = (site / page / "index.html").read_text("utf-8")
        assert f'<a href="{name}" download>Jupyter notebook</a>' in text


@pytest.mark.parametrize("page", WITH_CODE)
def test_every_listing_and_output_of_a_page_stands_in_its_notebook_in_order(site, page):
    parts = []
    for cell in read(site, page):
        if cell.cell_type == "markdown":
            parts += re.findall(r"```\w*\n(.*?)\n *```", cell.source, re.DOTALL)
        elif "source_hidden" not in cell.metadata.get("jupyter", {}):
            parts += [cell.source, printed(cell)]
    text = (site / page / "index.html").read_text("utf-8")
    of_notebook = sources()[page].suffix == ".py"  # whose outputs are of many kinds
    shown = [code for kind, code in blocks(text) if kind == "python" or not of_notebook]
    assert len(shown) > 1
    for code in shown:
        at = next((at for at, part in enumerate(parts) if part.endswith(code)), None)
        assert at is not None, f"the notebook lacks this, or has it earlier: {code}"
        del parts[: at + 1]


def blocks(text):
    """Yield (language, code) of each block of code of a page."""
    block = r'<div class="[^"]*language-(python|text)[^"]*">.*?<code[^>]*>(.*?)</code>'
    for language, code in re.findall(block, text, re.DOTALL):
        yield language, html.unescape(re.sub(r"<[^>]+>", "", code)).rstrip()


@pytest.mark.parametrize("page", WITH_CODE)
def test_a_notebook_needs_nothing_of_the_site(site, page):
    """What is for the site alone is gone; what a cell imports stands above it."""
    there = set()
    for cell in read(site, page):
        if cell.cell_type == "markdown":
            text = page_sources.CODE.sub("", cell.source)
            left = re.search(
                r"data-|--8<--|^\?\?\?|^!!!|^///|\{ ?[.:#]|\]\((?!https?:|data:)", text, re.M
            )
            assert not left, text[left.start() :][:80]
            continue
        asked = {name for name in imports.modules(cell.source) if not name.startswith("recording.")}
        assert asked <= there, cell.source
        there |= {
            path.replace("/", ".")
            for path in re.findall(r"^%%module snippets/(.*)\.py\n", cell.source)
        }
    assert there


# They run -------------------------------------------------------------------------------------------------


@pytest.fixture
def jupyter(tmp_path, monkeypatch):
    """A function that runs cells in an empty folder, without this project, and returns what each printed.

    In this process, which has imported TensorFlow already.
    """

    def run(cells):
        keras.utils.clear_session()  # layers are counted from the beginning
        settings = Config()
        settings.HistoryManager.enabled = False
        shell = InteractiveShell(config=settings, ipython_dir=str(tmp_path / "ipython"))
        found = []
        for code in cells:
            with capture_output() as captured:
                result = shell.run_cell(code)
            result.raise_error()
            found.append(captured.stdout.rstrip())
        return found

    def snippets():
        names = [name for name in sys.modules if name.partition(".")[0] == "snippets"]
        return {name: sys.modules.pop(name) for name in names}

    own = snippets()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [p for p in sys.path if Path(p or ".").resolve() != ROOT])
    yield run
    logging.getLogger("tensorflow").disabled = False
    snippets()
    sys.modules.update(own)


@pytest.mark.parametrize("page", SAMPLE)
def test_a_notebook_prints_what_it_holds(site, jupyter, page):
    """To the last digit."""
    cells = [cell for cell in read(site, page) if cell.cell_type == "code"]
    for cell, now in zip(cells, jupyter([cell.source for cell in cells])):
        assert now == printed(cell), cell.source


@pytest.mark.notebook
@pytest.mark.parametrize("page", WITH_CODE)
def test_every_notebook_runs_where_only_its_needs_are_installed(site, page, tmp_path, monkeypatch):
    """In a kernel of the Python that UNROLLED_KERNEL names, else of this one."""
    python = os.environ.get("UNROLLED_KERNEL", sys.executable)
    folder = tmp_path / "kernels" / "elsewhere"
    folder.mkdir(parents=True)
    command = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": command, "display_name": "Elsewhere", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(kernel), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    for name in ("PYTHONPATH", "KERAS_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    notebook = nbformat.reads(notebook_of(site, page).read_text("utf-8"), as_version=4)
    held = [printed(cell) for cell in notebook.cells if cell.cell_type == "code"]
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, kernel_name="elsewhere", timeout=600, resources=place).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, before in zip(cells, held):
        assert printed(cell) == before, cell.source


# Modules in pieces ----------------------------------------------------------------------------------------

FIRST = """\
\"\"\"A module.\"\"\"

# --8<-- [start:double]
def double(x):
    return 2 * x
# --8<-- [end:double]
"""
SECOND = """\
from snippets.a.first import double
from snippets.recording import drawing

# --8<-- [start:n]
n = 3
# --8<-- [end:n]


# --8<-- [start:six]
def six():
    return double(n)
# --8<-- [end:six]


def values():
    return {"six": six()}


def main():
    \"\"\"Print.\"\"\"
    v = values()
    print("# six")
    print("six is", v["six"])
    for name in ("up", "down"):
        print("#", name)
        print(name, v["six"])


if __name__ == "__main__":
    main()
"""
MACHINE = """\
from snippets.recording import drawing
from snippets.recording.backends import compare
from snippets.recording.measured import measured

# --8<-- [start:n]
n = 5
# --8<-- [end:n]


def count():
    return compare(n)


def values():
    return {"n": count()}


def figures(values):
    return {"n": drawing.heat_map(values)}


def main():
    print("# n")
    print(values()["n"])
"""
RECORD = """\
# --8<-- [start:six]
six is 6
# --8<-- [end:six]
# --8<-- [start:up]
up 6
# --8<-- [end:up]
# --8<-- [start:down]
down 6
# --8<-- [end:down]
"""


@pytest.fixture
def small(tmp_path):
    """A function that makes a notebook of a page of two modules, and returns its cells."""
    files = {
        "a/first.py": FIRST,
        "a/second.py": SECOND,
        "a/second.txt": RECORD,
        "a/machine.py": MACHINE,
        "a/machine.txt": "# --8<-- [start:n]\n5\n# --8<-- [end:n]\n",
        "a/third_torch.py": "import torch_of_nobody\n",
        "a/half.py": "def f(x):\n    # --8<-- [start:half]\n    return x\n    # --8<-- [end:half]\n",
    }
    versions = {"recording/versions.json": '{"NumPy": "2"}'}
    for name, text in {**files, **versions}.items():
        path = tmp_path / "project" / "snippets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def make(*shown):
        fences = [
            f'```{"text" if ".txt" in name else "python"}\n--8<-- "a/{name}"\n```' for name in shown
        ]
        place = plain_markdown.Place("posts/a.md", {"posts/a.md": "https://a.b/a/"})
        notebook = downloads.Notebook(tmp_path / "project", place)
        notebook.add_text("\n\n".join(["# A", *fences]))
        return nbformat.reads(notebook.text(), as_version=4).cells

    return make


def codes(cells):
    return [cell.source for cell in cells if cell.cell_type == "code"]


def test_a_section_comes_with_what_stands_above_it_and_no_more(small):
    _, first, second = codes(small("second.py:n"))
    assert first == "%%module snippets/a/first.py\ndef double(x):\n    return 2 * x"
    assert second == "%%module snippets/a/second.py\nfrom snippets.a.first import double\n\nn = 3"


def test_a_part_of_what_is_printed_comes_with_the_lines_that_print_it(small, jupyter):
    cells = small("second.txt:six", "second.txt:down")
    *_, six, down = codes(cells)
    assert six.endswith('def main():\n    v = values()\n    print("six is", v["six"])\n\n\nmain()')
    assert 'print("six is"' not in down
    assert [printed(cell) for cell in cells[-2:]] == ["six is 6", "down 6"]
    assert jupyter(codes(cells))[-2:] == ["six is 6", "down 6"]


def test_what_a_reader_changes_is_used_in_the_cells_below(small, jupyter):
    """Also where the module had to be there before the page shows the section."""
    cells = small("second.py:n", "second.txt:six", "first.py:double", "second.txt:six")
    code = codes(cells)
    again = next(at for at in range(len(code) - 1, 0, -1) if "def double" in code[at])
    code[again] = code[again].replace("2 * x", "20 * x")
    told = [text for text in jupyter(code) if text]
    assert told == ["six is 6", "six is 60"]


def test_names_of_one_module_meet_those_of_no_other(small, jupyter):
    code = codes(small("second.py:n", "second.txt:six"))
    code.insert(-1, "n = 100")
    code.insert(
        -1,
        "%%module snippets/a/first.py\nn = 1000\nimport numpy\nnumpy.set_printoptions(precision=1)",
    )
    code.append("import numpy\nprint(n, numpy.array([0.25]))")
    assert jupyter(code)[-2:] == ["six is 6", "100 [0.25]"]


def test_what_needs_pytorch_does_nothing_without_it(small, jupyter, monkeypatch):
    code = codes(small("third_torch.py", "second.txt:six"))
    assert "find_spec" not in codes(small("second.txt:six"))[0]
    with pytest.raises(ModuleNotFoundError, match="torch_of_nobody"):
        monkeypatch.setattr("importlib.util.find_spec", lambda name: True)
        jupyter(code)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert jupyter(code)[-1] == "six is 6"


def test_what_only_the_project_can_print_stays_a_text(small, jupyter):
    cells = small("machine.py:n", "machine.txt:n")
    assert codes(cells)[1:] == ["%%module snippets/a/machine.py\nn = 5"]
    assert cells[-1].cell_type == "markdown" and cells[-1].source == "```text\n5\n```"
    assert jupyter(codes(cells))[-1] == ""


def test_a_section_of_half_a_statement_is_refused(small):
    told = r"snippets/a/half.py:3: section 'half' is no cell of a notebook: let it begin and end"
    with pytest.raises(PluginError, match=told):
        small("half.py:half")


# Prose and drawings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('It is [0.62]{data-v="lstm.miniature.i[1]"}.', "It is 0.62."),
        (
            r"$\data{v=a.b.c}{\begin{pmatrix} 1 & \sqrt[3]{x} \end{pmatrix}}$",
            r"$\begin{pmatrix} 1 & \sqrt[3]{x} \end{pmatrix}$",
        ),
        ('[−3.1]{data-v="a.b.c"} · 10⁻⁵', "−3.1 · 10⁻⁵"),
        (
            "See [it](b.md#c) and [*that*](../reference/d.md?x=1).",
            "See [it](https://s/b/#c) and [*that*](https://s/reference/d/?x=1).",
        ),
        ("[here](#c), [there](https://e.f/)", "[here](https://s/a/#c), [there](https://e.f/)"),
        ('[the gate](#explorer){data-light="f"} shuts', "[the gate](https://s/a/#explorer) shuts"),
        ("## Two {#two}", "## Two"),
        ("Small words.\n{ .small }", "Small words."),
        ("Press it.\n{ .js-only }\n\nRead it.", "Read it."),
        (
            '/// html | cell-explorer#e[cell="lstm"]\n\n| a |\n|---|\n\n--8<-- "explorer.html"\n\n///',
            "| a |\n|---|",
        ),
        (
            '<x-lab id="x">\n<table class="a"><tr><td data-v="a.b.c">1</td></tr></table>\n</x-lab>',
            "<table><tr><td>1</td></tr></table>",
        ),
        ("`[1]{.x}` <!-- more -->", "`[1]{.x}` "),
        ('```text title="a"\n# no heading\n```', "```text\n# no heading\n```"),
    ],
)
def test_what_only_the_site_understands_becomes_plain(written, plain):
    addresses = {
        "posts/a.md": "https://s/a/",
        "posts/b.md": "https://s/b/",
        "reference/d.md": "https://s/reference/d/",
    }
    assert plain_markdown.cells(written, plain_markdown.Place("posts/a.md", addresses), ROOT) == [
        plain
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('!!! note "In short"\n    a\n\n    - b\n\nc', "> **In short**\n>\n> a\n>\n> - b\n\nc"),
        (
            '??? success "Answer"\n    a\n\nc',
            "<details>\n<summary>Answer</summary>\n\na\n\n</details>\n\nc",
        ),
        (
            '??? example "B"\n    ```python\n    --8<-- "a/b.py"\n    ```\n',
            '**B.**\n\n```python\n--8<-- "a/b.py"\n```\n\n',
        ),
    ],
)
def test_notes_and_answers_are_opened(written, plain):
    assert plain_markdown.unfolded(written) == plain


def test_each_heading_and_each_drawing_has_a_cell_of_its_own():
    place = plain_markdown.Place("posts/lstm.md", {"posts/lstm.md": "https://s/lstm/"})
    text = "# A\n\na\n\n![The *cell*.](../diagrams/lstm/cell.svg){#c}\n\nb\n\n## B"
    first, drawing, *others = plain_markdown.cells(text, place, ROOT)
    assert [first, *others] == ["# A\n\na", "b", "## B"]
    assert re.fullmatch(
        r"!\[The LSTM cell[^\]]*\]\(data:image/svg\+xml;base64,[\w+/=]+\)\n\n\*Figure\.\* The \*cell\*\.",
        drawing,
    )


def test_a_drawing_alone_has_its_colours():
    svg = pictures.alone(ROOT, "lstm/cell")
    style = ElementTree.fromstring(svg).findtext("{http://www.w3.org/2000/svg}style")
    assert '[data-sym="f"]{color: #6a35c9;}' in style and "background: #fdfcfa" in style
    assert ".wire{stroke: currentColor" in style and ".mark" not in style
    # What only the styles of an explorer or a lab say.
    assert ".explorer-frame{" in pictures.alone(ROOT, "gru/unrolled")
    assert ".lab-a{color: #b3420f" in pictures.alone(ROOT, "what-the-state-remembers/lab-plane")
    for path in (ROOT / "docs" / "diagrams").rglob("*.svg"):
        svg = pictures.alone(
            ROOT, path.relative_to(ROOT / "docs" / "diagrams").with_suffix("").as_posix()
        )
        ElementTree.fromstring(svg)
        assert "var(" not in svg and "data-v" not in svg

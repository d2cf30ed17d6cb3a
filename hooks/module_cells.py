"""The code of a page as cells of a notebook, each run inside the module that it is a part of.

A page shows sections of modules, and two of these may use the same names. So a notebook has a magic,
`%%module snippets/lstm/miniature.py`, and each section is a cell that begins with it, in the order of
the page. What the page leaves out, such as imports and helpers, comes before it is needed, folded.
"""

import ast
import functools
import re

from mkdocs.exceptions import PluginError

from hooks import imports, includes, ties

MEASURED = re.compile(r'\bmeasured\("([\w.]+)"\)')
MACHINERY = "recording."
OF_PYTORCH = "_torch"
SETUP = '''\
import logging
import sys
from types import ModuleType

import numpy as np
from IPython.core.magic import register_cell_magic

logging.getLogger("tensorflow").disabled = True  # it says too much


@register_cell_magic
def module(path, code):
    """Run a cell inside the module of this path, from which others import."""
    parts = path.removesuffix(".py").split("/")
    for end in range(1, len(parts) + 1):
        name = ".".join(parts[:end])
        sys.modules.setdefault(name, ModuleType(name))
    called = get_ipython().compile.cache(code)   # in errors
    with np.printoptions():                      # a cell sets its own
        exec(compile(code, called, "exec"), vars(sys.modules[name]))'''
WITHOUT_TORCH = """
    if path.endswith("_torch.py") and not find_spec("torch"):
        return"""
NEEDS_TORCH = "# Without PyTorch this cell does nothing.\n"


def code_cell(source, outputs=()):
    """A cell of code as the format of notebooks has it, version 4."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [*outputs],
        "source": source,
    }


@functools.cache
def parsed(text):
    """The tree of a source text, which nobody changes: many pages show parts of the same modules."""
    return ast.parse(text)


def needed(source):
    """The modules that a source imports, but for the project's own machinery."""
    return [name for name in imports.modules(source) if not name.startswith(MACHINERY)]


class Modules:
    """The modules of a notebook, and what of them its cells hold so far."""

    def __init__(self, root):
        self.root = root
        self.known = {}
        self.time = 0  # goes on when a section comes once more

    def setup(self):
        """The code of a notebook's first cell, which makes the magic."""
        if not any(name.endswith(OF_PYTORCH) for name in self.known):
            return SETUP
        code = SETUP.replace("\nfrom types", "\nfrom importlib.util import find_spec\nfrom types")
        return code.replace("\n    parts", f"{WITHOUT_TORCH}\n    parts")

    def can_print(self, name):
        """Whether a notebook can run what prints a module's outputs: there is one, and it needs nothing of the project."""
        return (self.root / ties.source(name)).exists() and self._of(name).stands_alone()

    def section(self, name, section):
        """The cells of a section that the page shows, or of a whole module. The last one is the section.

        Raises PluginError, with the line, for a section that holds half a statement.
        """
        module = self._of(name)
        lines = module.sections[section]
        text = module.text(lines)
        try:
            parsed(text)
        except SyntaxError:
            raise PluginError(
                f"{ties.source(name)}:{min(lines)}: section {section!r} is no cell of a notebook: let it begin and "
                "end between statements, outside of functions"
            ) from None
        cells = [
            *self._rest(name, {n for n in module.left if n < min(lines)}),
            *self.imported(text),
            *self._imported_anew(name),
        ]
        if lines - module.left - module.own:
            self.time += 1
            module.changed = self.time
        module.left -= lines
        return _joined([*cells, self._cell(name, text)])

    def output(self, name, part, note):
        """The cells that print a part of what a module prints. The last one holds what it prints."""
        cells = [*self.whole(name)]
        code = f"{note}def main():\n{self._of(name).printing(part)}\n\n\nmain()"
        cell = self._cell(name, code)
        record = ties.record(self.root, name, "txt").read_text(encoding="utf-8")
        printed = includes.section(record, part)
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": f"{printed}\n"}]
        return _joined([*cells, cell])

    def imported(self, source):
        """Yield the cells that make whole the modules which a source imports."""
        for name in needed(source):
            yield from self.whole(name)

    def whole(self, name):
        """Yield the cells of all that a module lacks, after those of what it imports."""
        module = self._of(name)
        yield from self.imported("\n".join(module.imports))
        yield from self._rest(name, {*module.left})
        yield from self._imported_anew(name)

    def _of(self, name):
        if name not in self.known:
            text = (self.root / ties.source(name)).read_text(encoding="utf-8")
            self.known[name] = Module(text)
        return self.known[name]

    def _rest(self, name, lines):
        """Yield a cell of lines that the page does not show, or not yet, if there is code in them."""
        module = self._of(name)
        text = module.text(lines)
        yield from self.imported(text)
        module.left -= lines
        statements = parsed(text).body
        imported = [node for node in statements if isinstance(node, ast.Import | ast.ImportFrom)]
        if imported:
            module.looked = self.time
        if statements:
            cell = self._cell(name, text)
            if statements != imported:
                cell["metadata"] = {"jupyter": {"source_hidden": True}}
            yield cell

    def _imported_anew(self, name):
        """Yield a cell of the imports from modules of which a section came once more: its reader may change it."""
        module = self._of(name)
        old = [
            statement
            for statement in module.imports
            if any(self._of(other).changed > module.looked for other in needed(statement))
        ]
        module.looked = self.time
        if old:
            yield self._cell(name, "\n".join(old))

    def _cell(self, name, code):
        code = MEASURED.sub(lambda record: _literal(record[1], self.root), code)
        note = NEEDS_TORCH if name.endswith(OF_PYTORCH) else ""
        return code_cell(f"%%module {ties.source(name)}\n{note}{code}")


class Module:
    """The lines of a module, counted from 1, and which of them a notebook still lacks."""

    def __init__(self, text):
        self.lines = ["", *text.splitlines()]
        self.tree = parsed(text)
        marks = {n for n, line in enumerate(self.lines) if includes.MARKER.search(line)}
        code = {*range(1, len(self.lines))} - marks
        self.sections = {name: {*lines} & code for name, lines in includes.read(text)[0].items()}
        self.sections[None] = code
        self.own = {n for node in self.tree.body if _is_own(node) for n in _lines(node)}
        self.left = code - self.own
        self.imports = [
            self.text(_lines(node))
            for node in self.tree.body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        self.changed = 0  # when a section of it came once more
        self.looked = 0  # when it imported last

    def text(self, lines):
        """Some lines as code, with at most two blank ones in a row."""
        text = "\n".join(self.lines[n] for n in sorted(lines))
        return re.sub(r"\n{4,}", "\n\n\n", text.strip("\n"))

    def stands_alone(self):
        """Whether what it computes and prints needs nothing of the project's machinery but what was measured."""
        of_project = {
            alias.name for node in self.tree.body if _is_machinery(node) for alias in node.names
        } - {"measured"}
        functions = {node.name: node for node in self.tree.body if hasattr(node, "name")}
        waiting = [
            node for node in self.tree.body if getattr(node, "name", "main") in ("main", "values")
        ]
        used = set()
        while waiting:
            found = {n.id for n in ast.walk(waiting.pop()) if isinstance(n, ast.Name)} - used
            used |= found
            waiting += [functions[name] for name in found if name in functions]
        return not used & of_project

    def printing(self, part):
        """The lines of main() that print a part, after those which all parts need.

        A part begins where its name is printed, `print("# name")`. Where a loop prints names, it runs for the one.
        """
        [main] = [node for node in self.tree.body if getattr(node, "name", None) == "main"]
        body = main.body[ast.get_docstring(main) is not None :]
        headings = [dict(_headings(node)) for node in body]
        known = {name for found in headings for name in found.values()}
        lines, current = [], {}
        for node, found in zip(body, headings):
            current = found or current
            names = current.values()
            if part and current and f'"{part}"' not in names:
                if f'"{part}"' in known or all(name.startswith('"') for name in names):
                    continue
            if _heading(node):
                continue
            for n in range(node.lineno, node.end_lineno + 1):
                line = self.lines[n]
                if part and n in found:
                    blank = line[: len(line) - len(line.lstrip())]
                    lines += [f'{blank}if {found[n]} != "{part}":', f"{blank}    continue"]
                else:
                    lines.append(line)
        return "\n".join(lines)


def _is_own(node):
    """Whether a statement is of use to this project alone."""
    if isinstance(node, ast.FunctionDef):
        return node.name in {"claims", "figures", "main"}
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_start = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
    return is_text or is_start or _is_machinery(node)


def _is_machinery(node):
    return isinstance(node, ast.ImportFrom) and "snippets.recording" in (node.module or "")


def _lines(node):
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return range(first, node.end_lineno + 1)


def _headings(node):
    """Yield (line, expression of the name) of each statement in one that prints a name."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Expr) and (name := _heading(inner)):
            yield inner.lineno, name


def _heading(node):
    """The expression of the name that a statement prints, `print("# name")`, or None."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    if not call.args or ast.unparse(call.func) != "print":
        return None
    text = ast.unparse(call.args[0])
    if text == "'#'" and len(call.args) == 2:  # print("#", name)
        return ast.unparse(call.args[1])
    found = re.fullmatch(r"(f?)'# (.*)'", text)
    if not found:
        return None
    whole = re.fullmatch(r"\{(\w+)\}", found[2])  # print(f"# {name}")
    return whole[1] if found[1] and whole else f'{found[1]}"{found[2]}"'


def _joined(cells):
    """The cells with the imports right before the last one as the beginning of that."""
    *cells, last = cells
    while cells and not cells[-1]["metadata"] and not cells[-1]["outputs"]:
        above, (module, code) = cells[-1]["source"], last["source"].split("\n", 1)
        if not above.startswith(f"{module}\n"):
            break
        blank = "\n\n\n" if code.startswith(("def ", "class ", "@")) else "\n\n"
        last["source"] = f"{above}{blank}{code}"
        cells.pop()
    return [*cells, last]


def _literal(name, root):
    """What a long training gave, as Python source."""
    record = ties.read(ties.record(root, name, "measured.json"))
    arrays = [
        f'    "{name}": np.array({entry["value"]!r}, "{entry["dtype"]}"),\n'
        for name, entry in record.items()
    ]
    return "{\n" + "".join(arrays) + "}"

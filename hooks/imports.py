"""Which modules of snippets/ a notebook or another module imports, by names such as lstm.miniature."""

import ast
import functools
import re
from pathlib import Path

MAGIC = re.compile(r"^([ \t]*)[%!]{1,2}\w.*", re.MULTILINE)  # a line for IPython


@functools.cache
def modules(source):
    """The modules of snippets/ that a source text imports, in its order. Raises SyntaxError."""
    names = []
    for statement in ast.walk(ast.parse(MAGIC.sub(r"\1pass", source))):
        if isinstance(statement, ast.Import):
            names += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names += [f"{statement.module}.{alias.name}" for alias in statement.names]
    parts = [name.split(".") for name in names]
    return tuple(
        dict.fromkeys(".".join(part[1:3]) for part in parts if part[0] == "snippets" and part[2:])
    )


def all_modules(source, root):
    """The modules that a source text imports, and those which they import: {name: path}."""
    found, waiting = {}, [*modules(source)]
    while waiting:
        name = waiting.pop()
        path = Path(root, "snippets", *name.split(".")).with_suffix(".py")
        if name not in found and path.exists():
            found[name] = path
            waiting += modules(path.read_text(encoding="utf-8"))
    return found

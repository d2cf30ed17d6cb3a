"""Which snippets a notebook or another snippet imports."""

import ast
import functools
import re
from pathlib import Path

MAGIC = re.compile(r"^([ \t]*)[%!]{1,2}\w.*", re.MULTILINE)  # a line for IPython


@functools.cache
def topics(source):
    """The modules of snippets/ that a source text imports, in its order. Raises SyntaxError."""
    names = []
    for statement in ast.walk(ast.parse(MAGIC.sub(r"\1pass", source))):
        if isinstance(statement, ast.Import):
            names += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names += [f"{statement.module}.{alias.name}" for alias in statement.names]
    parts = [name.split(".") for name in names]
    return tuple(dict.fromkeys(part[1] for part in parts if part[0] == "snippets" and part[1:]))


def all_topics(source, root):
    """The modules that a source text imports, and those which they import: {topic: path}."""
    found, waiting = {}, [*topics(source)]
    while waiting:
        topic = waiting.pop()
        path = Path(root) / "snippets" / f"{topic}.py"
        if topic not in found and path.exists():
            found[topic] = path
            waiting += topics(path.read_text(encoding="utf-8"))
    return found

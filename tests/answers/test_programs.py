"""Each program of the answers runs as it is copied: alone, with its own imports."""

import re
from pathlib import Path

import pytest

from snippets.recording import __main__ as refresh

FOLDER = Path(refresh.ROOT, "snippets", "answers")
PROGRAM = re.compile(r"# --8<-- \[start:program\]\n(.*?)# --8<-- \[end:program\]", re.DOTALL)


def programs():
    """The programs that begin with their imports: {name: text}."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        text = PROGRAM.search(path.read_text(encoding="utf-8"))
        if text and text[1].startswith(("import ", "from ")) and "_torch" not in path.stem:
            found[path.stem] = text[1]
    return found


@pytest.mark.parametrize("name", programs())
def test_a_program_runs_alone(name):
    exec(compile(programs()[name], f"{name}.py", "exec"), {"__name__": name})

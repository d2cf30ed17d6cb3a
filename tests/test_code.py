"""The project's own code: style, types, safety. Each fault is printed with file, line and reason."""

import subprocess
import sys
from pathlib import Path

import pytest

from hooks import node

ROOT = Path(__file__).parents[1]
PYTHON = {
    "ruff check": ["check", "--output-format=concise"],
    "ruff format": ["format", "--diff"],
}
NPM = {
    "biome": ["@biomejs/biome/bin/biome", "check", "--error-on-warnings", "--colors=off"],
    "tsc": ["typescript/bin/tsc", "--pretty", "false"],
}


def faults(*command):
    """What a tool prints if it finds a fault, else nothing."""
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return f"{run.stdout}{run.stderr}" if run.returncode else ""


@pytest.mark.parametrize("tool", PYTHON)
def test_style_of_python(tool):
    found = faults(sys.executable, "-m", "ruff", *PYTHON[tool], ".")
    assert not found, f"{found}\nMost of it is mended by `ruff check --fix . && ruff format .`"


def test_types_of_python():
    found = faults(sys.executable, "-m", "mypy", "--no-color-output")
    assert not found, found


@pytest.mark.parametrize("tool", NPM)
def test_style_and_types_of_scripts(tool):
    node.install_packages(for_tests=True)
    script, *options = NPM[tool]
    found = faults(node.NODE, ROOT / "node_modules" / script, *options)
    assert not found, found

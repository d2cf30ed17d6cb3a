"""Asks the scripts of the site in Node, for tests that need no browser."""

import json
import subprocess

from hooks import node


def answers(program, asked):
    """What a program of Node prints, as JSON, for what it reads as JSON."""
    run = subprocess.run(
        [node.NODE, "--input-type=module", "-e", program],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)

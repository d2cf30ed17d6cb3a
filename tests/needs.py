"""Prints the part of requirements.txt that some packages need, with its hashes.

    python -m tests.needs numpy keras tensorflow ipykernel > needs.txt

What is installed says what each needs, so install all of requirements.txt before.
"""

import re
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[1] / "requirements.txt"
ENTRY = re.compile(r"^([\w.-]+)==.*\n(?:[ ].*\n)*", re.MULTILINE)


def needed(names):
    """The names of these packages and of all that they need."""
    found, waiting = set(), [*names]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found.add(name)
            wanted = map(Requirement, requires(name) or [])
            waiting += [
                one.name for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})
            ]
    return found


def main(names):
    entries = {entry[1]: entry[0] for entry in ENTRY.finditer(LOCK.read_text(encoding="utf-8"))}
    print("".join(entries[name] for name in sorted(needed(names))), end="")


if __name__ == "__main__":
    main(sys.argv[1:])

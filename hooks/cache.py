"""Writes what a later build may use again."""

import os
import tempfile


def write(path, text):
    """Write a file whole: a build that is stopped here, or runs twice at once, leaves no half one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
    os.replace(file.name, path)

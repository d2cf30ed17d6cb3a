"""Writes files whole."""

import os
import uuid


def write(path, text):
    """Write a text file whole: who is stopped here, or writes twice at once, leaves no half one.

    Its mode is that of any new file, which those of `tempfile` are not.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")  # hidden from MkDocs
    try:
        beside.write_bytes(text.encode("utf-8"))
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

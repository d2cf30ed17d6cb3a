"""Lets one build at a time work in this folder: each empties site/ before it fills it."""

import sys
from pathlib import Path

from filelock import FileLock, Timeout
from mkdocs.exceptions import PluginError

_locks = []


def take(root):
    """Wait until no other build works in this folder. A build that was killed is not waited for.

    Raises PluginError, saying what to do, where nothing can be written.
    """
    cache = Path(root) / ".cache"
    try:
        cache.mkdir(exist_ok=True)
        lock = FileLock(cache / "build.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            print("Another build of this folder is running: waiting for it.", file=sys.stderr)
            lock.acquire()
    except OSError as error:
        raise PluginError(
            f"{error.strerror}: {cache}. A build keeps there what it has typeset and executed: "
            "copy the project to a folder in which you may write"
        ) from None
    _locks.append(lock)


def end():
    """Let the next build begin."""
    while _locks:
        _locks.pop().release()

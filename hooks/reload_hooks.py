"""Takes up what has changed in hooks while `mkdocs serve` runs, which itself loads them once."""

import importlib
import sys
import traceback
from pathlib import Path

from mkdocs.exceptions import PluginError

_seen = {}  # when each file was last changed, as far as it has been taken up


def take_up(entry, package="hooks"):
    """Load the modules of a package anew if one has changed since the last time.

    The entry, whose functions MkDocs holds, cannot be loaded anew. Raises PluginError, which says so, or
    in which file and line a module cannot be loaded.
    """
    names = [name for name in sys.modules if name.startswith(f"{package}.") and name != __name__]
    files = {name: Path(str(sys.modules[name].__file__)) for name in names}
    times = {path: path.stat().st_mtime_ns for path in (Path(entry), *files.values())}
    changed = {path for path, time in times.items() if _seen.setdefault(path, time) != time}
    if Path(entry) in changed:
        raise PluginError(f"{entry} has changed: end `mkdocs serve`, and start it again")
    if changed:
        for name in reversed(names):  # what a module imports comes after it
            try:
                importlib.reload(sys.modules[name])
            except Exception as error:
                raise PluginError(_told(error)) from None
        _seen.update(times)


def _told(error):
    """What is wrong with a module, as `file:line: error`."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {error.msg}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}: {type(error).__name__}: {error}"

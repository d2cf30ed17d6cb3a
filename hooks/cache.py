"""Writes files whole, and keeps what is slow to compute."""

import hashlib
import json
import os
import uuid
from functools import cache, lru_cache, wraps
from itertools import chain, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".cache" / "kept"
MOST = 300  # results of a function, on disk: those of a few states of the site


def write(path, content):
    """Write a file of text or bytes whole: who is stopped here, or writes twice at once, leaves no half one.

    Its mode is that of any new file, which those of `tempfile` are not.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")  # hidden from MkDocs
    try:
        beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def kept(function):
    """Keep what a function returns, in memory and on disk: it is computed anew when its arguments or the hooks change.

    Arguments have a `repr` that tells all of them, and results are what JSON keeps, but not None.
    """
    name = function.__name__.strip("_")

    @lru_cache(maxsize=100)  # a preview asks again for pages that have not changed
    @wraps(function)
    def remembered(*arguments):
        result = recall(name, arguments)
        if result is None:
            result = function(*arguments)
            keep(name, arguments, result)
        return result

    return remembered


def recall(name, told):
    """What was kept by this name for all that is told by the `repr` of `told`; None if nothing was."""
    path = _place(name, told)
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        os.utime(path)  # it is still of use
    except (OSError, ValueError):
        return None
    return result


def keep(name, told, result):
    """Keep a result, which JSON can hold, for `recall`."""
    path = _place(name, told)
    write(path, json.dumps(result, ensure_ascii=False))
    leave(path.parent.glob("*.json"))


def _place(name, told):
    state = repr((_state(), told)).encode("utf-8")
    return KEPT / name / f"{hashlib.sha256(state).hexdigest()}.json"


def leave(files):
    """Leave of files those that were used last."""
    for old in islice(sorted(files, key=_used, reverse=True), MOST, None):
        old.unlink(missing_ok=True)


def _used(path):
    try:
        return path.stat().st_mtime_ns
    except OSError:  # another build has taken it away
        return 0


def changed(*groups):
    """When files were last changed, as [(path, nanoseconds)]: what is made of them is made anew if this differs."""
    return [(str(file), file.stat().st_mtime_ns) for file in sorted(chain(*groups))]


@cache
def _state():
    """What results depend on besides arguments: the hooks, and the libraries that they use."""
    files = sorted([*ROOT.glob("hooks/*.*"), ROOT / "requirements.txt", ROOT / "package-lock.json"])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

"""Refresh: compute every snippet anew and rewrite records, figures and tied numbers.

    python -m snippets.recording            # all of them
    python -m snippets.recording lstm       # those of a topic, or one: lstm.miniature

Prints each change, and what the pages have not yet tied or declared; exits with 1
if there was a change, with 0 if all was fresh.
Everything is computed before anything is written, and each file is replaced
whole, so stopping it leaves no half-written record.
"""

import ast
import contextlib
import difflib
import importlib
import inspect
import io
import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

from hooks import cache, ties

ROOT = Path(__file__).parents[2]
SHARED = ("layers", "recording")  # folders whose modules have no values of their own
OF_PYTORCH = "_torch"  # what imports PyTorch, which is no dependency: it has no record
KINDS = ("json", "txt", "measured.json")  # of records
LIBRARIES = {"NumPy": "numpy", "Keras": "keras", "TensorFlow": "tensorflow"}

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow says less

# Another processor may compute another last bit: that is no change.
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}


def modules(root=ROOT):
    """The names of the modules that are recorded, such as lstm.miniature: all but what they share, and PyTorch."""
    paths = (path.relative_to(root).with_suffix("").parts for path in Path(root).glob("snippets/*/*.py"))
    return sorted(
        f"{topic}.{name}"
        for _, topic, name in paths
        if topic not in SHARED and not name.endswith(OF_PYTORCH)
    )


def asked_for(names, root=ROOT):
    """The modules of the topics, or of the modules, that somebody names; all, if nobody names any."""
    known = modules(root)
    for name in names:
        if not any(name in (module, module.partition(".")[0]) for module in known):
            sys.exit(
                f"refresh: no snippet is called {name}. "
                "Write a topic, such as lstm, or a module of it, such as lstm.miniature."
            )
    return [module for module in known if not names or {module, module.partition(".")[0]} & {*names}]


def imported(name):
    """The module of a name."""
    return importlib.import_module(f"snippets.{name}")


def compute(name):
    """Run a snippet: return its values, as they are recorded, and what it prints."""
    module = imported(name)
    values = module.values()
    recorded = {name: entry(value) for name, value in {**chosen(module), **values}.items()}
    return recorded | claims(module, values), printed(module)


def chosen(module):
    """The numbers and arrays that a snippet names at its top level: weights, inputs, sizes, settings."""
    tree = ast.parse(inspect.getsource(module))
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return {name: vars(module)[name] for name in names if is_number(vars(module)[name])}


def is_number(value):
    """Whether a value is a number, or an array or list of numbers that a page could print."""
    if not isinstance(value, int | float | list | np.ndarray) or isinstance(value, bool):
        return False
    if isinstance(value, list) and not all(isinstance(entry, int | float) for entry in value):
        return False
    return np.asarray(value).dtype.kind in "if" and np.size(value) <= 100


def claims(module, values):
    """What a snippet claims of its values, as it is recorded: the words, and whether they are true."""
    claimed = module.claims(values) if hasattr(module, "claims") else {}
    return {
        name: {"dtype": ties.CLAIM, "value": [words, bool(true)]}
        for name, (words, true) in claimed.items()
    }


def figures(root, name, values):
    """The SVG figures of data that a snippet draws of its values: {path: text}."""
    draw = getattr(imported(name), "figures", lambda values: {})
    numbers = {
        value: np.asarray(entry["value"])
        for value, entry in values.items()
        if entry["dtype"] != ties.CLAIM
    }
    topic, _, module = name.replace("_", "-").partition(".")
    folder = Path(root, "docs", "diagrams", topic)
    return {folder / f"{module}-{figure}.svg": svg for figure, svg in draw(numbers).items()}


def entry(value):
    """One value as it is recorded: its dtype, and numbers that JSON keeps exactly."""
    array = np.asarray(value)
    return {"dtype": str(array.dtype), "value": array.tolist()}


def printed(module):
    """What `python -m` prints for a snippet."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), np.printoptions():
        module.main()
    return out.getvalue()


def sectioned(text):
    """Turn the headings `# name` of a printed text into the section marks that pages include."""
    lines, name = [], None
    for line in text.splitlines():
        heading = re.fullmatch(r"# (\w+)", line)
        if heading:
            if name:
                lines.append(f"# --8<-- [end:{name}]")
            name = heading[1]
            line = f"# --8<-- [start:{name}]"
        lines.append(line)
    if name:
        lines.append(f"# --8<-- [end:{name}]")
    return "\n".join(lines) + "\n"


def same(old, new):
    """Whether a recorded value equals a computed one, but for its last bits."""
    if old is None or old["dtype"] != new["dtype"]:
        return False
    if new["dtype"] == ties.CLAIM:
        return old == new
    old_value, new_value = np.asarray(old["value"]), np.asarray(new["value"])
    if old_value.shape != new_value.shape:
        return False
    tolerance = TOLERANCE.get(new["dtype"])
    if tolerance is None:
        return bool((old_value == new_value).all())
    return np.allclose(old_value, new_value, rtol=0, atol=tolerance)


def as_json(values):
    """A record as text: one value a line, so that a change shows in review."""
    lines = [f'  "{name}": {json.dumps(value)}' for name, value in values.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def versions(root=ROOT, changed=True):
    """The record of versions. Python's changes only when something else does."""
    new = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    new |= {name: version(library) for name, library in LIBRARIES.items()}
    path = ties.versions(root)
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not changed and {**old, "Python": new["Python"]} == new:
        return old
    return new


def refresh(root=ROOT, names=()):
    """Bring records and tied numbers up to date; return {path: (old text, new text)} of changes."""
    records, texts = {}, {}
    for name in asked_for(names, root):
        path = ties.record(root, name)
        old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        values, text = compute(name)
        values = {n: old[n] if same(old.get(n), new) else new for n, new in values.items()}
        records[path] = as_json(values)
        records |= figures(root, name, values)
        texts[ties.record(root, name, "txt")] = sectioned(text)
    texts |= dict.fromkeys(orphans(root))  # to None
    changes = write({**records, **texts})
    made_with = as_json(versions(root, changed=bool(changes)))
    changes |= write({ties.versions(root): made_with})
    changes |= write({path: retied(root, path) for path in ties.sources(root)})
    return changes


def orphans(root=ROOT):
    """The records whose snippet is gone."""
    known = {ties.record(root, name, kind) for name in modules(root) for kind in KINDS}
    kept = {ties.versions(root), Path(root, "snippets", "how_the_numbers_stay_true", "verdicts.txt")}
    there = {path for path in Path(root).glob("snippets/*/*.*") if path.suffix in (".json", ".txt")}
    return sorted(there - known - kept)


def retied(root, path):
    """A source text with each tied number corrected; a tie to no value, or of no number, is left alone."""
    source = read(path)
    for tie in reversed(ties.find(source)):
        with contextlib.suppress(ties.UnknownValue):
            right = ties.corrected(root, tie.name, tie.text, tie.minus)
            source = source[: tie.start] + right + source[tie.end :]
    return source


def read(path):
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def write(texts):
    """Replace each file that is to change by a whole new one; return the changes."""
    changes = {}
    for path, new in texts.items():
        old = read(path)
        if new is None:
            path.unlink()
        elif new != old:
            cache.write(path, new)
        if new != old:
            changes[path] = (old, new or "")
    return changes


def main(root=ROOT, names=()):
    if os.environ.get("CI"):
        sys.exit(
            "refresh: CI checks the records and must not rewrite them. "
            "Run `python -m snippets.recording` on your machine and commit what it changes."
        )
    changes = refresh(root, names)
    for path, (old, new) in changes.items():
        name = path.relative_to(root).as_posix()
        diff = difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"{name} (before)", name, lineterm="", n=0
        )
        print("\n".join(diff))
    if not changes:
        fresh = "of " + ", ".join(names) if names else "and every tied number"
        print(f"Every record {fresh} is up to date.", flush=True)
    if root == ROOT:
        subprocess.run([sys.executable, "-m", "tests.site.ledger"], check=False)
    sys.exit(1 if changes else 0)


if __name__ == "__main__":
    main(names=sys.argv[1:])

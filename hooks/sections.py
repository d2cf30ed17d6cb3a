r"""Checks that pages include code sections that exist, whole and unambiguous.

A snippet marks its sections with `# --8<-- [start:name]` and
`# --8<-- [end:name]`, and a page shows one with
`--8<-- "snippets/topic.py:name"`. pymdownx.snippets puts them in, but it
reads an unclosed section to the end of the file and takes the first of two
sections with the same name, both without a word.
"""

import functools
import re
from pathlib import Path

INCLUDE = re.compile(
    r"""^[# \t]*-+8<-+[ \t]+["'](?P<path>[^"':]+)(?::(?P<name>[^"']*))?["']""", re.MULTILINE
)
INCLUDABLE = ("snippets/", "overrides/partials/")
BLOCK = re.compile(r"^[# \t]*-+8<-+[ \t]*$", re.MULTILINE)  # another way to include, unchecked
MARKER = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*(?P<name>[\w-]+)[ \t]*\]")


def read(path):
    """Return the sections of a file, {name: line of its start}, and its faults, [(line, what)]."""
    opened, sections, faults = {}, {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for marker in MARKER.finditer(line):
            name = marker["name"]
            if marker["type"] == "start":
                if name in sections:
                    first = sections[name]
                    faults.append((number, f"section {name!r} was already started in line {first}"))
                sections.setdefault(name, number)
                opened[name] = number
            elif opened.pop(name, None) is None:
                faults.append((number, f"section {name!r} ends here but was not started"))
    for name, number in opened.items():
        faults.append((number, f"section {name!r} is never closed: add [end:{name}]"))
    return sections, faults


def included(source):
    """Yield (line, path, section or None) for each include of a page."""
    for match in INCLUDE.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield line, match["path"], match["name"]


def faults(root):
    """Check every include of every page: a list of `file:line: what is wrong, page`."""
    root = Path(root)
    found, shown = [], set()
    sections_of = functools.cache(read)  # pages include most files several times
    folders = [(root / folder).resolve() for folder in INCLUDABLE]
    docs = root / "docs"
    for page in sorted([*docs.rglob("*.md"), *docs.rglob("*.py")]):
        at = page.relative_to(root).as_posix()
        source = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(source):
            line = source.count("\n", 0, block.end()) + 1
            found.append(f'{at}:{line}: includes a block: write --8<-- "snippets/topic.py:section"')
        for line, name, section in included(source):
            path = root / name
            if not any(path.resolve().is_relative_to(folder) for folder in folders):
                where = " or ".join(INCLUDABLE)
                found.append(f"{at}:{line}: includes {name}, which is no file of {where}")
                continue
            if not path.is_file():
                found.append(f"{at}:{line}: includes {name}, but there is no such file")
                continue
            sections, wrong = sections_of(path)
            for number, what in wrong:
                found.append(f"{name}:{number}: {what} ({at}:{line} includes this file)")
            if section and section not in sections:
                there = ", ".join(sections) or "none"
                found.append(
                    f"{at}:{line}: {name} has no section {section!r}; its sections are: {there}"
                )
            shown.add((path, section))
    for path in sorted([*root.glob("snippets/*.py"), *root.glob("snippets/recorded/*.txt")]):
        at = path.relative_to(root).as_posix()
        for name, line in sections_of(path)[0].items():
            if (path, name) not in shown:
                found.append(
                    f"{at}:{line}: no page shows the section {name!r}: show it or remove it"
                )
    return list(dict.fromkeys(found))

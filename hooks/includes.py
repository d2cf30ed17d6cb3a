r"""Checks that pages include code sections that exist, whole and unambiguous.

A snippet marks its sections with `# --8<-- [start:name]` and
`# --8<-- [end:name]`, and a page shows one with
`--8<-- "topic/module.py:name"`. pymdownx.snippets puts them in, from the folders
named here and from nowhere else, but it reads an unclosed section to the end
of the file and takes the first of two sections with the same name, both
without a word.
"""

import functools
import re
from pathlib import Path

from hooks import page_sources

FOLDERS = ("snippets", "overrides/partials")  # what pages may include lies in these
INCLUDE = re.compile(
    r"""^[# \t]*-+8<-+[ \t]+(?P<quote>["'])(?P<path>.+?)(?::(?P<name>[\w-]*))?(?P=quote)[ \t]*$""",
    re.MULTILINE,
)
BLOCK = re.compile(r"^[# \t]*-+8<-+[ \t]*$", re.MULTILINE)  # another way to include, unchecked
MARKER = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*(?P<name>[\w-]+)[ \t]*\]")


def read(text):
    """The lines of each section of a text, counted from 1, {name: range}, and its faults, [(line, what)]."""
    lines = text.splitlines()
    opened, sections, faults = {}, {}, []
    for number, line in enumerate(lines, 1):
        for marker in MARKER.finditer(line):
            name = marker["name"]
            if marker["type"] == "start":
                if name in sections:
                    first = sections[name].start - 1
                    faults.append((number, f"section {name!r} was already started in line {first}"))
                sections.setdefault(name, range(number + 1, len(lines) + 1))
                opened[name] = number
            elif opened.pop(name, None) is None:
                faults.append((number, f"section {name!r} ends here but was not started"))
            else:
                sections[name] = range(sections[name].start, number)
    for name, number in opened.items():
        faults.append((number, f"section {name!r} is never closed: add [end:{name}]"))
    return sections, faults


def section(text, name):
    """The text of a section, or the whole text, without marks."""
    lines = text.splitlines()
    if name:
        numbers = read(text)[0][name]
        lines = lines[numbers.start - 1 : numbers.stop - 1]
    return "\n".join(line for line in lines if not MARKER.search(line))


def put_in(root, source):
    """A source with the text of each section in the place where it is included."""

    def replace(found):
        text = find(root, found["path"].strip()).read_text(encoding="utf-8")
        return section(text, found["name"])

    return INCLUDE.sub(replace, source)


def included(source):
    """Yield (line, path, section or None) for each include of a page."""
    for match in INCLUDE.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield line, match["path"].strip(), match["name"]


def find(root, name):
    """The file that a page includes by its name, or None where no page may include it."""
    for folder in FOLDERS:
        path = Path(root, folder, name)
        if path.is_file() and path.resolve().is_relative_to(Path(root, folder).resolve()):
            return path
    return None


def faults(root):
    """Check every include of every page: a list of `file:line: what is wrong, page`."""
    root = Path(root)
    found, shown = [], set()

    @functools.cache  # pages include most files several times
    def sections_of(path):
        return read(path.read_text(encoding="utf-8"))

    for page in page_sources.sources(root):
        at = page.relative_to(root).as_posix()
        source = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(source):
            line = source.count("\n", 0, block.end()) + 1
            found.append(f'{at}:{line}: includes a block: write --8<-- "topic/module.py:section"')
        for line, name, section in included(source):
            path = find(root, name)
            if not path:
                where = " or ".join(f"{folder}/" for folder in FOLDERS)
                found.append(f"{at}:{line}: includes {name}, but {where} has no such file")
                continue
            file = path.relative_to(root).as_posix()
            sections, wrong = sections_of(path)
            for number, what in wrong:
                found.append(f"{file}:{number}: {what} ({at}:{line} includes this file)")
            if section and section not in sections:
                there = ", ".join(sections) or "none"
                found.append(
                    f"{at}:{line}: {file} has no section {section!r}; its sections are: {there}"
                )
            shown.add((path, section))
    for path in sorted([*root.glob("snippets/*/*.py"), *root.glob("snippets/*/*.txt")]):
        at = path.relative_to(root).as_posix()
        for name, lines in sections_of(path)[0].items():
            if (path, name) not in shown:
                found.append(
                    f"{at}:{lines.start - 1}: no page shows the section {name!r}: show it or remove it"
                )
    return list(dict.fromkeys(found))

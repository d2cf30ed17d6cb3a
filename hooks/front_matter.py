"""What a page declares in its head: between `---` lines, or `# ---` lines in a notebook."""

import datetime
import itertools
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.meta import META_RE, YAML_RE, SafeLoader

from hooks import page_sources

# The date orders posts and feeds; the description is what home page, feeds and
# search machines show; a post's address is its slug.
NEEDED = {"post": ["date", "description", "slug"], "notebook": ["date", "description"]}
# What the site does something with: the type that it needs, and how it is written.
WORDS = "words in one line"
KEYS: dict[str, tuple[Any, str]] = {
    "title": (str, WORDS),
    "description": (str, WORDS),
    "date": ((datetime.date, dict), "2026-11-22, or {created: 2026-11-22, updated: 2026-12-01}"),
    "tags": (list, "[LSTM, gates]"),
    "hide": (list, "[toc], or more of navigation, toc, tags and footer"),
    "search": (dict, "{exclude: true} or {boost: 2}"),
    "draft": (bool, "true"),
    "given": (list, "[13 steps, three inputs]"),
    "aliases": (list, "[old/address/], without the site's own"),
}
KEYS_OF: dict[str, dict[str, tuple[Any, str]]] = {
    "post": {
        "slug": (str, "lstm"),
        "authors": (list, "[unrolled]"),
        "categories": (list, "[Understanding computations]"),
        "pin": (bool, "true"),
        "readtime": (int, "8"),
        "links": (list, "[posts/lstm.md]"),
    },
    "notebook": {"jupyter": (dict, "what jupytext writes")},
    "page": {},
}
AUTHORS = "docs/.authors.yml"
ADDRESS = re.compile(r"(?:[\w-]+/)+")
HIDDEN = ("navigation", "toc", "tags", "footer")


def read(path):
    """Return what the head of a page declares: a dictionary, empty if there is no head."""
    head = YAML_RE.match(_text(path))
    declared = yaml.load(head[1], SafeLoader) if head else {}
    return declared if isinstance(declared, dict) else {}


def dates(declared):
    """The dates of a page, {"created": …, "updated": …}, the same where it declares one; or {}."""
    date = declared.get("date")
    if not isinstance(date, dict):
        date = {"created": date}
    created = date.get("created")
    return {"created": created, "updated": date.get("updated") or created} if created else {}


def faults(root):
    """Check the head of every page: a list of `file:line: what is wrong`."""
    root = Path(root)
    authors = _authors(root / AUTHORS)
    return [
        f"{path.relative_to(root).as_posix()}{wrong}"
        for path in page_sources.sources(root)
        for wrong in _faults_of_page(path, _kind(path.relative_to(root / "docs")), authors)
    ]


def _authors(path):
    """The short names of those who write posts; what is wrong with their file, the blog says."""
    try:
        return set(yaml.safe_load(path.read_text(encoding="utf-8"))["authors"])
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return set()


def _kind(path):
    if page_sources.is_post(path):
        return "post"
    return "notebook" if page_sources.is_notebook(path) else "page"


def _text(path):
    """A page's source, in a notebook the comment that it begins with, as MkDocs reads it."""
    path = Path(path)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        comment = "".join(itertools.takewhile(lambda line: line[0] == "#", text.splitlines(True)))
        return re.sub(r"^# ?", "", comment, flags=re.MULTILINE)
    return text


def _faults_of_page(path, kind, authors):
    text = _text(path)
    head = YAML_RE.match(text)
    if not head and re.match(r"\s*---[ \t]*\n", text):
        yield ":1: its front matter has no end: begin the first line with ---, and close it with ---"
    elif not head and META_RE.match(text) and path.suffix != ".py":
        # MkDocs takes it for a head of another kind, and nobody would see it.
        first = text.partition("\n")[0][:40]
        yield f":1: {first!r} would not be shown: put a line --- above and below, or a heading first"
    declared = {}
    try:
        for line, key, value, written in _entries(head[1] if head else ""):
            if key in declared:
                yield f":{line}: {key} is declared twice"
            declared[key] = value
            if wrong := _fault_of_entry(key, value, written, kind):
                yield f":{line}: {wrong}"
            elif key == "authors" and (unknown := [name for name in value if name not in authors]):
                yield f":{line}: {AUTHORS} has no {', '.join(unknown)}"
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", error)
        line = mark.line + 2 if mark else 1  # below the first `---`
        yield f":{line}: its front matter is no plain YAML: {problem}"
        return
    for key in NEEDED.get(kind, []):
        if not declared.get(key):
            yield f": has no {key}: add `{key}: …` to its front matter"


def _entries(head):
    """Yield (line, key, value, how it is written) for each entry of a head.

    Raises YAMLError, with the place of what is wrong.
    """
    for event in yaml.parse(head, SafeLoader):
        if isinstance(event, yaml.AliasEvent):  # ten lines of them can stand for a million
            raise _wrong("write out what * repeats", event)
    loader = SafeLoader(head)
    node = loader.get_single_node()
    if not node:
        return
    if not isinstance(node, yaml.MappingNode):
        raise _wrong("write `key: …`", node)
    for key, value in node.value:
        line = key.start_mark.line + 2  # below the first `---`
        written = head[value.start_mark.index : value.end_mark.index].strip()[:60]
        try:
            yield line, str(key.value), loader.construct_object(value, deep=True), written
        except ValueError as error:  # 2026-13-01
            raise _wrong(str(error), key) from None


def _wrong(problem, at: Any):
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def _fault_of_entry(key, value, written, kind):
    """What is wrong with an entry, in words, or None."""
    known = {**KEYS, **KEYS_OF[kind]}
    if key not in known:
        near = get_close_matches(key, known, n=1)
        if near:
            return f"{key} does nothing here: did you mean {near[0]}?"
        if key in KEYS_OF["post"]:
            return f"{key} does nothing here: only posts have it"
        return f"{key} does nothing here: known are {', '.join(known)}"
    wanted, example = known[key]
    return None if _is_right(key, value, wanted) else f"{key} is {written}: write {key}: {example}"


def _is_right(key, value, wanted):
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        return False
    if key == "hide":
        return all(part in HIDDEN for part in value)
    if key == "aliases":
        return all(isinstance(entry, str) and ADDRESS.fullmatch(entry) for entry in value)
    if key in ("tags", "authors", "categories"):
        return all(isinstance(entry, str) and entry for entry in value)
    if key == "date" and isinstance(value, dict):
        days = all(isinstance(day, datetime.date) for day in value.values())
        return days and "created" in value and value.keys() <= {"created", "updated"}
    return True

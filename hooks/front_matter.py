"""What a page declares in its head: between `---` lines, or `# ---` lines in a notebook."""

import re
from pathlib import Path

import yaml

HEAD = {
    ".md": re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE),
    ".py": re.compile(r"\A# ---\n(.*?)^# ---\n", re.DOTALL | re.MULTILINE),
}
# The date orders posts and feeds; the description is what home page, feeds and
# search machines show; a post's address is its slug.
NEEDED = {"posts": ["date", "description", "slug"], "notebooks": ["date", "description"]}


def read(path):
    """Return what the head of a page declares: a dictionary, empty if there is no head."""
    path = Path(path)
    head = HEAD[path.suffix].search(path.read_text(encoding="utf-8"))
    if not head:
        return {}
    text = re.sub(r"^# ?", "", head[1], flags=re.MULTILINE) if path.suffix == ".py" else head[1]
    head = yaml.safe_load(text)
    return head if isinstance(head, dict) else {}


def faults(root):
    """Check the head of every page: a list of `file:line: what is wrong`."""
    root = Path(root)
    pages = sorted(path for path in (root / "docs").rglob("*.*") if path.suffix in HEAD)
    return [
        f"{path.relative_to(root).as_posix()}{wrong}"
        for path in pages
        for wrong in _faults_of_page(path)
    ]


def _faults_of_page(path):
    try:
        head = read(path)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", error)
        line = mark.line + 2 if mark else 1  # below the first `---`
        yield f":{line}: its front matter is no plain YAML: {problem}"
        return
    for key in NEEDED.get(path.parent.name, []):
        if not head.get(key):
            yield f": has no {key}: add `{key}: …` to its front matter"

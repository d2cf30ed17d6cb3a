"""What a page declares in its head: between `---` lines, or `# ---` lines in a notebook."""

import re
from pathlib import Path

import yaml

from hooks import pages

HEAD = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
HEAD_OF_NOTEBOOK = re.compile(r"\A# ---\n(.*?)^# ---\n", re.DOTALL | re.MULTILINE)
# The date orders posts and feeds; the description is what home page, feeds and
# search machines show; a post's address is its slug.
NEEDED = {"post": ["date", "description", "slug"], "notebook": ["date", "description"]}


def read(path):
    """Return what the head of a page declares: a dictionary, empty if there is no head."""
    path = Path(path)
    head = (HEAD_OF_NOTEBOOK if path.suffix == ".py" else HEAD).search(
        path.read_text(encoding="utf-8")
    )
    if not head:
        return {}
    text = re.sub(r"^# ?", "", head[1], flags=re.MULTILINE) if path.suffix == ".py" else head[1]
    head = yaml.safe_load(text)
    return head if isinstance(head, dict) else {}


def faults(root):
    """Check the head of every page: a list of `file:line: what is wrong`."""
    root = Path(root)
    return [
        f"{path.relative_to(root).as_posix()}{wrong}"
        for path in pages.sources(root)
        for wrong in _faults_of_page(path, path.relative_to(root / "docs"))
    ]


def _faults_of_page(path, name):
    try:
        head = read(path)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", error)
        line = mark.line + 2 if mark else 1  # below the first `---`
        yield f":{line}: its front matter is no plain YAML: {problem}"
        return
    kind = "post" if pages.is_post(name) else "notebook" if pages.is_notebook(name) else "page"
    for key in NEEDED.get(kind, []):
        if not head.get(key):
            yield f": has no {key}: add `{key}: …` to its front matter"

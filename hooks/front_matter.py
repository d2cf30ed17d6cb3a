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
    return yaml.safe_load(text) or {}


def faults(root):
    """Check every post and notebook: a list of `file: what is missing`."""
    root = Path(root)
    return [
        f"{path.relative_to(root).as_posix()}: has no {key}: add `{key}: …` to its front matter"
        for folder, keys in NEEDED.items()
        for path in sorted((root / "docs" / folder).glob("*.*"))
        if path.suffix in HEAD
        for key in keys
        if not read(path).get(key)
    ]

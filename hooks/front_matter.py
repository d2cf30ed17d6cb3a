"""What a page declares in its head: between `---` lines, or `# ---` lines in a notebook."""

import re
from pathlib import Path

import yaml

HEAD = {
    ".md": re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE),
    ".py": re.compile(r"\A# ---\n(.*?)^# ---\n", re.DOTALL | re.MULTILINE),
}
SCRIPTS = "docs/assets/javascripts"  # `scripts: [calculator]` loads its calculator.js
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
    """Check the head of every page: a list of `file: what is wrong`."""
    root = Path(root)
    found = []
    for path in sorted((root / "docs").rglob("*.*")):
        if path.suffix not in HEAD:
            continue
        at, head = path.relative_to(root).as_posix(), read(path)
        found += [
            f"{at}: has no {key}: add `{key}: …` to its front matter"
            for key in NEEDED.get(path.parent.name, [])
            if not head.get(key)
        ]
        found += [
            f"{at}: scripts: there is no {SCRIPTS}/{name}.js"
            for name in head.get("scripts") or []
            if not (root / SCRIPTS / f"{name}.js").is_file()
        ]
    return found

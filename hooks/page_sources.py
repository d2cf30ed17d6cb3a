"""The source files of pages: all that a page is made of, and nothing else.

Whatever looks at sources asks here, so that no page is one for the build and none for its checks.
"""

import re
from collections import defaultdict
from pathlib import Path

MARKDOWN = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkdn",
    ".mkd",
)  # what MkDocs takes for it, in small letters
# In front of a line may stand what makes it part of a quotation, a list or a notebook.
FENCE = r"^[ \t>#]*(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?(?:^[ \t>#]*(?P=fence)[`~]*[ \t]*$|\Z)"
SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t>#]*\n).)+?(?<!`)(?P=ticks)(?!`)"
CODE = re.compile(rf"{FENCE}|{SPAN}", re.MULTILINE | re.DOTALL)
CODE_OF_NOTEBOOK = re.compile(r"^(?!#).+$", re.MULTILINE)


def sources(root):
    """The files of docs/ that become pages, in order."""
    docs = Path(root) / "docs"
    return sorted(
        path for path in docs.rglob("*") if is_page(path.relative_to(docs)) and path.is_file()
    )


def is_page(path):
    """Whether a path below docs/ is one of a page: Markdown by any of its endings, or a notebook."""
    return is_published(path) and (Path(path).name.endswith(MARKDOWN) or is_notebook(path))


def is_published(path):
    """Whether MkDocs makes or copies anything of a path below docs/."""
    parts = Path(path).parts
    return parts[0] != "templates" and not any(part.startswith(".") for part in parts)


def is_notebook(path):
    """Whether a path below docs/ is a notebook, which is executed. They lie in one folder, and nowhere else."""
    path = Path(path)
    return path.suffix == ".py" and path.parent.as_posix() == "notebooks"


def is_post(path):
    """Whether a path below docs/ is one that the blog lists: it looks at no more than this."""
    return Path(path).as_posix().startswith("posts") and is_page(path)


def why_none(path):
    """Why a file below docs/ that looks like a page is none, in words, or None."""
    path = Path(path)
    if path.suffix == ".py":
        return "is no page: notebooks lie in docs/notebooks/"
    if path.suffix == ".ipynb":
        return "is no page: make one of it with `jupytext --to py:percent`"
    if path.name.lower().endswith(MARKDOWN):
        return f"is no page: let its name end in {path.suffix.lower()}"
    return None


def collisions(files):
    """Sources that would be published at the same address: a list of sentences, for MkDocs' files."""
    sources = defaultdict(list)
    for file in files:
        if file.inclusion.is_included():
            sources[file.dest_uri].append(f"docs/{file.src_uri}")
    return [
        f"{' and '.join(found)} would have the same address: give one another name or slug"
        for found in sources.values()
        if len(found) > 1
    ]


def without_code(path):
    """The source of a page with blanks for its code: what is left stands in its place."""
    source = Path(path).read_text("utf-8")
    for code in (CODE_OF_NOTEBOOK, CODE) if Path(path).suffix == ".py" else (CODE,):
        source = code.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    return source

"""Writes what a generator that runs no MkDocs hooks, such as Zensical, builds the site from.

    python -m hooks.zensical FOLDER
    cd FOLDER && PYTHONPATH=<this folder> zensical build

Notebooks are executed and become Markdown, and mkdocs.yml lists the Markdown extensions of this project, which
finish a page in any generator.
"""

import re
import shutil
import sys
from pathlib import Path

import yaml
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load

from hooks import content, node, notebooks, page_sources

COPIED = ("docs", "overrides", "snippets")


def write(root, target):
    """Write into a folder, which must not be there, what another generator builds the site of root from."""
    root, target = Path(root), Path(target)
    target.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    config = load_config(str(root / "mkdocs.yml"))
    content.switch_on(config, root)
    docs = target / "docs"
    sources = [
        path
        for path in page_sources.sources(root)
        if page_sources.is_notebook(path.relative_to(root / "docs"))
    ]
    for source, page in zip(sources, notebooks.make(sources, config, root)):
        place = docs / source.name  # its folder is no part of its address
        text = page.markdown.replace("](../", "](")
        place.with_suffix(".md").write_text(text, encoding="utf-8")
        (docs / source.relative_to(root / "docs")).unlink()
        place.with_suffix("").mkdir(exist_ok=True)
        for name, data in page.beside.items():
            (place.with_suffix("") / name).write_bytes(data)
    names = "|".join(re.escape(source.stem) for source in sources)
    for path in docs.rglob("*.md"):  # links between pages name their sources
        text = path.read_text(encoding="utf-8")
        links = rf"\b(?:notebooks/)?({names})\.py\b(?=[)#])"
        path.write_text(re.sub(links, r"\1.md", text), encoding="utf-8")
    with open(root / "mkdocs.yml", encoding="utf-8") as file:
        settings = yaml_load(file)
    settings["markdown_extensions"] += content.EXTENSIONS
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (target / "mkdocs.yml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or Path(sys.argv[1]).exists():
        sys.exit("Name a folder that is not there: python -m hooks.zensical FOLDER")
    write(node.ROOT, Path(sys.argv[1]).resolve())

"""Keeps the HTML that Markdown makes of a page until something that it is made of changes.

Markdown, and the colours of code, take a third of a build. What MkDocs warns of
in a page it must warn of in each build: such a page is rendered anew.
"""

import functools
import hashlib
import json
import logging
from importlib.metadata import version
from pathlib import Path

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

from hooks import cache, mathjax, sections


def render(page, config, files):
    """Do what MkDocs' Page.render does, or find it done."""
    root = Path(config.config_file_path).parent
    kept = root / ".cache" / "rendered" / f"{page.file.src_uri}.json"
    made_of = _made_of(page, files, root)
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    if known.get("made of") == made_of:
        page.content = known["content"]
        page.toc = get_toc(known["toc"])
        page._title_from_render = known["title"]
        page.present_anchor_ids = set(known["anchors"])
        page.links_to_anchors = {
            files.get_file_from_path(path): links for path, links in known["links"].items()
        }
    elif not _warns(page, config, files) and page.links_to_anchors is not None:
        done = {
            "made of": made_of,
            "content": page.content,
            "toc": [_token(entry) for entry in page.toc],
            "title": page._title_from_render,
            "anchors": sorted(page.present_anchor_ids),
            "links": {file.src_uri: links for file, links in page.links_to_anchors.items()},
        }
        cache.write(kept, json.dumps(done, ensure_ascii=False))


def _warns(page, config, files):
    """Render the page; tell whether MkDocs warned of anything in it."""
    warnings, log = CountHandler(level=logging.WARNING), logging.getLogger("mkdocs")
    log.addHandler(warnings)
    try:
        Page.render(page, config, files)
    finally:
        log.removeHandler(warnings)
    return bool(warnings.counts)


def _token(entry):
    """An entry of a table of contents as Markdown told it."""
    children = [_token(child) for child in entry.children]
    return {"name": entry.title, "id": entry.id, "level": entry.level, "children": children}


@functools.cache
def _made_by():
    """What makes HTML of Markdown: packages, MathJax, and the extensions that lie here."""
    packages = ("mkdocs", "Markdown", "pymdown-extensions", "Pygments")
    here = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    made_by = hashlib.sha256(mathjax.typesetter() + here)
    for package in packages:
        made_by.update(f"{package} {version(package)}, ".encode())
    return made_by.hexdigest()


def _made_of(page, files, root):
    """A hash of all that decides what becomes of the page."""
    included = {sections.find(root, name) for _, name, _ in sections.included(page.markdown)}
    sources = [root / "mkdocs.yml", *sorted(filter(None, included))]
    digest = hashlib.sha256(f"{page.markdown}\n{_made_by()}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    # Where links lead, and whether there is something.
    digest.update("\n".join(f"{file.src_uri} {file.url}" for file in files).encode())
    return digest.hexdigest()

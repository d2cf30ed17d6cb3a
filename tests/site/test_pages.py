"""Every file that becomes a page is one for the checks, by whatever name."""

from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.utils.yaml import yaml_load

from hooks import front_matter, hostile, includes, page_sources, ties
from tests.site.conftest import ROOT

# Files below docs/, and whether MkDocs and its plugins make a page of each.
FILES = {
    "README.md": True,
    "a.markdown": True,
    "b.mdown": True,
    "c.mkd": True,
    "d.mkdn": True,
    "folder/README.md": True,
    "folder/index.md": True,
    "notebooks/a.py": True,
    "notebooks/README.md": True,
    "posts/2026/deep.md": True,
    "posts/deep/deeper/e.markdown": True,
    "größe/ı.md": True,
    "templates/f.md": False,
    ".hidden/g.md": False,
    ".h.md": False,
    "notebooks/.ipynb_checkpoints/a.py": False,
    "i.MD": False,
    "j.Markdown": False,
    "k.py": False,
    "notebooks/deep/l.py": False,
    "folder/notebooks/b.py": False,
    "notebooks/m.txt": False,
}
TEXT = """# ---
# date: today
# ---
---
date: today
---
[1]{data-v="no.value"}

# --8<-- "nothing.py"
"""


def test_mkdocs_and_the_checks_look_at_the_same_files(tmp_path):
    docs = tmp_path / "docs"
    for name in FILES:
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    wanted = {f"docs/{name}" for name, is_page in FILES.items() if is_page}
    found = {path.relative_to(tmp_path).as_posix() for path in page_sources.sources(tmp_path)}
    assert found == wanted

    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(docs), site_dir=f"{tmp_path}-site")
    files = config.plugins["mkdocs-jupyter"].on_files(get_files(config), config)
    made = {f"docs/{file.src_uri}" for file in files.documentation_pages()}
    # What only mkdocs-jupyter takes for a notebook is refused before it could be executed.
    refused = {fault.partition(":")[0] for fault in hostile.faults(tmp_path)}
    assert made - wanted == {"docs/folder/notebooks/b.py"} <= refused
    assert wanted - made == {"docs/folder/README.md"}  # gives way to the index: MkDocs warns of it

    for check in (includes.faults, ties.faults):
        assert {fault.split(":")[0] for fault in check(tmp_path)} == wanted
    # Both kinds of head are in the text; each page reads its own.
    assert {f.split(":")[0] for f in front_matter.faults(tmp_path)} >= {
        name for name in wanted if "/posts/" in name or "docs/notebooks/" in name and ".py" in name
    }
    (docs / "c.mkd").write_bytes(b"\0")
    assert hostile.faults(tmp_path) == [
        "docs/c.mkd:1: holds the invisible character U+0000",
        "docs/folder/notebooks/b.py: is no page: notebooks lie in docs/notebooks/",
        "docs/i.MD: is no page: let its name end in .md",
        "docs/j.Markdown: is no page: let its name end in .markdown",
        "docs/k.py: is no page: notebooks lie in docs/notebooks/",
        "docs/notebooks/deep/l.py: is no page: notebooks lie in docs/notebooks/",
        "docs/notebooks/m.txt: a .txt file would be published as it is: write pages in Markdown",
    ]


def test_all_that_builds_the_site_includes_from_the_same_folders():
    """MkDocs has the folders from the hooks, which check the includes; other generators from mkdocs.yml."""
    settings = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    extensions = [entry for entry in settings["markdown_extensions"] if isinstance(entry, dict)]
    [snippets] = [
        entry["pymdownx.snippets"] for entry in extensions if "pymdownx.snippets" in entry
    ]
    assert tuple(snippets["base_path"]) == includes.FOLDERS

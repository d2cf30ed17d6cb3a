"""What Zensical, which follows Material for MkDocs, makes of the same mkdocs.yml today.

    python -m benchmarks.zensical

Builds a copy of the site with each, compares what the pages show, word by word, and writes the
table into README.md. What python -m hooks.zensical writes is what Zensical gets.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

from bs4 import BeautifulSoup

from benchmarks import report
from benchmarks.lighthouse import pages_of
from benchmarks.site import ROOT, build, copy

HERE = Path(__file__).parent
ENVIRONMENT = ROOT / ".cache" / "zensical"
COUNTED = {
    "headings": "h1, h2, h3",
    "tied numbers": "span[data-v]",
    "words at tied numbers": "[data-v][title], [data-v] > title",
    "equations, typeset": ".arithmatex:has(> svg)",
    "drawings in the page": "figure svg[aria-labelledby]",
    "tables": "table",
    "blocks of code": "pre > code",
}


def install():
    """Install Zensical, pinned in benchmarks/requirements.txt, in an environment of its own."""
    programs = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    if not (programs / "zensical").exists():
        print("Installing Zensical, this once.", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
    return programs / "zensical"


def read(site):
    """What each page of a site shows: {address: {kind: list of texts}}."""
    found = {}
    for page in pages_of(site):
        path = site / page
        path = path / "index.html" if path.is_dir() else path
        content = BeautifulSoup(path.read_bytes(), "lxml").select_one("article, .md-content")
        found[page] = {
            kind: [text_of(element) for element in content.select(selector)] if content else []
            for kind, selector in COUNTED.items()
        }
    return found


def text_of(element):
    return f"{element.get('title', '')} {element.get_text()}".replace("¶", "").strip()


def measure():
    """Yield the cells of a row for each kind of thing: how many MkDocs shows, how many Zensical, on which pages not the same."""
    zensical = install()
    with copy() as root:
        build(root)
        ours = read(root / "site")
        prepared = root / "prepared"
        subprocess.run([sys.executable, "-m", "hooks.zensical", prepared], cwd=root, check=True)
        run = subprocess.run(
            [zensical, "build", "--clean"],
            cwd=prepared,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
        )
        if run.returncode:
            sys.exit(f"Zensical stopped:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        theirs = read(prepared / "site")
    other = [page or "home" for page in sorted(ours.keys() ^ theirs.keys())]
    yield ["pages", str(len(ours)), str(len(theirs)), ", ".join(other)]
    both = sorted(ours.keys() & theirs.keys())
    for kind in COUNTED:
        counts = (str(sum(len(site[page][kind]) for page in both)) for site in (ours, theirs))
        other = [page or "home" for page in both if ours[page][kind] != theirs[page][kind]]
        yield [kind, *counts, ", ".join(other)]


def main():
    rows = []
    for row in measure():
        print(" · ".join(row), flush=True)
        rows.append(row)
    report.write("zensical", ["", "MkDocs", "Zensical", "not alike on"], rows)


if __name__ == "__main__":
    main()

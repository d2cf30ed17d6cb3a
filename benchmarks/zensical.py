"""What Zensical, which follows Material for MkDocs, makes of the same mkdocs.yml today.

    python -m benchmarks.zensical

Builds a copy of the site with each and compares the pages: headings, tied
numbers, equations that are typeset, drawings that are part of the page.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

from bs4 import BeautifulSoup

from benchmarks.lighthouse import pages_of
from benchmarks.site import ROOT, build, copy

HERE = Path(__file__).parent
ENVIRONMENT = ROOT / ".cache" / "zensical"
COUNTED = {
    "headings": "h1, h2, h3",
    "tied numbers": "span[data-v]",
    "equations": ".arithmatex",
    "of these typeset": ".arithmatex > svg",
    "drawings in the page": "figure svg",
    "tables": "table",
    "blocks of code": "pre > code",
}

WORDED = ("headings", "tied numbers", "blocks of code")


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
    """What each page of a site has: {address: {kind: list of texts}}."""
    found = {}
    for page in pages_of(site):
        path = site / page
        path = path / "index.html" if path.is_dir() else path
        content = BeautifulSoup(path.read_bytes(), "lxml").select_one("article, .md-content")
        found[page] = {
            kind: [shown(element, kind) for element in content.select(selector)] if content else []
            for kind, selector in COUNTED.items()
        }
    return found


def shown(element, kind):
    """What two sites are to have in common: some elements only that they are there."""
    return element.get_text().replace("¶", "").strip() if kind in WORDED else ""


def main():
    zensical = install()
    with copy() as root:
        seconds, _ = build(root)
        ours = read(root / "site")
        os.replace(root / "site", root / "mkdocs-site")
        run = subprocess.run(
            [zensical, "build", "--clean"], cwd=root, capture_output=True, text=True
        )
        if run.returncode:
            sys.exit(f"Zensical stopped:\n{run.stderr[-2000:]}")
        theirs = read(root / "site")
    print(f"MkDocs: {len(ours)} pages in {seconds:.1f} s. Zensical: {len(theirs)} pages.")
    for page in sorted(ours.keys() - theirs.keys()):
        print(f"  missing: {page}")
    for page in sorted(theirs.keys() - ours.keys()):
        print(f"  in addition: {page}")
    both = sorted(ours.keys() & theirs.keys())
    for kind in COUNTED:
        here, there = (sum(len(site[page][kind]) for page in both) for site in (ours, theirs))
        other = [page or "home" for page in both if ours[page][kind] != theirs[page][kind]]
        alike = f"the same on {len(both) - len(other)} of {len(both)} pages"
        print(
            f"{kind}: {here} and {there}, {alike}"
            + (f"; not on {', '.join(other)}" if other else "")
        )


if __name__ == "__main__":
    main()

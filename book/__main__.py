"""Makes the whole site a book, an e-book and a folder to read offline: python -m book [FOLDER]

Writes unrolled.pdf, unrolled.epub and unrolled.zip into FOLDER, `site` if none is given, and prints what they
hold. SITE_URL is the address that the book gives for what lives on the site. Takes a minute or two, and a
browser: UNROLLED_BROWSER, or the Chromium or Chrome on the PATH.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from book import binding, epub, offline, printing
from book.reading import Site
from hooks.node import ROOT
from tests.site import browsers


def make(folder, target):
    """Make all three of the site built in a folder, in a target folder; yield a line about each."""
    site = Site(folder)
    parts = site.parts()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=["--no-sandbox"])
        html, outline = binding.bound(site, parts)
        with printing.opened(browser, html, site.folder) as page:
            pdf = printing.finished(printing.printed(page), site, outline)
        yield write(target / "unrolled.pdf", pdf)
        yield write(target / "unrolled.epub", epub.packed(site, parts, browser))
        browser.close()
    yield write(target / "unrolled.zip", offline.packed(site.folder))


def write(path, data):
    path.write_bytes(data)
    return f"{path}: {len(data) / 1e6:.1f} MB"


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            folder,
        ]
        # The book has no link to itself.
        environment = {**os.environ, "BOOK": "", "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        for line in make(folder, target):
            print(line, flush=True)

"""Makes the scripts and the stylesheet of docs/assets/ small: esbuild bundles and minifies them.

Their sources stay plain ES modules and CSS with comments. What mkdocs.yml or a
template names is an entry; what an entry imports is put into it, so a page
fetches one file.
"""

import re
import subprocess
from pathlib import Path

from mkdocs.exceptions import PluginError

from hooks import node

ASSETS = "assets"
PARTS = re.compile(r"assets/\w+/parts/")  # of entries: no page names them


class ScriptError(PluginError):
    """A script or stylesheet has a mistake."""


def leave_out_parts(files):
    """Take the parts that entries import out of what MkDocs copies."""
    for file in list(files):
        if PARTS.match(file.src_uri):
            files.remove(file)


def bundle(root, site):
    """Replace each script and stylesheet of the built site by its bundled and minified form.

    Raises ScriptError with esbuild's message: file, line, what is wrong.
    """
    node.install_packages()
    assets = Path(root) / "docs" / ASSETS
    entries = [*sorted(assets.glob("javascripts/*.js")), *sorted(assets.glob("stylesheets/*.css"))]
    command: list[str | Path] = [
        node.NODE,
        node.ROOT / "node_modules" / "esbuild" / "bin" / "esbuild",
        *(path.relative_to(root).as_posix() for path in entries),
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
        f"--outbase=docs/{ASSETS}",
        f"--outdir={Path(site) / ASSETS}",
        "--allow-overwrite",
    ]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        # After its own words come those of Node, which it was started with.
        raise ScriptError(run.stderr.partition("\nnode:")[0].strip())

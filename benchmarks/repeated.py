"""The test command, many times: is it green every time, and how long does it take?

    python -m benchmarks.repeated [--chromium 20] [--shell 10] [--busy 5] [-- -k calculator]

Each run is `python -m pytest` in a fresh clone of the last commit, in a temporary folder: nothing is built,
typeset, executed or installed there; only npm keeps what it has downloaded. The packages are those of
the Python that runs this. What was finished is in .cache/repeated/, so a series that is broken off goes on where it
was; runs of another commit do not count, unless all that changed since are tables in benchmarks/. The table goes
into repeated.md; with options for pytest it is printed only.
"""

import argparse
import collections
import contextlib
import datetime
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from benchmarks.report import table
from benchmarks.site import ROOT, machine

TABLE = Path(__file__).with_name("repeated.md")
KEPT = ROOT / ".cache" / "repeated"
LONGEST = 1800  # seconds: who takes longer hangs
HEAD = ["", "runs", "green", "shortest", "median", "longest", "failed, and how often"]
# It ends with the process that has started it, however that ends.
LOOP = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(100_000))"


class Setting(NamedTuple):
    """What the tests run in, and how many processes beside them do nothing but compute."""

    name: str
    browser: str
    loops: int


SETTINGS = {
    "chromium": Setting("chromium", "chromium", 0),
    "shell": Setting("chromium-headless-shell", "chromium-headless-shell", 0),
    "busy": Setting("chromium, two busy loops beside it", "chromium", 2),
}


@contextlib.contextmanager
def busy(loops):
    """Let other processes compute meanwhile."""
    beside = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in beside:
            process.kill()
            process.wait()


@contextlib.contextmanager
def clone():
    """A fresh clone of the last commit, in a folder that is removed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        subprocess.run(["git", "clone", "--quiet", ROOT, f"{folder}/clone"], check=True)
        yield Path(folder, "clone")


def end(process):
    """End a run of pytest with all that it has started: first as Ctrl-C does."""
    for how in (signal.SIGINT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
            return


def once(setting, options, log):
    """Run the tests once; return seconds and the names of what failed. What they print is in log."""
    with clone() as root, busy(setting.loops), log.open("w", encoding="utf-8") as output:
        report = root.with_name("report.xml")
        environment = {"UNROLLED_BROWSER": setting.browser, "TMPDIR": str(root.parent)}
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", f"--junitxml={report}", *options],
            cwd=root,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            print(f"Ended after {LONGEST} seconds.", file=sys.stderr)
        finally:
            seconds = time.monotonic() - began
            end(process)
        failed = failures(report) if report.exists() else []
    if process.returncode and not failed:
        failed = [f"no test, exit code {process.returncode}"]
    return seconds, failed


def failures(report):
    """The tests that failed, by the report that pytest has written."""
    return [
        f"{case.get('classname').rpartition('.')[2]}::{case.get('name')}"
        for case in ElementTree.parse(report).iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    ]


def row(setting, runs):
    """A row of the table: what came of all runs of a setting."""
    seconds = sorted(run["seconds"] for run in runs)
    times = seconds[0], statistics.median(seconds), seconds[-1]
    counted = collections.Counter(name for run in runs for name in run["failed"])
    return [
        setting.name,
        str(len(runs)),
        str(sum(not run["failed"] for run in runs)),
        *(f"{number:.0f} s" for number in times),
        ", ".join(f"`{name}` {count} ×" for name, count in counted.most_common()) or "none",
    ]


def write(rows, versions):
    TABLE.write_text(
        "# Is the test command green every time?\n\n"
        "Written by `python -m benchmarks.repeated`: `python -m pytest` again and again, each time in a fresh clone\n"
        "with nothing built, typeset, executed or installed by npm, all Python packages installed.\n\n"
        f"{datetime.date.today():%d %B %Y}, {machine()}, {versions}.\n\n{table(HEAD, rows)}\n",
        encoding="utf-8",
    )


def version(browser):
    """What a browser says that it is."""
    found = shutil.which(browser) or sys.exit(f"There is no {browser}: install it.")
    said = subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout
    return " ".join(said.split()[:2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, times in (("chromium", 20), ("shell", 10), ("busy", 5)):
        parser.add_argument(f"--{name}", type=int, default=times, help=f"runs ({times})")
    parser.add_argument("options", nargs="*", help="for pytest, after --")
    asked = vars(parser.parse_args())
    options = asked.pop("options")
    wanted = {SETTINGS[name]: times for name, times in asked.items() if times}
    versions = dict.fromkeys(version(setting.browser) for setting in wanted)
    commit = subprocess.run(
        ["git", "log", "-1", "--format=%h", "--abbrev=12", "--", ".", ":!benchmarks/*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    kept = KEPT / f"{commit}.jsonl"
    KEPT.mkdir(parents=True, exist_ok=True)
    # A series that is ended ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))

    rows = []
    for setting, times in wanted.items():
        same = {"setting": setting.name, "options": options}
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
        runs = [run for run in map(json.loads, lines) if same.items() <= run.items()]
        while len(runs) < times:
            log = KEPT / f"{commit}-{datetime.datetime.now():%m%d-%H%M%S}.log"
            seconds, failed = once(setting, options, log)
            if not failed:
                log.unlink()
            runs.append({**same, "seconds": seconds, "failed": failed})
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(runs[-1]) + "\n")
            told = f"{', '.join(failed)}: {log}" if failed else "green"
            print(f"{setting.name}, {len(runs)} of {times}: {seconds:.0f} s, {told}", flush=True)
        rows.append(row(setting, runs[:times]))
        if not options:
            write(rows, ", ".join(versions))
    print(table(HEAD, rows))
    sys.exit(any(count != green for _, count, green, *_ in rows))


if __name__ == "__main__":
    main()

"""Settings that all tests share."""

import functools
import os
import re
import sys

import pytest
from xdist.scheduler import LoadFileScheduling

# The site is written for Keras on TensorFlow. All must be set before Keras is imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# One thread a worker: for small arrays more are in each other's way.
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
    os.environ.setdefault(threads, "1")

# The files of tests/site that take longest after test_browser.py, in order.
LONG = (
    "test_explorer.py",
    "test_injections.py",
    "test_firefox.py",
    "test_gates.py",
    "test_symbols.py",
    "test_faults.py",
    "test_notebooks.py",
)


def pytest_collection_modifyitems(items):
    """Let each snippet that tests use compute its values once a process, however many ask for them.

    Put the visits to all pages first, which build the site. The snippets are tested meanwhile. Of the other
    tests of the site, the longest come first, so that the last end at about the same time.
    """
    for name, module in [*sys.modules.items()]:
        compute = vars(module).get("values") if name.startswith("snippets.") else None
        if getattr(compute, "__module__", None) == name:
            vars(module)["values"] = functools.cache(compute)

    def turn(item):
        if item.path.name == "test_browser.py":
            return 0
        if item.path.parent.name != "site":
            return 1
        return 2 + (LONG.index(item.path.name) if item.path.name in LONG else len(LONG))

    items.sort(key=turn)


class ByFileOrTopic(LoadFileScheduling):
    """A file's tests stay together; those of all records, which are one file, by topic."""

    def _split_scope(self, nodeid):
        topic = re.search(r"test_records\.py::.*[\[-](\w+)\.", nodeid)
        return f"records of {topic[1]}" if topic else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Two that compute keep two processors busy. Of all tests three can run: each waits at times for its browser."""
    return 2 if all("every_page" in path for path in config.args) else 3


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFileOrTopic(config, log)


def pytest_terminal_summary(terminalreporter):
    """Say which browser the tests have used, if any did."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    told = {told for report in reports for told in getattr(report, "user_properties", ())}
    for name, browser in sorted(told):
        terminalreporter.write_line(f"{name}: {browser}")

"""Settings that all tests share."""

import functools
import os
import sys

# The site is written for Keras on TensorFlow. All must be set before Keras is imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# One thread a worker: for small arrays more are in each other's way.
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
    os.environ.setdefault(threads, "1")


def pytest_collection_modifyitems(items):
    """Let each snippet that tests use compute its values once a process, however many ask for them.

    Put the browser's tests first, which take longest, and other tests of the site last. So the
    snippets are tested while the site is built.
    """
    for name, module in [*sys.modules.items()]:
        compute = vars(module).get("values") if name.startswith("snippets.") else None
        if getattr(compute, "__module__", None) == name:
            vars(module)["values"] = functools.cache(compute)

    def turn(item):
        if item.path.name == "test_browser.py":
            return 0
        return 2 if item.path.parent.name == "site" else 1

    items.sort(key=turn)


def pytest_terminal_summary(terminalreporter):
    """Say which browser the tests have used, if any did."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    told = {told for report in reports for told in getattr(report, "user_properties", ())}
    for name, browser in sorted(told):
        terminalreporter.write_line(f"{name}: {browser}")

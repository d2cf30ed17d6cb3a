"""Settings that all tests share."""

import functools
import importlib
import os
from typing import Any

# The site is written for Keras on TensorFlow. All must be set before Keras is imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# One thread a worker: for small arrays more are in each other's way.
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
    os.environ.setdefault(threads, "1")


def pytest_sessionstart(session):
    """Let each snippet compute its values once a process, however many tests ask for them."""
    from snippets.recorded.__main__ import topics

    if session.config.getoption("numprocesses", None) and not hasattr(
        session.config, "workerinput"
    ):
        return  # this process only hands out the tests
    for topic in topics():
        module: Any = importlib.import_module(f"snippets.{topic}")
        module.values = functools.cache(module.values)


def pytest_collection_modifyitems(items):
    """Put the browser's tests first, which take longest, and other tests of the site last.

    So the snippets are tested while the site is built.
    """

    def turn(item):
        if item.path.name == "test_browser.py":
            return 0
        return 2 if item.path.parent.name == "site" else 1

    items.sort(key=turn)

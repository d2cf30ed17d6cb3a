"""Settings that all tests share."""

import os

# The site is written for Keras on TensorFlow. All must be set before Keras is imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# One thread a worker: for small arrays more are in each other's way.
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
    os.environ.setdefault(threads, "1")


def pytest_collection_modifyitems(items):
    """Put the browser's tests first, which take longest, and other tests of the site last.

    So the snippets are tested while the site is built.
    """

    def turn(item):
        if item.path.name == "test_browser.py":
            return 0
        return 2 if item.path.parent.name == "site" else 1

    items.sort(key=turn)

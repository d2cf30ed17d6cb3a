"""Which browser the tests use: one that readers have, or the one that UNROLLED_BROWSER names."""

import os
import shutil

# The last is Chromium without all that shows windows, which few readers have: pages load faster.
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
)


def find():
    """The path of a Chromium or Chrome on this machine, or None. LookupError if what is asked for is not there."""
    asked = os.environ.get("UNROLLED_BROWSER")
    found = next(filter(None, map(shutil.which, [asked] if asked else NAMES)), None)
    if asked and not found:
        raise LookupError(f"UNROLLED_BROWSER={asked}: there is no such program")
    return found

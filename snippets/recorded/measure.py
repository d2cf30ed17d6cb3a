"""Measure: run the trainings that are too slow for every test run, and record what they gave.

    python -m snippets.recorded.measure [topic ...]

Trains for each snippet that has a function measure(), or for those named.
Another processor trains to other weights, so this record is not compared digit
by digit: the tests marked `claim` check that it bears out what the pages say.
Afterwards `python -m snippets.recorded` brings pages and figures up to date.
"""

import importlib
import sys
import time

from hooks import ties
from snippets.recorded.__main__ import ROOT, as_json, entry, topics, write


def slow_topics():
    """The names of the snippets that have a function measure()."""
    return [topic for topic in topics() if hasattr(_module(topic), "measure")]


def measure(topic):
    """Run measure() of a snippet and write its record, {name: value}, with the seconds it took."""
    start = time.perf_counter()
    results = _module(topic).measure()
    results["seconds"] = round(time.perf_counter() - start)
    record = {name: entry(value) for name, value in results.items()}
    write({ties.folder(ROOT) / f"{topic}.measured.json": as_json(record)})
    return results["seconds"]


def _module(topic):
    return importlib.import_module(f"snippets.{topic}")


def main():
    slow = slow_topics()
    unknown = sorted(set(sys.argv[1:]) - set(slow))
    if unknown:
        sys.exit(f"measure: {', '.join(unknown)}: no such snippet with a measure(); there are {', '.join(slow)}")
    for topic in sys.argv[1:] or slow:
        print(f"{topic}: {measure(topic)} s", flush=True)
    print("Now run `python -m snippets.recorded`.")


if __name__ == "__main__":
    main()

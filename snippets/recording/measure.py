"""Measure: run the trainings that are too slow for every test run, and record what they gave.

    python -m snippets.recording.measure [lstm.seeds ...]

Trains for each snippet that has a function measure(), or for those named.
Another processor trains to other weights, so this record is not compared digit
by digit: the tests marked `claim` check that it bears out what the pages say.
Afterwards `python -m snippets.recording` brings pages and figures up to date.
What needs a GPU, JAX or PyTorch is left out where that is missing.
"""

import sys
import time

from hooks import ties
from snippets.recording.__main__ import ROOT, as_json, entry, imported, modules, write
from snippets.recording.measured import NotHere


def slow_modules():
    """The names of the snippets that have a function measure()."""
    return [                                     # read, for to import all takes long
        name for name in modules()
        if "\ndef measure():" in (ROOT / ties.source(name)).read_text(encoding="utf-8")
    ]


def measure(name):
    """Run measure() of a snippet and write its record, {name: value}, with the seconds it took."""
    start = time.perf_counter()
    results = imported(name).measure()
    results["seconds"] = round(time.perf_counter() - start)
    record = {result: entry(value) for result, value in results.items()}
    write({ties.record(ROOT, name, "measured.json"): as_json(record)})
    return results["seconds"]


def main():
    slow = slow_modules()
    unknown = sorted(set(sys.argv[1:]) - set(slow))
    if unknown:
        sys.exit(f"measure: {', '.join(unknown)}: no such snippet with a measure(); there are {', '.join(slow)}")
    for name in sys.argv[1:] or slow:
        try:
            print(f"{name}: {measure(name)} s", flush=True)
        except NotHere as reason:
            if sys.argv[1:]:
                sys.exit(f"measure: {name} was not measured: {reason}")
            print(f"{name}: not measured here: {reason}", flush=True)
    print("Now run `python -m snippets.recording`.")


if __name__ == "__main__":
    main()

"""Reads what long trainings gave.

A snippet whose training is too slow for every test run has a function
measure(). `python -m snippets.recording.measure` runs it and records what it
returns, and values() reads it here.
"""

import json
from pathlib import Path

import numpy as np


class NotHere(Exception):
    """What a measure() raises where it cannot run: which machine or library it lacks."""


def measured(name):
    """Return what measure() of a snippet, say lstm.seeds, gave: {name: array}.

    "seconds" is how long it took. Raises FileNotFoundError if it was never run.
    """
    path = Path(__file__).parents[1].joinpath(*name.split(".")).with_suffix(".measured.json")
    if not path.exists():
        raise FileNotFoundError(f"{path.name}: run `python -m snippets.recording.measure {name}`")
    record = json.loads(path.read_text(encoding="utf-8"))
    return {name: np.array(entry["value"], entry["dtype"]) for name, entry in record.items()}

"""Compare: compute the snippets by Keras on TensorFlow, JAX and PyTorch, and hold each to its record.

    python -m snippets.recording.backends [lstm.miniature ...]

Computes those named, or all, prints each value that is off too far, and brings the record of
the page reference/three-backends up to date. Exits with 1 if a value is off that KNOWN does not list.
Needs JAX and PyTorch, which are no dependencies: CONTRIBUTING.md says how to get them.
"""

import contextlib
import importlib
import json
import multiprocessing
import os
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from importlib.metadata import version
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from hooks import ties
from snippets.recording.__main__ import (
    ROOT,
    TOLERANCE,
    as_json,
    compute,
    entry,
    imported,
    modules,
    sectioned,
    write,
)
from snippets.recording.measured import NotHere, measured

DTYPES = ("float64", "float32")
BACKENDS = ("tensorflow", "jax", "torch")  # as KERAS_BACKEND has them
TOPIC = "three_backends"  # tells of the comparison, and is no part of it
RECORD = f"{TOPIC}.agreement"
NONE = -1.0  # instead of a distance: there is no such number


class Known(NamedTuple):
    """What may be off: for which reason, on which backends, which values of which snippets (* is any)."""

    letter: str
    backends: str
    values: str
    at_most: float = np.inf


# The page says what the letters stand for.
KNOWN = (
    Known(
        "a",
        "jax torch",
        "backpropagation.check backpropagation.gru backpropagation.lab backpropagation.lstm"
        " embedding.gradient sequences_in_pieces.truncated",
    ),
    Known(
        "b",
        "jax torch",
        "answers.attention.* answers.onnx_order.* attention.masks.* attention.traps.* embedding.mask.*"
        " normalisation.batch.* normalisation.traps.* parallel_scan.traps.*"
        " variable_lengths.lab.* variable_lengths.padding.*"
        " variable_lengths.traps.* when_your_numbers_differ.search.* windows_of_a_series.miniature.*",
        TOLERANCE["float32"],
    ),
    Known(
        "b",
        "jax",
        "answers.relu.* convlstm.traps.* gru.traps.* sequences_in_pieces.stateful.* variable_lengths.drift.*"
        " your_own_layer.compare.*",
        TOLERANCE["float32"],
    ),
    Known(
        "c",
        "jax torch",
        "answers.attention.* attention.masks.* attention.miniature.* attention.traps.order"
        " embedding.miniature.* normalisation.batch.same* self_attention.heads.* self_attention.miniature.*"
        " variable_lengths.lab.thirds when_your_numbers_differ.grow.* when_your_numbers_differ.search.*"
        " windows_of_a_series.miniature.keras",
    ),
    Known("c", "jax", "convlstm.exercises.* convlstm.miniature.* sequences_in_pieces.stateful.*"),
    Known("c", "torch", "variable_lengths.lab.masked"),
    Known("d", "jax torch", "rnn_api.errors.*"),
    Known("e", "jax torch", "sequences_in_pieces.stateful_order.rows_of_five"),
    Known("e", "jax torch", "embedding.traps.*"),
    Known("e", "jax", "rnn_api.silent variable_lengths.lost.*"),
    Known(
        "e",
        "torch",
        "answers.every_cell_and_gate answers.fused_kernel.* parallel_scan.traps.refused"
        " parallel_scan.traps.unknown_T",
    ),
    Known(
        "f",
        "jax torch",
        "answers.bidirectional_states.* answers.dropout_mask.* answers.gate_order.*"
        " answers.gru_bias.* answers.seeds.* answers.training_true.* convlstm.shifted.*"
        " dropout.between.* dropout.gates.* dropout.miniature.* dropout.monte_carlo.*",
    ),
    Known("g", "jax torch", "embedding.repeated.* parallel_scan.tree.*"),
)


def letter(line):
    """Return the letter in KNOWN of a line of what is off, or nothing."""
    backend, value, off = line.split(" ", 2)
    for known in KNOWN:
        listed = any(fnmatch(value, pattern) for pattern in known.values.split())
        if listed and backend in known.backends.split():
            if known.at_most == np.inf or float(off) <= known.at_most:
                return known.letter
    return ""


def on_each(function, *given):
    """Return {backend: function(*given)}, computed at the same time, each in a process of its own.

    Raises NotHere if a library is missing.
    """
    if missing := [library for library in BACKENDS if not find_spec(library)]:
        raise NotHere(f"{' and '.join(missing)} missing. CONTRIBUTING.md says how to get them.")
    before = os.environ.get("KERAS_BACKEND", BACKENDS[0])
    spawn = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as stack:
        stack.callback(os.environ.update, KERAS_BACKEND=before)
        running = {}
        for backend in BACKENDS:
            os.environ["KERAS_BACKEND"] = backend  # for the process that begins here
            pool = stack.enter_context(ProcessPoolExecutor(1, spawn))
            running[backend] = pool.submit(function, *given)
        return {backend: future.result() for backend, future in running.items()}


def computed(names):
    """Return {snippet: (its values as they are recorded, what it prints)}, or its error instead."""
    warnings.filterwarnings("ignore", "Explicitly requested dtype")  # float64, by JAX: the page says it
    if os.environ["KERAS_BACKEND"] == "torch":
        hand_out_plain_numbers()
    return {name: tried(name) for name in names}


def hand_out_plain_numbers():
    """Let NumPy take PyTorch's tensors: it refuses one that could be asked for its gradient, as trainings do."""
    keras, torch = importlib.import_module("keras"), importlib.import_module("torch")
    torch.set_grad_enabled(False)
    keras.Model.train_step = torch.enable_grad()(keras.Model.train_step)


def tried(name):
    """Return what a snippet computes and prints, or the first line of its error."""
    try:
        module = imported(name)
        values = module.values()
        module.values = lambda: values  # main() asks for them again
        return compute(name)
    except Exception as error:  # whatever a backend refuses
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"


def distance(old, new):
    """Return how far a value is off the recorded one: 0 is the same, infinity another shape or no number.

    Where the largest number of an array is above 1, in units of that.
    """
    a, b = np.asarray(old["value"]), np.asarray(new["value"])
    if a.shape != b.shape or {a.dtype.kind, b.dtype.kind} - {"f", "i"}:
        return 0.0 if np.array_equal(a, b) else np.inf
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    off = np.max(np.abs(np.where(same, 0, a - b)), initial=0)
    size = np.max(np.abs(a), initial=1, where=np.isfinite(a))
    return np.inf if np.isnan(off) else float(off / size)


def brief(number):
    """Return a number with two digits: the next hang on the processor."""
    return float(f"{number:.1e}")


def held(name, found):
    """Hold a snippet to its record: return its largest distances, one a dtype, and what is off too far.

    What is off too far is {what: distance}: a value, or "printed", what the snippet prints. It is
    {"": error} if the snippet could not be computed.
    """
    largest, off = dict.fromkeys(DTYPES, NONE), {}
    if isinstance(found, str):
        return [*largest.values()], {"": found}
    values, text = found
    record = json.loads(ties.record(ROOT, name).read_text(encoding="utf-8"))
    for value, old in record.items():
        far, dtype = brief(distance(old, values[value])), old["dtype"]
        if far > TOLERANCE.get(dtype, 0):
            off[value] = far
        if dtype in largest and np.isfinite(far):
            largest[dtype] = max(largest[dtype], far)
    if sectioned(text) != ties.record(ROOT, name, "txt").read_text(encoding="utf-8"):
        off["printed"] = np.inf
    return [*largest.values()], off


def compare(names):
    """Compute snippets on each backend and return the record of that, {name: array}.

    `topic.snippet` are its largest distances, (backends, dtypes), `topic.snippet off` lines of
    what is off too far, "backend topic.snippet.value distance" or "backend topic.snippet error".
    """
    found = on_each(computed, names)
    record = {"versions": [f"{library} {version(library)}" for library in ("keras", *BACKENDS)]}
    for name in names:
        record[name], lines = [], []
        for backend in BACKENDS:
            largest, off = held(name, found[backend][name])
            record[name].append(largest)
            lines += [f"{backend} {f'{name}.{value}'.strip('.')} {far}" for value, far in off.items()]
        if lines:
            record[f"{name} off"] = lines
    return record


def lines_of(record):
    """Return all lines of what is off, in a record."""
    return [str(line) for key, lines in record.items() if key.endswith(" off") for line in lines]


def snippets():
    """Return the names of all snippets that are compared."""
    return [name for name in modules() if not name.startswith(f"{TOPIC}.")]


def main():
    names = sys.argv[1:] or snippets()
    if unknown := sorted({*names} - {*snippets()}):
        sys.exit(f"backends: {', '.join(unknown)}: no such snippet")
    try:
        new = compare(names)
    except NotHere as reason:
        sys.exit(f"backends: {reason}")
    path = ties.record(ROOT, RECORD, "measured.json")
    kept = {*snippets()} - {*names}
    old = measured(RECORD).items() if path.exists() else ()
    record = new | {key: value for key, value in old if key.split()[0] in kept}
    write({path: as_json({key: entry(record[key]) for key in sorted(record)})})
    print(*lines_of(new), sep="\n")
    if strange := [line for line in lines_of(new) if not letter(line)]:
        sys.exit("\n".join(["backends: KNOWN does not list", *strange]))


if __name__ == "__main__":
    main()

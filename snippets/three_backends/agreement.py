"""Three backends: every snippet, computed by Keras on each of them.

`python -m snippets.recording.backends` computes them, and records how far
their values are off those that the pages print, computed on TensorFlow.
"""

import numpy as np

from snippets.recording.backends import (
    BACKENDS, DTYPES, KNOWN, NONE, compare, letter, lines_of, snippets)
from snippets.recording.measured import measured


def measure():
    """Return how far the values of every snippet are off, by backend."""
    return compare(snippets())


def letters_of(lines):
    """Return the letters of the reasons for what is off, by backend."""
    lines = [*map(str, lines)]
    return ["".join(sorted({letter(line) for line in lines
                            if line.startswith(backend)}))
            for backend in BACKENDS]


def values():
    """Return the values that the page quotes, by name."""
    record = measured("three_backends.agreement")
    names = [name for name in snippets() if name in record]
    off = np.array([record[name] for name in names])  # (S, backends, dtypes)
    letters = np.array([letters_of(record.get(f"{name} off", []))
                        for name in names])           # (S, backends)
    lines = lines_of(record)
    agrees = letters == ""
    most = np.where(agrees[..., None], off, NONE).max(axis=0)
    v = {
        "names": np.array(names), "snippets": len(names),
        "letters": letters,
        "kind": np.where(off == NONE, 0, np.where(off == 0, 1, 2)),
        "off_log": np.log10(np.maximum(off, 1e-20)).round(1),
        "agree": agrees.sum(axis=0),                  # (backends,)
        "most_64": (most[:, 0] / 1e-15).round(1),     # of those that agree,
        "most_32": (most[:, 1] / 1e-7).round(1),      # (backends,) each
        "versions": record["versions"],
        "unknown": sum(not letter(line) for line in lines),
    }
    for key in sorted({known.letter for known in KNOWN}):
        those = letters[np.any(np.char.find(letters, key) >= 0, axis=1)]
        v[f"known_{key}"] = len(those)
    return v


NAMES = {"keras": "Keras", "tensorflow": "TensorFlow", "jax": "JAX",
         "torch": "PyTorch"}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    versions = dict(str(told).split() for told in v["versions"])
    return {
        "with": (", ".join(f"{NAMES[library]} {version.partition('+')[0]}"
                           for library, version in versions.items()), True),
        "all_known": ("Every value that is off is on this list",
                      v["unknown"] == 0),
        "tensorflow": ("On TensorFlow all of them agree",
                       v["agree"][0] == v["snippets"]),
        "most": ("more than eight of ten agree on each",
                 np.all(v["agree"] > 0.8 * v["snippets"])),
    }


def cell(kind, off):
    """Return a difference as the table has it."""
    return ("-", "same", f"{10.0 ** off:.0e}")[kind]


def main():
    """Print the table of the page: a line for each snippet."""
    v = values()
    print("# table")
    print(f"{'':23}", *(f"{dtype:17}" for dtype in DTYPES), "why not")
    print(f"{'':23}", *["   TF   JAX Torch"] * len(DTYPES), "JAX Torch")
    topic = None
    for name, kinds, offs, letters in zip(
            v["names"], v["kind"], v["off_log"], v["letters"]):
        above, _, module = str(name).partition(".")
        if above != topic:
            print(above)
            topic = above
        cells = [f"{cell(kind, off):>5}" for kind, off
                 in zip(kinds.T.ravel(), offs.T.ravel())]
        print(f"  {module:21}", *cells,
              f"{letters[1]:>4} {letters[2]:>5}".rstrip())


if __name__ == "__main__":
    main()

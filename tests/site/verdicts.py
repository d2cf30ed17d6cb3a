"""What the checks say of planted faults, recorded for the page that explains them to readers.

    python -m tests.site.verdicts

Plants each fault in a copy of a few files, asks the real checks, and writes
their words to snippets/how_the_numbers_stay_true/, which docs/reference/how-the-numbers-stay-true.md
includes. A test holds that record against what they say now.
"""

import json
import shutil
import tempfile
import textwrap
from pathlib import Path
from unittest.mock import patch

from hooks import ties
from tests.site import ledger
from tests.site.every_page import test_records
from tests.site.sources import ROOT

RECORD = ROOT / "snippets" / "how_the_numbers_stay_true" / "verdicts.txt"
PAGE, POST = "time-distributed/", "docs/posts/time-distributed.md"
VALUES = "snippets/time_distributed/model.json"
TIE = '{data-v="time_distributed.model.y_six[1]"}'
QUICK = "reber.strings"  # a snippet that needs no Keras


def verdicts():
    """Plant each fault and return what is said of it: {name: text}."""
    right, wrong = f"[0.6271]{TIE}", f"[0.6272]{TIE}"
    return {
        "typed": f"{right}\n{wrong}",
        "digit": said_of(right, wrong),
        "untied": said_of(right, "0.6271", untied="0.6271"),
        "unknown": said_of(right, "[0.6271]" + TIE.replace("six", "seven")),
        "boundary": said_of(right, right, value=0.6271499995),
        "stale": said_of_a_stale_record(),
    }


def said_of(before, after, untied=None, value=None):
    """What the checks say when a post prints something else, or when another value is recorded."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        records = sorted(ROOT.glob("snippets/time_distributed/*.json"))
        for path in (ROOT / POST, *records):
            copied = root / path.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copied)
        text = (root / POST).read_text(encoding="utf-8")
        (root / POST).write_text(text.replace(before, after, 1), encoding="utf-8")
        if value is not None:
            record = json.loads((root / VALUES).read_text(encoding="utf-8"))
            record["y_six"]["value"][1] = value
            (root / VALUES).write_text(json.dumps(record), encoding="utf-8")
        if untied:
            shown = f'<article class="md-content"><p>{untied}</p></article>'
            return ledger.faults(PAGE, shown, chosen=[], root=root)[0]
        return ties.faults(root)[0]


def said_of_a_stale_record():
    """What the test says when a record is not what its snippet computes."""
    record = test_records.recorded(QUICK)
    record["mean_length"]["value"] += 0.001
    with patch.object(test_records, "recorded", lambda topic: record):
        try:
            test_records.test_recorded_values_are_the_computed_ones(QUICK)
        except AssertionError as said:
            return str(said).splitlines()[0]
    raise AssertionError("a stale record was not noticed")


def text():
    """The record: a section a verdict, in lines that a phone can show."""
    lines = []
    for name, said in verdicts().items():
        broken = [
            part
            for line in said.splitlines()
            for part in textwrap.wrap(line, 46, break_long_words=False, break_on_hyphens=False)
        ]
        lines += [f"# --8<-- [start:{name}]", *broken, f"# --8<-- [end:{name}]"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    RECORD.write_bytes(text().encode("utf-8"))

"""The kept symbol over the distance: how it is trained, and what the page claims of the record."""

import numpy as np
import pytest

from snippets.what_each_remembers import distance as part


def test_where_the_gates_begin():
    """A run that opens a gate changes the biases of that gate, and nothing else."""
    for run, (name, biases) in part.BIASES.items():
        new, usual = part.new_weights(run, 1, 1), part.new_weights(name, 1, 1)
        changed = sum(int((a != b).sum()) for a, b in zip(new, usual, strict=True))
        rows = 2 if name == "GRU" else 1
        assert changed == rows * len(biases) * part.ROWS[name][1]


def test_it_learns_over_two_steps(monkeypatch):
    monkeypatch.setattr(part, "STEPS", 60)
    monkeypatch.setattr(part, "PART", 20)
    monkeypatch.setattr(part, "SEEDS", (1,))
    [right] = part.trainings("linear attention", 2)
    assert right > 60


@pytest.mark.claim
def test_claims():
    values = part.values()
    assert all(true for _, true in part.claims(values).values())
    none = {name: 1 - np.minimum(values[name], 1) for name in ("solved", "far_solved")}
    other = {**values, **none}
    assert not any(true for _, true in part.claims(other).values())

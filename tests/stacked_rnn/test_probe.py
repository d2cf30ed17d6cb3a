"""The probes of Part C: against problems with a known answer, and against the normal equations."""

import numpy as np
import pytest

from snippets.stacked_rnn import model as part_c
from snippets.stacked_rnn import probe as part


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.fixture(scope="module")
def states():
    """The data of the training and new data, each with the states of both layers, as Keras has them."""
    found = []
    for x, y in (part_c.make_data(), part_c.make_data(N=1000, T=6, seed=1)):
        first, second, _ = part_c.trained().layers
        h1 = np.array(first(x))
        found.append((h1, np.array(second(h1)), y))
    return found


def test_probe_finds_the_weighted_sum_there_is_and_no_other():
    rng = np.random.default_rng(0)
    h, h_new = rng.normal(size=(2, 100, 6, 3))
    easy = lambda h: (h @ [1.0, -2.0, 0.5] > 0.5).astype(float)
    exclusive = lambda h: ((h[..., 0] > 0) != (h[..., 1] > 0)).astype(float)
    assert part.probe(h, easy(h), h_new, easy(h_new)) > 0.95 * 600
    assert part.probe(h, exclusive(h), h_new, exclusive(h_new)) < 0.6 * 600


def test_probe_learns_nothing_from_the_data_it_is_counted_on():
    """Its weights are those of the first data: turned round, the targets of the second are all missed."""
    rng = np.random.default_rng(0)
    h = rng.normal(size=(100, 6, 3))
    target = (h[..., 0] > 0).astype(float)
    assert part.probe(h, target, h, target) > 0.9 * 600
    assert part.probe(h, target, h, 1 - target) < 0.1 * 600


@pytest.mark.parametrize(("layer", "name"), [(0, "from_1"), (1, "from_2")])
def test_probe_is_a_least_squares_fit(values, states, layer, name):
    """Against the normal equations, solved without NumPy's lstsq, on states that Keras computed."""
    (old, odd), (new, odd_new) = ((found[layer], found[2][..., 1].ravel()) for found in states)
    rows = [np.append(h, 1) for h in old.reshape(-1, old.shape[-1]).astype(float)]
    gram = sum(np.outer(row, row) for row in rows)
    weights = np.linalg.solve(gram, sum(row * target for row, target in zip(rows, odd)))
    answers = new.reshape(-1, new.shape[-1]) @ weights[:-1] + weights[-1] > 0.5
    assert abs(int(np.sum(answers == (odd_new > 0.5))) - values[name]) <= 1  # float32


def test_search_finds_what_least_squares_misses(monkeypatch):
    """One far point bends the fitted sum; the counted answers do not care how far it is."""
    monkeypatch.setattr(part, "SUMS", 200)
    h = np.array([[-3.0], [-2.0], [-1.0], [1.0], [2.0], [90.0]])[None]  # (1, 6, 1)
    target = np.array([[0, 0, 0, 1, 1, 1.0]])
    assert part.probe(h, target, h, target) < 6
    assert part.search(h, target, h, target) == 6
    assert (
        part.search(h, target, h, 1 - target) == 0
    )  # chosen on the first data, counted on the second


def test_search_of_layer_1_with_keras_states(values, states):
    """Against another way to move weights uphill from the logistic fit, within what chance leaves."""
    (h1, _, y), (h1_new, _, y_new) = states
    rows, new = (np.column_stack([h.reshape(-1, 5), np.ones(h.size // 5)]) for h in (h1, h1_new))
    odd, odd_new = y[..., 1].ravel() > 0.5, y_new[..., 1].ravel() > 0.5
    rng, best, most = np.random.default_rng(7), np.zeros(6), 0
    for _ in range(4000):
        step = best + rng.normal(size=6) * 0.3
        right = np.sum((rows @ step > 0) == odd)
        best, most = (step, right) if right >= most else (best, most)
    found = np.sum((new @ best > 0) == odd_new)
    assert abs(int(found) - int(values["from_1_search"])) < 0.015 * 6000


def test_who_looks_at_the_clock():
    old = np.array([[0, 1, 1], [0, 1, 0], [1, 1, 0]])  # mostly 0, 1, 0
    new = np.array([[0, 0, 0], [1, 1, 0]])
    assert part.by_step(old, new) == 2 + 2


def test_the_best_constant_of_each_step_written_out(values, states):
    right = 0
    for t in range(6):
        often = states[0][2][:, t, 1].tolist()
        answer = often.count(1.0) > often.count(0.0)
        right += sum((odd == 1) == answer for odd in states[1][2][:, t, 1])
    assert values["from_step"] == right
    assert values["gain"] == values["from_2"] - right


def test_the_sign_of_unit_3_and_always_no(values, states):
    h1, _, y = states[1]
    assert values["fell_from_sign"] == sum((h1[..., 3] < 0).ravel() == (y[..., 0] > 0).ravel())
    assert values["always_no"] == (y[..., 1] == 0).sum() and values["steps"] == y[..., 1].size


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    for name in ("from_1", "from_1_search"):
        assert not any(true for _, true in part.claims(values | {name: 4100}).values())

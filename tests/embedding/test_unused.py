"""Rows that a batch does not use: Adam by hand, by Keras and by PyTorch, dense and sparse."""

import numpy as np
import pytest

from snippets.embedding import unused as part
from snippets.embedding.gradient import table_gradient
from snippets.embedding.miniature import E, U, W, b


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_two_steps_of_adam_are_those_of_keras(values):
    adam = list(part.OPTIMISERS).index("Adam")
    np.testing.assert_allclose(values["keras"][adam], values["hand"], rtol=0, atol=1e-6)


def test_only_what_remembers_moves_an_unused_row(values):
    moved = [bool(row.any()) for row in values["cats"]]
    assert dict(zip(part.OPTIMISERS, moved)) == {
        "SGD": False,
        "RMSprop": False,
        "SGD, momentum": True,
        "Adam": True,
        "AdamW": True,
    }
    _, dE = table_gradient(E, part.second)
    assert not dE[3].any() and not dE[0].any()


def test_momentum_moves_on_by_its_share(values):
    _, dE = table_gradient(E, part.first)
    np.testing.assert_allclose(values["cats"][2], -0.1 * 0.9 * dE[3], rtol=0, atol=1e-6)


def steps_of_pytorch(optimizer, sparse):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    embedding = torch.nn.Embedding(4, 2, sparse=sparse, _weight=torch.from_numpy(E.copy()))
    step = getattr(torch.optim, optimizer)(embedding.parameters(), lr=0.1, eps=1e-7)
    tables = [E]
    for batch in (part.first, part.second):
        h = torch.zeros(1, 1, dtype=torch.float64)
        for x in embedding(torch.from_numpy(batch))[0]:
            h = torch.tanh(x @ torch.from_numpy(W) + h @ torch.from_numpy(U) + torch.from_numpy(b))
        step.zero_grad()
        ((h - 1) ** 2).mean().backward()
        step.step()
        tables.append(embedding.weight.detach().numpy().copy())
    return np.diff(tables, axis=0)


def test_pytorch_moves_it_too_and_its_sparse_adam_does_not(values):
    np.testing.assert_allclose(steps_of_pytorch("Adam", False), values["hand"], rtol=0, atol=1e-5)
    sparse = steps_of_pytorch("SparseAdam", True)
    assert sparse[0][3].all() and not sparse[1][3].any()


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {"cats": values["cats"][::-1], "padding": values["padding"][::-1]}
    assert not any(true for _, true in part.claims(other).values())

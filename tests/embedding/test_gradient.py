"""The gradient of the table: by hand, by differences of losses, by the tape and by PyTorch."""

import numpy as np
import pytest

from snippets.embedding import gradient as part
from snippets.embedding.miniature import E, U, W, b, k


@pytest.fixture(scope="module")
def values():
    return part.values()


def by_differences(indices):
    """The gradient without any rule of differentiation."""
    found = np.zeros_like(E)
    for place in np.ndindex(E.shape):
        up, down = E.copy(), E.copy()
        up[place] += 1e-5
        down[place] -= 1e-5
        found[place] = (part.loss(up, indices) - part.loss(down, indices)) / 2e-5
    return found


@pytest.mark.parametrize("indices", [k, [[1, 2, 1]], [[3, 3, 3]], [[3, 2, 3], [1, 2, 0]]])
def test_by_hand_is_what_differences_give(indices):
    indices = np.array(indices)
    _, dE = part.table_gradient(E, indices)
    np.testing.assert_allclose(dE, by_differences(indices), rtol=0, atol=1e-9)


def test_the_tape_has_a_row_for_each_place(values):
    assert values["indices"].tolist() == [3, 2, 3]
    np.testing.assert_allclose(values["slices"], values["dx"][0], rtol=0, atol=1e-12)


def test_a_row_is_the_sum_of_its_places(values):
    dx, dE = values["dx"][0], values["dE"]
    np.testing.assert_allclose(dE, [[0, 0], [0, 0], dx[1], dx[0] + dx[2]], rtol=0, atol=1e-15)


def test_pytorch_agrees(values):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    embedding = torch.nn.Embedding.from_pretrained(torch.from_numpy(E), freeze=False)
    h = torch.zeros(1, 1, dtype=torch.float64)
    for x in embedding(torch.from_numpy(k))[0]:
        h = torch.tanh(x @ torch.from_numpy(W) + h @ torch.from_numpy(U) + torch.from_numpy(b))
    ((h - 1) ** 2).mean().backward()
    np.testing.assert_allclose(embedding.weight.grad.numpy(), values["dE"], rtol=0, atol=1e-12)


def test_one_step_is_that_of_keras(values):
    np.testing.assert_allclose(values["new"], E - 0.5 * by_differences(k), rtol=0, atol=1e-9)
    np.testing.assert_allclose(values["keras_new"], values["new"], rtol=0, atol=1e-6)
    assert values["new_loss"] < 0.1 * values["loss"]


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    assert not part.claims({"keras_new": E, "new": values["new"]})["same"][1]

"""Looking up by hand, by Keras and by PyTorch; the product with one-hot rows."""

import numpy as np
import pytest

from snippets.embedding import miniature as part

ROWS = [[[0.9, 0.4], [-0.3, 0.8], [0.9, 0.4]]]  # cats, see, cats


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_rows_are_those_of_the_page(values):
    assert values["x"].tolist() == ROWS and part.product.tolist() == ROWS
    assert values["one_hot"].tolist() == [[[0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_both_layers_of_keras_give_them(dtype):
    found = np.array(part.keras_embedding(dtype=dtype)(part.k))
    product = np.array(part.keras_dense(dtype=dtype)(part.one_hot.astype(dtype)))
    np.testing.assert_array_equal(found, np.array(ROWS, dtype))
    np.testing.assert_array_equal(product, found)


def test_the_states_step_by_step(values):
    h = 0.0
    for t, (first, second) in enumerate(ROWS[0]):
        z = 0.6 * first - 0.5 * second + 0.8 * h + 0.1
        h = np.tanh(z)
        assert values["z"][0, t, 0] == pytest.approx(z, abs=1e-12)
        assert values["h"][0, t, 0] == pytest.approx(h, abs=1e-12)


def test_sizes(values):
    assert values["parameters"] == 4 * 2 == values["rows"] * values["width"]
    assert values["shape"].tolist() == [1, 3, 2]


def test_pytorch_takes_the_table_as_it_is(values):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    embedding = torch.nn.Embedding.from_pretrained(torch.from_numpy(part.E))
    assert embedding(torch.from_numpy(part.k)).numpy().tolist() == ROWS


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    assert not part.claims({"same": False})["digits"][1]

"""What goes wrong with an embedding."""

import keras
import numpy as np
import pytest

from snippets.embedding import traps as part
from snippets.embedding.miniature import E


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_what_is_no_index(values):
    assert "indices[0,0] = 4 is not in [0, 4)" in part.looked_up(4)
    assert part.looked_up(-1).tolist() == [[[0.9, 0.4]]]
    assert part.looked_up(2.9).tolist() == [[[-0.3, 0.8]]]
    assert values["fed_one_hot"].tolist() == [1, 3, 4, 2]


def test_a_table_from_elsewhere_stays(values):
    layer = part.pretrained(E)
    np.testing.assert_allclose(np.array(layer(np.arange(4))), E, atol=1e-7)
    assert layer.trainable_weights == [] and values["begins"]
    with pytest.raises(ValueError, match="expecting 0 weights"):
        keras.layers.Embedding(4, 2).set_weights([E])


def test_first_rows_are_drawn_evenly():
    rows = np.array(keras.layers.Embedding(5000, 4)(np.arange(5000)))
    assert abs(rows).max() <= 0.05
    np.testing.assert_allclose(rows.std(), 0.1 / np.sqrt(12), rtol=0.02)


def test_those_of_pytorch_are_normal_and_its_padding_is_zero():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.manual_seed(0)
    embedding = torch.nn.Embedding(5000, 4, padding_idx=0)
    assert embedding.weight.std().item() == pytest.approx(1, abs=0.03)
    assert not embedding.weight[0].any()
    embedding(torch.tensor([0, 1, 0])).sum().backward()
    assert embedding.weight.grad[:2].tolist() == [[0] * 4, [1] * 4]


def test_sizes(values):
    assert part.indices == 32 * 20 * 4
    assert part.one_hot_rows == np.zeros((32, 20, 10_000), np.float32).nbytes
    assert part.products == 32 * 20 * 10_000 * 64
    layer = keras.layers.Embedding(10_000, 64)
    layer.build()
    assert values["table"] == layer.count_params()


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    names = ("refused", "last", "cut", "begins", "deprecated", "inside")
    turned = {"trained": 1, **dict.fromkeys(names, False)}
    assert not any(true for _, true in part.claims(turned).values())

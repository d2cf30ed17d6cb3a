"""PyTorch and Keras with each other's weights, in float64, and packed beside a mask."""

import keras
import numpy as np
import pytest

from snippets.saving_and_moving import to_pytorch as page
from snippets.saving_and_moving.model import WEIGHTS, by_hand, x


def test_a_mask_is_the_short_sequence_alone():
    short = by_hand(x[1:, :2], *WEIGHTS)[0, 0]
    np.testing.assert_allclose(
        page.values()["masked"], [by_hand(x, *WEIGHTS)[0, 0], short], rtol=0, atol=1e-6
    )


@pytest.fixture(scope="module")
def net():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    from snippets.saving_and_moving import net_torch

    made = net_torch.Net(2, 3, torch.float64)
    return net_torch, net_torch.filled(made, *WEIGHTS)


def test_there_in_float64(net):
    module, filled = net
    np.testing.assert_allclose(module.answers(filled, x), by_hand(x, *WEIGHTS), rtol=0, atol=1e-12)


def test_and_back_with_weights_that_pytorch_drew(net):
    module, _ = net
    drawn = module.Net(2, 3, module.torch.float64)
    gru, dense = keras.layers.GRU(3, dtype="float64"), keras.layers.Dense(1, dtype="float64")
    dense(gru(x))
    arrays = module.for_keras(drawn)
    gru.set_weights(arrays[:3])
    dense.set_weights(arrays[3:])
    np.testing.assert_allclose(dense(gru(x)), module.answers(drawn, x), rtol=0, atol=1e-12)


def test_packed_is_masked_in_float64(net):
    module, filled = net
    alone = [by_hand(x[n : n + 1, :steps], *WEIGHTS)[0] for n, steps in enumerate(page.LENGTHS)]
    np.testing.assert_allclose(module.answers(filled, x, page.LENGTHS), alone, rtol=0, atol=1e-12)


def test_the_last_row_of_a_packed_output_gives_the_bias_alone(net):
    module, filled = net
    last = module.last_rows(filled, x, page.LENGTHS)
    assert last[1, 0] == WEIGHTS[-1][0]
    assert last[0, 0] == pytest.approx(by_hand(x, *WEIGHTS)[0, 0], abs=1e-12)


def test_a_missing_array_is_an_error(net):
    module, filled = net
    with pytest.raises(RuntimeError, match="Missing key"):
        filled.load_state_dict({"out.bias": filled.out.bias}, strict=True)


def test_what_measure_gives_here_is_what_the_page_says(net):
    now, then = page.measure(), page.measured("saving_and_moving.to_pytorch")
    for name in now:
        np.testing.assert_allclose(now[name], then[name], rtol=0, atol=1e-6)


@pytest.mark.claim
def test_what_was_measured():
    v = page.measured("saving_and_moving.to_pytorch")
    assert max(v["off"], v["back"], v["packed"], v["float64"]) < 1e-6
    assert min(v["unswapped"], v["unpacked"], v["last_row"]) > 0.01

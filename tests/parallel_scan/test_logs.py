"""The form with logarithms, against the loop and PyTorch, and where running products end."""

import numpy as np
import pytest

from snippets.layers.scan import loop
from snippets.parallel_scan import logs as part


def test_where_the_products_become_0():
    values = part.values()
    # The least number above 0 is 2**-149 in float32 and 2**-1074 in float64; half of it is 0.
    assert values["zero_32"] == 150 and values["zero_64"] == 1075
    # 100**154 is the last power of 100 below 2**1024.
    assert values["finite"] == 154
    assert 100**154 < 2**1024 < 100**155
    assert values["last"] == pytest.approx(1 / 0.99)
    assert values["scan_last"] == pytest.approx(1 / 0.99, abs=1e-12)
    assert values["logs_last"] == pytest.approx(1 / 0.99, abs=1e-12)


def test_running_products_are_right_while_they_last():
    rng = np.random.default_rng(0)
    a, d = rng.uniform(0.5, 1, size=(2, 2, 20, 3))
    np.testing.assert_allclose(part.by_running_products(a, d), loop(a, d), rtol=0, atol=1e-12)
    np.testing.assert_allclose(part.by_logs(np.log(a), np.log(d)), loop(a, d), rtol=0, atol=1e-12)


def test_pytorch_agrees():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(1)
    x, W, b = rng.normal(size=(2, 30, 3)), rng.normal(size=(3, 8)), rng.normal(size=8)
    p_z, p_h = torch.tensor(x @ W + b).chunk(2, dim=-1)
    positive = torch.where(p_h >= 0, p_h + 0.5, torch.sigmoid(p_h))
    log_d = torch.nn.functional.logsigmoid(-p_z) + torch.log(positive)
    products = torch.cumsum(torch.nn.functional.logsigmoid(p_z), dim=1)
    expected = torch.exp(products + torch.logcumsumexp(log_d - products, dim=1))
    np.testing.assert_allclose(part.min_gru_logs(x, W, b), expected.numpy(), rtol=0, atol=1e-11)


def test_the_miniature():
    values = part.values()
    assert values["positive"].tolist() == pytest.approx([1.6, 1 / (1 + np.exp(0.9)), 1.1])
    assert values["same"] and (part.g(np.linspace(-50, 50, 999)) > 0).all()

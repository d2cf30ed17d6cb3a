"""Windows about their own means: what is added to a window is added to its forecast."""

import numpy as np

from snippets.windows_of_a_series import network as part


def test_the_level_of_a_window_passes_through(monkeypatch):
    class Model:
        def predict(self, x, verbose):
            return x[:, -2:, 0] ** 2

    monkeypatch.setattr(part, "train", lambda x, y, seed: Model())
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 4)), rng.normal(size=(5, 2))
    forecast = part.forecaster(x, y, 2.0, 1)
    np.testing.assert_allclose(forecast(x + 7), forecast(x) + 7, rtol=0, atol=1e-12)
    scaled, back = part.centred(x, 2.0)
    np.testing.assert_allclose(back(scaled), x, rtol=0, atol=1e-12)


def test_sizes_and_claim():
    v = part.values()
    assert v["parameters"] == v["built"] == 3 * (8 + 64 + 16) + 8 * 10 + 10
    assert part.claims(v)["same"][1]
    assert not part.claims(v | {"alike": np.array([[1, 2], [2, 1]])})["same"][1]

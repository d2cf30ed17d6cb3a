"""How many parameters: added up by hand for one size."""

from snippets.parallel_scan import counts as part


def test_counts():
    values = part.values()
    assert values["same"]
    assert values["GRU"][0] == 7 * 39 + 13 * 39 + 2 * 39
    assert values["minGRU"][0] == 7 * 26 + 26
    assert values["LSTM"][0] == 7 * 52 + 13 * 52 + 52
    assert values["minLSTM"][0] == 7 * 39 + 39
    assert values["linear_attention"] == [7 * 39, 64 * 192]

"""Units decide the shapes of the weights, time steps none of them."""

from snippets.answers import units_or_time_steps as answer

M, U = 3, 8  # by the formulas of the layer, not by Keras


def test_the_weights_hold_m_and_u_and_no_number_of_steps():
    values = answer.values()
    assert values["kernel"] == (M, 4 * U)
    assert values["recurrent"] == (U, 4 * U)
    assert values["bias"] == (4 * U,)
    assert values["parameters"] == 4 * (M * U + U * U + U)


def test_any_number_of_steps_gives_as_many_numbers():
    values = answer.values()
    assert values["short"] == values["long"] == (2, U)

"""The cells and gates of the loop, against the equations in NumPy."""

import numpy as np

from snippets.answers import every_cell_and_gate as answer
from snippets.layers.lstm import lstm


def test_cells_and_gates_are_those_of_the_equations():
    weights = [np.array(w, "float64") for w in answer.layer.get_weights()]
    i, f, _, o, c, _ = lstm(answer.x, *weights)
    cells, gates = np.array(answer.cells), np.array(answer.gates)
    np.testing.assert_allclose(cells[:, 0], c[0], rtol=0, atol=1e-6)
    for place, gate in enumerate((i, f, o)):
        np.testing.assert_allclose(gates[:, place, 0], gate[0], rtol=0, atol=1e-6)


def test_the_loop_ends_where_the_layer_does():
    values = answer.values()
    assert values["same"] and values["cells"] == (5, 1, 2) and values["gates"] == (5, 3, 1, 2)

"""Inside an RNN layer: our cell in a saved model, a clone, both directions.

Run `python -m snippets.inside_an_rnn_layer.copies` for the page's output.
"""

from tempfile import TemporaryDirectory

import keras
import numpy as np

from snippets.inside_an_rnn_layer.cell import MINI, LeakyCell, layer_of, x_mini


# --8<-- [start:copies]
def loaded(model):
    """Return the model as it comes back from a file."""
    with TemporaryDirectory() as folder:
        model.save(f"{folder}/leaky.keras")
        return keras.models.load_model(f"{folder}/leaky.keras")


def cloned(model):
    """Return a model of the same layers, with the same weights."""
    clone = keras.models.clone_model(model)        # its weights are new
    clone.set_weights(model.get_weights())
    return clone


def both_ways(cell, weights):
    """Return a layer that reads with two copies of the cell, one backwards."""
    layer = keras.layers.Bidirectional(
        keras.layers.RNN(cell, return_sequences=True))
    layer.build((None, None, len(weights[0])))     # (N, T, m)
    layer.set_weights([*weights, *weights])        # forwards, backwards
    return layer
# --8<-- [end:copies]


def values():
    """Return the values that the page quotes, by name."""
    model = keras.Sequential([
        keras.Input((None, 1)), layer_of(LeakyCell(1, a=0.5), MINI)])
    states = np.array(model(x_mini))               # (N, T, u)
    both = np.array(both_ways(LeakyCell(1, a=0.5), MINI)(x_mini))
    return {
        "loaded_same": np.allclose(loaded(model)(x_mini), states,
                                   rtol=0, atol=1e-6),
        "cloned_same": np.allclose(cloned(model)(x_mini), states,
                                   rtol=0, atol=1e-6),
        "both_shape": np.array(both.shape),        # (N, T, 2u)
        "forwards_same": np.allclose(both[..., :1], states,
                                     rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# copies")
    print("saved and loaded, the same:", v["loaded_same"])
    print("cloned, the same:", v["cloned_same"])
    print("both ways:", tuple(map(int, v["both_shape"])))
    print("of which forwards the same:", v["forwards_same"])


if __name__ == "__main__":
    main()

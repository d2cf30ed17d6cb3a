"""Answers: a stateful layer in Keras 3.

Run `python -m snippets.answers.stateful_today` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(batch_shape=(2, None, 3)),   # N = 2, any number of steps
    keras.layers.GRU(4, stateful=True)])
x = np.ones((2, 6, 3))

whole = model(x)                             # steps 0 to 5
for layer in model.layers:
    layer.reset_state()                      # the model has no such method
model(x[:, :4])                              # steps 0 to 3
pieces = model(x[:, 4:])                     # steps 4 and 5: goes on
again = model(x[:, 4:])                      # and on: another state
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "pieces_same": np.allclose(pieces, whole, rtol=0, atol=1e-6),
        "again_same": np.allclose(again, whole, rtol=0, atol=1e-6),
        "of_a_model": hasattr(model, "reset_states"),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("pieces end like whole:", v["pieces_same"])
    print("again does:           ", v["again_same"])
    print("model.reset_states:   ", v["of_a_model"])


if __name__ == "__main__":
    main()

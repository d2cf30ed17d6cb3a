"""Answers: perplexity over several batches.

Run `python -m snippets.answers.perplexity` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

p = np.array([[1/2, 1/2], [1/4, 3/4], [1/20, 19/20], [1/40, 39/40]])
y = np.array([[1, 0]] * 4)                        # the first is right


def perplexity(y, p):
    """Return the perplexity of one batch: a metric that misleads."""
    loss = keras.losses.categorical_crossentropy(y, p)      # (N,)
    return keras.ops.exp(keras.ops.mean(loss))


model = keras.Sequential([keras.Input((2,)), keras.layers.Identity()])
model.compile(loss="categorical_crossentropy", metrics=[perplexity])
loss, mean_of_batches = model.evaluate(p, y, batch_size=2, verbose=0)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "loss": np.float32(loss),
        "perplexity": np.exp(np.float32(loss)),
        "mean_of_batches": np.float32(mean_of_batches),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print(f"exp of the mean loss  {v['perplexity']:.3f}")
    print(f"mean of the exps      {v['mean_of_batches']:.3f}")


if __name__ == "__main__":
    main()

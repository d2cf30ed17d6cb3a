"""Answers: weights from Keras to PyTorch, and back.

Run `python -m snippets.answers.pytorch_weights` for the output of the page.
"""

# --8<-- [start:program]
import numpy as np


def swap(array):
    """Exchange the first two of a GRU's three blocks: z, r and r, z."""
    first, second, third = np.split(array, 3, axis=-1)
    return np.concatenate([second, first, third], axis=-1)


def to_pytorch(W, U, b):
    """Return weight_ih, weight_hh, bias_ih and bias_hh of Keras's arrays."""
    if b.ndim == 2:                               # a GRU has two biases
        W, U, b = swap(W), swap(U), swap(b)
        return W.T, U.T, b[0], b[1]
    return W.T, U.T, b, np.zeros_like(b)          # SimpleRNN, LSTM


def from_pytorch(weight_ih, weight_hh, bias_ih, bias_hh):
    """Return W, U and b for Keras, of PyTorch's arrays."""
    W, U = weight_ih.T, weight_hh.T
    if U.shape[1] == 3 * U.shape[0]:              # three blocks: a GRU
        return swap(W), swap(U), swap(np.stack([bias_ih, bias_hh]))
    return W, U, bias_ih + bias_hh
# --8<-- [end:program]


BIASES = {"GRU": (2, 12), "LSTM": (16,)}          # shapes, for 4 units


def back(name):
    """Say whether the arrays of a layer are the same, there and back."""
    rng, shape = np.random.default_rng(0), BIASES[name]
    W, U = rng.normal(size=(3, shape[-1])), rng.normal(size=(4, shape[-1]))
    weights = W, U, rng.normal(size=shape)
    returned = from_pytorch(*to_pytorch(*weights))
    return all(map(np.array_equal, weights, returned))


def values():
    """Return the values that the page quotes, by name."""
    return {f"{name}_back": back(name) for name in BIASES}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in BIASES:
        print(f"{name}, there and back the same:", v[f"{name}_back"])


if __name__ == "__main__":
    main()

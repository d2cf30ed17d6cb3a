"""When your numbers differ: a program with six mistakes, mended one by one.

Run `python -m snippets.when_your_numbers_differ.mine` for the page's output.
Shapes: N samples, T steps, m = 3 inputs a step, u = 2 units.
"""

import inspect

import keras
import numpy as np

from snippets.layers.dense import sigmoid

# --8<-- [start:weights]
#                i         f           c~         o
W = np.array([[1.2, 0.3, -0.4, 0.8, 1.5, -0.6, 0.2, 0.9],
              [-0.7, 0.5, 0.6, -0.3, 0.4, 1.1, -0.8, 0.3],
              [0.4, -0.9, 0.2, 0.7, -1.3, 0.5, 0.6, -0.2]])  # (m, 4u)
U = np.array([[0.5, -0.8, 0.9, -0.2, 0.7, 1.4, 0.3, -0.6],
              [-1.1, 0.6, 0.4, 0.1, -0.9, 0.3, 1.2, 0.8]])   # (u, 4u)
b = np.array([0.2, -0.1, 1.0, 1.0, 0.3, -0.4, 0.1, 0.2])     # (4u,)
W_y = np.array([[1.6], [-2.3]])                              # (u, 1)
b_y = np.array([0.4])                                        # (1,)

x = np.array([[[1, 0, 1], [0, 1, 0], [2, 0, 1], [0, 2, 1]],
              [[0, 1, 1], [1, 0, 0], [0, 0, 2], [1, 1, 0]],
              [[2, 1, 0], [0, 0, 1], [1, 2, 0], [0, 0, 0]]],
             "float64")                           # (N, T, m) = (3, 4, 3)
# --8<-- [end:weights]


# --8<-- [start:model]
model = keras.Sequential([
    keras.Input((None, 3)),
    keras.layers.Masking(),                       # skips rows of zeros
    keras.layers.LSTM(2, name="lstm"),
    keras.layers.Dense(1, activation="sigmoid", name="dense"),
], name="model")
model.set_weights([W, U, b, W_y, b_y])
# --8<-- [end:model]


# --8<-- [start:program]
def program(x, W, U, b, W_y, b_y):
    """Return all states (N, T, u) and the outputs for x (N, T, m)."""
    states, y = [], []
    h = c = np.zeros(2)
    for sample in x:
        for x_t in sample:
            z_i, z_f, z_o, z_c = [
                x_t @ W_k + U_k @ h + b_k         # (u,) each
                for W_k, U_k, b_k in zip(np.split(W, 4, axis=1),
                                         np.split(U, 4, axis=1),
                                         np.split(b, 4))]
            c = sigmoid(z_f) * c + sigmoid(z_i) * np.tanh(z_c)
            h = sigmoid(z_o) * np.tanh(c)
            states.append(h)
        y.append(h @ W_y + b_y)
    return np.reshape(states, (*x.shape[:2], 2)), np.ravel(y)
# --8<-- [end:program]


# What is wrong in the program, and the right lines, in the order of the search.
MENDS = {
    "shape": ("np.ravel(y)", "np.array(y)"),
    "order": ("z_i, z_f, z_o, z_c = [", "z_i, z_f, z_c, z_o = ["),
    "product": ("x_t @ W_k + U_k @ h + b_k", "x_t @ W_k + h @ U_k + b_k"),
    "state": ("""\
    h = c = np.zeros(2)
    for sample in x:
""", """\
    for sample in x:
        h = c = np.zeros(2)
"""),
    "mask": ("""\
        for x_t in sample:
""", """\
        for x_t in sample:
            if not x_t.any():
                states.append(h)                  # masked: h and c stay
                continue
"""),
    "output": ("y.append(h @ W_y + b_y)", "y.append(sigmoid(h @ W_y + b_y))"),
}


def mended(names):
    """Return the program with these of its mistakes mended."""
    source = inspect.getsource(program)
    for wrong, right in (MENDS[name] for name in names):
        if source.count(wrong) != 1:
            raise ValueError(f"not one place to mend: {wrong}")
        source = source.replace(wrong, right)
    scope = {"np": np, "sigmoid": sigmoid}
    exec(source, scope)
    return scope["program"]


def values():
    """Return the values that the page quotes, by name."""
    weights = model.get_weights()
    return {
        "mistakes": len(MENDS),
        "weights": sum(array.size for array in weights),
        "theirs": np.array(model(x)),             # (N, 1), float32
        "mine": program(x, W, U, b, W_y, b_y)[1],     # (N,)
    }


def main():
    """Print the two outputs, and each mistake with its right lines."""
    v = values()
    print("# outputs")
    print("Keras", *(f"{y:z8.4f}" for y in v["theirs"][:, 0]))
    print("mine ", *(f"{y:z8.4f}" for y in v["mine"]))
    for name, (wrong, right) in MENDS.items():
        print(f"# {name}")
        for sign, lines in (("-", wrong), ("+", right)):
            for line in lines.rstrip().split("\n"):
                print(sign, line)


if __name__ == "__main__":
    main()

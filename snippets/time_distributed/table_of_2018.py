"""Part A, a table printed in 2018: find its weights, check the other rows.

Run `python -m snippets.time_distributed.table_of_2018` for the page's output.
Source: Alexis Huet, RNN with Keras: Understanding computations (2018).
"""

import numpy as np

from snippets.layers.dense import sigmoid


# --8<-- [start:table]
table = np.array([[0.67353392, 0.59669352, 0.57625091],
                       [0.61093992, 0.56769931, 0.55657816],
                       [0.54446143, 0.53823376, 0.53672636],
                       [0.40912622, 0.47870329, 0.4967348],
                       [0.67353392, 0.59669352, 0.57625091],
                       [0.34512752, 0.44905871, 0.47672269]])  # (T, m')
# --8<-- [end:table]


# --8<-- [start:recover]
def recover(table):
    """Return b (3,) and the sum of each column of W (3,) behind a table."""
    logit = np.log(table / (1 - table))  # back from y to z, (T, m')
    b = logit[-1]                        # the input was (0, 0): z = b
    total = logit[0] - b                 # the input was (1, 1): z = total + b
    return b, total
# --8<-- [end:recover]


def values():
    """Return the values that the page quotes, by name."""
    b, total = recover(table)
    c = np.array([[1], [0.8], [0.6], [0.2], [1], [0]])  # (T, 1): both inputs
    recovered = sigmoid(c * total + b)                  # (T, m')
    return {
        "b": b,
        "total": total,
        "recovered": recovered,
        "same": np.allclose(recovered, table, rtol=0, atol=1e-7),
        "half": -b / total,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    third, fourth = table[2:4, 0]          # the inputs 0.6 and 0.2
    return {
        "close": ("No number is further from the old table than one unit of "
                  "its seventh decimal", v["same"]),
        "falls": ("it falls through one half", fourth < 0.5 < third),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.7f}".format})
    print("# recovered")
    print("b    ", v["b"])
    print("total", v["total"])
    print(v["recovered"])
    print("the same as in 2018:", v["same"])


if __name__ == "__main__":
    main()

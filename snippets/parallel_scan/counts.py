"""How many parameters: the layers without U beside GRU and LSTM.

Run `python -m snippets.parallel_scan.counts` for the output of the page.
"""

import keras

from snippets.layers.scanned import LinearAttention, MinGRU, MinLSTM

# --8<-- [start:count]
COUNTS = {                        # m inputs, u units
    "GRU": lambda m, u: 3 * (m * u + u * u + 2 * u),
    "minGRU": lambda m, u: 2 * (m * u + u),
    "LSTM": lambda m, u: 4 * (m * u + u * u + u),
    "minLSTM": lambda m, u: 3 * (m * u + u),
    "linear attention": lambda m, u: 3 * m * u,
}
# --8<-- [end:count]
LAYERS = {"GRU": keras.layers.GRU, "minGRU": MinGRU,
          "LSTM": keras.layers.LSTM, "minLSTM": MinLSTM,
          "linear attention": LinearAttention}
SIZES = [(7, 13), (64, 64)]       # Huet's, and a usual one


def by_keras(name, m, u):
    """Return how many parameters Keras counts in such a layer."""
    layer = LAYERS[name](u)
    layer.build((1, 3, m))
    return layer.count_params()


def values():
    """Return the values that the page quotes, by name."""
    counts = {name.replace(" ", "_"): [count(*size) for size in SIZES]
              for name, count in COUNTS.items()}
    return {
        **counts,
        "same": all(count(*size) == by_keras(name, *size)
                    for name, count in COUNTS.items() for size in SIZES),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# counts")
    print("                  m = 7, u = 13   m = u = 64")
    for name in COUNTS:
        small, usual = v[name.replace(" ", "_")]
        print(f"{name:17} {small:13} {usual:12}")
    print("the same by Keras:", v["same"])


if __name__ == "__main__":
    main()

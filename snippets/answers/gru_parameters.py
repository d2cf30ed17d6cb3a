"""Answers: why two counts of a GRU's parameters differ.

Run `python -m snippets.answers.gru_parameters` for its output.
"""

# --8<-- [start:program]
import keras

def count(m, u, **options):
    """Return the number of parameters of a GRU of u units on m inputs."""
    layer = keras.layers.GRU(u, **options)
    layer.build((None, None, m))
    return layer.count_params()

today = count(4, 5)                      # 3 * (4 * 5 + 5 * 5 + 2 * 5)
before = count(4, 5, reset_after=False)  # 3 * (4 * 5 + 5 * 5 + 5)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"today": today, "before": before, "more": today - before}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("today ", v["today"])
    print("before", v["before"])


if __name__ == "__main__":
    main()

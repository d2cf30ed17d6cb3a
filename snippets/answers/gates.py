"""Answers: what is left of a gradient behind many forget gates.

Run `python -m snippets.answers.gates` for the output of the page.
"""

# --8<-- [start:program]
import numpy as np

STEPS = 41
bias = np.array([0.0, 1.0, 5.0])          # of the forget gate
gate = 1 / (1 + np.exp(-bias))            # in a new layer, or nearly so
left = gate**STEPS                        # of a gradient, from cell to cell
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"gate": gate, "left": left, "left_log": np.log10(left)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("bias  gate   left")
    for row in zip(bias, v["gate"], 10**v["left_log"]):
        print("{:4.0f}  {:.3f}  {:.1e}".format(*row))


if __name__ == "__main__":
    main()

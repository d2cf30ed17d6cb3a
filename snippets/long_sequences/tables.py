"""Long sequences: what diag does, and how much a table can stretch a vector.

Run `python -m snippets.long_sequences.tables` for the output of the page.
"""

import numpy as np

slopes = np.array([0.5, 2.0])
A = np.array([[1.0, 2.0],
              [3.0, 4.0]])

# --8<-- [start:norm]
stretch = np.array([[3.0, 0.0],
                    [0.0, 0.5]])
turn = np.array([[0.8, -0.6],
                 [0.6, 0.8]])
# --8<-- [end:norm]

v = np.array([0.8, 0.6])                               # its length is 1


def length(vector):
    """Return the length of a vector: the root of the sum of its squares."""
    return np.sqrt(np.sum(vector ** 2))


def values():
    """Return the values that the page quotes, by name."""
    angles = np.linspace(0, np.pi, 100_000)
    circle = np.array([np.cos(angles), np.sin(angles)])  # vectors of length 1
    return {
        "diag": np.diag(slopes) @ A,
        "v_length": length(v),
        "stretched": stretch @ v, "stretched_length": length(stretch @ v),
        "turned": turn @ v, "turned_length": length(turn @ v),
        "most": np.linalg.norm(stretch @ circle, axis=0).max(),
        "norms": np.array([np.linalg.norm(T, 2) for T in (stretch, turn)]),
    }


def main():
    """Print what the two tables make of the vector, and their norms."""
    v_ = values()
    np.set_printoptions(formatter={"float": "{:z.4g}".format})
    print("# norm")
    for name, norm in zip(("stretch", "turn"), v_["norms"]):
        of = {"stretch": "stretched", "turn": "turned"}[name]
        print(f"{name:8} {str(v_[of]):12} length {v_[of + '_length']:.4f}"
              f"   norm {norm:.4f}")


if __name__ == "__main__":
    main()

"""A selective state space: one that does not select, and one as a gate.

Run `python -m snippets.selective_state_space.fixed` for the page's output.
Sources: Gu et al. (2021), https://arxiv.org/abs/2111.00396; Gu and Dao (2023),
https://arxiv.org/abs/2312.00752.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.selective import selective
from snippets.selective_state_space.miniature import A, D, parts
from snippets.selective_state_space.miniature import x as x_mini

# --8<-- [start:fixed]
x = x_mini[0, :, 0]                                      # (T,)
delta, B, C = 0.5, np.array([1.0, -0.5]), np.array([1.0, 0.5])


def fixed(x):
    """Return y (T,) for x (T,): at each step the same delta, B and C."""
    T = len(x)
    times, writes, reads = (np.tile(part, (1, T, 1)) for part in (delta, B, C))
    v = x[None, :, None]                                 # (N, T, u)
    return selective(v, times, writes, reads, A, 0 * D)[2][0, :, 0]


def kernel(T):
    """Return what one input of 1 leaves in the outputs: (T,)."""
    kept = np.exp(delta * A[0])                          # (d,)
    return np.array([C @ (kept**age * delta * B) for age in range(T)])
# --8<-- [end:fixed]


# --8<-- [start:alone]
def alone(x, answer):
    """Return the sum of what each input gives without the others, (T,)."""
    steps = np.arange(len(x))
    return sum(answer(np.where(steps == t, x, 0)) for t in steps)
# --8<-- [end:alone]


def selected(x):
    """Return y (T,) of the selective miniature, without its D."""
    v, times, writes, reads = parts(x[None, :, None])
    return selective(v, times, writes, reads, A, 0 * D)[2][0, :, 0]


# --8<-- [start:gate]
def held(delta, A):
    """Return what zero-order hold writes, where the short form has delta."""
    return (np.exp(delta * A) - 1) / A


def held_states(a, x):
    """Return h (T,) with A = -1, B = 1 and zero-order hold."""
    h, states = 0.0, []
    for delta, x_t in zip(np.log1p(np.exp(a)), x):
        h = np.exp(-delta) * h + held(delta, -1) * x_t
        states.append(h)
    return np.array(states)


def gated_states(a, x):
    """Return h (T,) of one gate that keeps: z = sigmoid(-a)."""
    h, states = 0.0, []
    for z, x_t in zip(sigmoid(-a), x):
        h = z * h + (1 - z) * x_t
        states.append(h)
    return np.array(states)
# --8<-- [end:gate]


def values():
    """Return the values that the page quotes, by name."""
    a = x + 0.5                                          # the miniature's sum
    step = np.log1p(np.exp(a))                           # its delta
    many = np.random.default_rng(3).normal(size=(2, 1000))
    apart = held_states(*many) - gated_states(*many)
    return {
        "share": np.exp(delta * A[0]), "y": fixed(x), "kernel": kernel(3),
        "convolved": np.convolve(x, kernel(3))[:3],
        "alone": alone(x, fixed), "doubled": fixed(2 * x),
        "selected": selected(x), "selected_alone": alone(x, selected),
        "selected_doubled": selected(2 * x),
        "short": step, "held": held(step, -1), "z": sigmoid(-a),
        "gate_h": gated_states(a, x), "held_h": held_states(a, x),
        "many": many[0].size, "gates_apart": np.abs(apart).max(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "convolution": ("the same numbers",
                        np.allclose(v["y"], v["convolved"], atol=1e-15)
                        and np.allclose(v["y"], v["alone"], atol=1e-15)),
        "gate": ("the same states", v["gates_apart"] < 1e-12),
        "double": ("the outputs double",
                   np.allclose(v["doubled"], 2 * v["y"], atol=1e-15)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# fixed")
    for name in ("y", "convolved", "alone", "selected", "selected_alone"):
        print(f"{name:15}", *(f"{number:z8.4f}" for number in v[name]))


if __name__ == "__main__":
    main()

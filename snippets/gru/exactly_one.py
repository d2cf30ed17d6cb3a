"""Part E, exactly one 1: the same weights, two conventions, two functions.

Run `python -m snippets.gru.exactly_one` for the outputs that the page shows.
A bit string is read bit by bit: x is 0 or 1, so m = 1. The weights are set
by hand, so large that each gate is (nearly) 0 or 1 and each state -1, 0 or 1.
"""

from itertools import product

import numpy as np

from snippets.layers.gru import gru, gru_step, gru_step_reset_before

# --8<-- [start:one_unit]
# At least one 1: a 0 keeps the state (z = 1), a 1 takes the candidate (z = 0).
at_least_one = (np.array([[-20.0, 0, 0]]),   # W (m, 3u) = (1, 3): z, r, h
                np.zeros((1, 3)),            # U (u, 3u)
                np.array([10.0, 10, 5]))     # b (3u,): the candidate is 1

# At least one 0: the same with the bits exchanged. No 0 means all are 1.
any_zero = (np.array([[20.0, 0, 0]]),
            np.zeros((1, 3)),
            np.array([-10.0, 10, 5]))
# --8<-- [end:one_unit]

# --8<-- [start:exactly_one]
# Unit 0 notes that a 1 was seen. Unit 1 holds the answer: 1 yes, -1 no.
#              z0    z1   r0   r1  h0    h1
W = np.array([[0.0,   0,   0, -20,  6,    6]])   # (m, 3u) = (1, 6)
U = np.array([[0.0,   0,   0,   0,  6,   -6],    # from the note
              [0.0,   0,   0,   0,  0,   12]])   # from the answer
b = np.array([-10.0, -10, 10,  10,  0,   -3])    # (3u,)
# --8<-- [end:exactly_one]


# --8<-- [start:read]
def read(strings, W, U, b, reset_after):
    """Return all states (N, T, u) of reading bit strings (N, T)."""
    x = np.array(strings, float)[..., None]          # (N, T, m), m = 1
    if reset_after:
        b = np.stack([b, 0 * b])                     # (2, 3u): no second bias
    step = gru_step if reset_after else gru_step_reset_before
    return gru(x, W, U, b, step=step)[3]             # (N, T, u)
# --8<-- [end:read]


# --8<-- [start:answers]
def answers(question, strings, reset_after):
    """Return the network's answer (N,), true or false, to each string."""
    if question == "all":
        return read(strings, *any_zero, reset_after)[:, -1, 0] < 0.5
    if question == "any":
        return read(strings, *at_least_one, reset_after)[:, -1, 0] > 0.5
    return read(strings, W, U, b, reset_after)[:, -1, 1] > 0
# --8<-- [end:answers]


# --8<-- [start:count]
def count_right(question, T, reset_after):
    """Return how many of the 2**T strings of T bits are answered rightly."""
    strings = list(product([0, 1], repeat=T))        # all of them
    ones = np.sum(strings, axis=1)                   # (N,)
    truth = {"all": ones == T, "any": ones > 0, "one": ones == 1}
    return np.sum(answers(question, strings, reset_after) == truth[question])
# --8<-- [end:count]


LENGTHS = range(1, 7)


def values():
    """Return the values that the page quotes, by name."""
    right = {f"{question}_{'after' if after else 'before'}":
             np.array([count_right(question, T, after) for T in LENGTHS])
             for question in ("all", "any", "one") for after in (False, True)}
    strings = np.array([2 ** T for T in LENGTHS])
    example = [[1, 0, 1]]
    return {
        **right,
        **{f"sum_{name}": count.sum() for name, count in right.items()},
        "strings": strings,
        "sum_strings": strings.sum(),
        # The sums for the answer at a 1 (its gate shut) and at a 0 (open).
        "one_first": W[0, 5] + b[5],
        "one_again": W[0, 5] + U[0, 5] + b[5],
        "zero_yes": U[0, 5] + U[1, 5] + b[5],
        "zero_no": U[0, 5] - U[1, 5] + b[5],
        "zero_start": -U[1, 5] + b[5],
        "wrong": strings.sum() - right["one_after"].sum(),
        "before_h": read(example, W, U, b, False)[0],   # (T, u) = (3, 2)
        "after_h": read(example, W, U, b, True)[0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    yes = bool(v["one_first"] > 0 and v["zero_yes"] > 0)
    no = max(v["one_again"], v["zero_no"], v["zero_start"]) < 0
    return {
        "signs": ("Each sum has the sign of the right answer", yes and bool(no)),
        "at_least": ("every string with two 1s or more",
                     v["one_after"].tolist() == [1 + T for T in LENGTHS]),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# counts")
    print("length            ", *(f"{T:3}" for T in LENGTHS), "   all")
    print("strings           ", *(f"{n:3}" for n in v["strings"]),
          f"   {v['sum_strings']:3}")
    for question in ("all", "any", "one"):
        for when in ("before", "after"):
            name = f"{question}_{when}"
            print(f"{question}, reset {when:6} ",
                  *(f"{n:3}" for n in v[name]), f"   {v['sum_' + name]:3}")
    print("# example")
    for when in ("before", "after"):
        print(f"reset {when}: note and answer after 1, 0, 1")
        for note, answer in v[f"{when}_h"]:
            print(f"  {note:z7.4f}  {answer:z7.4f}")


if __name__ == "__main__":
    main()

# ---
# title: A cell that counts
# date: 2026-11-29
# description: An LSTM of two units counts a's and b's. A counter found, measured, and followed to where it breaks.
# tags: [LSTM, cell state, counting, correlation]
# given: [three a's and three b's, ten a's and ten b's ×2, 95 % interval]
# ---

# %% [markdown]
# # A cell that counts
#
# At the end of this page you can find a counter in the cell of an LSTM, say how straight it counts, and see where it breaks.
#
# An LSTM of two units learned from strings such as aaabbb, with at most [ten]{data-v="what_the_state_remembers.count.learned"} a's. Given
# [37]{data-v="what_the_state_remembers.count.reach"} a's, it says "end" after exactly as many b's. Given
# [38]{data-v="what_the_state_remembers.count.too_far"}, it says so one b too early. Why then, and why not sooner?
#
# !!! abstract "In short"
#     In: n times a, then n times b, one-hot, (N, T, 2). Out: what comes next, a, b or the end, (N, T, 3).
#
#     A counter keeps and adds: $c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t$, with $f_t$ near 1.
#
#     An LSTM has $4\,(m u + u^2 + u)$ parameters.
#
#     The trap: a small difference between up and down adds up, and long strings are wrong.
#
# ## Strings of a and b
#
# Some tasks need a number, not a symbol. Take strings of n times a, then n times b, then the end. After the first b everything is determined,
# but only for one who has counted the a's. Gers and Schmidhuber showed in 2001 that an LSTM learns to count.
#
# ```python title="snippets/what_the_state_remembers/count.py"
# --8<-- "what_the_state_remembers/count.py:string"
# ```
#
# The network is an LSTM of two units, [Part D's](../posts/lstm.md#two-states-and-three-gates) layer. It sees n = 1 to [10]{data-v="what_the_state_remembers.count.learned"}, [a thousand]{data-v="what_the_state_remembers.count.repeats"} times. Then it is judged from the first b on: it must say b until the b's are as many as the
# a's, and the end exactly then.
#
# ```python title="snippets/what_the_state_remembers/count.py"
# --8<-- "what_the_state_remembers/count.py:train"
# ```
#
# ```python title="snippets/what_the_state_remembers/count.py"
# --8<-- "what_the_state_remembers/count.py:judge"
# ```
#
# A string of three a's and three b's, row by row, with what comes next (0 is a, 1 is b, 2 is the end):

# %%
import numpy as np

from snippets.what_the_state_remembers.count import (
    a_then_b, cells_and_answers, correlation, counter_weights, depths, reach,
    right,
)

x, y, _ = a_then_b(3)                            # (T, 2) = (6, 2), and (6,)
for row, following in zip(x, y):
    print(row, following)

# %% [markdown]
# One of the trained networks is recorded. Does it answer rightly from the first b on?

# %%
weights = counter_weights()                      # W, U, b, W_y, b_y
_, answers = cells_and_answers(3, weights)       # (6,)
print("answers", answers, "right:", right(3, weights))

# %% [markdown]
# ## The cell goes up and down

# %%
c, answers = cells_and_answers(10, weights)      # (2n, u) = (20, 2), (20,)
for t in (0, 1, 4, 9, 10, 14, 18, 19):
    print(f"t = {t:2}  a's - b's = {depths(10)[t]:2}"
          f"  cells {c[t, 0]:5.1f} {c[t, 1]:5.1f}")

# %% [markdown]
# ![The two cells over ten a's and ten b's.](../diagrams/what-the-state-remembers/count-cells.svg)
#
# The cell of unit 0 goes up by about the same amount with each a, and down by about the same amount with each b. Near zero the string is
# over. It is a counter. Its gates at the fifth a:

# %%
from snippets.layers.lstm import lstm

i, f, c_new, o, _, _ = lstm(a_then_b(10)[0][None], *weights[:3])[:, 0, 4]
print(f"f {f[0]:.2f}   i {i[0]:.2f}   candidate {c_new[0]:.2f}")  # unit 0
print(f"adds {i[0] * c_new[0]:.2f}")

# %% [markdown]
# With $f =$ [0.99]{data-v="what_the_state_remembers.count.gates[1]"} it keeps nearly everything. What it adds is the product of
# $i =$ [0.81]{data-v="what_the_state_remembers.count.gates[0]"} and the candidate
# $\tilde{c} =$ [0.91]{data-v="what_the_state_remembers.count.gates[2]"}. A state that goes through a tanh at each step could not do that: it
# cannot grow beyond 1.
#
# ## How straight?
#
# The **correlation** is 1 or −1 if two rows of numbers lie exactly on a line, and near 0 if they have nothing to do
# with each other.
#
# ```python title="snippets/what_the_state_remembers/count.py"
# --8<-- "what_the_state_remembers/count.py:correlation"
# ```

# %%
cells = np.concatenate([cells_and_answers(n, weights)[0]
                        for n in range(1, 11)])  # (P, 2)
depth = np.concatenate([depths(n) for n in range(1, 11)])  # (P,)
for unit in (0, 1):
    print(f"cell of unit {unit}: {correlation(cells[:, unit], depth):.3f}")

# %% [markdown]
# Over all strings up to n = [10]{data-v="what_the_state_remembers.count.learned"}, the cell of unit 0 and the number of a's minus b's have a correlation of
# [0.998]{data-v="what_the_state_remembers.count.correlation[0]"}. The cell of unit 1 has
# [0.31]{data-v="what_the_state_remembers.count.correlation[1]"}.
#
# ## Where it breaks
#
# The network never saw a longer string. How far does the counter reach?

# %%
print("right up to n =", reach(weights))
print("  n  cell after a's  before last b  right")
for n in (5, 10, 20, 30, 36, 37, 38, 40):
    c, _ = cells_and_answers(n, weights)         # (2n, 2)
    print(f"{n:3} {c[n - 1, 0]:15.2f} {c[2 * n - 2, 0]:14.2f}"
          f"  {right(n, weights)}")

# %% [markdown]
# It is right up to n = [37]{data-v="what_the_state_remembers.count.reach"}, [almost four times as far as it was trained]{data-v="what_the_state_remembers.count.far"}.
# Then it says "end" one b too early. The reason stands in the third column. An a adds [0.714]{data-v="what_the_state_remembers.count.up"} on average, a b takes
# [0.734]{data-v="what_the_state_remembers.count.down"}. The difference is small, but it adds up, and at n = [38]{data-v="what_the_state_remembers.count.too_far"} the cell is below
# zero too soon. Nothing in the training asked for more than [ten]{data-v="what_the_state_remembers.count.learned"}.
#
# ## And the other seeds
#
# | seed | right up to n | best correlation of a cell |
# |---|---|---|
# | 1 | [37]{data-v="what_the_state_remembers.count.reaches[0]"} | [0.998]{data-v="what_the_state_remembers.count.correlations[0]"} |
# | 2 | [12]{data-v="what_the_state_remembers.count.reaches[1]"} | [0.772]{data-v="what_the_state_remembers.count.correlations[1]"} |
# | 3 | [20]{data-v="what_the_state_remembers.count.reaches[2]"} | [1.000]{data-v="what_the_state_remembers.count.correlations[2]"} |
# | 4 | [12]{data-v="what_the_state_remembers.count.reaches[3]"} | [0.998]{data-v="what_the_state_remembers.count.correlations[3]"} |
# | 5 | [15]{data-v="what_the_state_remembers.count.reaches[4]"} | [0.626]{data-v="what_the_state_remembers.count.correlations[4]"} |
# | 6 | [10]{data-v="what_the_state_remembers.count.reaches[5]"} | [0.735]{data-v="what_the_state_remembers.count.correlations[5]"} |
# | 7 | [13]{data-v="what_the_state_remembers.count.reaches[6]"} | [0.999]{data-v="what_the_state_remembers.count.correlations[6]"} |
# | 8 | [15]{data-v="what_the_state_remembers.count.reaches[7]"} | [0.999]{data-v="what_the_state_remembers.count.correlations[7]"} |
#
# [All eight solve the task they were trained on]{data-v="what_the_state_remembers.count.solved"}. [Five]{data-v="what_the_state_remembers.count.straight"} have a cell that counts up and down in a
# straight line (a 95 % interval for such trainings: [31]{data-v="what_the_state_remembers.count.straight_interval[0]"} to [86]{data-v="what_the_state_remembers.count.straight_interval[1]"} percent). In the
# other [three]{data-v="what_the_state_remembers.count.not_straight"} no single cell follows the number; the two must hold it together. The task asks for a count, not for a counter. And a straight counter is no promise: with seed 4
# it reaches [12]{data-v="what_the_state_remembers.count.reaches[3]"}, [no further than with seed 2]{data-v="what_the_state_remembers.count.no_promise"}, where there is none.
#
# ## If your numbers differ
#
# - **You trained anew.** Another processor trains to other weights, and what is unit 0 here may be unit 1 with you. Compare what the page *says*,
#   not the digits.
#
# ## Exercises
#
# **1.** A cell adds 1 at each step, and its forget gate is [0.98]{data-v="what_the_state_remembers.count.forget"}. What does it hold after [20]{data-v="what_the_state_remembers.count.steps"} steps, and where does it end?
#
# ??? success "Answer"
#     After n steps it holds $(1 - \data{v=what_the_state_remembers.count.forget}{0.98}^n) / \data{v=what_the_state_remembers.count.lost}{0.02}$. For n = [20]{data-v="what_the_state_remembers.count.steps"} that is [16.6]{data-v="what_the_state_remembers.count.leaky[0]"} instead of [20]{data-v="what_the_state_remembers.count.steps"}, and it
#     never exceeds [50]{data-v="what_the_state_remembers.count.leaky[1]"}. A counter needs a forget gate very close to 1.
#
# ## Sources
#
# - F. A. Gers and J. Schmidhuber, [*LSTM recurrent networks learn simple context-free and context-sensitive languages*](https://doi.org/10.1109/72.963769) (2001): counting cells.
# - Ken Perry, [the recurrent-networks notebooks of his machine-learning course](https://github.com/kenperry-public): units as counters.

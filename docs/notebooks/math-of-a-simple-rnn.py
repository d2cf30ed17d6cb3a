# ---
# title: The math of a simple RNN
# date: {created: 2026-11-22, updated: 2026-11-29}
# description: One recurrent unit, three steps, five parameters. Model, weights, prediction, and the same by hand.
# tags: [SimpleRNN, Dense, tanh]
# given: [five parameters of, three are the, three steps ×7, Five parameters ×2, twenty seeds, His notebook printed .5746256, three years older,
#   32-bit, seven digits, 64-bit numbers, "below, carry about sixteen", eight decimals they, Three steps from ×2, three times, Four sequences,
#   same divided by ten, ten times smaller ×3, five printed ones, Three numbers in]
# aliases: [notebooks/math-of-a-simple-rnn/]
# ---

# %% [markdown]
# # The math of a simple RNN
#
# At the end of this page you can take the five parameters of the smallest recurrent network and compute its prediction by hand, digit
# for digit. You will also see why its recurrent weight can only be 1 or −1 at the start, and what happens when a state is *saturated*.
#
# This page is a notebook: every output on it was computed while the site was built.
#
# A unit reads 1, then 2, then 3. It holds one number, which changes at each step, and ends with
# [0.997713]{data-v="math_of_a_simple_rnn.miniature.h[2]"}:
#
# ![One unit at three steps, from left to right. Solid arrows multiply by a weight W, dashed ones by U, and the dashed and dotted one by the output's own weight.](../diagrams/math-of-a-simple-rnn/unrolled.svg)
#
# Another time it reads 2, then 1, then 3. The last number is the same, but the unit ends with
# [0.999219]{data-v="math_of_a_simple_rnn.miniature.h_exchanged[2]"}: [it has kept something of what came before]{data-v="math_of_a_simple_rnn.miniature.kept"}. The arrows
# from left to right carried it.
#
# How well does it keep a single 1? Let it read a 1 and then zeros, which bring nothing in. It holds [0.8957]{data-v="math_of_a_simple_rnn.miniature.h_pulse[0]"}, then
# [−0.7142]{data-v="math_of_a_simple_rnn.miniature.h_pulse[1]"}, then [0.6133]{data-v="math_of_a_simple_rnn.miniature.h_pulse[2]"}. What is left of the 1
# [becomes smaller from step to step, and its sign flips]{data-v="math_of_a_simple_rnn.miniature.fades"}, but it is still there.
#
# !!! abstract "In short"
#
#     - In come N sequences of T numbers, (N, T, 1). Out comes one number for each, (N, 1).
#     - $h_t = \tanh(x_t W + h_{t-1} U + b)$, from $h_{-1} = 0$ on, and $y = h_{T-1} W_y + b_y$.
#     - It has [5]{data-v="math_of_a_simple_rnn.miniature.parameters"} parameters, $W$, $U$, $b$, $W_y$ and $b_y$, whatever T is.
#     - The trap: $W$ and $U$ have one shape here, so nothing warns you if you swap them.
#
# ## One unit that remembers
#
# The layer of [Part A](../posts/time-distributed.md) looked at each time step alone. A **recurrent** layer carries something from one
# step to the next: its **state** or *hidden state*, a row of numbers called $h_t$. At step $t$ it reads the input $x_t$ and the state before it,
# $h_{t-1}$, and makes the new state:
#
# $$
# h_t = \tanh(x_t W + h_{t-1} U + b)
# $$
#
# $W$ is the **kernel**: it weighs the input. $U$ is the **recurrent kernel**: it weighs the state before. $b$ is the bias. All three are the
# same at every step. The function tanh, the *hyperbolic tangent*, squashes any number into the range from −1 to 1.
#
# Before the first step there is nothing to remember, so the state starts at zero: $h_{-1} = 0$.
#
# Here the input is a sequence of $T = 3$ numbers, and the layer has a single unit, so every symbol is one number. Written out:
#
# $$
# \begin{aligned}
# h_0 &= \tanh(x_0 W + b) \\
# h_1 &= \tanh(x_1 W + h_0 U + b) \\
# h_2 &= \tanh(x_2 W + h_1 U + b)
# \end{aligned}
# $$
#
# A dense layer without a function turns the last state into the output. Its weight is called $W_y$, its bias $b_y$:
#
# $$
# y = h_2 W_y + b_y
# $$
#
# The drawing at the top has all of it.

# %% [markdown]
# ## The model in Keras
#
# Five parameters: $W$, $U$ and $b$ in the recurrent layer, $W_y$ and $b_y$ in the output layer.
#
# ```python title="snippets/math_of_a_simple_rnn/miniature.py"
# --8<-- "math_of_a_simple_rnn/miniature.py:model"
# ```

# %%
import numpy as np

from snippets.math_of_a_simple_rnn.miniature import build_model

model = build_model()
model.summary(line_length=60, print_fn=print)

# %% [markdown]
# `SimpleRNN(1)` returns the last state only, so the dense layer sees one number per sample. The count agrees:
# [5]{data-v="math_of_a_simple_rnn.miniature.parameters"} parameters.
#
# ## The weights before training
#
# A Keras layer has weights from the moment it is *built*, which `keras.Input` makes happen at once. Compiling is not needed for it,
# nor is training.

# %%
for name, weight in zip(["W", "U", "b", "W_y", "b_y"], model.get_weights()):
    print(f"{name:4} {weight.shape}")

# %% [markdown]
# The two kernels are drawn at random between −[1.7321]{data-v="math_of_a_simple_rnn.miniature.limit"} and
# [1.7321]{data-v="math_of_a_simple_rnn.miniature.limit"}. (The limit of the *Glorot uniform* initialiser is $\sqrt{6 / (m + u)}$, here the square
# root of 3.) The biases are zero. The recurrent kernel is special. Here are its first values for twenty seeds:

# %%
import keras

draws = [keras.initializers.Orthogonal(seed=seed)((1, 1)) for seed in range(20)]
print([round(float(U[0, 0]), 6) for U in draws])

# %% [markdown]
# It is always 1 or −1. Keras draws the recurrent kernel as an **orthogonal** matrix: its rows have length 1 and are at right angles to
# each other, so that multiplying by it neither stretches nor shrinks a state. A matrix with one row and one column has length 1 only if
# its single number is 1 or −1.
#
# ## Fixed weights
#
# To compare digits we all need the same weights. These were drawn, and printed, in a notebook by Suryasatriya Trihandaru in 2023. His
# recurrent weight came out as −1.
#
# ```python title="snippets/math_of_a_simple_rnn/miniature.py"
# --8<-- "math_of_a_simple_rnn/miniature.py:weights"
# ```

# %%
from snippets.math_of_a_simple_rnn.miniature import W, U, W_y, b, b_y, x

model.set_weights([W, U, b, W_y, b_y])
y_keras = model.predict(x[None], verbose=0)  # (N, T, m) = (1, 3, 1) to (N, 1)
print(f"{y_keras[0, 0]:.7f}")

# %% [markdown]
# His notebook printed .5746256, on another machine, with a Keras three years older. The digits are the same. Keras computes with 32-bit
# numbers, which carry about seven digits. The 64-bit numbers of NumPy, below, carry about sixteen; to eight decimals they give
# [0.57462565]{data-v="math_of_a_simple_rnn.miniature.y"}.
#
# ## By hand, step by step
#
# Let $z_t$ be the sum inside the tanh. At step 0 the input is 1 and there is no state yet:

# %%
z_0 = 1 * 1.4501959 + 0 * -1 + 0
h_0 = np.tanh(z_0)
print(f"z_0 = {z_0:.6f}   h_0 = {h_0:.6f}")

# %% [markdown]
# At step 1 the input is 2, and the state [0.895732]{data-v="math_of_a_simple_rnn.miniature.h[0]"} comes back with the weight −1:

# %%
z_1 = 2 * 1.4501959 + h_0 * -1 + 0
h_1 = np.tanh(z_1)
print(f"z_1 = {z_1:.6f}   h_1 = {h_1:.6f}")

# %% [markdown]
# At step 2 the input is 3:

# %%
z_2 = 3 * 1.4501959 + h_1 * -1 + 0
h_2 = np.tanh(z_2)
print(f"z_2 = {z_2:.6f}   h_2 = {h_2:.6f}")

# %% [markdown]
# The output is the last state times $W_y$:

# %%
y = h_2 * 0.5759429 + 0
print(f"y   = {y:.8f}")

# %% [markdown]
# Every number at a glance. The last row says what the output would be, if the sequence ended at that step; the model gives only the last of
# them.
#
# The buttons lead from part to part. Press a number to see which numbers made it, or change one and watch what follows.
# { .js-only }
#
# /// html | cell-explorer#explorer[cell="simple_rnn_linear"][digits="6"]
#
# ![Every number of the three steps. Below tanh stands the input times W, where the dashed arrow arrives the state times U, above tanh the sum.](../diagrams/math-of-a-simple-rnn/miniature.svg)
#
# --8<-- "explorer.html"
#
# | quantity | t = 0 | t = 1 | t = 2 |
# |---|---|---|---|
# | input $x_t$ | 1 | 2 | 3 |
# | $x_t W$ | [1.450196]{data-v="math_of_a_simple_rnn.miniature.xW[0]"} | [2.900392]{data-v="math_of_a_simple_rnn.miniature.xW[1]"} | [4.350588]{data-v="math_of_a_simple_rnn.miniature.xW[2]"} |
# | $h_{t-1} U$ | [0.000000]{data-v="math_of_a_simple_rnn.miniature.hU[0]"} | [−0.895732]{data-v="math_of_a_simple_rnn.miniature.hU[1]"} | [−0.964355]{data-v="math_of_a_simple_rnn.miniature.hU[2]"} |
# | $z_t$ | [1.450196]{data-v="math_of_a_simple_rnn.miniature.z[0]"} | [2.004660]{data-v="math_of_a_simple_rnn.miniature.z[1]"} | [3.386232]{data-v="math_of_a_simple_rnn.miniature.z[2]"} |
# | $h_t = \tanh(z_t)$ | [0.895732]{data-v="math_of_a_simple_rnn.miniature.h[0]"} | [0.964355]{data-v="math_of_a_simple_rnn.miniature.h[1]"} | [0.997713]{data-v="math_of_a_simple_rnn.miniature.h[2]"} |
# | $h_t W_y + b_y$ | [0.515890]{data-v="math_of_a_simple_rnn.miniature.y_at[0]"} | [0.555414]{data-v="math_of_a_simple_rnn.miniature.y_at[1]"} | [0.574626]{data-v="math_of_a_simple_rnn.miniature.y_at[2]"} |
#
# ///
#
# ## The same as a loop
#
# The three steps are one step, done three times. As a function it is two lines, and it works for rows of numbers too:
#
# ```python title="snippets/layers/simple_rnn.py"
# --8<-- "layers/simple_rnn.py:step"
# ```
#
# The loop carries the state along:

# %%
from snippets.layers.simple_rnn import simple_rnn_step

h = np.zeros(1)  # (u,)
for t in range(3):
    z, h = simple_rnn_step(x[t], h, W, U, b)  # (u,)
    print(f"t = {t}   h = {h[0]:.6f}")
print(f"y = {(h @ W_y + b_y)[0]:.8f}")

# %% [markdown]
# ## A whole batch at once
#
# Nothing in the step cares how many sequences there are. Give it an array of shape (N, m) instead of (m,), and it computes all N states
# side by side. The time steps still come one after the other: that loop cannot be avoided, because each state needs the one before.
#
# ```python title="snippets/layers/simple_rnn.py"
# --8<-- "layers/simple_rnn.py:loop"
# ```
#
# Four sequences: the one above, the same divided by ten, the same with 1 and 2 exchanged, and one of zeros.

# %%
from snippets.layers.simple_rnn import simple_rnn

batch = np.stack([x, x / 10, x[[1, 0, 2]], 0 * x])  # (N, T, m) = (4, 3, 1)
states = simple_rnn(batch, W, U, b)  # (N, T, u) = (4, 3, 1)
outputs = states[:, -1] @ W_y + b_y  # (N, 1)
for sequence, state, output in zip(batch, states, outputs):
    numbers = "  ".join(f"{h:.6f}" for h in state[:, 0])
    print(f"{str(sequence[:, 0]):15} h = {numbers}   y = {output[0]:.6f}")

largest = np.abs(outputs - model.predict(batch, verbose=0)).max()
print("the same as Keras:", largest < 1e-6)

# %% [markdown]
# The first and the third sequence hold the same numbers in another order, and both end with 3. [Their outputs differ]{data-v="math_of_a_simple_rnn.miniature.differ"}:
# [0.574626]{data-v="math_of_a_simple_rnn.miniature.y"} and [0.575493]{data-v="math_of_a_simple_rnn.miniature.y_exchanged"}. The layer of Part A would answer
# the last step of both alike, since it sees nothing but the 3. This one tells them apart, because its state depends on what came before.
#
# ## What saturates
#
# The states [come nearer to 1 from step to step]{data-v="math_of_a_simple_rnn.miniature.nearer"}. The tanh is nearly flat there: a state of [0.997713]{data-v="math_of_a_simple_rnn.miniature.h[2]"} stays almost
# the same if its sum grows. One says the unit is **saturated**. How flat the tanh is can be computed from the state itself: its slope is
#
# $$
# \tanh'(z_t) = 1 - h_t^2
# $$
#
# Move the sum of step 1 a little and see how far the state moves: the difference, divided by the move, comes close to it.

# %%
move = 0.0001
print(f"by a difference: {(np.tanh(z_1 + move) - np.tanh(z_1)) / move:.6f}")
print(f"by the formula:  {1 - h_1**2:.6f}")

# %% [markdown]
# The slopes of all steps, and those for inputs ten times smaller:
#
# | step t | state $h_t$ | its slope | state, inputs ten times smaller | its slope |
# |---|---|---|---|---|
# | 0 | [0.895732]{data-v="math_of_a_simple_rnn.miniature.h[0]"} | [0.197665]{data-v="math_of_a_simple_rnn.miniature.slope[0]"} | [0.144011]{data-v="math_of_a_simple_rnn.miniature.h_scaled[0]"} | [0.979261]{data-v="math_of_a_simple_rnn.miniature.slope_scaled[0]"} |
# | 1 | [0.964355]{data-v="math_of_a_simple_rnn.miniature.h[1]"} | [0.070019]{data-v="math_of_a_simple_rnn.miniature.slope[1]"} | [0.144999]{data-v="math_of_a_simple_rnn.miniature.h_scaled[1]"} | [0.978975]{data-v="math_of_a_simple_rnn.miniature.slope_scaled[1]"} |
# | 2 | [0.997713]{data-v="math_of_a_simple_rnn.miniature.h[2]"} | [0.004569]{data-v="math_of_a_simple_rnn.miniature.slope[2]"} | [0.282190]{data-v="math_of_a_simple_rnn.miniature.h_scaled[2]"} | [0.920369]{data-v="math_of_a_simple_rnn.miniature.slope_scaled[2]"} |
#
# With the slopes beside the states, the whole computation reads like this:
#
# ```text title="python -m snippets.math_of_a_simple_rnn.miniature"
# --8<-- "math_of_a_simple_rnn/miniature.txt:by_hand"
# ```
#
# This matters for training. A change of a weight reaches the output through these slopes, multiplied with each other, step after step.
# With a slope of [0.004569]{data-v="math_of_a_simple_rnn.miniature.slope[2]"} at the last step, hardly anything of it arrives. With inputs ten times
# smaller [each slope is above 0.9]{data-v="math_of_a_simple_rnn.miniature.steep"}, which is one reason for scaling the data before training.
#
# ## If your numbers differ
#
# [Your own layer](../reference/your-own-layer.md?example=math-of-a-simple-rnn) opens with this model: enter your weights and your
# result, and it says why your result is different. [Start here when your numbers differ](../reference/when-your-numbers-differ.md) says in which order to search.
#
# - **Your weights are different.** They are drawn anew for each model. Put in the five printed ones with `set_weights`, in the order $W$, $U$,
#   $b$, $W_y$, $b_y$.
# - **The activation.** The default of `SimpleRNN` is tanh. With the sigmoid in its place the last state would be near
#   [0.97]{data-v="math_of_a_simple_rnn.miniature.h_sigmoid"}, not [0.998]{data-v="math_of_a_simple_rnn.miniature.h[2]"}.
# - **The sign of $U$.** With 1 instead of −1 the output is [0.5759169]{data-v="math_of_a_simple_rnn.miniature.y_flipped"}.
# - **The shape of the input.** The model wants (N, T, m). Three numbers in a row are not enough: `x[None]` has shape (1, 3, 1).
# - **The names.** The notebook of 2023 writes $U$ for the kernel, $V$ for the recurrent kernel and $W$ for the output's weight. The
#   [notation page](../reference/notation.md#the-same-in-other-texts) translates.
#
# ## Exercises
#
# **1.** How many parameters has the model with u = 4 units instead of one?
#
# ??? success "Answer"
#     The kernel has $1 \cdot 4$, the recurrent kernel $4 \cdot 4$, the bias 4, the output layer $4 \cdot 1 + 1$ numbers: together
#     [29]{data-v="math_of_a_simple_rnn.miniature.parameters_4"}.
#
# **2.** Compute $h_1$ for the same weights, if the first input is 0 instead of 1.
#
# ??? success "Answer"
#     Then $h_0 = \tanh(0) = 0$, so nothing comes back at step 1, and $h_1 = \tanh(2 \cdot \data{v=math_of_a_simple_rnn.miniature.W[0][0]}{1.4501959}) =$
#     [0.993968]{data-v="math_of_a_simple_rnn.miniature.h_from_zero[1]"}.
#
# **3.** Why can a model with $U = 0$ not tell [1, 2, 3] from [3, 2, 3]?
#
# ??? success "Answer"
#     With $U = 0$ the state before has no weight. The last state depends on the last input alone, which is 3 in both.
#
# ## Sources
#
# - Suryasatriya Trihandaru, [*Math of Simple RNN*](https://github.com/suryafsm/test1) (2023): the model, the weights, the prediction and the plan of this page.
# - The Keras documentation of [`SimpleRNN`](https://keras.io/api/layers/recurrent_layers/simple_rnn/), `Orthogonal` and `GlorotUniform`.

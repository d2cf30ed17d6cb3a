# ---
# title: "RNN in action: the next symbol"
# date: {created: 2026-11-22, updated: 2026-11-29}
# description: A network learns to predict the next symbol of a string, and then writes strings of its own.
# tags: [SimpleRNN, Embedding, softmax, temperature]
# given: [four kinds, ten recorded trainings has, ten trainings of, seven probabilities ×2, seven symbols ×3, S is not twice T, seven numbers,
#   half of the visits, ten symbols, four steps, three steps, three sums ×2, three temperatures, 12 symbols, 32 such strings, three choices,
#   four probabilities, one in eight, 95 % interval ×2, three falling curves, ten seeds, of ten ×2, one half each where, 1000 strings ×2,
#   legal of 1000, of 1000 do, p = 0.8 ×4, τ = 0.5 ×2, Eight nodes]
# aliases: [notebooks/rnn-in-action/]
# ---

# %% [markdown]
# # RNN in action: the next symbol
#
# At the end of this page you can train a recurrent network to predict what comes next in a string, judge it against baselines and
# against the best loss there can be, and let it write strings of its own. Its network is trained while the page is built, in a few seconds.
#
# The strings are those of the [Reber grammar](../posts/rnn-api.md#the-strings-of-this-series): seven symbols, and an automaton, a map that
# says which of them may follow. (`SYMBOLS`, `GRAMMAR`, `reber`, `legal` and `one_hot` are defined there.) So we can check every prediction and every string that is written.
#
# !!! abstract "In short"
#     In: the numbers of the symbols read, (N, T). Out: at each step the probabilities of the next symbol, (N, T, 7).
#
#     $p_t = \mathrm{softmax}(h_t W_y + b_y)$, and the loss of a step is $-\ln$ of what the right symbol got.
#
#     Parameters: $7m$ of the embedding, $m u + u^2 + u$ of the layer, $7u + 7$ of the output.
#
#     The trap: a loss below the best possible. Then the network sees the answers.

# %%
import time

import keras
import numpy as np

from snippets.reber.strings import accepts, one_hot
from snippets.rnn_in_action.model import make_strings, make_pairs, numbers

training, test = make_strings()
print(f"{len(training)} strings for training: {' '.join(training[:5])}")
print(f"{len(test)} strings for testing: {' '.join(test[:5])}")

# %% [markdown]
# Each symbol is drawn at random from the legal ones:
#
# ```python title="snippets/rnn_in_action/model.py"
# --8<-- "rnn_in_action/model.py:strings"
# ```
#
# ## One string, many pairs
#
# A string needs no labels: it brings its own answers. At each step the network reads one symbol, and what it should predict is the symbol after
# it. So a string of $T$ symbols gives $T - 1$ **training pairs**. Here are those of BTXSE, with $T = 5$:
#
# | step t | read so far | symbol read | to be predicted |
# |---|---|---|---|
# | 0 | B | B | T |
# | 1 | BT | T | X |
# | 2 | BTX | X | S |
# | 3 | BTXS | S | E |
#
# (Two letters have two meanings here. T and E, upright, are symbols of the strings. In equations and shapes $T$ is the length of a string, and below, $E$
# is a table.)
#
# The network sees one symbol per step. What stands in the second column it has to keep in its state.
#
# B is the **start symbol**: it says nothing about the string, but gives the network something to read before the first real choice.
# E is the **end symbol**: it is predicted like any other. Without it a network that writes would not know when to stop.
#
# Networks read numbers, so B is 0, T is 1, and so on to E, which is 6. The strings have different lengths and share one array. Shorter
# ones are filled up at the end:
#
# ```python title="snippets/rnn_in_action/model.py"
# --8<-- "rnn_in_action/model.py:pairs"
# ```
#
# For BTXSE and BPTVPSE, which are 5 and 7 symbols long:
#
# ```text title="output"
# --8<-- "rnn_in_action/model.txt:arrays"
# ```
#
# The number −1 stands where nothing is asked. What is read there does no harm: it comes after the last question, and a state never
# depends on later inputs. With one answer at the *end* of a string it is [another matter](../posts/variable-lengths.md#what-padding-does-to-the-last-state).

# %%
x_train, y_train = make_pairs(training)  # (N, T - 1) each
print(f"x: {x_train.shape}, y: {y_train.shape}")
print(f"questions: {np.sum(y_train >= 0)}, places: {y_train.size}")

# %% [markdown]
# $T$ is [23]{data-v="rnn_in_action.model.longest"} here, the length of the longest training string. Of the [5632]{data-v="rnn_in_action.model.places"}
# places only [1727]{data-v="rnn_in_action.model.pairs"} hold a question; the rest is padding, which has
# [a page of its own](../posts/variable-lengths.md).
#
# ## One-hot or embedding
#
# The numbers 0 to 6 are names, not amounts: S is not twice T. There are two ways to feed a name to a layer.
#
# **One-hot**: a row of seven numbers, a single 1 at the place of the symbol. An array of strings has the shape (N, T, 7).
#
# **Embedding**: a table $E$ with a row of m numbers for each symbol. The layer looks the row up. The table is a weight and is trained
# like the others. Strings go in as numbers, (N, T), and come out as (N, T, m).
#
# The two are the same thing. A one-hot row times a matrix picks one row of the matrix, which is what looking up does:

# %%
E = np.arange(14).reshape(7, 2)  # (7, m): a table to try
print(one_hot("BTX") @ E)  # (T, 7) times (7, m)
print(E[numbers("BTX")])  # (T, m)

# %% [markdown]
# This has a consequence. The first thing a recurrent layer does with its input is to multiply it by the kernel $W$. Fed with one-hot rows, **its kernel is an
# embedding table**: row k is what symbol k adds to the sum. With an embedding before it, the two matrices can be multiplied in advance:
#
# $$
# \text{one-hot} \cdot E \cdot W = \text{one-hot} \cdot (E W)
# $$
#
# With seven symbols an embedding gains nothing. With a vocabulary of thousands of words it does: $E$ then keeps the rows short. [Embedding](../posts/embedding.md) computes its gradient and its training step.
#
# ## The model
#
# An embedding of m = [4]{data-v="rnn_in_action.model.m"} numbers, a `SimpleRNN` of u = [12]{data-v="rnn_in_action.model.u"} units, and at each step a dense layer with [seven]{data-v="rnn_in_action.model.symbols"} outputs:
#
# ```python title="snippets/rnn_in_action/model.py"
# --8<-- "rnn_in_action/model.py:model"
# ```

# %%
from snippets.rnn_in_action.model import next_symbol_model, train_next_symbol

keras.utils.set_random_seed(1)
model = next_symbol_model()
model.summary(line_length=64, print_fn=print)

# %% [markdown]
# The last function is the **softmax**, [as before](../posts/inside-an-rnn-layer.md#softmax). It turns [seven]{data-v="rnn_in_action.model.symbols"} sums
# $s_t = h_t W_y + b_y$ into [seven]{data-v="rnn_in_action.model.symbols"} probabilities $p_t$, which are positive and add up to 1. Each is e to the power of its sum, divided by
# the total:
#
# $$
# p_{t,k} = \frac{e^{s_{t,k}}}{\sum_j e^{s_{t,j}}}
# $$
#
# ## The loss
#
# How good is a row of probabilities? Look at what it gave to the symbol that really came. If that was 1, nothing is lost. The
# smaller it was, the larger the loss. The **cross-entropy** is minus its natural logarithm, averaged over all questions:
#
# $$
# L = -\frac{1}{T - 1} \sum_{t=0}^{T-2} \ln p_{t, k_{t+1}}
# $$
#
# where $k_{t+1}$ is the number of the symbol at step $t + 1$. That is for one string. In *Inside an RNN layer* $L$ was the
# [sum](../posts/inside-an-rnn-layer.md#a-loss-at-each-step) of the steps, and $T$ counted the inputs; here the string has one symbol more
# than there are inputs. In NumPy, for a whole array:
#
# ```python title="snippets/rnn_in_action/baselines.py"
# --8<-- "rnn_in_action/baselines.py:cross_entropy"
# ```
#
# Keras calls it `SparseCategoricalCrossentropy`. *Sparse* means that the answers are numbers, not one-hot rows. The argument
# `ignore_class=-1` leaves the padding out, so that the mean is over the questions alone:
#
# ```python title="snippets/rnn_in_action/model.py"
# --8<-- "rnn_in_action/model.py:train"
# ```
#
# ## What would be good?
#
# A loss alone says little. Before training, we ask what one gets without a network, and what one could get at best.
#
# ### Uniform
#
# Someone who knows nothing gives each of the seven symbols $\tfrac{1}{7}$. The loss is $\ln 7 =$
# [1.95]{data-v="rnn_in_action.baselines.loss_uniform"}, at every step.
#
# ### Bigram
#
# Someone who counts can do better. For each symbol, count in the training strings which symbol followed, and how often. That is a **bigram**
# model: it knows the last symbol and nothing else.
#
# ```python title="snippets/rnn_in_action/baselines.py"
# --8<-- "rnn_in_action/baselines.py:bigram"
# ```
#
# Rows are the symbols read, columns those that followed:
#
# ```text title="python -m snippets.rnn_in_action.baselines"
# --8<-- "rnn_in_action/baselines.txt:counts"
# ```
#
# On the test strings its loss is [1.17]{data-v="rnn_in_action.baselines.loss"}. Where does it fail? After T, for instance, the next symbol
# is S, T, X or V. Which two of them are legal depends on the node, and that depends on what came before the T.
#
# ### The best there can be
#
# The strings are random, so nobody can predict them all. At the nodes 1 to 5 of the automaton two ways lead on, equally likely. The best
# one can say is a probability of $\tfrac{1}{2}$ each, and the loss is $\ln 2 =$ [0.693]{data-v="rnn_in_action.baselines.ln_2"}. At node 6 only E can come,
# and the loss is 0.
#
# So the best average depends on how often a string passes each node. Let $n_i$ be the expected number of visits to node i. Every
# string passes node 1 once. From then on, half of the visits to a node lead each way:
#
# $$
# \begin{aligned}
# n_1 &= 1 \\
# n_2 &= \tfrac{1}{2} n_1 + \tfrac{1}{2} n_2 \\
# n_3 &= \tfrac{1}{2} n_1 + \tfrac{1}{2} n_3 + \tfrac{1}{2} n_4 \\
# n_4 &= \tfrac{1}{2} n_2 + \tfrac{1}{2} n_5 \\
# n_5 &= \tfrac{1}{2} n_3 \\
# n_6 &= \tfrac{1}{2} n_4 + \tfrac{1}{2} n_5
# \end{aligned}
# $$
#
# NumPy solves such equations, and the answers are whole numbers:
#
# ```python title="snippets/rnn_in_action/baselines.py"
# --8<-- "rnn_in_action/baselines.py:best"
# ```
#
# | node | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|
# | visits | [1]{data-v="rnn_in_action.baselines.visits[1]"} | [1]{data-v="rnn_in_action.baselines.visits[2]"} | [2]{data-v="rnn_in_action.baselines.visits[3]"} | [1]{data-v="rnn_in_action.baselines.visits[4]"} | [1]{data-v="rnn_in_action.baselines.visits[5]"} | [1]{data-v="rnn_in_action.baselines.visits[6]"} |
#
# An average string asks [7]{data-v="rnn_in_action.baselines.predictions"} questions, and [6]{data-v="rnn_in_action.baselines.choices"} of
# them are a choice between two. The best possible loss, the **entropy** of the grammar, is
#
# $$
# \tfrac{6}{7} \ln 2 = \data{v=rnn_in_action.baselines.best}{0.5941}
# $$
#
# On our [500]{data-v="rnn_in_action.model.N_test"} test strings, which have their own share of choices, it is [0.5930]{data-v="rnn_in_action.baselines.best_test"}. On many
# strings no model can stay below it. One that does has seen the answers.
#
# ### Legal throughout
#
# The second measure asks for right and wrong. The *predicted symbol* of a step is the one with the largest probability. A string is
# **legal throughout** if at each of its $T - 1$ steps the predicted symbol is one that the automaton allows there. One slip anywhere, and the
# string does not count.
#
# A stricter measure asks for **all and only**: at each step, the symbols with a probability above [0.2]{data-v="0.2"} are exactly the legal ones.
#
# ```python title="snippets/rnn_in_action/baselines.py"
# --8<-- "rnn_in_action/baselines.py:legal"
# ```

# %%
from snippets.rnn_in_action.baselines import (
    cross_entropy, legal_throughout, bigram, count_pairs, all_and_only,
)

x_test, y_test = make_pairs(test)
p_bigram = bigram(count_pairs(training), x_test)  # (N, T - 1, 7)
print(f"loss of the bigram: {cross_entropy(p_bigram, y_test):.2f}")
right = legal_throughout(p_bigram, test)  # (N,)
print(f"legal throughout: {right.sum()} of {len(test)}")

# %% [markdown]
# Not one. Step by step the bigram is not so bad: [64]{data-v="rnn_in_action.baselines.steps"} percent of its predictions are legal. But
# [no string gets through without a slip]{data-v="rnn_in_action.baselines.slips"}. (Guessing each symbol at random would get [0.1]{data-v="rnn_in_action.baselines.legal_uniform"} percent
# of the strings through.) Exercise 4 shows that no bigram can do much better, however it counts.
#
# ## Training
#
# [Twelve]{data-v="rnn_in_action.model.epochs"} passes through the data (**epochs**), in batches (**batch size** [32]{data-v="32"}), [96]{data-v="rnn_in_action.model.updates"} updates of the weights:

# %%
start = time.perf_counter()
losses = train_next_symbol(model, x_train, y_train)
seconds = time.perf_counter() - start
print(f"within a minute: {seconds < 60}")
print(f"loss in the first epoch {losses[0]:.1f}, in the last {losses[-1]:.1f}")

# %% [markdown]
# And the test strings. They were not used for training. (To compare models and choose one, use yet other strings, kept for **validation**.)

# %%
p = np.array(model(x_test))  # (N, T - 1, 7)
loss = cross_entropy(p, y_test)
print(f"loss on the test strings: {loss:.1f}")
print(f"within 0.03 of the best possible: {0 < loss - 0.5930 < 0.03}")
right, exact = legal_throughout(p, test), all_and_only(p, test)  # (N,) each
print(f"legal throughout, at least 95 %: {right.mean() >= 0.95}")
print(f"all and only, at least 95 %: {exact.mean() >= 0.95}")

# %% [markdown]
# One training proves little, and another processor trains to other last digits. So we trained the model with a `SimpleRNN`, with a `GRU` in its
# place and with an `LSTM`, each with seeds 1 to [10]{data-v="rnn_in_action.seeds.seeds"}, and recorded what came of it. The table gives the lowest or the highest of the [ten]{data-v="rnn_in_action.seeds.seeds"}:
#
# | of ten | SimpleRNN | GRU | LSTM |
# |---|---|---|---|
# | parameters | [323]{data-v="rnn_in_action.model.parameters"} | [767]{data-v="rnn_in_action.model.parameters_gru"} | [935]{data-v="rnn_in_action.model.parameters_lstm"} |
# | loss, lowest | [0.60]{data-v="rnn_in_action.seeds.test_simple[0]"} | [0.60]{data-v="rnn_in_action.seeds.test_gru[0]"} | [0.60]{data-v="rnn_in_action.seeds.test_lstm[0]"} |
# | loss, highest | [0.61]{data-v="rnn_in_action.seeds.test_simple[1]"} | [0.61]{data-v="rnn_in_action.seeds.test_gru[1]"} | [0.61]{data-v="rnn_in_action.seeds.test_lstm[1]"} |
# | legal throughout, fewest | [500]{data-v="rnn_in_action.seeds.legal_simple[0]"} | [500]{data-v="rnn_in_action.seeds.legal_gru[0]"} | [500]{data-v="rnn_in_action.seeds.legal_lstm[0]"} |
# | all and only, fewest | [500]{data-v="rnn_in_action.seeds.strict_simple[0]"} | [478]{data-v="rnn_in_action.seeds.strict_gru[0]"} | [497]{data-v="rnn_in_action.seeds.strict_lstm[0]"} |
#
# The last two rows count test strings, of [500]{data-v="rnn_in_action.model.N_test"}. The baselines beside them:
#
# | model | loss | legal throughout |
# |---|---|---|
# | uniform | [1.95]{data-v="rnn_in_action.baselines.loss_uniform"} | [0.1]{data-v="rnn_in_action.baselines.legal_uniform"} percent, by chance |
# | bigram | [1.17]{data-v="rnn_in_action.baselines.loss"} | [0]{data-v="rnn_in_action.baselines.legal_count"} of [500]{data-v="rnn_in_action.model.N_test"} |
# | trigram (below) | [0.60]{data-v="rnn_in_action.trigram.loss"} | [500]{data-v="rnn_in_action.trigram.legal"} of [500]{data-v="rnn_in_action.model.N_test"} |
# | networks | [0.60]{data-v="rnn_in_action.seeds.test_lowest"} to [0.61]{data-v="rnn_in_action.seeds.test_highest"} | at least [500]{data-v="rnn_in_action.seeds.legal_fewest"} of [500]{data-v="rnn_in_action.model.N_test"}, in each of [30]{data-v="rnn_in_action.seeds.trainings"} trainings |
# | best possible | [0.593]{data-v="rnn_in_action.baselines.best_test"} | all |
#
# ![Loss on the training strings during each epoch. The lines are the median of [ten]{data-v="rnn_in_action.seeds.seeds"} trainings, the bands reach from the lowest to the highest.](../diagrams/rnn-in-action/seeds-loss.svg)
#
# Some of the numbers behind the figure, median and range of ten:
#
# | epoch | SimpleRNN | GRU | LSTM |
# |---|---|---|---|
# | 1 | [1.68]{data-v="rnn_in_action.seeds.losses_simple[1][0]"} ([1.64]{data-v="rnn_in_action.seeds.losses_simple[0][0]"} to [1.72]{data-v="rnn_in_action.seeds.losses_simple[2][0]"}) | [1.74]{data-v="rnn_in_action.seeds.losses_gru[1][0]"} ([1.70]{data-v="rnn_in_action.seeds.losses_gru[0][0]"} to [1.82]{data-v="rnn_in_action.seeds.losses_gru[2][0]"}) | [1.81]{data-v="rnn_in_action.seeds.losses_lstm[1][0]"} ([1.78]{data-v="rnn_in_action.seeds.losses_lstm[0][0]"} to [1.84]{data-v="rnn_in_action.seeds.losses_lstm[2][0]"}) |
# | 2 | [1.20]{data-v="rnn_in_action.seeds.losses_simple[1][1]"} ([1.00]{data-v="rnn_in_action.seeds.losses_simple[0][1]"} to [1.28]{data-v="rnn_in_action.seeds.losses_simple[2][1]"}) | [1.30]{data-v="rnn_in_action.seeds.losses_gru[1][1]"} ([1.14]{data-v="rnn_in_action.seeds.losses_gru[0][1]"} to [1.45]{data-v="rnn_in_action.seeds.losses_gru[2][1]"}) | [1.47]{data-v="rnn_in_action.seeds.losses_lstm[1][1]"} ([1.37]{data-v="rnn_in_action.seeds.losses_lstm[0][1]"} to [1.59]{data-v="rnn_in_action.seeds.losses_lstm[2][1]"}) |
# | 6 | [0.61]{data-v="rnn_in_action.seeds.losses_simple[1][5]"} ([0.60]{data-v="rnn_in_action.seeds.losses_simple[0][5]"} to [0.62]{data-v="rnn_in_action.seeds.losses_simple[2][5]"}) | [0.62]{data-v="rnn_in_action.seeds.losses_gru[1][5]"} ([0.60]{data-v="rnn_in_action.seeds.losses_gru[0][5]"} to [0.73]{data-v="rnn_in_action.seeds.losses_gru[2][5]"}) | [0.65]{data-v="rnn_in_action.seeds.losses_lstm[1][5]"} ([0.62]{data-v="rnn_in_action.seeds.losses_lstm[0][5]"} to [0.68]{data-v="rnn_in_action.seeds.losses_lstm[2][5]"}) |
#
# In the last epoch the highest of the [thirty]{data-v="rnn_in_action.seeds.trainings"} losses is [0.60]{data-v="rnn_in_action.seeds.last_highest"}.
#
# [The simple layer learns fastest here]{data-v="rnn_in_action.seeds.fastest"}: in the second epoch the GRU's mean loss is [0.11]{data-v="rnn_in_action.seeds.gru_behind"}
# higher, with a 95 % interval of [0.03]{data-v="rnn_in_action.seeds.gru_behind_by[0]"} to [0.19]{data-v="rnn_in_action.seeds.gru_behind_by[1]"}. In the end
# [nothing is gained by gates]{data-v="rnn_in_action.seeds.gates"}: the mean losses on the test strings are [0.603]{data-v="rnn_in_action.seeds.test_means[0]"},
# [0.605]{data-v="rnn_in_action.seeds.test_means[2]"} for the GRU and [0.606]{data-v="rnn_in_action.seeds.test_means[1]"} for the LSTM.
#
# ### Two symbols are enough
#
# The task is easier than it looks. One symbol does not tell the node, but the last two always do: after XT it is node 3, after BT it is node 2. So
# counting does as well, if it counts what followed each *two* symbols. That is a **trigram** model:
#
# ```python title="snippets/rnn_in_action/trigram.py"
# --8<-- "rnn_in_action/trigram.py:trigram"
# ```
#
# ```text title="output"
# --8<-- "rnn_in_action/trigram.txt:trigram"
# ```
#
# No network is needed for this grammar. The difference is that nobody told the network how far to look back. A table for two symbols has
# [49]{data-v="rnn_in_action.trigram.all_rows"} rows, one for ten symbols [282475249]{data-v="rnn_in_action.trigram.ten"}, and most would never
# be seen in training. And for the embedded grammar no number of symbols is enough, since the symbol to be remembered may lie any number
# of steps back. Whether a network remembers it is asked in [What the state remembers](what-the-state-remembers.py#a-symbol-that-must-be-kept)
# and in [Long sequences](../posts/long-sequences.md#forgetting-measured).
#
# ### By heart?
#
# The grammar writes short strings often. The [256]{data-v="rnn_in_action.model.N"} training strings are only [70]{data-v="rnn_in_action.model.different"} different ones, and
# [415]{data-v="rnn_in_action.model.seen"} of the [500]{data-v="rnn_in_action.model.N_test"} test strings are among them. A model could shine by learning strings by heart. To do
# well on what was shown in training, and worse on what is new, is called **overfitting**.
#
# So we count again, on strings that were not shown in training. [85]{data-v="rnn_in_action.model.unseen"} test strings are new. Each of
# the [30]{data-v="rnn_in_action.seeds.trainings"} trained models predicts at least [85]{data-v="rnn_in_action.seeds.unseen_fewest"} of these legally throughout. And of [200]{data-v="rnn_in_action.seeds.long[0]"} strings with
# [40]{data-v="rnn_in_action.seeds.long[1]"} symbols, longer than any in training, each predicts at least [199]{data-v="rnn_in_action.seeds.long_fewest"}. What was learned is the automaton, not the list.
#
# ### Without the embedding
#
# Now the claim from above can be tried: multiply $E$ and $W$, and put the product into a model that reads one-hot rows.
#
# ```python title="snippets/rnn_in_action/model.py"
# --8<-- "rnn_in_action/model.py:one_hot_model"
# ```

# %%
from snippets.rnn_in_action.model import one_hot_model

E, W, U, b, W_y, b_y = model.get_weights()
flat = one_hot_model()
flat.set_weights([E @ W, U, b, W_y, b_y])
p_flat = np.array(flat(one_hot("BTSXXTVVE")[None]))[0]  # (T, 7)
p_model = np.array(model(numbers("BTSXXTVVE")[None]))[0]  # (T, 7)
print(f"the same: {np.abs(p_flat - p_model).max() < 1e-5}")

# %% [markdown]
# ## What one trained model predicts
#
# From here on, exact numbers come from one recorded model: the `SimpleRNN` with seed 1, its weights rounded to two decimals. They
# are [323]{data-v="rnn_in_action.model.parameters"} numbers, too many to print; they lie in the project's record. The model that this page has trained gives nearly
# the same.
#
# ![Read a column: after the symbol above it, and those before, each symbol has this probability to come next. In each column the legal symbols share nearly everything.](../diagrams/rnn-in-action/trained-p.svg)
#
# The string is BTSXXTVVE. Look at the two columns headed X. After the first one the automaton is at node 4, and X or S may follow. After the second
# it is at node 3, and T or V may. The symbol read is the same, the prediction is not: the state makes the difference. It is the same with the two columns
# T and with the two columns V.
#
# The cross-entropy of a string by hand, for BTXSE. The third column is the probability that the model gave to the symbol that came:
#
# | read | came | its $p$ | lost: $-\ln p$ |
# |---|---|---|---|
# | B | T | [0.4524]{data-v="rnn_in_action.trained.right[0]"} | [0.7933]{data-v="rnn_in_action.trained.surprise[0]"} |
# | T | X | [0.5062]{data-v="rnn_in_action.trained.right[1]"} | [0.6809]{data-v="rnn_in_action.trained.surprise[1]"} |
# | X | S | [0.5765]{data-v="rnn_in_action.trained.right[2]"} | [0.5508]{data-v="rnn_in_action.trained.surprise[2]"} |
# | S | E | [0.9990]{data-v="rnn_in_action.trained.right[3]"} | [0.0010]{data-v="rnn_in_action.trained.surprise[3]"} |
# | | | mean | [0.5065]{data-v="rnn_in_action.trained.mean_surprise"} |
#
# ## Teacher forcing
#
# Look again at what the network read in training: always the symbols of the string, as a teacher would write them on the board. At
# step 0 it may have predicted P. At step 1 it was given T all the same, because T is what came. This is called **teacher forcing**.
# The [decoder](../posts/four-kinds-of-function.md#encoder-and-decoder) of the page on four kinds of function was fed in the same way.
#
# It matters often. In [45]{data-v="rnn_in_action.trained.not_the_likeliest"} percent of the steps of the test strings, the symbol that came was not
# the one that the recorded model thought likeliest. That is no fault: where two are equally likely, any guess fails every other time.
#
# In the drawing $x_t$ is what is read, and $y_t$ is what comes next. $W$ leads from the symbol to the state, $U$ from state to state.
#
# ![Training on BTXSE. What is read comes from the string, whatever was predicted.](../diagrams/rnn-in-action/teacher.svg)
#
# It has two advantages. All inputs are known beforehand, so one pass over the string answers all $T - 1$ questions at once. And a wrong prediction
# early in the string does not spoil the later questions.
#
# It has a price. The network is never trained on its own mistakes. When it writes a string by itself, nobody corrects it: a wrong
# symbol becomes its next input, and then it reads something that no training string had.
#
# ## The generative loop
#
# To write, start with B as $x_0$. Read it, get [seven]{data-v="rnn_in_action.model.symbols"} probabilities, choose a symbol $y_t$, read *that*, and so on until E. A model
# that reads what it has written is called *autoregressive*. With words instead of symbols, this is **text generation**.
#
# ![Writing. What was chosen is read at the next step, and the state goes on from step to step.](../diagrams/rnn-in-action/loop.svg)
#
# By hand this takes a step and a loop. The step is the `simple_rnn_step` of [The math of a simple RNN](math-of-a-simple-rnn.py#the-same-as-a-loop),
# with a row of the table $E$ as its input:
#
# ```python title="snippets/rnn_in_action/generate.py"
# --8<-- "rnn_in_action/generate.py:read"
# ```
#
# After B, the recorded model's sums and their softmax are:
#
# ```text title="python -m snippets.rnn_in_action.trained"
# --8<-- "rnn_in_action/trained.txt:first"
# ```
#
# [T and P share nearly all]{data-v="rnn_in_action.trained.first"}, as they should. Does the step by hand give what Keras gives? For a whole string, with the state carried
# from step to step:

# %%
from snippets.rnn_in_action.generate import generate, read, sampler, softmax

weights = model.get_weights()  # E, W, U, b, W_y, b_y
h, rows = np.zeros(12), []
for k in numbers("BTSXXTVVE"):
    s, h = read(k, h, weights)  # (7,) and (u,)
    rows.append(softmax(s))
print(f"the same as Keras: {np.abs(rows - p_model).max() < 1e-5}")

# %% [markdown]
# The loop reads what it has written. How to choose is left to a function:
#
# ```python title="snippets/rnn_in_action/generate.py"
# --8<-- "rnn_in_action/generate.py:generate"
# ```
#
# ### The largest, always
#
# The first idea is to choose the symbol with the largest probability, `np.argmax`. Then nothing is random, and every string is the same:

# %%
strings = [generate(weights, np.argmax) for _ in range(20)]
print(f"different strings among 20: {len(set(strings))}")

# %% [markdown]
# A choice between equals is a close race, and argmax always gives it to the same one. These are the argmax strings of the
# [ten]{data-v="rnn_in_action.seeds.seeds"} recorded trainings, cut after [30]{data-v="rnn_in_action.seeds.shown"} symbols:
#
# ```text title="python -m snippets.rnn_in_action.seeds"
# --8<-- "rnn_in_action/seeds.txt:argmax"
# ```
#
# [8]{data-v="rnn_in_action.seeds.argmax_ended"} of them end, after [5]{data-v="rnn_in_action.seeds.argmax_shortest"} to
# [11]{data-v="rnn_in_action.seeds.argmax_longest"} symbols. The other [2]{data-v="rnn_in_action.seeds.argmax_endless"} never do: we stopped
# them at [100]{data-v="rnn_in_action.seeds.cut"}. They go [round and round in T, V, P, X]{data-v="rnn_in_action.seeds.round"}.
#
# Why does nothing ever tip the scales? Because the state comes back, too. Let the recorded model read BP and then TVPX again and
# again. From one round to the next, its [twelve]{data-v="rnn_in_action.model.u"} numbers change by at most [0.0333]{data-v="rnn_in_action.trained.round_changes[0]"}, then by
# [0.0020]{data-v="rnn_in_action.trained.round_changes[1]"}, then by [0.00002]{data-v="rnn_in_action.trained.round_changes[2]"}.
# Nearly the same state makes nearly the same sums, and the largest is the same again.
#
# ### Drawing lots
#
# The other way is to **sample**: draw the symbol at random, each with its probability.
#
# ```python title="snippets/rnn_in_action/generate.py"
# --8<-- "rnn_in_action/generate.py:sampler"
# ```

# %%
rng = np.random.default_rng(0)
for _ in range(8):
    string = generate(weights, sampler(rng))
    print(f"{string:24} {'legal' if accepts(string) else 'not legal'}")

# %% [markdown]
# These strings were written by the network of this page. On another processor it may write others.
#
# ## Temperature
#
# Between always taking the largest and drawing lots there is a dial, the **temperature** τ. All sums are divided by it before the softmax:
#
# $$
# p_k = \frac{e^{s_k / \tau}}{\sum_j e^{s_j / \tau}}
# $$
#
# ```python title="snippets/rnn_in_action/generate.py"
# --8<-- "rnn_in_action/generate.py:softmax"
# ```
#
# By hand, for three sums 2, 1 and 0. At τ = 1 the powers are $e^2 =$ [7.3891]{data-v="rnn_in_action.generate.e[0]"}, $e^1 =$
# [2.7183]{data-v="rnn_in_action.generate.e[1]"} and $e^0 = 1$, together [11.1073]{data-v="rnn_in_action.generate.e_sum"}. The first
# probability is $\data{v=rnn_in_action.generate.e[0]}{7.3891} / \data{v=rnn_in_action.generate.e_sum}{11.1073}$:
#
# | sum | τ = [0.5]{data-v="0.5"} | τ = 1 | τ = 2 |
# |---|---|---|---|
# | 2 | [0.8668]{data-v="rnn_in_action.generate.softmax_half[0]"} | [0.6652]{data-v="rnn_in_action.generate.softmax[0]"} | [0.5065]{data-v="rnn_in_action.generate.softmax_two[0]"} |
# | 1 | [0.1173]{data-v="rnn_in_action.generate.softmax_half[1]"} | [0.2447]{data-v="rnn_in_action.generate.softmax[1]"} | [0.3072]{data-v="rnn_in_action.generate.softmax_two[1]"} |
# | 0 | [0.0159]{data-v="rnn_in_action.generate.softmax_half[2]"} | [0.0900]{data-v="rnn_in_action.generate.softmax[2]"} | [0.1863]{data-v="rnn_in_action.generate.softmax_two[2]"} |
#
# A low temperature makes large probabilities larger. As τ goes to 0, sampling becomes argmax. A high temperature evens them out, and as τ grows
# without bound all become equal. At τ = 1 nothing is changed. The same three sums at a very low and a very high temperature:
#
# ```text title="python -m snippets.rnn_in_action.generate"
# --8<-- "rnn_in_action/generate.txt:extremes"
# ```
#
# The recorded model at three temperatures, and whether the automaton accepts what it wrote:
#
# ```text title="python -m snippets.rnn_in_action.trained"
# --8<-- "rnn_in_action/trained.txt:sampled"
# ```
#
# How many strings does the automaton accept? Here for the network of this page:

# %%
accepted = {}
for temperature in (0.5, 1, 2):
    rng = np.random.default_rng(1)
    written = [generate(weights, sampler(rng, temperature)) for _ in range(300)]
    accepted[temperature] = sum(accepts(string) for string in written)
print(f"at 0.5, at least 95 %: {accepted[0.5] >= 0.95 * 300}")
print(f"at 1, at least 90 %: {accepted[1] >= 0.9 * 300}")
print(f"fewer, the hotter: {accepted[0.5] > accepted[1] > accepted[2]}")

# %% [markdown]
# And for the [ten]{data-v="rnn_in_action.seeds.seeds"} recorded trainings, [500]{data-v="rnn_in_action.seeds.written"} strings each:
#
# | τ | accepted, percent | different strings among the accepted |
# |---|---|---|
# | [0.25]{data-v="0.25"} | [100]{data-v="rnn_in_action.seeds.accepted_percent[0][0]"} | [48]{data-v="rnn_in_action.seeds.different[0][0]"} to [100]{data-v="rnn_in_action.seeds.different[0][1]"} |
# | [0.5]{data-v="0.5"} | [100]{data-v="rnn_in_action.seeds.accepted_percent[1][0]"} | [78]{data-v="rnn_in_action.seeds.different[1][0]"} to [99]{data-v="rnn_in_action.seeds.different[1][1]"} |
# | 1 | [96]{data-v="rnn_in_action.seeds.accepted_percent[2][0]"} to [98]{data-v="rnn_in_action.seeds.accepted_percent[2][1]"} | [84]{data-v="rnn_in_action.seeds.different[2][0]"} to [99]{data-v="rnn_in_action.seeds.different[2][1]"} |
# | [1.5]{data-v="1.5"} | [76]{data-v="rnn_in_action.seeds.accepted_percent[3][0]"} to [84]{data-v="rnn_in_action.seeds.accepted_percent[3][1]"} | [72]{data-v="rnn_in_action.seeds.different[3][0]"} to [93]{data-v="rnn_in_action.seeds.different[3][1]"} |
# | 2 | [55]{data-v="rnn_in_action.seeds.accepted_percent[4][0]"} to [64]{data-v="rnn_in_action.seeds.accepted_percent[4][1]"} | [56]{data-v="rnn_in_action.seeds.different[4][0]"} to [72]{data-v="rnn_in_action.seeds.different[4][1]"} |
# | 4 | [7]{data-v="rnn_in_action.seeds.accepted_percent[5][0]"} to [12]{data-v="rnn_in_action.seeds.accepted_percent[5][1]"} | [12]{data-v="rnn_in_action.seeds.different[5][0]"} to [23]{data-v="rnn_in_action.seeds.different[5][1]"} |
#
# At τ = 1 the network writes as it predicts, and a few strings in [a hundred]{data-v="100"} go wrong. Each step gives the illegal symbols a little
# probability, and a string has many steps. [Cooling takes this remainder away]{data-v="rnn_in_action.seeds.cooling"}. It also shifts the choices between
# legal symbols: they are not exactly equal, and a low temperature makes the larger one larger.
# [With some seeds the strings become less varied]{data-v="rnn_in_action.seeds.varied"} as a result.
#
# Heating gives everything a chance. One illegal symbol is enough to spoil a string, and after it the network is on unknown
# ground. No string begins with BX. Asked what follows, the recorded model does not hesitate: V, with
# [0.8]{data-v="rnn_in_action.trained.wrong[5]"}. A probability tells how sure the model is, not whether it has reason to be.
#
# ### Cutting off the unlikely
#
# Two other ways leave the likely symbols in their proportions and take away the rest.
#
# - **Top-k** keeps the k largest probabilities.
# - **Top-p**, also *nucleus sampling*, keeps the largest until together they have at least p.
#
# Then what was kept is divided by its sum.
#
# ```python title="snippets/rnn_in_action/sampling.py"
# --8<-- "rnn_in_action/sampling.py:cut"
# ```
#
# After BTXS the automaton is at node 6, where E alone is legal. At τ = 2 the recorded model also gives the other symbols a little. Here is
# what is left by top-k with k = 2, and by top-p with p = 0.8:
#
# ```text title="python -m snippets.rnn_in_action.sampling"
# --8<-- "rnn_in_action/sampling.txt:cut"
# ```
#
# Top-k keeps two, even where one is legal. Top-p looks at what there is: E alone has enough.
#
# ### The network writes
#
# Here the recorded model writes, a symbol a step. The **lot** is a number from 0 to 1. Laid end to end, the probabilities fill the same stretch,
# and the symbol on whose part the lot falls is written.
#
# //// html | sampling-lab#lab
#
# --8<-- "sampling-lab.html"
#
# ![The automaton that judges what is written.](../diagrams/reber/automaton.svg)
#
# /// html | div.even
#
# | symbol | legal | at τ = 1 | drawn from |
# |---|---|---|---|
# | B | no | [0.0005]{data-v="rnn_in_action.lab.p[0]"} | [0.0144]{data-v="rnn_in_action.lab.q[0]"} |
# | T | yes | [0.4524]{data-v="rnn_in_action.lab.p[1]"} | [0.4350]{data-v="rnn_in_action.lab.q[1]"} |
# | S | no | [0.0003]{data-v="rnn_in_action.lab.p[2]"} | [0.0111]{data-v="rnn_in_action.lab.q[2]"} |
# | X | no | [0.0004]{data-v="rnn_in_action.lab.p[3]"} | [0.0136]{data-v="rnn_in_action.lab.q[3]"} |
# | P | yes | [0.5420]{data-v="rnn_in_action.lab.p[4]"} | [0.4761]{data-v="rnn_in_action.lab.q[4]"} |
# | V | no | [0.0042]{data-v="rnn_in_action.lab.p[5]"} | [0.0421]{data-v="rnn_in_action.lab.q[5]"} |
# | E | no | [0.0001]{data-v="rnn_in_action.lab.p[6]"} | [0.0078]{data-v="rnn_in_action.lab.q[6]"} |
#
# ///
#
# B was read, the automaton is at node 1. The lot [0.3069]{data-v="rnn_in_action.lab.lot"} falls on T, whose part reaches from [0.0144]{data-v="rnn_in_action.lab.reach[0]"} to [0.4493]{data-v="rnn_in_action.lab.reach[1]"}. T is legal and leads to node 2.
# { .lab-told role=status }
#
# --8<-- "sampling-lab-count.html"
#
# /// html | div.even.lab-results
#
# | drawn at | legal of 1000 | 95 % interval, percent | different |
# |---|---|---|---|
# | [τ = 2](#lab){data-step=0 data-pick="tau=2"} | [570]{data-v="rnn_in_action.lab.legal[0]"} | [53.9]{data-v="rnn_in_action.lab.interval[0][0]"} to [60.0]{data-v="rnn_in_action.lab.interval[0][1]"} | [99]{data-v="rnn_in_action.lab.different[0]"} |
# | [τ = 1](#lab){data-step=0 data-pick="tau=1"} | [971]{data-v="rnn_in_action.lab.legal[1]"} | [95.9]{data-v="rnn_in_action.lab.interval[1][0]"} to [98.0]{data-v="rnn_in_action.lab.interval[1][1]"} | [161]{data-v="rnn_in_action.lab.different[1]"} |
# | [τ = 0.5](#lab){data-step=0 data-pick="tau=0.5"} | [1000]{data-v="rnn_in_action.lab.legal[2]"} | [99.6]{data-v="rnn_in_action.lab.interval[2][0]"} to [100.0]{data-v="rnn_in_action.lab.interval[2][1]"} | [155]{data-v="rnn_in_action.lab.different[2]"} |
# | [τ = 2, top-k, k = 2](#lab){data-step=0 data-pick="tau=2&draw=top-k&k=2"} | [968]{data-v="rnn_in_action.lab.legal[3]"} | [95.5]{data-v="rnn_in_action.lab.interval[3][0]"} to [97.7]{data-v="rnn_in_action.lab.interval[3][1]"} | [161]{data-v="rnn_in_action.lab.different[3]"} |
# | [τ = 2, top-p, p = 0.8](#lab){data-step=0 data-pick="tau=2&draw=top-p&p=0.8"} | [1000]{data-v="rnn_in_action.lab.legal[4]"} | [99.6]{data-v="rnn_in_action.lab.interval[4][0]"} to [100.0]{data-v="rnn_in_action.lab.interval[4][1]"} | [168]{data-v="rnn_in_action.lab.different[4]"} |
# | [argmax](#lab){data-step=0 data-pick="draw=argmax"} | [1000]{data-v="rnn_in_action.lab.legal[5]"} | no chance in it | [1]{data-v="rnn_in_action.lab.different[5]"} |
#
# ///
#
# ////
#
# Write a few strings at τ = 2, step by step, and see at which node they go wrong. Then choose top-k with k = 2, and top-p with p = 0.8. The settings in
# the lower table are links that set the fields.
# { .js-only }
#
# [The cooler, the more strings are legal]{data-v="rnn_in_action.lab.cooler"}, with each of [20]{data-v="rnn_in_action.lab.SEEDS"} seeds. Top-k helps, but with
# k = 2 strings still go wrong, all of them [at node 6]{data-v="rnn_in_action.lab.at_6"}, where it must keep one symbol too many. With top-p and p = 0.8,
# [0]{data-v="rnn_in_action.lab.wrong[4]"} of 1000 do.
#
# At τ = 0.5 all are legal, too; but top-p leaves more variety: [168]{data-v="rnn_in_action.lab.different[4]"} different strings, not
# [155]{data-v="rnn_in_action.lab.different[2]"}. That is so with each of the [20]{data-v="rnn_in_action.lab.varied"} seeds.
#
# The interval says how well 1000 strings tell the share that endless writing would have; the last column counts the different strings among the legal
# ones. The same seed draws the same lots, so every reader's first strings are these:
#
# ```text title="python -m snippets.rnn_in_action.lab"
# --8<-- "rnn_in_action/lab.txt:strings"
# ```
#
# ## If your numbers differ
#
# - **`Received a label value of -1 which is outside the valid range of [0, 7).`** The loss has no `ignore_class=-1`.
# - **`expected ndim=3, found ndim=2`.** A recurrent layer without an embedding before it wants one-hot rows, (N, T, 7), not numbers
#   ([more of these](../posts/rnn-api.md#if-keras-answers-with-an-error)).
# - **The loss stays too large.** The model ends with a softmax *and* the loss has `from_logits=True`, which applies another. The recorded
#   model then seems to lose [1.554]{data-v="rnn_in_action.traps.twice"}.
# - **The temperature hardly changes anything.** It divides sums, not probabilities. A second softmax over the probabilities of the sums 2, 1, 0 at
#   τ = [0.5]{data-v="0.5"} begins with [0.5722]{data-v="rnn_in_action.traps.wrong_temperature[0]"}, not with
#   [0.8668]{data-v="rnn_in_action.generate.softmax_half[0]"}.
#
# **The loss is far too small.** With `sample_weight` in place of `ignore_class`, padded places weigh nothing, but Keras still divides by
# all places. For the recorded model that prints [0.154]{data-v="rnn_in_action.traps.padded"} instead of
# [0.602]{data-v="rnn_in_action.traps.right"}, below the best possible: there are [3461]{data-v="rnn_in_action.traps.real"} questions
# in [13500]{data-v="rnn_in_action.traps.places"} places.
#
# ```python title="snippets/rnn_in_action/traps.py"
# --8<-- "rnn_in_action/traps.py:padded"
# ```
#
# **The loss falls below the best possible.** The network sees the answers. Either `y` was not shifted by one, or the layer looks ahead:
# a [`Bidirectional`](../posts/rnn-api.md#both-ways) layer reads the string from its end, too. Change step 3 and see whether step 1 changes:
#
# ```python title="snippets/rnn_in_action/traps.py"
# --8<-- "rnn_in_action/traps.py:leak"
# ```
#
# ```text title="output"
# --8<-- "rnn_in_action/traps.txt:leak"
# ```
#
# **The strings are nonsense.** The state was not carried on. Reading each symbol with a fresh state makes a bigram of the network. Of
# [500]{data-v="rnn_in_action.seeds.written"} strings of the recorded model [0.2]{data-v="rnn_in_action.trained.forgetful"} percent are accepted. With the state
# carried on, each of the ten recorded trainings has [96]{data-v="rnn_in_action.seeds.accepted_percent[2][0]"} percent or more:
#
# ```python title="snippets/rnn_in_action/trained.py"
# --8<-- "rnn_in_action/trained.py:forgetful"
# ```
#
# ## Exercises
#
# **1.** A string of 12 symbols: how many training pairs does it give, and what are the shapes of `x` and `y` for 32 such strings?
#
# ??? success "Answer"
#     [11]{data-v="rnn_in_action.model.exercise_shape[1]"} pairs, and both arrays have the shape
#     ([32]{data-v="rnn_in_action.model.exercise_shape[0]"}, [11]{data-v="rnn_in_action.model.exercise_shape[1]"}).
#
# **2.** How many parameters does the model with one-hot rows have, and why are there more than with the embedding?
#
# ??? success "Answer"
#     [331]{data-v="rnn_in_action.model.parameters_one_hot"} instead of [323]{data-v="rnn_in_action.model.parameters"}. The kernel has $7 \cdot \data{v=rnn_in_action.model.u}{12}$
#     numbers, where $E$ and $W$ have $7 \cdot \data{v=rnn_in_action.model.m}{4} + \data{v=rnn_in_action.model.m}{4} \cdot \data{v=rnn_in_action.model.u}{12}$.
#
# **3.** You are given probabilities at τ = 1, and no sums. How do you get those at τ = [0.5]{data-v="0.5"}?
#
# ??? success "Answer"
#     Square each and divide by the total. In general, raise to the power 1/τ: a probability is $e^{s}$ times a common factor, so its
#     power is $e^{s / \tau}$ times another, and dividing removes it. For the sums 2, 1, 0 the first is
#     [0.8668]{data-v="rnn_in_action.traps.power[0]"} again.
#
# **4.** Of all Reber strings, a bigram can predict only BTXSE legally throughout, however it counts. Why?
#
# ??? success "Answer"
#     A bigram predicts the same after each V. A string that ends with VE has a V at node 5, after which P or V is legal, and later one at
#     node 6, after which only E is. One of the two predictions is wrong. So the string must end with SE.
#
#     That last S leads to node 6, where only E is legal. An earlier S would lead to node 2, where S or X is. So there is no earlier one.
#
#     Could the string pass node 3? It would get there with a P, or with its second X, and then T or V is legal. But its first X led to
#     node 4, and so does the second P that such a string needs on its way to SE; there X or S is legal. The bigram cannot have both. So the
#     string does not pass node 3, and what is left is BTXSE. Of the test strings
#     [61]{data-v="rnn_in_action.baselines.btxse"} are BTXSE; one in eight is to be expected, [62.5]{data-v="rnn_in_action.traps.expected"} on average.
#
# **5.** How probable is BTXSE, according to the grammar and to the recorded model?
#
# ??? success "Answer"
#     By the grammar there are three choices, $\tfrac{1}{2} \cdot \tfrac{1}{2} \cdot \tfrac{1}{2} = \tfrac{1}{8}$. By the model it is the product of
#     the four probabilities in the table above, [0.132]{data-v="rnn_in_action.trained.p_string"}.
#
# ## Sources
#
# - Ken Perry, [the notebooks on recurrent networks of his machine-learning course](https://github.com/kenperry-public): the topics of this page, from training
#   pairs to the generative loop.
# - A. S. Reber, [*Implicit learning of artificial grammars*](https://doi.org/10.1016/S0022-5371(67)80149-X) (1967): the grammar.
# - A. Cleeremans, D. Servan-Schreiber and J. L. McClelland, [*Finite state automata and simple recurrent networks*](https://doi.org/10.1162/neco.1989.1.3.372) (1989): a simple
#   recurrent network learns to predict the symbols of this grammar.
# - R. J. Williams and D. Zipser, [*A learning algorithm for continually running fully recurrent neural networks*](https://doi.org/10.1162/neco.1989.1.2.270) (1989): teacher forcing.
# - A. Fan, M. Lewis and Y. Dauphin, [*Hierarchical neural story generation*](https://arxiv.org/abs/1805.04833) (2018): top-k.
# - A. Holtzman et al., [*The curious case of neural text degeneration*](https://arxiv.org/abs/1904.09751) (2020): top-p.
# - The Keras documentation of [`Embedding`](https://keras.io/api/layers/core_layers/embedding/),
#   [`SparseCategoricalCrossentropy`](https://keras.io/api/losses/probabilistic_losses/) and
#   [`Bidirectional`](https://keras.io/api/layers/recurrent_layers/bidirectional/).

# ---
# title: What the state remembers
# date: {created: 2026-11-22, updated: 2026-11-29}
# description: Heat maps, two dimensions, linear probes with controls, and units switched off. All computed here.
# tags: [GRU, LSTM, PCA, linear probe]
# given: [six probes, seven symbols, eight rows, seven columns, eight units ×2, one of the eight, eight dimensions ×2, eight coordinates, six groups,
#   comes twice, same half ×2, half for testing, sixteen rows, six columns, starts at 0.50, axis starts at 50, at step 15 ×3, three curves,
#   eight cells, eight slopes, three things ×2, 20 new strings, best of sixteen ×2, least one of sixteen, picked from sixteen, sixteen units ×2,
#   steps 2 to 15, at step 14, one shuffle of twenty, best of sixteen exceeds, of the sixteen, 95 % interval, four trainings, four controls,
#   one half of the, five of five]
# aliases: [notebooks/what-the-state-remembers/]
# ---

# %% [markdown]
# # What the state remembers
#
# At the end of this page you can find out what a unit of a recurrent network holds: by looking, by measuring, and by changing it. You
# will also know how to tell a finding from luck.
#
# The page is a notebook: every output was computed while the site was built. The networks were trained once and their weights written
# down, rounded to two decimals. So you get the same digits.
#
# !!! abstract "In short"
#     In: the states of a trained network, (P, u), after P prefixes of strings. Out: what they hold.
#
#     Look (a heat map, two dimensions instead of u), measure (a linear probe, a straight line that reads a label off), change (switch a unit off, or exchange it).
#
#     A probe has one slope for each unit and a shift, u + 1 parameters.
#
#     The trap: what can be read from a state need not be used. Each measurement needs a control.
#
# ## A network to look into
#
# The data are the [Reber strings](../posts/rnn-api.md#the-strings-of-this-series) of this series; `SYMBOLS`, `GRAMMAR` and `one_hot` are defined there. A string is a walk through a small
# automaton with nodes 0 to 7, and each symbol leads to the next node. The network sees only the symbols. At each step it has to say which
# symbol comes next, as in [RNN in action](rnn-in-action.py). Nobody tells it that there are nodes.
#
# One string gives [many examples](rnn-in-action.py#one-string-many-pairs): the symbol to predict is always the one that follows. Shorter
# strings are filled up, and a weight of 0 keeps the added steps out of the loss. (A mask [would do it too](../posts/variable-lengths.md).)
#
# ```python title="snippets/what_the_state_remembers/reader.py"
# --8<-- "what_the_state_remembers/reader.py:pairs"
# ```
#
# The model is a [GRU](../posts/gru.md) with u = [8]{data-v="what_the_state_remembers.reader.units"} units and a dense layer. The dense layer gives each of the seven symbols a *score*; the
# symbol with the highest score is the prediction. (The loss itself turns the scores into probabilities, by
# [softmax](../posts/inside-an-rnn-layer.md#softmax). That is what `from_logits=True` means.)
#
# ```python title="snippets/what_the_state_remembers/reader.py"
# --8<-- "what_the_state_remembers/reader.py:train"
# ```
#
# It has [471]{data-v="what_the_state_remembers.reader.parameters"} parameters. Trained on [1000]{data-v="what_the_state_remembers.reader.strings"} strings, it predicts a symbol that the grammar
# allows at every step of [100]{data-v="what_the_state_remembers.reader.legal"} percent of [200]{data-v="what_the_state_remembers.reader.new"} new
# strings. From here on we need Keras only for a check: the `gru` of [Part E](../posts/gru.md#two-gates-and-one-state) gives all states.
#
# ```python title="snippets/what_the_state_remembers/reader.py"
# --8<-- "what_the_state_remembers/reader.py:states"
# ```

# %%
import numpy as np

from snippets.reber.strings import one_hot
from snippets.what_the_state_remembers.reader import (
    build_reader, draw, read, trained_weights,
)

weights = trained_weights()              # W, U, b, W_y, b_y
h, scores = read("BTXXVVE", weights)     # (T, u) = (7, 8) and (7, 7)

model = build_reader()
model.set_weights(weights)
by_keras = np.array(model(one_hot("BTXXVVE")[None]))[0]  # (7, 7)
print("the same as Keras:", np.allclose(scores, by_keras, atol=1e-5))

# %% [markdown]
# ## Every unit over one string
#
# The string BTXXVVE passes each node once. Here is the whole state after each symbol:

# %%
print(" ", "".join(f"{symbol:>6}" for symbol in "BTXXVVE"))
for unit in range(8):
    print(unit, "".join(f"{number:6.2f}" for number in h[:, unit]))

# %% [markdown]
# ![The same numbers as a heat map. A row is a unit; above each column stand the symbol read and the node it leads to. Negative numbers have a dashed edge.](../diagrams/what-the-state-remembers/reader-units.svg)
#
# Such pictures became famous with Karpathy, Johnson and Fei-Fei (2015). In networks that had read novels and program code they found units
# that were on inside quotes, or counted the position in a line. They also said that most units had no meaning that they could read.
#
# Try it here. Unit 2 is positive up to the fifth symbol and negative after it. Does it tell the first part of a string from the rest? One
# string cannot say. A picture suggests a meaning; only many strings can test it.
#
# ## All prefixes at once
#
# A **prefix** is the beginning of a string. The state after it is [all that the network
# keeps](../posts/inside-an-rnn-layer.md#the-state-is-a-summary-of-fixed-length) of it. We take [sixty]{data-v="what_the_state_remembers.pca.strings"} strings, collect their prefixes, each once,
# and ask the automaton for the node that each leads to.
#
# ```python title="snippets/what_the_state_remembers/pca.py"
# --8<-- "what_the_state_remembers/pca.py:prefixes"
# ```

# %%
from snippets.what_the_state_remembers.pca import pca, prefixes

states, nodes = prefixes(draw(60, seed=1), weights)   # (P, u), (P,)
print(states.shape, "and the mean state of each node:")
for node in range(1, 7):
    mean = states[nodes == node].mean(axis=0)         # (u,)
    print(node, "".join(f"{number:6.2f}" for number in mean))

# %% [markdown]
# Now units can be tested. How much of a unit's variance lies *between* nodes, and how much within one? Between nodes lie
# [90]{data-v="what_the_state_remembers.pca.explained[7]"} to [98]{data-v="what_the_state_remembers.pca.explained[0]"} percent of it, for
# every one of the eight. [Each unit is about the node]{data-v="what_the_state_remembers.pca.about"}, though none was told of nodes.
#
# Does a unit *stand for* a node? Then its numbers at this node would all lie on one side of a limit, and those at all other nodes on the other
# side. Of the
# [48]{data-v="what_the_state_remembers.pca.pairs"} pairs of a unit and a node, this holds for
# [4]{data-v="what_the_state_remembers.pca.one_node"}. The node is known to the eight units together, not to one unit each.
#
# ## Eight dimensions seen in two
#
# A state is a point with eight coordinates. To draw it we need two. **Principal component analysis**, PCA, takes the two directions in
# which the points differ most. Subtract the mean from all states. Among all directions of length 1, the first is the one along which the
# points have the largest variance; the second is the best one at right angles to it; and so on.
#
# The *singular value decomposition*, SVD, finds them all at once:
#
# ```python title="snippets/what_the_state_remembers/pca.py"
# --8<-- "what_the_state_remembers/pca.py:pca"
# ```
#
# There is a second way to the same end: the directions are the [eigenvectors](../posts/exploding-gradients.md#the-spectral-radius) of the covariance
# matrix of the units, and the variances are its eigenvalues. We check one against the other:

# %%
points, directions, shares = pca(states)              # (P, u), (u, u), (u,)
variances, vectors = np.linalg.eigh(np.cov(states.T))  # smallest first
print("variances agree:",
      np.allclose(variances[::-1] / variances.sum(), shares))
print("directions agree:",
      np.allclose(np.abs(vectors.T[::-1]), np.abs(directions)))
print("shares:", " ".join(f"{100 * share:.1f}" for share in shares), "%")

# %% [markdown]
# Two directions hold [55.0]{data-v="what_the_state_remembers.pca.shares[0]"} and
# [30.1]{data-v="what_the_state_remembers.pca.shares[1]"} percent of the variance. In the drawing each state is the digit of its node:
#
# ![The states after [112]{data-v="what_the_state_remembers.pca.known"} prefixes in the two directions of PCA; each is drawn as the digit of its node. Where equal digits would cover each other, one is drawn.](../diagrams/what-the-state-remembers/pca-nodes.svg)
#
# [The nodes are separate groups]{data-v="what_the_state_remembers.pca.groups"}; node 1 is a single point, because it has one prefix only, B. The network has built the automaton, because
# predicting needs it. Cleeremans, Servan-Schreiber and McClelland found this in 1989, with the same grammar and a simple recurrent network.
#
# ### Is that more than a pretty picture?
#
# Groups in a drawing can deceive, so count. Give each node the mean of its states. Take new strings, leave out all prefixes that we
# had before, and let each new state belong to the nearest mean. How often is that its node?
#
# ```python title="snippets/what_the_state_remembers/pca.py"
# --8<-- "what_the_state_remembers/pca.py:nearest"
# ```
#
# And the **control**: the same for networks that were never trained. A control is a measurement in which the effect, here that of training,
# cannot be there. What is found in it anyway was not made by training.
#
# | seed | trained: in 8 dimensions | in 2 | not trained: in 8 | in 2 |
# |---|---|---|---|---|
# | 1 | [100]{data-v="what_the_state_remembers.pca.trained[0][1]"} | [100]{data-v="what_the_state_remembers.pca.trained[0][2]"} | [66.1]{data-v="what_the_state_remembers.pca.untrained[0][1]"} | [64.9]{data-v="what_the_state_remembers.pca.untrained[0][2]"} |
# | 2 | [100]{data-v="what_the_state_remembers.pca.trained[1][1]"} | [100]{data-v="what_the_state_remembers.pca.trained[1][2]"} | [57.7]{data-v="what_the_state_remembers.pca.untrained[1][1]"} | [24.4]{data-v="what_the_state_remembers.pca.untrained[1][2]"} |
# | 3 | [100]{data-v="what_the_state_remembers.pca.trained[2][1]"} | [100]{data-v="what_the_state_remembers.pca.trained[2][2]"} | [73.2]{data-v="what_the_state_remembers.pca.untrained[2][1]"} | [62.5]{data-v="what_the_state_remembers.pca.untrained[2][2]"} |
# | 4 | [100]{data-v="what_the_state_remembers.pca.trained[3][1]"} | [100]{data-v="what_the_state_remembers.pca.trained[3][2]"} | [61.9]{data-v="what_the_state_remembers.pca.untrained[3][1]"} | [49.4]{data-v="what_the_state_remembers.pca.untrained[3][2]"} |
#
# Percent of [168]{data-v="what_the_state_remembers.pca.new"} new prefixes. Always naming the commonest node would be right in
# [40]{data-v="what_the_state_remembers.pca.commonest"} percent. In eight dimensions
# [the untrained networks are well above that]{data-v="what_the_state_remembers.pca.above"}: even random weights echo the last symbols, and
# these say much about the node. [Training does the rest]{data-v="what_the_state_remembers.pca.rest"}: four trainings, four controls, and the lowest trained network
# is above the highest untrained one. Chance would part them so once in [70]{data-v="what_the_state_remembers.pca.by_chance"} times.
#
# ### Two nodes that predict the same
#
# At node 2 and at node 4 the grammar allows the same two symbols, S and X, equally often. If the state held only the prediction, these
# two nodes would be one point.

# %%
for prefix in ("BT", "BTX"):
    score = read(prefix, weights)[1][-1]         # (7,)
    print("after", prefix)
    print("".join(f"{symbol:>6}" for symbol in "BTSXPVE"))
    print("".join(f"{number:6.2f}" for number in score))

# %% [markdown]
# [S and X have the highest scores in both rows]{data-v="what_the_state_remembers.reader.same_two"}, nearly equal to each other. Yet the two groups lie apart: the distance between their means is
# [1.7]{data-v="what_the_state_remembers.pca.distances[1][3]"}, [the smallest of all pairs of nodes, but clearly not zero]{data-v="what_the_state_remembers.pca.apart"}.
# It has to be so:
# an S at node 2 leads back to node 2, and an S at node 4 leads to node 6. The state holds what the *future* needs, not only the next symbol.
#
# ## A symbol that must be kept
#
# In the [embedded grammar](../posts/rnn-api.md#a-symbol-to-be-remembered) the second symbol, T or P, comes back as the last but one, after a whole
# Reber string. Nothing in between tells which it was. Where does the network keep it? (How far apart the two may be is measured on
# [another page](../posts/long-sequences.md#forgetting-measured).)
#
# To have more places to search, we train two [LSTM](../posts/lstm.md) layers of 8 units, one on the other:
#
# ```python title="snippets/what_the_state_remembers/stack.py"
# --8<-- "what_the_state_remembers/stack.py:train"
# ```
#
# That makes [1119]{data-v="what_the_state_remembers.stack.parameters"} parameters. Running it by hand uses the `lstm_step` of
# [Part D](../posts/lstm.md#two-states-and-three-gates). The argument `replace` is for later: it lets us put other numbers into a unit.
#
# ```python title="snippets/what_the_state_remembers/stack.py"
# --8<-- "what_the_state_remembers/stack.py:run"
# ```
#
# For the search we need strings of one length. There are [78]{data-v="what_the_state_remembers.stack.inner"} Reber strings of [14]{data-v="what_the_state_remembers.stack.length"} symbols. Each
# comes twice, as **twins** that differ in one symbol only: once after BT, with the label 1, once after BP, with the label −1.
#
# ```python title="snippets/what_the_state_remembers/stack.py"
# --8<-- "what_the_state_remembers/stack.py:twins"
# ```
#
# ```python title="snippets/what_the_state_remembers/probe.py"
# --8<-- "what_the_state_remembers/probe.py:split"
# ```
#
# One half of the inner strings is for learning what a unit holds, the other half for testing it. Both twins are always in the same half.

# %%
from snippets.what_the_state_remembers.probe import control, probe_units, split
from snippets.what_the_state_remembers.stack import run, stack_weights
from snippets.what_the_state_remembers.switch import (
    exchange, inner_legal, kept, switch_off,
)

weights = stack_weights()
x, labels, x_new, new_labels = split()           # x is (N, T, m) = (78, 16, 7)
steps, _ = run(x, weights)                       # (T, 2, 2, N, u)
new_steps, new_scores = run(x_new, weights)
print("second T or P predicted rightly:",
      f"{100 * kept(new_scores, new_labels):.0f} %")

# %% [markdown]
# At step 1 the T or P is read, at steps 2 to 15 the inner string. At step 15 the network must predict the second T or P, and it does so
# rightly in [100]{data-v="what_the_state_remembers.switch.kept"} percent of the [78]{data-v="what_the_state_remembers.probe.new"} new
# strings. So the symbol is somewhere in there.
#
# ## What a linear probe is
#
# A **linear probe** asks: can one read the label off these numbers with a straight line? For a single unit with the cell value $c$ the
# answer of the probe is
#
# $$
# r = a\,c + d
# $$
#
# The slope $a$ and the shift $d$ are chosen so that $r$, what the probe reads, comes as near as possible to the labels 1 and −1: the sum of the squared differences
# is smallest, over the strings for learning. Then $r > 0$ means "it was T", and $r < 0$ "it was P". What counts is how often that
# is right for the *other* strings. For several units at once there is one slope for each.
#
# ```python title="snippets/what_the_state_remembers/probe.py"
# --8<-- "what_the_state_remembers/probe.py:probe"
# ```
#
# A probe is kept this plain on purpose. A large network as a probe might compute the label by itself; a line can only find what is
# there already. Alain and Bengio made the method known in 2016.
#
# ### Each unit alone
#
# ```python title="snippets/what_the_state_remembers/probe.py"
# --8<-- "what_the_state_remembers/probe.py:units"
# ```

# %%
cells, new_cells = steps[:, :, 0], new_steps[:, :, 0]  # (T, 2, N, u) each
units = probe_units(cells, labels, new_cells, new_labels)  # (T, 2, u)
print("share right at step 8, layer 1 and layer 2")
for layer in (0, 1):
    print("".join(f"{share:5.2f}" for share in units[8, layer]))

# %% [markdown]
# Every other label is 1, so chance alone is right in [0.50]{data-v="0.5"} of the cases. The same for [six]{data-v="what_the_state_remembers.probe.steps"} steps and all [sixteen]{data-v="what_the_state_remembers.probe.all"} units:
#
# ![What a probe of each cell alone gets right on new strings. 1·0 is unit 0 of layer 1, 2·0 is unit 0 of layer 2. The fill starts at 0.50, the level of a guess.](../diagrams/what-the-state-remembers/probe-units.svg)
#
# [One row is full from the first step to the last]{data-v="what_the_state_remembers.probe.carrier_only"}: unit [1]{data-v="what_the_state_remembers.probe.carrier[1]"} of layer 1. At every step its
# cell alone tells T from P without a mistake. In layer 2 no single cell knows much in the middle. At step 15, where the symbol is needed,
# [three]{data-v="what_the_state_remembers.probe.handed_up"} of them have it, or nearly: layer 1 has handed it up.
#
# The first column is a warning. [At step 1 every unit is perfect]{data-v="what_the_state_remembers.probe.first_step"}. That is no finding: only two prefixes exist then, BT and BP, and two
# points can always be told apart. A probe means something where many different states share a label.
#
# ### Whole layers
#
# Now a probe that sees all eight cells of a layer:
#
# ![What probes of whole layers get right. The axis starts at 50, the level of a guess.](../diagrams/what-the-state-remembers/probe-layers.svg)
#
# | step | layer 1 | layer 2 | not trained: 1 | 2 |
# |---|---|---|---|---|
# | 1 | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][1]"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[1][1]"} | [100.0]{data-v="what_the_state_remembers.seeds.untrained_first[1][0]"} | [100.0]{data-v="what_the_state_remembers.seeds.untrained_first[1][1]"} |
# | 5 | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][5]"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[1][5]"} | [100.0]{data-v="what_the_state_remembers.seeds.untrained_first[5][0]"} | [100.0]{data-v="what_the_state_remembers.seeds.untrained_first[5][1]"} |
# | 8 | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][8]"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[1][8]"} | [78.2]{data-v="what_the_state_remembers.seeds.untrained_first[8][0]"} | [100.0]{data-v="what_the_state_remembers.seeds.untrained_first[8][1]"} |
# | [10]{data-v="10"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][10]"} | [92]{data-v="what_the_state_remembers.probe.layers_percent[1][10]"} | [66.7]{data-v="what_the_state_remembers.seeds.untrained_first[10][0]"} | [96.2]{data-v="what_the_state_remembers.seeds.untrained_first[10][1]"} |
# | [11]{data-v="11"} | [99]{data-v="what_the_state_remembers.probe.layers_percent[0][11]"} | [97]{data-v="what_the_state_remembers.probe.layers_percent[1][11]"} | [64.1]{data-v="what_the_state_remembers.seeds.untrained_first[11][0]"} | [93.6]{data-v="what_the_state_remembers.seeds.untrained_first[11][1]"} |
# | [13]{data-v="13"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][13]"} | [95]{data-v="what_the_state_remembers.probe.layers_percent[1][13]"} | [62.8]{data-v="what_the_state_remembers.seeds.untrained_first[13][0]"} | [84.6]{data-v="what_the_state_remembers.seeds.untrained_first[13][1]"} |
# | [14]{data-v="14"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][14]"} | [99]{data-v="what_the_state_remembers.probe.layers_percent[1][14]"} | [61.5]{data-v="what_the_state_remembers.seeds.untrained_first[14][0]"} | [84.6]{data-v="what_the_state_remembers.seeds.untrained_first[14][1]"} |
# | [15]{data-v="15"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[0][15]"} | [100]{data-v="what_the_state_remembers.probe.layers_percent[1][15]"} | [57.7]{data-v="what_the_state_remembers.seeds.untrained_first[15][0]"} | [85.9]{data-v="what_the_state_remembers.seeds.untrained_first[15][1]"} |
#
# Both layers stay at or near [100]{data-v="100"} percent in the trained network, layer 2 with a dip to
# [92]{data-v="what_the_state_remembers.probe.layers_lowest[1]"} percent. But look at the dotted line. It is layer 2 of an *untrained* network,
# and there too a probe finds the symbol at the last step, in [78]{data-v="what_the_state_remembers.seeds.untrained[4][1]"} to
# [87]{data-v="what_the_state_remembers.seeds.untrained[2][1]"} percent of the strings ([five]{data-v="what_the_state_remembers.seeds.untrained_count"} networks). In layer 1 it is
# [58]{data-v="what_the_state_remembers.seeds.untrained[0][0]"} to [77]{data-v="what_the_state_remembers.seeds.untrained[1][0]"} percent. Random
# weights keep a faint echo of all they have read, and eight slopes are enough to pick it up.
#
# So a good probe shows that something *can be read*, not that the network reads it. Hence the control with untrained weights, and hence
# the experiment further down.
#
# ### The control: shuffled labels
#
# There is a second way to be fooled. Among sixteen units, some will look good by luck. How good? Shuffle the labels: give the same cells
# labels that have nothing to do with them, and measure again. Whatever this finds is chance. We do it [200]{data-v="what_the_state_remembers.probe.shuffles"} times.
#
# ```python title="snippets/what_the_state_remembers/probe.py"
# --8<-- "what_the_state_remembers/probe.py:control"
# ```

# %%
chance = control(cells[8], labels, new_cells[8], new_labels)  # (2, u, 200)
print(f"mean {chance.mean():.2f}, largest {chance.max():.2f}")
best = chance.max(axis=(0, 1))                   # (200,): best of 16 units
print("the best of 16 units: in 1 of 20 shuffles")
print(f"it is above {np.quantile(best, 0.95):.2f}")

# %% [markdown]
# Three things follow, all for step 8.
#
# - Of sixteen units without meaning, [0.7]{data-v="what_the_state_remembers.probe.chance_above"} are above [0.60]{data-v="what_the_state_remembers.probe.chance_limit_low"} on average. Here
#   [6]{data-v="what_the_state_remembers.probe.above"} are. So some of these know something.
# - In one shuffle of twenty the *best* of sixteen exceeds [0.64]{data-v="what_the_state_remembers.probe.chance_limit"}. That is the bar for a
#   unit that was picked because it looked good.
# - [12]{data-v="what_the_state_remembers.probe.nothing"} of the [16]{data-v="what_the_state_remembers.probe.all"} units do not pass it. As
#   far as one line on one cell can tell, they mean nothing for T and P.
#
# ## Changing a unit
#
# The probes say what can be read. To learn what the network *uses*, change it and see what breaks.
#
# ### Switching units off
#
# One may set a unit to 0. But 0 may be a number the unit never has, and then everything after it goes astray. It is gentler to hold the unit
# at its **mean** over many strings, step by step: that takes away what differs from string to string, and nothing else.
#
# ```python title="snippets/what_the_state_remembers/switch.py"
# --8<-- "what_the_state_remembers/switch.py:off"
# ```
#
# ### Exchanging units between twins
#
# Sharper still: twins have read the same, except for T or P. Let them exchange *one unit* at *one step*, in the middle, and go on. If
# that unit carries the symbol, each twin must now end with the other's symbol.
#
# ```python title="snippets/what_the_state_remembers/switch.py"
# --8<-- "what_the_state_remembers/switch.py:exchange"
# ```
#
# We look at two things: the second T or P, and how many predictions inside the inner string are still legal.
#
# ```python title="snippets/what_the_state_remembers/switch.py"
# --8<-- "what_the_state_remembers/switch.py:answers"
# ```

# %%
means = steps.mean(axis=3)                       # (T, 2, 2, u)
print("           off        exchanged")
print("unit   T/P  inner    T/P  inner")
for layer in (0, 1):
    for unit in range(8):
        off = switch_off(x_new, weights, [(layer, unit)], means)
        swap = exchange(x_new, weights, layer, unit, step=8)
        print(f" {layer + 1}·{unit}", *(
            f"{100 * share:6.0f}" for share in (
                kept(off, new_labels), inner_legal(x_new, off),
                kept(swap, new_labels), inner_legal(x_new, swap))))

# %% [markdown]
# This is as clear as such things get.
#
# - **Unit 1 of layer 1 carries the symbol.** Switched off, it leaves [50]{data-v="what_the_state_remembers.switch.off[0][1]"} percent, a
#   guess, while [100]{data-v="what_the_state_remembers.switch.off_legal[0][1]"} percent of the other predictions stay legal. Exchanged at step 8,
#   it leaves [0]{data-v="what_the_state_remembers.switch.exchanged[0][1]"} percent: *every* string ends with its twin's symbol. Two numbers
#   of [thirty-two]{data-v="what_the_state_remembers.probe.numbers"} decide, the cell and the state of one unit.
# - **A good probe is no cause.** At step 8 a probe reads unit 6 of layer 1 with a share of
#   [0.87]{data-v="what_the_state_remembers.probe.units[0][6][3]"}.
#   [Exchanging it there changes nothing]{data-v="what_the_state_remembers.switch.unheard"}: [100]{data-v="what_the_state_remembers.switch.exchanged[0][6]"} percent stay right. It hears of the symbol, and nobody
#   listens.
# - **Damage is no meaning.** Switched off, the same unit takes the second T or P down to
#   [83]{data-v="what_the_state_remembers.switch.off[0][6]"} percent, and
#   [without units 3 and 4 inner predictions go wrong]{data-v="what_the_state_remembers.switch.needed"}. Those units are
#   needed, but for something else.
# - **Most units carry nothing that we could find.** [11]{data-v="what_the_state_remembers.switch.harmless"} of the sixteen can be switched
#   off, one at a time, and more than [98]{data-v="what_the_state_remembers.switch.limit"} percent of both kinds of predictions stay right. That does not make them useless. Switched off all
#   *together*, they leave [50]{data-v="what_the_state_remembers.switch.together"} percent of the second T or P, a guess, and
#   [90]{data-v="what_the_state_remembers.switch.together_legal"} percent of the inner ones. They do something, only none does it alone.
# - **Zero misleads.** Set to 0 instead of its mean, unit 6 leaves [50]{data-v="what_the_state_remembers.switch.zero[0][6]"} percent. One would
#   have called it a second carrier.
#
# ### Is it always one unit?
#
# [Five]{data-v="what_the_state_remembers.seeds.trainings"} trainings, the same questions. A unit counts as a carrier if exchanging it at step 8 turns most of the answers. The
# columns after the number of carriers are about the best one.
#
# | seed | right | carriers | layer, unit | exchanged | lowest probe |
# |---|---|---|---|---|---|
# | 1 | [100]{data-v="what_the_state_remembers.seeds.kept[0]"} | [1]{data-v="what_the_state_remembers.seeds.flips[0]"} | [1]{data-v="what_the_state_remembers.seeds.layer[0]"}, [1]{data-v="what_the_state_remembers.seeds.unit[0]"} | [0]{data-v="what_the_state_remembers.seeds.exchanged[0]"} | [100]{data-v="what_the_state_remembers.seeds.lowest[0]"} |
# | 2 | [100]{data-v="what_the_state_remembers.seeds.kept[1]"} | [1]{data-v="what_the_state_remembers.seeds.flips[1]"} | [1]{data-v="what_the_state_remembers.seeds.layer[1]"}, [4]{data-v="what_the_state_remembers.seeds.unit[1]"} | [0]{data-v="what_the_state_remembers.seeds.exchanged[1]"} | [100]{data-v="what_the_state_remembers.seeds.lowest[1]"} |
# | 3 | [100]{data-v="what_the_state_remembers.seeds.kept[2]"} | [1]{data-v="what_the_state_remembers.seeds.flips[2]"} | [2]{data-v="what_the_state_remembers.seeds.layer[2]"}, [4]{data-v="what_the_state_remembers.seeds.unit[2]"} | [0]{data-v="what_the_state_remembers.seeds.exchanged[2]"} | [100]{data-v="what_the_state_remembers.seeds.lowest[2]"} |
# | 4 | [100]{data-v="what_the_state_remembers.seeds.kept[3]"} | [1]{data-v="what_the_state_remembers.seeds.flips[3]"} | [2]{data-v="what_the_state_remembers.seeds.layer[3]"}, [7]{data-v="what_the_state_remembers.seeds.unit[3]"} | [37]{data-v="what_the_state_remembers.seeds.exchanged[3]"} | [94]{data-v="what_the_state_remembers.seeds.lowest[3]"} |
# | 5 | [85]{data-v="what_the_state_remembers.seeds.kept[4]"} | [1]{data-v="what_the_state_remembers.seeds.flips[4]"} | [2]{data-v="what_the_state_remembers.seeds.layer[4]"}, [5]{data-v="what_the_state_remembers.seeds.unit[4]"} | [19]{data-v="what_the_state_remembers.seeds.exchanged[4]"} | [95]{data-v="what_the_state_remembers.seeds.lowest[4]"} |
#
# Right, exchanged and lowest probe are percentages. "Exchanged" is how many keep their own symbol after the exchange; "lowest probe" is the probe
# of its cell at the worst step.
#
# [Each of the five networks has one carrier]{data-v="what_the_state_remembers.seeds.single_each"}, sometimes in the first layer, sometimes in the second. With seed 4 it does not decide alone: after the exchange [37]{data-v="what_the_state_remembers.seeds.exchanged[3]"} percent keep
# their own symbol, so other units carry part of it. And the network of seed 5 has not learned the task completely. Five of
# five is little: with a 95 % interval, such trainings have a single carrier in [57]{data-v="what_the_state_remembers.seeds.single_interval[0]"} to [100]{data-v="what_the_state_remembers.seeds.single_interval[1]"} percent.
#
# ## Change a state yourself
#
# Back to the first network, the GRU, whose states are about nodes. A probe can ask for a node, too: "is it node 4?" That makes six probes, one a
# node.
#
# ```python title="snippets/what_the_state_remembers/nodes.py"
# --8<-- "what_the_state_remembers/nodes.py:nodes"
# ```
#
# The probe with the largest answer names the node of [100]{data-v="what_the_state_remembers.nodes.right"} percent of the new prefixes. And the control?
# In [five]{data-v="what_the_state_remembers.nodes.NETWORKS"} networks that were never trained, [random weights do nearly as well]{data-v="what_the_state_remembers.nodes.alike"}: [97.6]{data-v="what_the_state_remembers.nodes.random[1]"} to
# [99.4]{data-v="what_the_state_remembers.nodes.random[0]"} percent. [The last two symbols always tell the node]{data-v="what_the_state_remembers.nodes.two"}, and any state echoes
# them. So what can be read does not show what the network uses. Change the state:
#
# ```python title="snippets/what_the_state_remembers/nodes.py"
# --8<-- "what_the_state_remembers/nodes.py:read"
# ```
#
# Below, the network reads two strings, A and B. You can switch units of A off, or let A go on with the state of B. Steps are counted from 0.
#
# //// html | state-lab#lab
#
# --8<-- "state-lab.html"
#
# After BTX the automaton is at node 4: S, X may follow. A predicts X, with [0.515]{data-v="what_the_state_remembers.lab.p_a[2][3]"}; its largest probe is that of node 4. Nothing is changed.
# { .lab-told role=status }
#
# ![The plane of PCA. Each digit stands at the mean of its node; the line with circles is the way of A, the dashed one with squares that of B.](../diagrams/what-the-state-remembers/lab-plane.svg)
#
# /// html | div.even.lab-seen
#
# | after step 2 | A | changed | B |
# |---|---|---|---|
# | node: next | 4: S, X | 4: S, X | 2: S, X |
# | direction 1 | [0.25]{data-v="what_the_state_remembers.lab.plane_a[2][0]"} | [0.25]{data-v="what_the_state_remembers.lab.plane_a[2][0]"} | [1.65]{data-v="what_the_state_remembers.lab.plane_b[2][0]"} |
# | direction 2 | [1.59]{data-v="what_the_state_remembers.lab.plane_a[2][1]"} | [1.59]{data-v="what_the_state_remembers.lab.plane_a[2][1]"} | [0.59]{data-v="what_the_state_remembers.lab.plane_b[2][1]"} |
# | B is next | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][0]"} | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][0]"} | [0.001]{data-v="what_the_state_remembers.lab.p_b[2][0]"} |
# | T is next | [0.007]{data-v="what_the_state_remembers.lab.p_a[2][1]"} | [0.007]{data-v="what_the_state_remembers.lab.p_a[2][1]"} | [0.000]{data-v="what_the_state_remembers.lab.p_b[2][1]"} |
# | S is next | [0.474]{data-v="what_the_state_remembers.lab.p_a[2][2]"} | [0.474]{data-v="what_the_state_remembers.lab.p_a[2][2]"} | [0.450]{data-v="what_the_state_remembers.lab.p_b[2][2]"} |
# | X is next | [0.515]{data-v="what_the_state_remembers.lab.p_a[2][3]"} | [0.515]{data-v="what_the_state_remembers.lab.p_a[2][3]"} | [0.540]{data-v="what_the_state_remembers.lab.p_b[2][3]"} |
# | P is next | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][4]"} | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][4]"} | [0.000]{data-v="what_the_state_remembers.lab.p_b[2][4]"} |
# | V is next | [0.004]{data-v="what_the_state_remembers.lab.p_a[2][5]"} | [0.004]{data-v="what_the_state_remembers.lab.p_a[2][5]"} | [0.000]{data-v="what_the_state_remembers.lab.p_b[2][5]"} |
# | E is next | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][6]"} | [0.000]{data-v="what_the_state_remembers.lab.p_a[2][6]"} | [0.008]{data-v="what_the_state_remembers.lab.p_b[2][6]"} |
# | probe: node 1 | [−1.19]{data-v="what_the_state_remembers.lab.probes_a[2][0]"} | [−1.19]{data-v="what_the_state_remembers.lab.probes_a[2][0]"} | [−1.07]{data-v="what_the_state_remembers.lab.probes_b[2][0]"} |
# | probe: node 2 | [0.14]{data-v="what_the_state_remembers.lab.probes_a[2][1]"} | [0.14]{data-v="what_the_state_remembers.lab.probes_a[2][1]"} | [0.94]{data-v="what_the_state_remembers.lab.probes_b[2][1]"} |
# | probe: node 3 | [−0.76]{data-v="what_the_state_remembers.lab.probes_a[2][2]"} | [−0.76]{data-v="what_the_state_remembers.lab.probes_a[2][2]"} | [−1.19]{data-v="what_the_state_remembers.lab.probes_b[2][2]"} |
# | probe: node 4 | [0.24]{data-v="what_the_state_remembers.lab.probes_a[2][3]"} | [0.24]{data-v="what_the_state_remembers.lab.probes_a[2][3]"} | [−0.75]{data-v="what_the_state_remembers.lab.probes_b[2][3]"} |
# | probe: node 5 | [−0.72]{data-v="what_the_state_remembers.lab.probes_a[2][4]"} | [−0.72]{data-v="what_the_state_remembers.lab.probes_a[2][4]"} | [−0.98]{data-v="what_the_state_remembers.lab.probes_b[2][4]"} |
# | probe: node 6 | [−1.72]{data-v="what_the_state_remembers.lab.probes_a[2][5]"} | [−1.72]{data-v="what_the_state_remembers.lab.probes_a[2][5]"} | [−0.95]{data-v="what_the_state_remembers.lab.probes_b[2][5]"} |
#
# ///
#
# /// html | div.lab-heat[role="region"][tabindex="0"][aria-label="The state of A, a row a unit"]
#
# | unit | B 1 | T 2 | X 4 | X 3 | V 5 | V 6 | E 7 |
# |---|---|---|---|---|---|---|---|
# | 0 | [−0.82]{data-v="what_the_state_remembers.reader.h[0][0]"} | [0.33]{data-v="what_the_state_remembers.reader.h[0][1]"} | [0.91]{data-v="what_the_state_remembers.reader.h[0][2]"} | [0.60]{data-v="what_the_state_remembers.reader.h[0][3]"} | [−0.18]{data-v="what_the_state_remembers.reader.h[0][4]"} | [−0.14]{data-v="what_the_state_remembers.reader.h[0][5]"} | [0.84]{data-v="what_the_state_remembers.reader.h[0][6]"} |
# | 1 | [0.22]{data-v="what_the_state_remembers.reader.h[1][0]"} | [−0.90]{data-v="what_the_state_remembers.reader.h[1][1]"} | [−0.94]{data-v="what_the_state_remembers.reader.h[1][2]"} | [−0.70]{data-v="what_the_state_remembers.reader.h[1][3]"} | [0.94]{data-v="what_the_state_remembers.reader.h[1][4]"} | [−0.72]{data-v="what_the_state_remembers.reader.h[1][5]"} | [−0.77]{data-v="what_the_state_remembers.reader.h[1][6]"} |
# | 2 | [0.72]{data-v="what_the_state_remembers.reader.h[2][0]"} | [0.34]{data-v="what_the_state_remembers.reader.h[2][1]"} | [0.35]{data-v="what_the_state_remembers.reader.h[2][2]"} | [0.78]{data-v="what_the_state_remembers.reader.h[2][3]"} | [0.89]{data-v="what_the_state_remembers.reader.h[2][4]"} | [−0.95]{data-v="what_the_state_remembers.reader.h[2][5]"} | [−0.85]{data-v="what_the_state_remembers.reader.h[2][6]"} |
# | 3 | [−0.71]{data-v="what_the_state_remembers.reader.h[3][0]"} | [−0.49]{data-v="what_the_state_remembers.reader.h[3][1]"} | [0.95]{data-v="what_the_state_remembers.reader.h[3][2]"} | [0.90]{data-v="what_the_state_remembers.reader.h[3][3]"} | [−0.81]{data-v="what_the_state_remembers.reader.h[3][4]"} | [−0.90]{data-v="what_the_state_remembers.reader.h[3][5]"} | [−0.21]{data-v="what_the_state_remembers.reader.h[3][6]"} |
# | 4 | [−0.87]{data-v="what_the_state_remembers.reader.h[4][0]"} | [−0.31]{data-v="what_the_state_remembers.reader.h[4][1]"} | [−0.66]{data-v="what_the_state_remembers.reader.h[4][2]"} | [−0.88]{data-v="what_the_state_remembers.reader.h[4][3]"} | [−0.96]{data-v="what_the_state_remembers.reader.h[4][4]"} | [0.68]{data-v="what_the_state_remembers.reader.h[4][5]"} | [0.23]{data-v="what_the_state_remembers.reader.h[4][6]"} |
# | 5 | [−0.79]{data-v="what_the_state_remembers.reader.h[5][0]"} | [0.76]{data-v="what_the_state_remembers.reader.h[5][1]"} | [0.78]{data-v="what_the_state_remembers.reader.h[5][2]"} | [−0.64]{data-v="what_the_state_remembers.reader.h[5][3]"} | [0.65]{data-v="what_the_state_remembers.reader.h[5][4]"} | [0.96]{data-v="what_the_state_remembers.reader.h[5][5]"} | [0.55]{data-v="what_the_state_remembers.reader.h[5][6]"} |
# | 6 | [−0.07]{data-v="what_the_state_remembers.reader.h[6][0]"} | [0.51]{data-v="what_the_state_remembers.reader.h[6][1]"} | [0.00]{data-v="what_the_state_remembers.reader.h[6][2]"} | [−0.84]{data-v="what_the_state_remembers.reader.h[6][3]"} | [−1.00]{data-v="what_the_state_remembers.reader.h[6][4]"} | [0.89]{data-v="what_the_state_remembers.reader.h[6][5]"} | [0.69]{data-v="what_the_state_remembers.reader.h[6][6]"} |
# | 7 | [0.74]{data-v="what_the_state_remembers.reader.h[7][0]"} | [0.94]{data-v="what_the_state_remembers.reader.h[7][1]"} | [0.92]{data-v="what_the_state_remembers.reader.h[7][2]"} | [−0.87]{data-v="what_the_state_remembers.reader.h[7][3]"} | [−1.00]{data-v="what_the_state_remembers.reader.h[7][4]"} | [−0.86]{data-v="what_the_state_remembers.reader.h[7][5]"} | [0.22]{data-v="what_the_state_remembers.reader.h[7][6]"} |
#
# ///
#
# ////
#
# The lower table is the state of A: above each column stand the symbol and the node. Try three things.
#
# - [Give A the whole state of B after step 2](#lab){data-step=2 data-pick="take=all&at=2"}. What A predicts there hardly changes, since node 2 and node 4 predict the same. [Only a step later it shows]{data-v="what_the_state_remembers.lab.later"}: [after the next X](#lab){data-step=3 data-pick="take=all&at=2&step=3"} the network expects S or X, as B would have, and no longer T or V.
# - [Give it one unit only](#lab){data-step=3 data-pick="take=7&at=2&step=3"}, any. [No unit does that alone]{data-v="what_the_state_remembers.nodes.no_unit"}. We exchanged states [601]{data-v="what_the_state_remembers.nodes.pairs"} times where the nodes of two new strings differ. After an exchange of the whole state the prediction is legal [always for the node of B]{data-v="what_the_state_remembers.nodes.of_b"}. After that of one unit it stays legal for A's own node in [86]{data-v="what_the_state_remembers.nodes.own[7]"} to [100]{data-v="what_the_state_remembers.nodes.own[0]"} percent.
# - [Switch unit 7 off](#lab){data-step=2 data-pick="off=7"}. Held at its mean, it leaves [83]{data-v="what_the_state_remembers.nodes.off[7]"} percent of the predictions over new strings legal, [the least of all eight units]{data-v="what_the_state_remembers.nodes.least"}. Set to 0, it leaves [99]{data-v="what_the_state_remembers.nodes.zero[7]"}.
#
# The LSTM kept its symbol in one unit. This network has no unit that keeps the node alone.
#
# Some tasks need a number, not a symbol. [A cell that counts](a-cell-that-counts.py) looks for one.
#
# ## If your numbers differ
#
# - **You trained anew.** Another processor trains to other weights, and the units have no order: what is unit 1 here may be unit 5 with you.
#   Compare what the page *says*, for instance "one unit turns the answers", not the digits.
# - **The signs of PCA.** A direction and its opposite are equally good. NumPy may return either, so ours are turned until the largest part is
#   positive.
# - **You did not centre.** Without subtracting the mean the first direction points to the mean of the states. The first share is then
#   [48]{data-v="what_the_state_remembers.pca.uncentred[0]"} percent, not [55]{data-v="what_the_state_remembers.pca.shares[0]"}.
# - **You tested on the strings you learned from.** With enough slopes a line fits anything. Let a probe see all [32]{data-v="what_the_state_remembers.probe.numbers"} numbers of step 8 and
#   give it *shuffled* labels: on its own strings it is right in [77]{data-v="what_the_state_remembers.probe.same_strings"} percent. On new
#   strings it would be a guess. Keep twins in the same half, too.
# - **You probed states, not cells.** The state is the cell behind a gate, $h_t = o_t \odot \tanh(c_t)$, and shows less when the gate closes.
#   At its worst step the cell of unit 1 is read with [1.00]{data-v="what_the_state_remembers.probe.lowest[0][1]"}, its state with
#   [0.86]{data-v="what_the_state_remembers.probe.state_lowest"}.
#
# ## Exercises
#
# **1.** You test a unit with a probe on 20 new strings, and it is right [15]{data-v="what_the_state_remembers.probe.coin[0]"} times. How often does a coin do as well? And the best of sixteen
# coins?
#
# ??? success "Answer"
#     ```python title="snippets/what_the_state_remembers/probe.py"
#     --8<-- "what_the_state_remembers/probe.py:coin"
#     ```
#
#     `math` is part of Python. A coin reaches [15]{data-v="what_the_state_remembers.probe.coin[0]"} of [20]{data-v="what_the_state_remembers.probe.coin[1]"} with a probability $p$ of [2.1]{data-v="what_the_state_remembers.probe.coin_percent"} percent. At least one of sixteen
#     does with $1 - (1 - p)^{\data{v=what_the_state_remembers.probe.all}{16}}$, that is [28]{data-v="what_the_state_remembers.probe.coins_percent"} percent. Picked from sixteen, such a
#     unit is no finding.
#
# **2.** Turn all states by an orthogonal matrix, $h' = h Q$. What changes: the shares of PCA, or what probes of single units find?
#
# ??? success "Answer"
#     The shares stay the same: turning changes no distances. The units become mixtures, so single units find something else. PCA
#     knows no units. A layer probe stays the same too: every weighted sum of the new numbers is a weighted sum of the old ones.
#
# **3.** At which steps can the twins exchange unit 1 of layer 1 so that the answers turn?
#
# ??? success "Answer"
#     [At steps 1 to 13]{data-v="what_the_state_remembers.switch.turned"}: between [0]{data-v="what_the_state_remembers.switch.exchanged_at[1]"} and
#     [14]{data-v="what_the_state_remembers.switch.exchanged_at[13]"} percent stay right. At step 14 it is
#     [95]{data-v="what_the_state_remembers.switch.exchanged_at[14]"} percent, at step 15 [100]{data-v="what_the_state_remembers.switch.exchanged_at[15]"}. By
#     then the symbol has been handed on to other units. At step 0 nothing has been read that could be exchanged.
#
# ## Sources
#
# - A. Karpathy, J. Johnson and L. Fei-Fei, [*Visualizing and understanding recurrent networks*](https://arxiv.org/abs/1506.02078) (2015): units over a text.
# - Ken Perry, [the recurrent-networks notebooks of his machine-learning course](https://github.com/kenperry-public): units as switches, seen in heat maps.
# - A. Cleeremans, D. Servan-Schreiber and J. L. McClelland, [*Finite state automata and simple recurrent networks*](https://doi.org/10.1162/neco.1989.1.3.372) (1989): nodes in the
#   states, on the Reber grammar.
# - G. Alain and Y. Bengio, [*Understanding intermediate layers using linear classifier probes*](https://arxiv.org/abs/1610.01644) (2016).
# - J. Hewitt and P. Liang, [*Designing and interpreting probes with control tasks*](https://arxiv.org/abs/1909.03368) (2019): why a probe needs a control.
# - S. Hochreiter and J. Schmidhuber, [*Long short-term memory*](https://doi.org/10.1162/neco.1997.9.8.1735) (1997): the embedded Reber grammar as a test of memory.

"""The explorers, in a real browser: what they show is what NumPy and Keras compute."""

import contextlib
import functools
import io
import random
import re

import keras
import numpy as np
import pytest

from snippets.gru import miniature as gru
from snippets.layers.dense import dense as dense_step
from snippets.layers.dense import sigmoid
from snippets.layers.gru import gru_step, gru_step_reset_before
from snippets.layers.lstm import lstm_step
from snippets.layers.min_gru import min_gru_step
from snippets.layers.simple_rnn import simple_rnn_step
from snippets.layers.slstm import SLSTMCell, slstm_step
from snippets.lstm import miniature as lstm_miniature
from snippets.math_of_a_simple_rnn import miniature as math_of_a_simple_rnn
from snippets.parallel_scan import miniature as parallel_scan
from snippets.recurrences_of_today import slstm as slstm_miniature
from snippets.simple_rnn import miniature as simple_rnn_miniature
from snippets.stacked_rnn import miniature as stacked
from snippets.time_distributed import model as time_distributed
from tests.site.sources import DOCS, sources
from tests.site.tabs import OF_COLOURS, in_scheme, leave_out_repeats, moves, url, violations
from tests.site.test_engine import ACTIVATIONS

LIVE = "cell-explorer"
PARTS = DOCS / "assets" / "javascripts" / "parts"

# The page of each explorer, its layer, and how many decimals its table has.
EXPLORERS = {
    "": ("simple_rnn", 4),
    "time-distributed/": ("dense", 4),
    "math-of-a-simple-rnn/": ("simple_rnn_linear", 6),
    "simple-rnn/": ("simple_rnn", 4),
    "stacked-rnn/": ("stacked_rnn", 4),
    "lstm/": ("lstm", 4),
    "gru/": ("gru", 4),
    "recurrences-of-today/": ("slstm", 4),
    "parallel-scan/": ("min_gru", 4),
}


# By NumPy: the snippets' own functions, one unit wide ------------------------------------------


def by_numpy(cell, weights, x, before=None):
    """Every number of every step, as the page's snippets compute it: a list of dictionaries."""
    before = before or {}
    w = {name: np.array([[number]]) for name, number in weights.items()}
    before = START.get(cell, {}) | before
    state = {name: np.array([[before.get(name, 0.0)]]) for name in ("h", "h1", "h2", "c", "n", "m")}
    steps = []
    for x_t in x:
        row = np.array([[x_t]])
        now = {"x": row, **STEPS[cell](row, w, state)}
        state |= {name: now[name] for name in state.keys() & now.keys()}
        steps.append({name: number.item() for name, number in now.items()})
    return steps


def dense(x, w, _):
    z, y = dense_step(x, w["W"], w["b"])
    return {"xW": x @ w["W"], "z": z, "y": y}


def simple_rnn(x, w, before):
    z, h = simple_rnn_step(x, before["h"], w["W"], w["U"], w["b"])
    s = h @ w["W_y"] + w["b_y"]
    products = {"xW": x @ w["W"], "hU": before["h"] @ w["U"], "hW_y": h @ w["W_y"]}
    return products | {"z": z, "h": h, "s": s, "y": sigmoid(s)}


def simple_rnn_linear(x, w, before):
    now = simple_rnn(x, w, before)
    return {name: now[name] for name in ("xW", "hU", "z", "h")} | {"y": now["s"]}


def stacked_rnn(x, w, before):
    z1, h1 = simple_rnn_step(x, before["h1"], w["W1"], w["U1"], w["b1"])
    z2, h2 = simple_rnn_step(h1, before["h2"], w["W2"], w["U2"], w["b2"])
    z = h2 @ w["W_y"] + w["b_y"]
    lower = {"xW1": x @ w["W1"], "hU1": before["h1"] @ w["U1"], "z1": z1, "h1": h1}
    upper = {"hW2": h1 @ w["W2"], "hU2": before["h2"] @ w["U2"], "z2": z2, "h2": h2}
    return lower | upper | {"z": z, "y": sigmoid(z)}


def stacked_rnn_one_layer(x, w, before):
    z1, h1 = simple_rnn_step(x, before["h1"], w["W1"], w["U1"], w["b1"])
    z = h1 @ w["W_y"] + w["b_y"]
    lower = {"xW1": x @ w["W1"], "hU1": before["h1"] @ w["U1"], "z1": z1, "h1": h1}
    return lower | {"z": z, "y": sigmoid(z)}


def packed(w, name, gates):
    return np.concatenate([w[f"{name}_{gate}"] for gate in gates], axis=1)


def lstm(x, w, before):
    W, U, b = (packed(w, name, "ifco") for name in "WUb")
    i, f, c_new, o, c, h = lstm_step(x, before["h"], before["c"], W, U, b[0])
    sums = x @ W + before["h"] @ U + b
    named = {}
    for at, gate in enumerate("ifco"):
        named[f"xW_{gate}"] = (x @ W)[:, at]
        named[f"hU_{gate}"] = (before["h"] @ U)[:, at]
        named[f"z_{gate}"] = sums[:, at]
    mixed = {"kept": f * before["c"], "written": i * c_new, "g_c": np.tanh(c)}
    return named | mixed | {"i": i, "f": f, "c̃": c_new, "o": o, "c": c, "h": h}


def slstm(x, w, before):
    W, U, b = (packed(w, name, "ifco") for name in "WUb")
    h, c, n, m = (before[name] for name in "hcnm")
    i, f, c_new, o, c, n, m, h = slstm_step(x, h, c, n, m, W, U, b[0])
    now = lstm(x, w, before)
    log_f = -np.logaddexp(0, -now["z_f"])
    mixed = {"kept": f * before["c"], "written": i * c_new, "kept_n": f * before["n"]}
    sums = {name: now[name] for name in now if name[:2] in ("xW", "hU", "z_")}
    shown = {"i": i, "f": f, "c̃": c_new, "o": o, "c": c, "n": n, "m": m, "h": h, "mean": c / n}
    return sums | {"log_f": log_f, "faded": log_f + before["m"]} | mixed | shown


def gru_after(x, w, before):
    W, U, b, b2 = (packed(w, name, "zrh") for name in ("W", "U", "b", "b′"))
    z, r, h_new, h = gru_step(x, before["h"], W, U, np.concatenate([b, b2]))
    p, q = x @ W + b, before["h"] @ U + b2
    return gru_named(p, q, r * q[:, 2:], z, r, h_new, h, before["h"])


def gru_before(x, w, before):
    W, U, b, b2 = (packed(w, name, "zrh") for name in ("W", "U", "b", "b′"))
    z, r, h_new, h = gru_step_reset_before(x, before["h"], W, U, (b + b2)[0])
    p, q = x @ W + b + b2, before["h"] @ U
    q[:, 2:] = r * before["h"]
    return gru_named(p, q, q[:, 2:] * w["U_h"], z, r, h_new, h, before["h"])


def min_gru(x, w, before):
    W, b = packed(w, "W", "zh"), packed(w, "b", "zh")
    z, h_new, h = min_gru_step(x, before["h"], W, b[0])
    mixed = {"kept": z * before["h"], "taken": (1 - z) * h_new}
    return {"sum_z": (x @ W + b)[:, 0], "z": z, "h̃": h_new, "h": h} | mixed


def gru_named(p, q, reset, z, r, h_new, h, h_before):
    sums = {"sum_z": (p + q)[:, 0], "sum_r": (p + q)[:, 1], "sum_h": p[:, 2:] + reset}
    named = {
        f"{name}_{gate}": a[:, at]
        for name, a in (("p", p), ("q", q))
        for at, gate in enumerate("zrh")
    }
    mixed = {"reset": reset, "kept": z * h_before, "taken": (1 - z) * h_new}
    return named | sums | mixed | {"z": z, "r": r, "h̃": h_new, "h": h}


STEPS = {
    "dense": dense,
    "simple_rnn": simple_rnn,
    "simple_rnn_linear": simple_rnn_linear,
    "stacked_rnn": stacked_rnn,
    "stacked_rnn_one_layer": stacked_rnn_one_layer,
    "lstm": lstm,
    "gru": gru_after,
    "gru_reset_before": gru_before,
    "slstm": slstm,
    "min_gru": min_gru,
}


# The arithmetic --------------------------------------------------------------------------------


RUN = """async ([cell, samples, calls]) => {
  const { equations, run } = await import("/source/cells.js");
  return samples.map(({ x, weights, before }) => run(equations(cell), weights, x, calls, before));
}"""
# What the state before the first step is called, by cell.
BEFORE = {
    "dense": [],
    "stacked_rnn": ["h1", "h2"],
    "stacked_rnn_one_layer": ["h1"],
    "lstm": ["h", "c"],
    "slstm": ["h", "c", "n", "m"],
}
# Where that is not 0: before the first step there is no exponent.
START = {"slstm": {"m": -10000}}


def at_rest(cell):
    """The states before the first step, as an explorer has them at first."""
    return dict.fromkeys(BEFORE.get(cell, ["h"]), 0) | START.get(cell, {})


@pytest.fixture(scope="module")
def presets(modules):
    """What parts/presets.js holds."""
    return modules.evaluate("import('/source/presets.js').then(m => m.PRESETS)")


@pytest.mark.parametrize("cell", STEPS)
def test_the_arithmetic_is_that_of_numpy(modules, presets, cell):
    """The numbers of the page, and random ones: within 1e-12."""
    page = presets.get(cell) or presets[cell.split("_one_")[0].split("_reset_")[0]]
    draw = random.Random(cell)
    samples = [page["page"] | {"before": at_rest(cell)}]
    for _ in range(20):
        x = [draw.uniform(-3, 3) for _ in range(draw.randint(1, 12))]
        weights = {name: draw.uniform(-2, 2) for name in page["page"]["weights"]}
        before = {name: draw.uniform(-2, 2) for name in BEFORE.get(cell, ["h"])}
        if "n" in before:
            before["n"] = abs(before["n"])  # a sum of weights
        samples.append({"x": x, "weights": weights, "before": before})
    calls = {"g": page["page"]["activation"], "σ": "σ"}
    shown = modules.evaluate(RUN, [cell, samples, calls])
    for sample, steps in zip(samples, shown, strict=True):
        wanted = by_numpy(cell, sample["weights"], sample["x"], sample.get("before"))
        for now, step in zip(steps, wanted, strict=True):
            assert now.keys() == step.keys()
            assert now == pytest.approx(step, rel=0, abs=1e-12)


# By Keras: layers of the same weights, states and activations, in float64 ---------------------------


def by_keras(cell, weights, x, before, g="tanh", gates="σ"):
    """What the last layer gives at each step."""
    options = {"dtype": "float64", "activation": ACTIVATIONS[g]}
    sequence = np.reshape(x, (1, -1, 1)).astype("float64")
    state = {name: np.array([[number]], "float64") for name, number in before.items()}

    def array(name, gates=("",), ending=""):
        names = [name + (gate and f"_{gate}") + ending for gate in gates]
        return np.array(
            [[weights[one] if cell != "min_gru" else weights.get(one, 0.0) for one in names]]
        )

    def simple_rnn(sequence, ending=""):
        layer = keras.layers.SimpleRNN(1, return_sequences=True, **options)
        layer.build(sequence.shape)
        W, U, b = (array(name, ending=ending) for name in "WUb")
        layer.set_weights([W, U, b[0]])
        return layer(sequence, initial_state=state[f"h{ending}"])

    def dense(sequence, activation, ending=""):
        layer = keras.layers.Dense(1, dtype="float64", activation=ACTIVATIONS[activation])
        layer.build(sequence.shape)
        layer.set_weights([array("W", ending=ending), array("b", ending=ending)[0]])
        return layer(sequence)

    if cell == "dense":
        output = dense(sequence, g)
    elif cell in ("simple_rnn", "simple_rnn_linear"):
        output = dense(simple_rnn(sequence), "σ" if cell == "simple_rnn" else "linear", "_y")
    elif cell.startswith("stacked"):
        lower = simple_rnn(sequence, "1")
        output = dense(lower if "one" in cell else simple_rnn(lower, "2"), "σ", "_y")
    elif cell == "slstm":
        layer = keras.layers.RNN(
            SLSTMCell(1, dtype="float64"), return_sequences=True, dtype="float64"
        )
        layer.build(sequence.shape)
        layer.set_weights([array("W", "ifco"), array("U", "ifco"), array("b", "ifco")[0]])
        output = layer(sequence, initial_state=[state[name] for name in BEFORE[cell]])
    else:
        options |= {"recurrent_activation": ACTIVATIONS[gates], "return_sequences": True}
        if cell == "lstm":
            layer = keras.layers.LSTM(1, **options)
            arrays = [array("W", "ifco"), array("U", "ifco"), array("b", "ifco")[0]]
        else:
            after = cell in ("gru", "min_gru")
            layer = keras.layers.GRU(1, reset_after=after, **options)
            biases = np.concatenate([array("b", "zrh"), array("b′", "zrh")])
            arrays = [array("W", "zrh"), array("U", "zrh"), biases if after else biases.sum(axis=0)]
        layer.build(sequence.shape)
        layer.set_weights(arrays)
        states = [state[name] for name in BEFORE.get(cell, ["h"])]
        output = layer(sequence, initial_state=states if len(states) > 1 else states[0])
    return np.array(output)[0, :, 0]


PAIRS = [(g, "σ") for g in ACTIVATIONS] + [("tanh", gates) for gates in ACTIVATIONS]


@pytest.mark.parametrize("cell", STEPS)
@pytest.mark.parametrize(("g", "gates"), PAIRS)
def test_start_states_and_activations_are_those_of_keras(modules, presets, cell, g, gates):
    gated = cell == "lstm" or "gru" in cell
    if gates != "σ" and not gated:
        return  # these have no gates to choose, or σ is their output's
    if cell == "slstm" and g != "tanh":
        return  # no layer of Keras's: our cell has tanh
    page = presets.get(cell) or presets[cell.split("_one_")[0].split("_reset_")[0]]
    weights, x = page["page"]["weights"], [0.5, -1.0, 0.25, 2.0]
    before = {name: -0.75 - at for at, name in enumerate(BEFORE.get(cell, ["h"]))}
    if "n" in before:
        before["n"] = 2.0
    sample = {"weights": weights, "x": x, "before": before}
    [shown] = modules.evaluate(RUN, [cell, [sample], {"g": g, "σ": gates}])
    output = "h" if gated or cell == "slstm" else "y"
    wanted = by_keras(cell, weights, x, before, g, gates)
    np.testing.assert_allclose([step[output] for step in shown], wanted, rtol=1e-12, atol=1e-12)


def test_an_explorer_starts_with_the_numbers_of_its_page(presets):
    """The first preset of each layer is what its snippet says."""
    page = {layer: preset["page"] for layer, preset in presets.items()}
    t, m, s, g = time_distributed, math_of_a_simple_rnn, simple_rnn_miniature, gru
    assert page["dense"]["x"] == list(t.six_steps)
    assert page["dense"]["weights"] == {"W": t.w, "b": t.bias}
    for layer, module in (("simple_rnn", s), ("simple_rnn_linear", m)):
        assert page[layer]["x"] == list(module.x[:, 0])
        names = {"W": module.W, "U": module.U, "b": module.b, "W_y": module.W_y, "b_y": module.b_y}
        assert page[layer]["weights"] == {name: a.item() for name, a in names.items()}
    assert page["stacked_rnn"]["x"] == stacked.x
    assert page["stacked_rnn"]["weights"] == {
        name: getattr(stacked, name) for name in page["stacked_rnn"]["weights"]
    }
    assert page["lstm"]["x"] == list(lstm_miniature.x[:, 0])
    assert page["slstm"]["x"] == list(slstm_miniature.x[0, :, 0])
    assert page["slstm"]["weights"] == page["lstm"]["weights"]
    assert page["gru"]["x"] == list(g.x[0, :, 0])
    arrays = {"W": lstm_miniature.W[0], "U": lstm_miniature.U[0], "b": lstm_miniature.b}
    assert page["lstm"]["weights"] == {
        f"{name}_{gate}": a[at] for name, a in arrays.items() for at, gate in enumerate("ifco")
    }
    arrays = {"W": g.W[0], "U": g.U[0], "b": g.b[0], "b′": g.b[1]}
    assert page["gru"]["weights"] == {
        f"{name}_{gate}": a[at] for name, a in arrays.items() for at, gate in enumerate("zrh")
    }
    arrays = {"W": parallel_scan.W[0], "b": parallel_scan.b}
    assert page["min_gru"]["x"] == list(parallel_scan.x[0, :, 0])
    assert page["min_gru"]["weights"] == {
        f"{name}_{gate}": a[at] for name, a in arrays.items() for at, gate in enumerate("zh")
    }


# What is said of a layer: read by read() of cells.js, computed for x = 2 and the weights W = 3, U = 5.
SAID = """async lines => {
  const { read, run } = await import("/source/cells.js");
  try {
    return run(read([["part", ...lines]]), { W: 3, U: 5 }, [1, 2], { g: "relu", σ: "σ" })[1];
  } catch (error) {
    return error.message;
  }
}"""


def test_a_line_is_computed_as_it_is_written(modules):
    lines = ["a = 0.5 x W", "b = U ⊙ (a − W ⊙ x)", "h = g(b + 20) + h₋ U"]
    # Step 0: a = 1.5, b = −7.5, h = 12.5
    assert modules.evaluate(SAID, lines) == {"x": 2, "a": 3, "b": -15, "h": 5 + 12.5 * 5}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("z = (x W", "a parenthesis is not closed"),
        ("z = x W)", ") is left over"),
        ("z = x W = 2", "a name or a number is missing before ="),
        ("z = x * W", "a name or a number is missing before *"),
        ("z = x +", "a name or a number is missing before its end"),
        ("z = ()", "a name or a number is missing before )"),
        ("z x W", "it does not begin with name ="),
        ("= x W", "it does not begin with name ="),
        ("z = x ⊙ W U", "⊙ and a product without a sign: say by parentheses which comes first"),
        ("z = x W ⊙ U", "⊙ and a product without a sign: say by parentheses which comes first"),
        ("z = x (W + U)", "x is no function"),
        ("z = toString(x)", "toString is no function"),
        ("z = x W + q", "no line before it makes q"),
        ("z = q₋ U", "no line before it makes q₋"),
        ("z = W₋ U", "no line before it makes W₋"),
        ("z = x W_q", "no weight W_q is given"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(modules, line, told):
    assert modules.evaluate(SAID, [line]) == f"cells.js: {line}: {told}"


# What is shown ---------------------------------------------------------------------------------


def test_every_explorer_is_tested():
    there = {page for page, path in sources().items() if "cell-explorer" in path.read_text("utf-8")}
    assert there == set(EXPLORERS) and all(EXPLORERS[page][0] in STEPS for page in there)


READ = """() => {
  const e = document.querySelector("cell-explorer");
  const seen = (cell) => !cell.hidden;
  const drawn = [...e.querySelectorAll("svg [data-q]")].map(n => [n.dataset.q, n.textContent]);
  return {
    rows: [...e.querySelectorAll("tbody tr")].map(
      row => [...row.cells].slice(1).filter(seen).map(cell => cell.textContent)),
    steps: [...e.querySelectorAll("thead th")].slice(1).filter(seen).map(cell => cell.textContent),
    now: [...e.querySelectorAll("td:not([hidden]) .explorer-now")].map(n => n.textContent),
    made: [...e.querySelectorAll("td:not([hidden]) .explorer-made")].map(n => n.textContent),
    tied: e.querySelectorAll("[data-v]").length,
    told: e.querySelectorAll("[title], [data-q] > title").length,
    where: e.querySelector(".explorer-where").textContent,
    status: e.querySelector(".explorer-status").textContent,
    equations: e.querySelector(".explorer-equations").textContent,
    drawn,
    t: Number(/\\d+/.exec(e.querySelector(".explorer-step").textContent)[0]),
    complaints: [...e.querySelectorAll(".explorer-complaint")].map(n => n.textContent).filter(Boolean),
    text: e.textContent,
  };
}"""


def seen(tab):
    return tab.evaluate(READ)


def as_shown(number, digits):
    """A number as the page prints it."""
    text = f"{number:z.{digits}f}" if abs(number) < 1e5 else short(number)
    return text.replace("-", "−")


def given(number):
    """A number that a reader gave, as drawing and table print it."""
    plain = number == 0 or 1e-3 <= abs(number) < 1e5
    return (f"{number:.8g}" if plain else short(number)).replace("-", "−")


def brief(number):
    """A number as a narrow place of the drawing has it."""
    size = float(f"{abs(number):.2e}")
    return (f"{number:.3g}" if size == 0 or 1e-3 <= size < 1000 else short(number)).replace(
        "-", "−"
    )


def short(number):
    """Three digits and an exponent, without zeros that say nothing."""
    if not np.isfinite(number):
        return f"{number}".replace("inf", "∞")
    digits, exponent = f"{number:.2e}".split("e")
    return f"{digits.rstrip('0').rstrip('.')}e{int(exponent)}"


def check(seen, cell, order, weights, x, digits, before=None):
    """Each number of table and drawing is that of NumPy; nothing is no number."""
    steps = by_numpy(cell, weights, x, before)
    assert seen["steps"] == [f"t = {t}" for t in range(len(x))]
    for name, row in zip(["x", *order], seen["rows"], strict=True):
        if name == "x":
            wanted = [given(number) for number in x]
        else:
            wanted = [as_shown(step[name], digits) if name in step else "–" for step in steps]
        assert row == wanted, name
    columns = 1 + max(int(q.split()[1]) for q, _ in seen["drawn"])
    start = seen["t"] if columns == 1 else max(0, min(seen["t"] - 1, len(x) - columns))
    for q, text in seen["drawn"]:
        name, column = q.split()
        t = start + int(column)
        if name == "t":
            assert text == given(t)
        elif name in weights:
            assert text in (given(weights[name]), brief(weights[name]))
        elif t < 0:
            number = (at_rest(cell) | (before or {})).get(name, 0)
            assert text in (given(number), brief(number))
        elif t >= len(x) or name not in steps[t]:
            assert text == "–"
        elif name == "x":
            assert text in (given(x[t]), brief(x[t]))
        else:
            decimals = len(text.partition(".")[2])
            long = as_shown(steps[t][name], decimals)
            assert text == (long if decimals and "e" not in text else brief(steps[t][name])), (q, t)
    assert not re.search(r"NaN|undefined|Infinity", seen["text"])


ORDER = "([cell]) => import('/source/cells.js').then(m => m.equations(cell).map(l => l.name))"
COUNT = "([cell]) => import('/source/cells.js').then(m => m.CELLS[cell].length)"


@pytest.fixture(scope="module")
def order(modules):
    return functools.cache(lambda cell: modules.evaluate(ORDER, [cell]))


RESET = """() => {
  document.activeElement.blur();
  document.querySelector(".explorer-reset").click();
  document.querySelector(".explorer-change").open = false;
}"""


@pytest.fixture(scope="module")
def opened(open_for_all):
    """A function that shows an explorer as it is when its page has been opened, which is done once.

    Whatever was done to it, its own button leads back to that.
    """

    @functools.cache
    def once(page):
        tab = open_for_all(page, near=LIVE, permissions=["clipboard-read", "clipboard-write"])
        return tab, seen(tab)

    def opened(page):
        tab, first = once(page)
        tab.evaluate(RESET)
        now = seen(tab)
        assert {**now, "text": ""} == {**first, "text": ""}  # whose fields are built when needed
        assert first["tied"] > 0 and "?" not in url(tab)
        return tab

    return opened


# Whether all equations of a part are seen without scrolling, of every part.
CUT_OFF = """() => {
  const explorer = document.querySelector("cell-explorer");
  const equations = explorer.querySelector(".explorer-equations");
  const [start, on] = ["step back", "part on"].map(move => explorer.querySelector(`[data-move="${move}"]`));
  while (start.ariaDisabled !== "true") start.click();
  const cut = [];
  for (let part = 1; ; part++) {
    if (equations.scrollHeight > equations.clientHeight) cut.push(part);
    if (on.ariaDisabled === "true") return cut;
    on.click();
  }
}"""


@pytest.mark.parametrize("page", EXPLORERS)
def test_the_equations_of_each_part_are_seen_without_scrolling(opened, page):
    assert opened(page).evaluate(CUT_OFF) == []


@pytest.mark.parametrize("page", EXPLORERS)
def test_by_keyboard_through_every_part_of_every_step(opened, modules, presets, order, page):
    cell, digits = EXPLORERS[page]
    weights, x = (presets[cell]["page"][what] for what in ("weights", "x"))
    parts = modules.evaluate(COUNT, [cell])
    tab = opened(page)
    check(seen(tab), cell, order(cell), weights, x, digits)
    tab.locator("[data-move='step back']").focus()
    for _ in x:
        tab.keyboard.press("ArrowLeft")
    for t in range(len(x)):
        for part in range(parts):
            now = seen(tab)
            assert now["where"].startswith(f"t = {t} part {part + 1} of {parts}: ")
            assert now["status"].startswith(f"Step {t}, part {part + 1} of {parts}")
            assert now["now"] and all(text in now["equations"] for text in now["now"])
            check(now, cell, order(cell), weights, x, digits)
            tab.keyboard.press("ArrowDown")


def with_other_numbers(tab, presets, cell):
    """Type another first weight, step it up, and let the sequence be twelve steps long; return weights and x."""
    weights, x = (presets[cell]["page"][what] for what in ("weights", "x"))
    name = list(weights)[0]
    tab.locator(".explorer-change > summary").press("Enter")
    field = tab.locator(f'input[data-of="{name}"]')
    field.fill("−1.25")
    field.press("ArrowUp")
    tab.locator('input[data-of="T"]').fill("12")
    return weights | {name: -1.15}, [*x, *[0] * (12 - len(x))]


@pytest.mark.parametrize("page", EXPLORERS)
def test_other_numbers_are_computed_step_by_step_and_copied(opened, presets, order, page):
    cell, digits = EXPLORERS[page]
    tab = opened(page)
    weights, x = with_other_numbers(tab, presets, cell)
    for t in range(seen(tab)["t"], 12):
        last = seen(tab)
        assert last["t"] == t
        check(last, cell, order(cell), weights, x, digits)
        tab.locator("[data-move='step on']").press("Enter")
    assert not last["tied"] and not last["told"], "changed numbers say they are the recorded"
    check_program(tab, cell, weights, x, at_rest(cell))
    tab.locator('input[data-of="T"]').fill("1")
    check(seen(tab), cell, order(cell), weights, x[:1], digits)


def copied(tab):
    """The program that the explorer copies."""
    tab.locator(".explorer-copy").press("Enter")
    tab.get_by_text("Copied").wait_for()
    program = tab.evaluate("navigator.clipboard.readText()")
    tab.get_by_text("Copy as NumPy").wait_for()
    return program


# What the layers of a program call the quantities of a table, where that has other names: the second
# and the third of a stack, and the output.
IN_PROGRAM = {
    "simple_rnn": [{}, {"hW_y": "xW", "s": "z", "y": "y"}],
    "simple_rnn_linear": [{}, {"y": "y"}],
    "stacked_rnn": [
        {"xW1": "xW", "hU1": "hU", "z1": "z", "h1": "h"},
        {"hW2": "xW", "hU2": "hU", "z2": "z", "h2": "h"},
        {"z": "z", "y": "y"},
    ],
    "stacked_rnn_one_layer": [
        {"xW1": "xW", "hU1": "hU", "z1": "z", "h1": "h"},
        {"z": "z", "y": "y"},
    ],
}
PRINTED = re.compile(r"layer (\d)|t = (\d+)|  (\w+) = \[\[(.*)\]\]")


def printed_by(program):
    """What a program prints, by layer, step and name; and the array that it leaves."""
    run = {}
    with contextlib.redirect_stdout(io.StringIO()) as out, np.printoptions():
        exec(program, run)
    numbers, at = {}, 0
    for layer, t, name, number in PRINTED.findall(out.getvalue()):
        if layer:
            at = int(layer) - 1
        elif t:
            step = int(t)
        else:
            numbers[at, step, name] = number
    return numbers, run["output"]


def check_program(tab, cell, weights, x, before, g=None, gates="σ"):
    """It prints every number of the table, as rounded as that, and computes what Keras does."""
    program, now = copied(tab), seen(tab)
    numbers, output = printed_by(program)
    names = [name for name in tab.evaluate(LINES)]
    by_layer = IN_PROGRAM.get(cell, [{}])
    called = {name: (at, of[name]) for at, of in enumerate(by_layer) for name in of}
    for name, row in zip(names, now["rows"][1:], strict=True):
        at, plain = called.get(name, (0, name.replace("′", "2").replace("\u0303", "_new")))
        for t, text in enumerate(row):
            if "–" in text:
                continue  # no line of a variant
            number = text.replace("−", "-").replace("∞", "inf")
            wanted = numbers[at, t, plain]
            if "e" in number:
                assert float(wanted) == pytest.approx(float(number), rel=0.005)
            else:
                assert float(wanted) == float(number), (name, t)
                assert wanted.strip("-") == number.strip("-")
    g = g or {"dense": "σ", "min_gru": "linear"}.get(cell, "tanh")
    wanted = by_keras(cell, weights, x, before, g, gates)
    np.testing.assert_allclose(np.ravel(output), wanted, rtol=1e-12, atol=1e-12)


LINES = "document.querySelector('cell-explorer').explorer.table.rows.slice(1).map(r => r.name)"


# axe, which is asked about the explorer, would read all of the page. Four rows stand for all.
ALONE = """() => document.querySelectorAll(
    "body > :not(.md-container), .md-sidebar, article > :not(cell-explorer), tbody tr:nth-child(n + 5)"
  ).forEach(block => block.remove())"""


@pytest.mark.parametrize("page", EXPLORERS)
def test_its_address_shows_the_same_to_everyone_on_a_phone_too(
    opened, open_page, presets, axe, page
):
    cell, _ = EXPLORERS[page]
    tab = opened(page)
    weights, _ = with_other_numbers(tab, presets, cell)
    tab.locator("[data-move='step on']").press("Enter")
    tab.locator("[data-move='part on']").press("Enter")
    there = seen(tab)
    other = open_page(url(tab), near=LIVE)
    again = seen(other)
    for what in ("rows", "steps", "where", "equations", "drawn"):
        assert again[what] == there[what]
    # With its fields open and a complaint it shuts nobody out, nor is it too wide.
    other.locator(".explorer-change > summary").press("Enter")
    other.locator('input[data-of="T"]').fill("2")
    other.locator(f'input[data-of="{list(weights)[0]}"]').fill("?")
    other.locator("cell-explorer details:not(.explorer-change)").evaluate_all(
        "all => all.forEach(details => { details.open = true })"
    )
    other.set_viewport_size({"width": 360, "height": 800})
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    other.evaluate(ALONE)
    leave_out_repeats(other)
    assert violations(other, axe, LIVE) == []
    in_scheme(other, "dark")
    assert violations(other, axe, LIVE, only=OF_COLOURS) == []


def test_a_table_that_gets_too_wide_can_be_scrolled_with_the_keys(open_page):
    """Where bars for scrolling take no place, too, as on a phone."""
    tab = open_page("simple-rnn/", near=LIVE, width=800, is_mobile=True)
    tab.locator(".explorer-change > summary").press("Enter")
    fits, wide = ":not([tabindex], [role])", "[tabindex='0'][role=region]"
    for steps, block in ((3, fits), (12, wide), (3, fits)):
        tab.locator('input[data-of="T"]').fill(str(steps))
        tab.locator(f"cell-explorer .md-typeset__scrollwrap{block}").wait_for(timeout=5000)


BAD = ["", "   ", "abc", "1e309", "NaN", "Infinity", "1e", "e5", "1e5.5", "0x10", "--1", "1 2"]


def test_bad_input_gets_a_message_at_the_field_and_keeps_the_last_good_state(opened):
    tab = opened("lstm/")
    tab.locator(".explorer-change > summary").click()
    good = seen(tab)["rows"]
    field = tab.locator('input[data-of="W_f"]')
    for text in BAD:
        field.fill(text)
        now = seen(tab)
        assert now["rows"] == good and len(now["complaints"]) == 1
        assert re.search("write a number", now["complaints"][0], re.IGNORECASE)
        assert field.get_attribute("aria-invalid") == "true"
        assert not re.search(r"NaN|Infinity", "".join(map(str, now["drawn"])))
    field.fill("−0.5")
    assert not seen(tab)["complaints"] and field.get_attribute("aria-invalid") == "false"
    steps = tab.locator('input[data-of="T"]')
    for text in ("1000", "0", "13", "2.5", "−1"):
        steps.fill(text)
        now = seen(tab)
        assert now["rows"] == good
        assert now["complaints"] == ["Write a whole number from 1 to 12."]


CHANGED: dict[str, dict[str, float]] = {
    "": {"h₋": 0.6},
    "math-of-a-simple-rnn/": {"h₋": -0.25},
    "simple-rnn/": {"h₋": 1.5},
    "stacked-rnn/": {"h1₋": 0.5, "h2₋": -0.75},
    "lstm/": {"h₋": -0.5, "c₋": 2},
    "gru/": {"h₋": 0.8},
    "recurrences-of-today/": {"h₋": 0.25, "c₋": 0.5, "n₋": 1.5, "m₋": 2},
    "parallel-scan/": {"h₋": 2},
}


def type_into(tab, of, text):
    tab.locator(f'[data-of="{of}"]').fill(text)


@pytest.mark.parametrize("page", CHANGED)
def test_start_states_are_computed_drawn_copied_shared_and_taken_back(
    opened, open_page, presets, order, page
):
    cell, digits = EXPLORERS[page]
    weights, x = (presets[cell]["page"][what] for what in ("weights", "x"))
    before = {name[:-1]: number for name, number in CHANGED[page].items()}
    tab = opened(page)
    tab.locator(".explorer-change > summary").press("Enter")
    for name, number in CHANGED[page].items():
        type_into(tab, name, given(number))
    tab.evaluate("document.querySelector('cell-explorer').explorer.go(0)")
    now = seen(tab)
    check(now, cell, order(cell), weights, x, digits, before)
    assert now["tied"] == 0
    there = {q.split()[0] for q, _ in now["drawn"] if q.endswith(" -1")} & before.keys()
    assert there == before.keys()
    first = list(before)[0]
    lines = tab.evaluate("document.querySelector('cell-explorer').explorer.view.lines")
    at = next(line for line in lines if f"{first}₋" in line["line"])
    tab.evaluate(f"document.querySelector('cell-explorer').explorer.go(0, {at['name']!r})")
    number = given(before[first])
    assert re.search(rf"[=(·] ?\(?{re.escape(number)}\)?( ·| =)", seen(tab)["equations"])
    check_program(tab, cell, weights, x, before)
    other = open_page(url(tab), near=LIVE)
    check(seen(other), cell, order(cell), weights, x, digits, before)
    tab.locator(".explorer-reset").click()
    assert "before" not in url(tab)
    check(seen(tab), cell, order(cell), weights, x, digits)


@pytest.mark.parametrize("page", ["lstm/", "gru/", "parallel-scan/"])
@pytest.mark.parametrize("gates", ["hard_sigmoid", "hard_sigmoid_2", "tanh", "relu", "linear"])
def test_the_activation_of_the_gates_is_a_choice(opened, open_page, presets, page, gates):
    cell, _ = EXPLORERS[page]
    weights, x = (presets[cell]["page"][what] for what in ("weights", "x"))
    tab = opened(page)
    tab.locator(".explorer-change > summary").press("Enter")
    tab.get_by_label("activation of the gates").select_option(gates)
    before = at_rest(cell)
    check_program(tab, cell, weights, x, before, gates=gates)
    shown = tab.evaluate("document.querySelector('cell-explorer').explorer.view.steps")
    g = presets[cell]["page"]["activation"]
    wanted = by_keras(cell, weights, x, before, g, gates)
    np.testing.assert_allclose([step["h"] for step in shown], wanted, rtol=1e-12, atol=1e-12)
    [row] = [row for row, name in zip(seen(tab)["rows"][1:], tab.evaluate(LINES)) if name == "h"]
    assert row == [as_shown(number, 4) for number in wanted]
    gate = "i" if cell == "lstm" else "z"
    tab.evaluate(f"document.querySelector('cell-explorer').explorer.go(0, '{gate}')")
    head = tab.locator("cell-explorer tbody tr").nth(1 + tab.evaluate(LINES).index(gate))
    for written in (seen(tab)["equations"], head.locator("td").first.inner_text()):
        assert "σ" not in written
        assert (f"{gates}(" in written) == (gates != "linear")
    other = open_page(url(tab), near=LIVE)
    assert seen(other)["rows"] == seen(tab)["rows"]
    assert f"{gates}(" in seen(other)["text"] or gates == "linear"


NUMBERS = [("1.45e-05", 1.45e-05), ("1E3", 1000), ("−2.5e−7", -2.5e-07), ("12345.678", 12345.678)]
NUMBERS += [("1,5e+6", 1.5e6), ("-1234567890123", -1234567890123.0)]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
@pytest.mark.parametrize("page", EXPLORERS)
def test_exponents_and_large_numbers_are_computed(opened, presets, order, page, text, number):
    cell, digits = EXPLORERS[page]
    weights, x = (presets[cell]["page"][what] for what in ("weights", "x"))
    tab = opened(page)
    tab.locator(".explorer-change > summary").press("Enter")
    name = list(weights)[0]
    type_into(tab, name, text)
    type_into(tab, "x0", text)
    now = seen(tab)
    assert not now["complaints"]
    weights, x = weights | {name: number}, [number, *x[1:]]
    check(now, cell, order(cell), weights, x, digits)
    assert tab.locator('[data-of="x0"]').get_attribute("aria-valuenow") == text.replace("−", "-")
    tab.locator('[data-of="x0"]').blur()
    shown = tab.locator('[data-of="x0"]').input_value().replace("−", "-")
    assert float(shown) == number  # with all its digits


@pytest.mark.parametrize(("U", "told"), [("1e308", "∞"), ("−1e308", "nan")])
def test_what_no_number_holds_is_told_as_by_numpy(opened, presets, U, told):
    """∞ plus ∞, and minus ∞."""
    cell, digits = EXPLORERS["math-of-a-simple-rnn/"]
    tab = opened("math-of-a-simple-rnn/")
    tab.locator(".explorer-change > summary").press("Enter")
    type_into(tab, "W", "1e308")
    type_into(tab, "U", U)
    tab.locator("[data-of=g]").select_option("linear")
    w = presets[cell]["page"]["weights"]
    x, h, wanted = presets[cell]["page"]["x"], 0.0, []
    with np.errstate(all="ignore"):
        for x_t in np.array(x, "float64"):
            h = x_t * np.float64(1e308) + h * np.float64(U.replace("−", "-")) + w["b"]
            wanted.append(as_shown(h, digits))
    [row] = [row for row, name in zip(seen(tab)["rows"][1:], tab.evaluate(LINES)) if name == "h"]
    assert row == wanted and told in row


# Of each number of a drawing: how far it reaches out of the drawing, or into a number beside it.
TOO_LONG = """() => {
  const svg = document.querySelector("cell-explorer svg");
  const edge = svg.closest("cell-explorer").getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("[data-q]:not([data-q^='t '])")]
    .filter(e => e.textContent).map(e => [e.dataset.q, e.textContent, e.getBoundingClientRect()]);
  const out = boxes.filter(([,, b]) => b.left < edge.left - 1 || b.right > edge.right + 1);
  const hit = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  const over = boxes.filter(([,, a], i) => boxes.some(([,, b], j) => j < i && hit(a, b)));
  return [...out, ...over].map(([q, text, b]) => `${q}: ${text} ${b.left.toFixed()}-${b.right.toFixed()}, ${b.top.toFixed()}`);
}"""


@pytest.mark.parametrize("page", EXPLORERS)
@pytest.mark.parametrize("number", ["−1.45e−5", "−98765.4321"])
def test_long_numbers_stay_in_their_places(open_page, page, number):
    tab = open_page(page, near=LIVE, width=360)
    assert tab.evaluate(TOO_LONG) == []
    tab.locator(".explorer-change > summary").press("Enter")
    for field in tab.locator("cell-explorer input[type=text]:not([data-of=T])").all():
        field.fill(number)
    tab.evaluate("document.querySelector('cell-explorer').explorer.go(0)")
    assert tab.evaluate(TOO_LONG) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_an_address_from_when_a_switch_had_another_name(open_page, presets, order):
    tab, start = open_page("gru/?t=0&otherwise=true", near=LIVE), presets["gru"]["page"]
    check(seen(tab), "gru_reset_before", order("gru"), start["weights"], start["x"], 4)


@pytest.mark.parametrize(
    "query",
    [
        "x=1_nan&W_f=1e309&c_before=1e&gates=eval&t=99&part=77&g=eval",
        f"x={'_'.join('1' * 13)}&t=-1&W_f=&part=0.5",
    ],
)
def test_a_damaged_address_does_no_harm(open_page, presets, order, query):
    tab = open_page(f"lstm/?t=0&{query}", near=LIVE)
    start = presets["lstm"]["page"]
    now = seen(tab)
    check(now, "lstm", order("lstm"), start["weights"], start["x"], 4)
    assert re.match(r"t = [0-2] ?part [1-6] of 6", now["where"])


# A table's heads, and whether each is that of a row which is not computed.
HEADS = "all => all.map(e => [e.innerHTML, e.parentElement.classList.contains('explorer-off')])"


@pytest.mark.parametrize(
    ("address_of", "cell", "variant", "row", "head"),
    [
        ("stacked-rnn/", "stacked_rnn", "stacked_rnn_one_layer", 9, "zt = h(1)t Wy + by"),
        ("gru/", "gru", "gru_reset_before", 6, "rt ⊙ ht−1"),
    ],
)
def test_a_switch_computes_another_layer(
    opened, presets, order, address_of, cell, variant, row, head
):
    start = presets[cell]["page"]
    tab = opened(address_of)
    heads = tab.locator("cell-explorer tbody td:first-child")
    as_written = heads.evaluate_all(HEADS)
    tab.locator(".explorer-change > summary").click()
    tab.locator("[data-of=variant]").check()
    check(seen(tab), variant, order(cell), start["weights"], start["x"], 4)
    assert seen(tab)["tied"] == 0
    # The variant is written as it is computed, until the switch is turned back.
    assert heads.nth(row).inner_text() == head
    tab.locator("[data-of=variant]").uncheck()
    check(seen(tab), cell, order(cell), start["weights"], start["x"], 4)
    assert heads.evaluate_all(HEADS) == as_written


@pytest.mark.parametrize("page", ["lstm/", "simple-rnn/", "gru/", "parallel-scan/"])
def test_ready_made_numbers_and_the_forget_bias(opened, presets, order, page):
    cell, digits = EXPLORERS[page]
    tab = opened(page)
    for name, other in presets[cell]["others"].items():
        tab.locator(".explorer-presets").select_option(name)
        start = presets[cell]["page"]
        weights = start["weights"] | other.get("weights", {})
        check(seen(tab), cell, order(cell), weights, other.get("x", start["x"]), digits)
        assert tab.locator(".explorer-presets").input_value() == name
    if cell == "lstm":
        tab.locator(".explorer-reset").click()
        tab.locator(".explorer-change > summary").click()
        tab.locator("[data-of='b_f = 1']").uncheck()
        weights = presets[cell]["page"]["weights"] | {"b_f": 0}
        check(seen(tab), cell, order(cell), weights, presets[cell]["page"]["x"], digits)
        assert tab.locator(".explorer-presets").input_value() == "your own"


def test_a_picked_number_shows_what_made_it(opened):
    tab = opened("lstm/")
    row = tab.locator("cell-explorer tr", has_text="kept")
    row.locator("td").nth(2).locator("span").last.click()
    now = seen(tab)
    # kept = f_1 ⊙ c_0, and nothing else
    assert now["now"] == ["0.6375"] and sorted(now["made"]) == ["0.7977", "0.7991"]
    assert "= 0.7991 · 0.7977 = 0.6375" in now["equations"]
    assert now["where"].startswith("t = 1 part 5 of 6: the new cell")
    # The arrow keys lead to the number below it, Enter picks that, and once more lets it go.
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert seen(tab)["made"] == ["0.5768", "0.3717"]
    tab.keyboard.press("Enter")
    assert not seen(tab)["made"]
    # In the drawing, too.
    tab.locator("cell-explorer svg [data-q='z_f 0']").click()
    now = seen(tab)
    assert now["now"] == ["1.3807"] and sorted(now["made"]) == ["0.0000", "0.3807"]


def test_a_link_in_the_prose_sets_the_step(open_page):
    tab = open_page("lstm/")
    link = tab.locator("a[data-step='1']").first
    link.click()
    tab.locator(".explorer-step", has_text="t = 1").wait_for()
    assert url(tab).endswith("#explorer")


def test_nothing_moves_when_an_explorer_comes_alive_and_is_used(open_page):
    for page, width in (("", 1280), ("", 360), ("gru/#explorer", 1280), ("lstm/#explorer", 360)):
        tab = open_page(page, near=LIVE, width=width)
        size = tab.locator("cell-explorer").bounding_box()
        for _ in range(8):  # not by a click, which would excuse a shift
            tab.evaluate("document.querySelector('cell-explorer').explorer.move('part on')")
        assert moves(tab) == []
        assert tab.locator("cell-explorer").bounding_box()["height"] == size["height"]


def test_without_javascript_the_drawing_and_the_table_are_all_there(open_page):
    for page in ("lstm/", ""):
        tab = open_page(page, java_script_enabled=False)
        assert tab.locator("cell-explorer figure svg").is_visible()
        assert tab.locator(".explorer-panel").is_hidden()
        assert not tab.get_by_text("The buttons lead from part to part").is_visible()
        assert tab.locator("cell-explorer table").count() == 1

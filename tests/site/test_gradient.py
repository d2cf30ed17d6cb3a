"""The lab of backpropagation: it walks backwards through the lines of cells.js, and finds what a tape finds."""

import json
import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from hooks import ties
from snippets.backpropagation import gru, lab, lstm, miniature
from tests.site.sources import ROOT
from tests.site.tabs import OF_COLOURS, SETTLED, in_scheme, moves, settled, url, violations
from tests.site.test_engine import ACTIVATIONS
from tests.site.visits import BUDGET, FOR_ALL, Visit, own_scripts

PAGE, LIVE = "backpropagation/", "gradient-lab"
LAB = "document.querySelector('gradient-lab').explorer"

BACKWARDS = """async ([layer, states]) => {
  const { gradients, difference } = await import("/source/gradients.js");
  const { LAYERS } = await import("/source/gradient-layers.js");
  const { OPTIMISERS } = await import("/source/optimisers.js");
  const { lines, weights } = LAYERS[layer];
  const names = Object.keys(weights);
  return states.map(({ x, w, target, s, rate, before, calls }) => {
    const named = Object.fromEntries(names.map((name, k) => [name, w[k]]));
    const task = { lines, x, target, weights: named, before, calls };
    const found = gradients(task);
    const g = found.ofWeights.map(({ value }) => value);
    const steps = Object.values(OPTIMISERS).map(step => g.map((g, k) => step(w[k], g, rate).weight));
    return { loss: found.loss, results: [g, names.map(name => difference(task, name, s).value), ...steps] };
  });
}"""
TANH = {"g": "tanh", "σ": "σ"}


@pytest.fixture(scope="module")
def record():
    """What the snippet has recorded, as arrays."""
    text = ties.record(ROOT, "backpropagation.lab").read_text(encoding="utf-8")
    return {name: np.array(entry["value"]) for name, entry in json.loads(text).items()}


@pytest.mark.parametrize("layer", lab.COUNTS)
def test_random_states_are_those_of_the_tape(modules, record, layer):
    """Gradients, differences, and the weights after a step of each optimiser."""
    keys = ("target", "s", "rate")
    states = [
        {
            "x": row[:3],
            **dict(zip(keys, row[3:6], strict=True)),
            "w": row[6:],
            "before": {},
            "calls": TANH,
        }
        for row in np.array(record[f"{layer}_chosen"]).tolist()
    ]
    found = modules.evaluate(BACKWARDS, [layer, states])
    losses, results = record[f"{layer}_losses"], record[f"{layer}_results"]
    assert len(found) == lab.COUNTS[layer]
    np.testing.assert_allclose([one["loss"] for one in found], losses, rtol=0, atol=1e-12)
    np.testing.assert_allclose([one["results"] for one in found], results, rtol=0, atol=1e-9)


def by_tape(layer, x, weights, before, target, **options):
    """The gradients of Keras's layer, from states that are not 0."""
    names = {"simple_rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU", "gru_before": "GRU"}
    if "gru" in layer:
        options["reset_after"] = layer == "gru"
    recurrent = getattr(keras.layers, names[layer])(1, dtype="float64", **options)
    recurrent.build((1, len(x), 1))
    variables = recurrent.trainable_variables
    for variable, array in zip(variables, weights):
        variable.assign(array)
    states = [np.full((1, 1), number) for number in before.values()]
    with tf.GradientTape() as tape:
        y = recurrent(np.reshape(x, (1, -1, 1)), initial_state=states)
        if layer == "simple_rnn":
            output = [tf.Variable(array) for array in weights[3:]]
            variables = [*variables, *output]
            y = y @ output[0] + output[1]
        loss = keras.ops.sum((y - target) ** 2)
    return lab.row(tape.gradient(loss, variables))


PAIRS = [(g, "σ") for g in ACTIVATIONS] + [("tanh", gates) for gates in ACTIVATIONS if gates != "σ"]


@pytest.mark.parametrize("layer", lab.COUNTS)
def test_start_states_and_activations_are_those_of_the_tape(modules, layer):
    rng = np.random.default_rng(7)
    before = {"lstm": {"h": 0.5, "c": -0.75}}.get(layer, {"h": 0.5})
    for g, gates in PAIRS if layer != "simple_rnn" else PAIRS[:6]:
        weights = [rng.normal(size=shape) for shape in lab.SHAPES[layer]]
        x = rng.normal(size=5).tolist()
        options = {"activation": ACTIVATIONS[g]}
        if layer != "simple_rnn":
            options["recurrent_activation"] = ACTIVATIONS[gates]
        wanted = by_tape(layer, x, weights, before, 0.25, **options)
        w = lab.row(weights).tolist()
        state = {"x": x, "w": w, "target": 0.25, "s": 1e-4, "rate": 0.1, "before": before}
        [found] = modules.evaluate(BACKWARDS, [layer, [state | {"calls": {"g": g, "σ": gates}}]])
        np.testing.assert_allclose(found["results"][0], wanted, rtol=1e-10, atol=1e-12, err_msg=g)


@pytest.mark.parametrize(
    ("g", "kinks"), [("relu", [0]), ("hard_sigmoid", [-3, 3]), ("hard_sigmoid_2", [-2.5, 2.5])]
)
def test_the_slope_where_a_function_has_a_kink_is_that_of_keras(modules, g, kinks):
    for z in kinks:
        weights = [np.array(a, float) for a in ([[1]], [[0]], [0], [[1]], [0])]
        wanted = by_tape("simple_rnn", [z], weights, {"h": 0}, 0.5, activation=ACTIVATIONS[g])
        state = {"x": [z], "w": [1, 0, 0, 1, 0], "target": 0.5, "s": 1, "rate": 1, "before": {}}
        [found] = modules.evaluate(
            BACKWARDS, ["simple_rnn", [state | {"calls": {"g": g, "σ": "σ"}}]]
        )
        np.testing.assert_allclose(found["results"][0], wanted, rtol=0, atol=1e-12)


# What is shown ---------------------------------------------------------------------------------

READ = """() => {
  const lab = document.querySelector("gradient-lab");
  const texts = selector => [...lab.querySelectorAll(selector)].map(e => e.textContent);
  const { values, weights, state } = lab.explorer;
  return {
    cells: Object.fromEntries([...values.shown.cells, ...weights.shown.cells]
      .map(([place, { element }]) => [place, element.textContent])),
    heads: texts("tbody td:first-child"),
    now: texts("td .explorer-now"),
    made: texts("td .explorer-made"),
    tied: [...lab.querySelectorAll("[data-v]")].filter(e => e.checkVisibility()).length,
    drawn: [...lab.querySelectorAll("svg [data-q]")].map(e => [e.dataset.q, e.textContent]),
    where: texts(".explorer-where")[0].trim(),
    status: texts(".explorer-status")[0],
    equations: [...lab.querySelectorAll(".explorer-equations p")].map(e => e.innerText),
    results: texts(".explorer-equations b"),
    complaints: texts(".explorer-complaint").filter(Boolean),
    figure: lab.querySelector("figure").checkVisibility(),
    layer: state.layer,
  };
}"""


def seen(tab):
    return settled(tab).evaluate(READ)


def shown(number, digits):
    return f"{number:z.{digits}f}".replace("-", "−")


@pytest.fixture(scope="module")
def lab_tab(open_for_all):
    """A function that shows the lab as it is when its page has been opened, which is done once."""
    tab = open_for_all(PAGE, near=LIVE)
    first = seen(tab)

    def lab_tab():
        tab.locator(".explorer-reset").click()
        assert seen(tab) == first and "?" not in url(tab)
        return tab

    return lab_tab


def test_it_starts_with_the_numbers_of_the_page(lab_tab, open_page, record):
    tab = lab_tab()
    now = seen(tab)
    by_hand = miniature.values()
    for name, digits, column in (
        ("gradients", 6, 1),
        ("difference", 6, 2),
        ("sgd", 6, 3),
        ("rmsprop", 6, 4),
        ("adam", 6, 5),
    ):
        numbers = by_hand[name] if column == 1 else record[name]
        for weight, number in zip(("W", "U", "b", "W_y", "b_y"), numbers, strict=True):
            assert now["cells"][f"{weight} {column}"] == shown(number, digits)
    for t in range(3):
        assert now["cells"][f"z {t}"] == shown(record["z"][t], 4)
        for name, key in (("h", "h"), ("∂h", "dh"), ("∂z", "dz")):
            assert now["cells"][f"{name} {t}"] == shown(by_hand[key][t], 4)
    assert dict(map(tuple, now["drawn"])) == {
        "target": "2(y − 1)",
        "∂y 2": shown(by_hand["dy"], 4),
        **{f"∂{k} {t}": shown(by_hand[f"d{k}"][t], 4) for k in "hz" for t in range(3)},
        **{f"slope {t}": shown(by_hand["slope"][t], 4) for t in range(3)},
    }
    assert now["tied"] == 55 and now["where"].startswith("t = 2 stop 1 of 13: the loss")
    # Without scripts the same stands there, and no controls.
    plain = open_page(PAGE, java_script_enabled=False)
    cells = f"{LIVE} td"
    assert plain.locator(cells).all_inner_texts() == tab.locator(cells).all_inner_texts()
    assert plain.locator(f"{LIVE} figure svg").is_visible()
    assert plain.locator(f"{LIVE} .explorer-panel").is_hidden()


SET = f"""async states => {{ const found = []; for (const {{ layer, x, w, target, s, rate }} of states) {{
  const lab = {LAB};
  lab.choose(layer);
  const setting = structuredClone(lab.state.setting);
  Object.keys(setting.weights).forEach((name, k) => {{ setting.weights[name] = w[k]; }});
  lab.set({{ setting: {{ ...setting, x, more: {{ target, s, rate }} }} }});
  await {SETTLED};
  const {{ weights }} = lab.measure();
  const rows = [...weights.values()];
  found.push({{
    loss: lab.view.view.loss,
    results: [
      rows.map(({{ g }}) => g), rows.map(({{ value }}) => value),
      ...[0, 1, 2].map(k => rows.map(({{ steps }}) => steps[k].weight)),
    ],
    cells: Object.fromEntries([...lab.weights.shown.cells].map(([p, {{ element }}]) => [p, element.textContent])),
    names: [...weights.keys()],
  }});
}} return found; }}"""


def test_fifty_random_states_are_shown_as_the_snippet_has_them(lab_tab, record):
    tab, keys = lab_tab(), ("target", "s", "rate")
    states, wanted = [], []
    for layer in lab.COUNTS:
        for row, results in zip(record[f"{layer}_chosen"].tolist(), record[f"{layer}_results"]):
            more = dict(zip(keys, row[3:6], strict=True))
            states.append({"layer": layer, "x": row[:3], "w": row[6:], **more})
            wanted.append(results)
    assert len(states) == 50
    losses = np.concatenate([record[f"{layer}_losses"] for layer in lab.COUNTS])
    found = tab.evaluate(SET, states)
    np.testing.assert_allclose([one["loss"] for one in found], losses, rtol=0, atol=1e-12)
    for one, results in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one["results"], results, rtol=0, atol=1e-9)
        for column, numbers in enumerate(results, 1):
            for name, number in zip(one["names"], numbers, strict=True):
                text = one["cells"][f"{name} {column}"].replace("−", "-")
                assert float(text) == pytest.approx(number, rel=0, abs=5.01e-7)


def test_by_keyboard_back_to_the_weights_of_every_layer(lab_tab):
    """Each stop tells what the tables show there, and the values by hand of the page are among them."""
    tab = lab_tab()
    by_hand = {"lstm": lstm.values(), "gru": gru.values()}
    for layer, count, forms in (
        ("simple_rnn", 13, {}),
        ("lstm", 16, {"∂h": "dh", "∂c": "dc"}),
        ("gru", 20, {"∂h": "dh"}),
        ("gru_before", 19, {}),
    ):
        tab.locator(".explorer-presets").select_option(layer)
        tab.locator("[data-move=loss]").focus()
        for stop in range(1, count + 1):
            now = seen(tab)
            assert re.match(rf"(t = [0-2]|all t) stop {stop} of {count}: \w", now["where"])
            told = now["where"].replace(" stop", ", stop") + ": "
            assert now["status"].startswith(told)
            assert all(text in now["status"] for text in now["now"])
            assert now["now"] and {text.rstrip("0") for text in now["now"]} <= {
                text.rstrip("0") for text in now["results"]
            } | {shown(float(now["cells"]["L 0"]), 6).rstrip("0")}
            tab.keyboard.press("ArrowLeft")
        assert seen(tab)["where"] == now["where"], "it ends there"
        for place, key in forms.items():
            for t in range(3):
                assert now["cells"][f"{place} {t}"] == shown(by_hand[layer][key][t], 4)
        assert now["figure"] == (layer == "simple_rnn")
        tab.keyboard.press("Home")
        assert "stop 1 of" in seen(tab)["where"]


def test_equations_are_those_of_the_page(lab_tab):
    tab = lab_tab()
    for place, told in {
        "L 0": "L = (y2 − target)² = (0.1625 − 1)² = 0.7014",
        "∂y 2": "∂L/∂y2 = 2 (y2 − target) = 2 · (0.1625 − 1) = −1.6749",
        "∂h 2": "∂L/∂h2 = ∂L/∂y2 · Wy = (−1.6749) · 0.5759429 = −0.9647",
        "∂z 2": "∂L/∂z2 = ∂L/∂h2 · (1 − h2²) = (−0.9647) · 0.9204 = −0.8879",
        "∂h 1": "∂L/∂h1 = ∂L/∂z2 · U = (−0.8879) · (−1) = 0.8879",
        "z 2": "z2 = x2 W + h1 U + b = 0.3 · 1.4501959 + 0.1450 · (−1) + 0 = 0.2901",
        "b 1": "∂L/∂b, three ways added = −0.851163 + 0.869190 − 0.887857 = −0.869830",
        "b_y 1": "∂L/∂by = ∂L/∂y2 = −1.674949",
        "b 4": "v = 0.1 g² = 0.1 · (−0.869830)² = 0.07566047",
    }.items():
        tab.evaluate(f"{LAB}.pick('{place}')")
        assert " ".join(seen(tab)["equations"][0].split()) == told


def test_where_ways_meet_each_stands_by_itself(lab_tab):
    """Along the state and along the cell: the page's own numbers of the LSTM."""
    tab = lab_tab()
    tab.locator(".explorer-presets").select_option("lstm")
    tab.evaluate(f"{LAB}.go(1, '∂c')")
    now, wanted = seen(tab), lstm.values()
    along = wanted["dc"][1] - wanted["dc_forgotten"]
    numbers = [shown(n, 4) for n in (wanted["dc"][1], wanted["dc_forgotten"], along)]
    assert now["results"] == numbers and now["now"] == numbers[:1]
    both, state, cell = (" ".join(text.split()) for text in now["equations"])
    assert both == f"∂L/∂c1, two ways added = {numbers[1]} − {numbers[2][1:]} = {numbers[0]}"
    assert state.startswith("from h1: ∂L/∂h1 · o1 · (1 − tanh²(c1)) = (−0.3896) · 0.5917 · ")
    assert cell.startswith("from c2: ∂L/∂c2 · f2 = (−0.6386) · 0.8710 = ")
    assert set(now["made"]) >= {"−0.3896", "−0.6386", "0.5917", "0.8519", "0.8710"}
    # A value is made forwards; a difference and a step have their own equations.
    tab.evaluate(f"{LAB}.pick('c 1')")
    assert "= 0.7991 · 0.7977 + 0.5768 · 0.3717 = 0.8519" in " ".join(
        seen(tab)["equations"][0].split()
    )
    tab.evaluate(f"{LAB}.pick('b_f 3')")
    assert "= 1 − 0.01 · (−0.147747) = 1.001477" in " ".join(seen(tab)["equations"][0].split())
    tab.locator("gradient-lab td span", has_text="0.8519").click()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    assert seen(tab)["now"] == ["0.4373"]


def test_the_drawing_and_the_steps_follow_what_is_typed(lab_tab):
    tab = lab_tab()
    opened_fields(tab)
    for of, text in {"target": "-0.25", "W": "−3.5", "x2": "12", "rate": "0.5"}.items():
        tab.locator(f"gradient-lab [data-of={of}]").fill(text)
    now, x = seen(tab), np.array([[[0.1], [0.2], [12]]])
    weights = [np.array(a, float) for a in ([[-3.5]], [[-1]], [0], [[0.5759429]], [0])]
    h, y, _ = miniature.forward(x, *weights)
    drawn = dict(map(tuple, now["drawn"]))
    assert drawn["target"] == "2(y + 0.25)" and drawn["∂y 2"] == shown(2 * (y.item() + 0.25), 4)
    for t in range(3):
        assert drawn[f"slope {t}"] == shown(1 - h[0, t, 0] ** 2, 4)
        assert drawn[f"∂h {t}"] == now["cells"][f"∂h {t}"]
    g = 2 * (y.item() + 0.25) * h[0, 2, 0]
    assert now["cells"]["W_y 1"] == shown(g, 6)
    assert now["cells"]["W_y 3"] == shown(0.5759429 - 0.5 * g, 6)
    tab.evaluate(f"{LAB}.pick('W_y 5')")
    assert seen(tab)["made"] == ["0.5759429", shown(g, 6)]
    # A number without room is written with three digits.
    tab.locator("gradient-lab [data-of=target]").fill("-123456")
    drawn = dict(map(tuple, seen(tab)["drawn"]))
    assert drawn["∂y 2"] == "2.47e5" and len(max(drawn.values(), key=len)) < 14
    tab.evaluate("document.querySelector('gradient-lab details').open = false")


def opened_fields(tab):
    tab.evaluate("document.querySelector('gradient-lab details').open = true")
    tab.locator("gradient-lab [data-of=target]").wait_for()


def test_bad_input_gets_a_message_and_the_last_good_answer_stays(lab_tab):
    tab = lab_tab()
    opened_fields(tab)
    good = seen(tab)["cells"]
    for of, texts in {"U": ["", "x", "1e309"], "s": ["0", "−1", "?"], "rate": ["0"]}.items():
        field = tab.locator(f"gradient-lab [data-of={of}]")
        for text in texts:
            field.fill(text)
            now = seen(tab)
            assert now["cells"] == good and len(now["complaints"]) == 1
            assert "rite a number" in now["complaints"][0]
            assert field.get_attribute("aria-invalid") == "true"
        field.fill({"U": "-1", "s": "0.0001", "rate": "0.01"}[of])
        assert not seen(tab)["complaints"]
    tab.evaluate("document.querySelector('gradient-lab details').open = false")


# axe, which is asked about the lab, would read all of the page.
ALONE = """() => document.querySelectorAll(
    "body > :not(.md-container), .md-sidebar, article > :not(gradient-lab)").forEach(block => block.remove())"""


def test_what_is_typed_is_shared_by_the_address_and_taken_back(lab_tab, open_page, axe):
    tab = lab_tab()
    opened_fields(tab)
    tab.locator(".explorer-presets").select_option("gru_before")
    for of, text in {
        "b_r": "−1.5",
        "x1": "2,5",
        "target": "-0.25",
        "s": "1e-2",
        "h₋": "0.75",
    }.items():
        tab.locator(f"gradient-lab [data-of='{of}']").fill(text)
    tab.locator("gradient-lab [data-of=g]").select_option("relu")
    tab.locator("[data-move=end]").click()
    now = seen(tab)
    assert not now["tied"] and now["cells"]["x 1"] == "2.5" and now["cells"]["b_r 0"] == "−1.5"
    other = open_page(url(tab), near=LIVE, width=360)
    assert seen(other) == now
    # With its fields open and a complaint it shuts nobody out, nor is it too wide.
    opened_fields(other)
    other.locator("gradient-lab [data-of=s]").fill("?")
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    other.evaluate(ALONE)
    assert violations(other, axe, LIVE) == []
    in_scheme(other, "dark")
    assert violations(other, axe, LIVE, only=OF_COLOURS) == []
    tab.evaluate("document.querySelector('gradient-lab details').open = false")
    lab_tab()


@pytest.mark.parametrize(
    "query", ["layer=constructor&x=1_2&U=1e999&s=0&stop=99", "layer=gru&gates=eval"]
)
def test_a_damaged_address_does_no_harm(open_page, query):
    now = seen(open_page(f"{PAGE}?{query}", near=LIVE))
    assert now["layer"] in ("simple_rnn", "gru")
    assert not re.search("NaN|undefined|–", " ".join([*now["cells"].values(), *now["equations"]]))


def test_nothing_moves_and_it_weighs_little_with_the_lab_in_sight(open_page, address):
    for width in (1280, 360):
        visit = Visit(address, PAGE)
        tab = open_page(f"{PAGE}#lab", near=LIVE, width=width, visit=visit)
        size = tab.locator(LIVE).bounding_box()
        for _ in range(13):  # not by a click, which would excuse a shift
            tab.evaluate(f"{LAB}.move('back')")
        assert moves(tab) == [] and not visit.complaints
        assert tab.locator(LIVE).bounding_box()["height"] == size["height"]
        weights = visit.weights()
        assert sum(weights.values()) <= BUDGET, weights
        assert not [*own_scripts(weights, FOR_ALL | {"gradient-lab.js"})]


def test_fields_that_cannot_be_fetched_are_asked_for_again(open_page):
    script = "**/gradient-fields.js"
    tab = open_page(PAGE, near=LIVE, routes={script: lambda route: route.abort()})
    details = tab.locator("gradient-lab summary")
    details.click()
    tab.get_by_text("could not be fetched").wait_for()
    tab.unroute(script)
    details.click()
    details.click()
    tab.locator("gradient-lab [data-of=target]").wait_for()

"""The laboratory of long sequences in a browser: how far a gradient reaches, by the numbers of its snippet."""

import gzip
import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from hooks import ties
from snippets.long_sequences import lab as snippet
from snippets.long_sequences.way_back import GATES
from tests.site.pages import read_site
from tests.site.sources import ROOT
from tests.site.tabs import OF_COLOURS, SETTLED, in_scheme, moves, settled, url, violations
from tests.site.test_engine import packed

PAGE = "long-sequences/"
LIVE = "reach-lab"
NAMES = ("norms", "turned", "lengths", "kept")
# For each setting the four numbers after one step, half of the way, and all of it; and what the table shows then.
ANSWERS = """async settings => {
  const { explorer } = document.querySelector("reach-lab");
  const found = [];
  for (const setting of settings) {
    explorer.choose(setting);
    await SETTLED;
    const { norms, turned, lengths, kept } = explorer.reached.all();
    const at = [0, norms.length >> 1, norms.length - 1];
    found.push({
      numbers: [norms, turned, lengths, kept].map(row => at.map(k => row[k])),
      first: [...document.querySelectorAll("reach-lab tbody tr:first-child td")].slice(1).map(td => td.textContent),
    });
  }
  return found;
}""".replace("SETTLED", SETTLED)
STATE = "() => { const { window, limit, ...layer } = document.querySelector('reach-lab').explorer.state; return layer; }"
SHOWN = """[...document.querySelectorAll("reach-lab :is(path, table, .explorer-equations)")]
  .map(element => element.getAttribute("d") ?? element.textContent).join()"""
# What a curve of the first figure says, read off the drawing.
CURVE = """selector => {
  const d = document.querySelector(selector).getAttribute("d");
  return d.slice(1).split(" ").map(pair => pair.split(",").map(Number));
}"""
OWN = "reach-lab figure:nth-of-type(1) > svg > g path:last-child"


def recorded(name):
    record = ties.record(ROOT, "long_sequences.lab").read_text(encoding="utf-8")
    return np.array(json.loads(record)[name]["value"])


def setting(kind, noise, seed, scale, bias, last):
    numbers = {"seed": int(seed), "scale": scale, "bias": bias, "T": int(last)}
    return {"kind": [*GATES][int(kind)], "noise": bool(noise), **numbers}


@pytest.fixture
def lab(open_page):
    def opened(query="", **options):
        return open_page(PAGE + query, near=LIVE, **options)

    return opened


def test_it_is_small(site):
    script = (site / "assets/javascripts/reach-lab.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 12_000


# What it computes ------------------------------------------------------------------------------

BACK = """async (cases) => {
  const { runLayer } = await import("/source/engine.js");
  const { sendBack } = await import("/source/pullback.js");
  return cases.map(({ layer, input, states, sent }) => {
    const found = [];
    const run = runLayer(layer, input, { states });
    sendBack(layer, run, Float64Array.from(sent), (t, arrived, met) => {
      const by = met.map(({ matrix, row, rows, by }) =>
        [matrix, [...row], [...rows].map((one, k) => one * by[k % by.length])]);
      found.push({ t, arrived: [...arrived], by });
    });
    return found;
  });
}"""


@pytest.mark.parametrize("kind", ["SimpleRNN", "GRU", "GRU, reset before", "LSTM"])
def test_gradients_go_back_through_any_lines(modules, kind):
    """All the way to the states before the first step, and to each block of U, by automatic differentiation."""
    rng = np.random.default_rng(7)
    name, _, before = kind.partition(",")
    u, m, T = 3, 2, 4
    options = {"reset_after": not before} if name == "GRU" else {}
    layer = getattr(keras.layers, name)(u, dtype="float64", **options)
    layer.build((1, None, m))
    layer.set_weights([rng.normal(size=w.shape) * 0.7 for w in layer.get_weights()])
    x = rng.normal(size=(1, T, m))
    states = [tf.Variable(rng.normal(size=(1, u))) for _ in range(2 if name == "LSTM" else 1)]
    with tf.GradientTape(persistent=True) as tape:
        h = layer(x, initial_state=states)
        each = [h[0, r] for r in range(u)]
    grown = [tape.gradient(one, [states[0], layer.trainable_variables[1]]) for one in each]
    told = {"kind": name, "m": m, "units": u, "activation": "tanh", "recurrentActivation": "σ"}
    told |= {"weights": [packed(w) for w in layer.get_weights()], "resetAfter": not before}
    case = {
        "layer": told,
        "input": {"N": 1, "T": T, "m": m, "data": x.ravel().tolist()},
        "states": [packed(s.numpy()) for s in states],
        "sent": np.eye(u).ravel().tolist(),
    }
    [steps] = modules.evaluate(BACK, [case])
    assert [step["t"] for step in steps] == [3, 2, 1, 0]
    J = np.array([by_state[0] for by_state, _ in grown])
    np.testing.assert_allclose(np.reshape(steps[-1]["arrived"], (u, u)), J, rtol=0, atol=1e-12)
    dU = np.array([by_weight for _, by_weight in grown])  # (u, u, gates u)
    by = {}
    for step in steps:
        for matrix, row, rows in step["by"]:
            product = np.einsum("i,rj->rij", row, np.reshape(rows, (u, u)))
            by[matrix] = by.get(matrix, 0) + product
    gates = {"SimpleRNN": [""], "GRU": ["_z", "_r", "_h"], "LSTM": ["_i", "_f", "_c", "_o"]}[name]
    assert sorted(by) == sorted(f"U{gate}" for gate in gates)
    got = np.concatenate([by[f"U{gate}"] for gate in gates], axis=2)
    np.testing.assert_allclose(got, dU, rtol=0, atol=1e-12)


def test_norms_of_matrices_of_all_kinds(modules):
    rng = np.random.default_rng(8)
    turn = np.linalg.qr(rng.normal(size=(16, 16)))[0]
    thin = np.outer(rng.normal(size=16), rng.normal(size=16))
    matrices = [rng.normal(size=(16, 16)), turn, thin, 1e-90 * turn, np.zeros((16, 16))]
    matrices += [np.eye(16), np.diag(np.arange(16.0)), rng.normal(size=(2, 2)), thin * 1e60]
    code = """async (matrices) => {
      const { spectral } = await import("/source/reach.js");
      return matrices.map(rows => spectral(rows.length)(Float64Array.from(rows.flat())));
    }"""
    found = modules.evaluate(code, [matrix.tolist() for matrix in matrices])
    np.testing.assert_allclose(found, [np.linalg.norm(A, 2) for A in matrices], rtol=1e-12)


def test_its_numbers_are_those_of_the_snippet(lab):
    tab = lab()
    first = dict(zip(NAMES, recorded("first"), strict=True))
    code = "name => [...document.querySelector('reach-lab').explorer.reached.all()[name]]"
    for name, right in first.items():
        np.testing.assert_allclose(tab.evaluate(code, name), right, rtol=0, atol=1e-9)
    # the thick curve says so, too: half a unit of the drawing is 0.03 of a power of ten
    curve = np.array(tab.evaluate(CURVE, OWN))
    np.testing.assert_allclose(1 - 15 * (curve[:, 1] - 24) / 230, first["norms"], atol=0.01)
    np.testing.assert_allclose(46 + np.arange(61) / 60 * 226, curve[:, 0], atol=0.06)

    answers = tab.evaluate(ANSWERS, [setting(*row) for row in recorded("settings")])
    assert len(answers) == snippet.STATES == 50
    for k, (answer, right) in enumerate(zip(answers, recorded("random"), strict=True)):
        message = str(recorded("settings")[k])
        np.testing.assert_allclose(answer["numbers"], right, rtol=0, atol=1e-9, err_msg=message)
        shown = [float(text.replace("−", "-")) for text in answer["first"]]
        np.testing.assert_allclose(shown, right[:, 0], rtol=0, atol=0.00501)


# How it is used --------------------------------------------------------------------------------


def test_nothing_moves_when_it_comes_alive(lab, open_page):
    tab = lab("#reach")  # as by a link: a leap over blocks not yet laid out would move them
    assert moves(tab) == []
    still = open_page(PAGE, java_script_enabled=False)
    table = f"{LIVE} table"
    assert tab.locator(table).inner_text() == still.locator(table).inner_text()
    assert still.locator(f"{LIVE} .explorer-panel").is_hidden()
    assert still.locator(f"{LIVE} figure").first.is_visible()
    tied = "[...document.querySelectorAll('reach-lab td [data-v]')].length"
    assert tab.evaluate(tied) == 24


def test_by_keyboard_alone_through_the_address_and_back(lab):
    tab = lab()
    first, keys = settled(tab).evaluate(SHOWN), tab.keyboard
    tab.locator("[data-of=kind]").focus()
    keys.press("ArrowUp")  # GRU
    assert tab.evaluate(STATE)["bias"] == 0  # as Keras starts it
    names = settled(tab).locator(f"{LIVE} .explorer-field label > :first-child")
    assert names.nth(2).inner_text() == "update bias"
    keys.press("Tab")
    keys.press("ArrowDown")  # noise
    keys.press("Tab")
    keys.type("7")  # over the 0, which Tab has selected
    for _ in range(3):
        keys.press("Tab")
    assert tab.evaluate("document.activeElement.type") == "range"
    keys.press("ArrowRight")  # U times 1.05
    for _ in range(2):
        keys.press("Tab")
    keys.press("ArrowRight")  # bias 0.1
    keys.press("Tab")
    keys.type("41")
    keys.press("Tab")
    wanted = {"kind": "GRU", "noise": True, "seed": 7, "scale": 1.05, "bias": 0.1, "T": 41}
    assert tab.evaluate(STATE) == wanted
    status = settled(tab).locator(f"{LIVE} [role=status]").text_content()
    assert (
        "leaves step 41" in status
        and "10 to the power −" in status
        and "The last 20 steps" in status
    )
    right = snippet.measured("GRU", True, 7, 1.05, 0.1, 41)
    row = settled(tab).locator(f"{LIVE} tbody tr").nth(2).inner_text().split()
    assert row == ["21", *(f"{number:z.2f}".replace("-", "−") for number in right[:, 20])]
    assert tab.locator(f"{LIVE} tbody tr").last.inner_text().split() == ["61", *"––––"]

    query = url(tab).split("?")[1]
    assert query == "kind=GRU&noise=true&seed=7&scale=1.05&bias=0.1&T=41#reach"
    other = lab(f"?{query}", width=360)
    assert other.evaluate(STATE) == wanted
    cells = f"[...document.querySelectorAll('{LIVE} td')].map(td => td.textContent)"
    assert other.evaluate(cells) == tab.evaluate(cells)
    assert moves(other) == []
    assert other.evaluate("document.documentElement.scrollWidth") == 360

    tab.locator(f"{LIVE} .explorer-reset").focus()
    keys.press("Enter")
    assert url(tab).endswith(f"{PAGE}#reach") and settled(tab).evaluate(SHOWN) == first


def test_window_and_limit_are_drawn_where_they_say(lab):
    tab = lab("?kind=SimpleRNN&scale=2&window=31&limit=10#reach")
    upright, limit = (f"{OWN.removesuffix(':last-child')}:nth-child({k})" for k in (1, 2))
    assert tab.evaluate(CURVE, upright)[0][0] == 46 + 226 / 2  # k = 31 of 1 to 61
    # from 10^6 to 10^−14, since this gradient grows
    assert tab.evaluate(CURVE, limit)[0][1] == pytest.approx(24 + 5 / 20 * 230, abs=0.06)
    length = 10 ** snippet.measured("SimpleRNN", False, 0, 2.0, 0.0, 61)[2, 30]
    assert length > 10
    said = settled(tab).locator(f"{LIVE} .explorer-equations").inner_text()
    assert f"Clipped at 10 it keeps {10 / length:.2g} of its length." in said
    tab.locator("input[type=range][data-of=limit]").fill("2.5")
    assert settled(tab).locator("input[type=text][data-of=limit]").input_value() == "316"


def test_bad_input_is_told_at_its_field_and_the_last_good_answer_stays(lab, axe):
    tab = lab()
    cells = f"document.querySelector('{LIVE} table').textContent"
    before = tab.evaluate(cells)
    for name, bad, told in (
        ("T", "5", "Write a whole number from 6 to 81."),
        ("T", "6.5", "Write a whole number from 6 to 81."),
        ("seed", "-1", "Write a whole number from 0 to 9999."),
        ("window", "62", "Write a whole number from 1 to 61."),
        ("bias", "1e999", "Write a number from −3 to 8."),
        ("limit", "0", "Write a number from 0.000001 to 1000000."),
        ("scale", "abc", "Write a number from 0.1 to 3."),
    ):
        field = tab.locator(f"input[type=text][data-of={name}]")
        field.fill(bad)
        assert tab.locator(f"{LIVE} .explorer-complaint", has_text=told).is_visible(), bad
        assert field.get_attribute("aria-invalid") == "true"
        assert settled(tab).evaluate(cells) == before, bad
    for scheme in ("light", "dark"):
        in_scheme(tab, scheme)
        only = () if scheme == "light" else OF_COLOURS
        assert violations(tab, axe, LIVE, only) == []
    field.fill("0,5")
    assert field.get_attribute("aria-invalid") == "false" and tab.evaluate(STATE)["scale"] == 0.5
    assert "NaN" not in settled(tab).evaluate(SHOWN)

    tab = lab("?kind=Dense&seed=1.5&scale=NaN&T=1e9&bias=&window=-1&limit=1e-99")
    assert tab.evaluate(cells) == before


def test_links_of_the_prose_set_it(lab, site):
    links = read_site(site).tree(PAGE).xpath("//a[@data-step]/@data-pick")
    assert links == ["open", "turned", "large"]
    tab = lab()
    tab.locator("a[data-pick=large]").click()
    assert tab.evaluate(STATE) == setting(0, False, 0, 2, 0, 61)
    said = settled(tab).locator(f"{LIVE} .explorer-equations b").first.inner_text()
    assert said == f"10{recorded('large_log'):.2f}"
    tab.locator("a[data-pick=open]").click()
    assert tab.evaluate(STATE) == setting(2, False, 0, 1, 5, 61)
    kept = settled(tab).locator(f"{LIVE} .explorer-equations b").nth(1).inner_text()
    assert kept == f"{recorded('kept_open'):.3f}"

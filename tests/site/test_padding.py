"""The laboratory of padding and masks: what it computes is what Keras gives, and what it shows is that."""

import gzip
import importlib
import json
from urllib.parse import urlencode

import keras
import numpy as np
import pytest

from snippets.variable_lengths import lab
from snippets.variable_lengths.padding import LAYERS
from tests.site.sources import ROOT
from tests.site.tabs import in_scheme, moves, settled, url, violations
from tests.site.visits import FOR_ALL, Visit, own_scripts, weight

SYMBOLS = "BTSXPVE"
FIRST = lab.FIRST


@pytest.fixture(scope="module")
def recorded():
    record = json.loads((ROOT / "snippets/variable_lengths/lab.json").read_text(encoding="utf-8"))
    return {name: np.array(entry["value"]) for name, entry in record.items()}


LOOK = """async (choices) => {
  const { look, fused, weights } = await import("/source/padding.js");
  return [choices.map(choice => ({ ...look(choice), fused: fused(choice) })), [...weights()]];
}"""


def looked(modules, *choices):
    return modules.evaluate(LOOK, choices)[0]


def cases(recorded):
    """The random choices that were recorded, and the unit of each."""
    symbols = iter(recorded["case_symbols"])
    for coded, lengths in zip(recorded["case_choices"], recorded["case_lengths"]):
        layer, post, mask, both, steps, even, unit = map(int, coded)
        strings = ["".join(SYMBOLS[next(symbols)] for _ in range(T)) for T in lengths if T]
        yield {
            "strings": strings, "layer": [*LAYERS][layer], "padding": ["pre", "post"][post],
            "mask": bool(mask), "both": bool(both), "loss": ["last", "steps"][steps],
            "even": bool(even),
        }, unit  # fmt: skip


def near(found, wanted):
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9)


def test_the_weights_are_those_that_numpy_draws(modules):
    weights = modules.evaluate(LOOK, [])[1]
    drawn = np.random.default_rng(0).normal(0, 0.6, 255).astype("float32")
    assert np.array_equal(np.float32(weights), drawn)
    arrays = lab.build("LSTM", True, True, False).get_weights()
    assert np.array_equal(np.concatenate([np.ravel(w) for w in arrays[3:]]), drawn)
    for forward, backward in zip(arrays[:3], arrays[3:6], strict=True):
        assert np.array_equal(forward, backward)


def test_the_first_state_is_the_recorded_one(modules, recorded):
    [shown] = looked(modules, FIRST)
    assert np.array_equal(shown["real"], recorded["real"])
    near([[h[lab.UNIT] for h in row["states"]] for row in shown["rows"]], recorded["states"])
    for name in ("last", "alone", "off"):
        near([row[name] for row in shown["rows"]], recorded[name])
    for name, of in (
        ("alone", "loss_alone"),
        ("here", "loss_here"),
        ("counts",) * 2,
        ("share",) * 2,
    ):
        near([part[name] for part in shown["parts"]], recorded[of])
    near(shown["loss"], recorded["loss"])
    assert (shown["summed"], shown["divisor"]) == (recorded["steps"], recorded["cells"])


def test_fifty_random_states_are_those_of_keras(modules, recorded):
    choices, units = zip(*cases(recorded))
    shown = looked(modules, *choices)
    near(
        [
            h[unit]
            for one, unit in zip(shown, units, strict=True)
            for row in one["rows"]
            for h in row["states"]
        ],
        recorded["case_states"],
    )
    near([row["off"] for one in shown for row in one["rows"]], recorded["case_off"])
    for name, of in (("alone", "loss_alone"), ("here", "loss_here"), ("counts", "counts")):
        found = [part[name] for one in shown for part in one["parts"]]
        near(found, recorded[f"case_{of}"])
    near([one["loss"] for one in shown], recorded["case_loss"])


def test_the_fused_kernel_takes_what_keras_own_check_takes(modules, recorded):
    tf = pytest.importorskip("tensorflow")
    rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
    choices = [choice for choice, _ in cases(recorded)]
    choices += [FIRST | {"layer": "LSTM", "mask": True, "padding": p} for p in ("pre", "post")]
    choices += [FIRST | {"layer": "GRU", "mask": True, "padding": "pre", "strings": ["BTXSE"] * 2}]
    taken = set()
    for choice, one in zip(choices, looked(modules, *choices), strict=True):
        right = hasattr(keras.layers, choice["layer"]) and choice["layer"] != "SimpleRNN"
        if right and choice["mask"]:
            try:
                rnn._assert_valid_mask(tf.constant(one["real"]))
            except tf.errors.InvalidArgumentError:
                right = False
        assert one["fused"]["taken"] == right, choice
        taken.add((one["fused"]["because"], right))
    assert taken == {("layer", False), ("no mask", True), ("after", True), ("before", False)}


# In the page -----------------------------------------------------------------------------------

PAGE = "variable-lengths/"
LIVE = f"{PAGE}#padding-lab"
PARTS = """() => Object.fromEntries([...document.querySelectorAll("padding-lab [data-part]")]
  .map(part => [part.dataset.part, part.innerText.replace(/\\s+/g, " ").trim()]))"""
# Each step of a row: the word, the number, and whether it is told apart by more than a colour.
STEPS = """() => [...document.querySelectorAll(".pad-steps tbody tr")].map(row => [...row.cells].slice(1).map(
  cell => [cell.querySelector("b").innerText, cell.querySelector("span").innerText, cell.classList[0]]))"""
LAB = "document.querySelector('padding-lab').explorer"


def parts(tab):
    return settled(tab).evaluate(PARTS)


def steps(tab):
    return settled(tab).evaluate(STEPS)


def written(number, digits=4):
    """A number as the page has it."""
    return f"{number:z.{digits}f}".replace("-", "−")


def columns(tab, part):
    """The numbers of a table, row by row, as they are shown."""
    rows = settled(tab).locator(f"[data-part={part}] tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def test_it_is_small(site):
    script = (site / "assets/javascripts/padding-lab.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 11_000


def test_with_it_in_sight_the_page_is_light_and_still(open_page, address, axe):
    for width in (1280, 360):
        visit = Visit(address, PAGE)
        tab = open_page(LIVE, width=width, visit=visit)
        assert tab.locator(".pad-panel").evaluate("panel => panel.inert") is False
        weights = visit.weights()
        assert any(url.endswith("/padding-lab.js") for url in weights)
        assert [
            *weight(weights, address),
            *own_scripts(weights, FOR_ALL | {"padding-lab.js"}),
        ] == []
        assert moves(tab) == [] and visit.wrong(tab) == {}
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_what_the_page_says_at_first_is_what_the_lab_writes(open_page):
    tab = open_page(LIVE)
    first = parts(tab)
    assert tab.locator("[data-part] [data-v]").count() == 2 + 9 * 3 + 9 + 12 + 9
    tab.evaluate(f"{LAB}.answer()")
    settled(tab)
    assert tab.locator("[data-part] [data-v]").count() == 0
    assert parts(tab) == first


def test_each_random_state_is_shown_as_it_was_recorded(open_page, recorded):
    """Through the address, as another reader shares it."""
    tab = open_page(LIVE)
    states, off, loss = (iter(recorded[f"case_{name}"]) for name in ("states", "off", "loss"))
    here = iter(recorded["case_loss_here"])
    for number, (choice, unit) in enumerate(cases(recorded)):
        strings, both = choice["strings"], choice["both"]
        rows = [s for _ in range(1 + both) for s in strings]
        T = max(map(len, strings)) - 1
        wanted = [[written(next(states), 3) for _ in range(T)] for _ in rows]
        apart = [written(next(off)) for _ in rows]
        each, total = [written(next(here)) for _ in strings], written(next(loss))
        if number % 5:
            continue  # what stands on the page is written by the same lines for all
        query = {name: str(value).lower() for name, value in choice.items() if name != "strings"}
        query |= {"strings": "_".join(strings), "unit": unit, "layer": choice["layer"]}
        restore = (
            f"query => {{ history.replaceState(null, '', query); {LAB}.restore(); {LAB}.show(); }}"
        )
        tab.evaluate(restore, f"?{urlencode(query)}")
        shown = steps(tab)
        assert [[h for _, h, _ in row] for row in shown] == wanted
        assert [row[2] for row in columns(tab, "last")] == apart
        assert [row[1] for row in columns(tab, "loss")] == each
        assert f"= {total}." in settled(tab).locator("[data-part=sum]").inner_text()
        other = ("kept", "pad-kept") if choice["mask"] else ("pad", "pad-padded")
        for string, row in zip(rows, shown, strict=True):
            words = [(word, kind) for word, _, kind in row]
            read = [(symbol, "pad-real") for symbol in string[:-1]]
            padded = [other] * (T - len(read))
            assert words == (padded + read if choice["padding"] == "pre" else read + padded)


def test_by_keyboard_alone_through_the_address_and_back(open_page):
    tab = open_page(LIVE)
    first, keys = parts(tab), tab.keyboard
    tab.locator("#pad-s2").focus()
    keys.press("Control+A")
    keys.type("bpvve")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("ArrowDown")  # LSTM
    keys.press("Tab")
    keys.press("ArrowDown")  # before
    for _ in range(3):
        keys.press("Tab")
    keys.press("Space")  # the mask
    assert tab.evaluate("document.activeElement.id") == "pad-mask"
    assert [row[2] for row in columns(tab, "last")] == ["0.0000"] * 3
    kernel = settled(tab).locator("[data-part=kernel]").inner_text()
    assert kernel == (
        "Fused kernel on a GPU: no. The mask of BTXSE is 0 0 1 1 1 1, and the ones would have to come first."
    )
    told = settled(tab).locator("padding-lab [role=status]").text_content()
    assert told.startswith("Loss ") and told.endswith(kernel)
    query = url(tab).split("?")[1]
    assert query == "strings=BTXSE_BPTVPSE_BPVVE&layer=LSTM&padding=pre&mask=true#padding-lab"
    other = open_page(f"{PAGE}?{query}", width=360)
    assert parts(other) == parts(tab) and moves(other) == []
    for _ in range(3):
        keys.press("Tab")
    keys.press("Enter")  # reset
    assert parts(tab) == first and url(tab).endswith(LIVE)
    assert tab.locator("[data-part] [data-v]").count() > 50  # the page's own numbers again


BAD = {
    "BTQSE": "Q is none of the symbols B T S X P V E.",
    "BT SE": "  is none of the symbols B T S X P V E.",
    "<b>": "< is none of the symbols B T S X P V E.",
    "B": "Type 2 symbols or more: the last one is only asked for.",
    "BT" * 10 + "E": "Type 20 symbols or fewer.",
}


def test_a_string_that_is_none_is_told_at_its_field(open_page, axe):
    tab = open_page(LIVE)
    tab.locator("#pad-mask").check()
    good, address = parts(tab), url(tab)
    field, fault = tab.locator("#pad-s1"), tab.locator("#pad-s1-fault")
    for bad, says in BAD.items():
        field.fill(bad)
        assert fault.is_visible() and fault.text_content() == says
        assert field.get_attribute("aria-invalid") == "true"
        assert parts(tab) == good and url(tab) == address, bad
    assert "String 2: Type 20" in tab.locator("padding-lab [role=status]").text_content()
    for scheme in ("light", "dark"):
        in_scheme(tab, scheme)
        assert violations(tab, axe, "padding-lab") == []
    field.fill("BT" * 10)
    assert fault.is_hidden() and field.get_attribute("aria-invalid") == "false"
    assert len(steps(tab)[0]) == 19
    for k in range(4):
        tab.locator(f"#pad-s{k}").fill("")
    assert tab.locator("#pad-s0-fault").inner_text() == "Type at least one string."
    tab.locator("#pad-s3").fill("te")  # one symbol is read, and the other one asked for
    assert tab.locator("#pad-s0-fault").is_hidden() and len(steps(tab)) == 1
    # In an address: what is good in it counts.
    tab = open_page(f"{PAGE}?strings=BTQ&layer=Transformer&mask=true&unit=9#padding-lab")
    assert parts(tab) == good


def test_links_of_the_prose_do_what_it_says(open_page, recorded):
    tab = open_page(LIVE)
    links = tab.locator("a[data-step]")

    def go(number):
        links.nth(number).click()
        return parts(tab)

    assert f"= {written(recorded['masked_loss'])}. " in go(0)["sum"]  # the mask
    go(1)  # even weights
    assert [row[2] for row in columns(tab, "loss")] == ["0.3333"] * 3
    assert f"= {written(recorded['ended_masked'])}. " in go(2)["sum"]  # the last symbol
    assert tab.locator("#pad-even").is_disabled()
    assert f"= {written(recorded['ended'])}. " in go(3)["sum"]  # without the mask
    assert "kernel on a GPU: yes" in go(4)["kernel"]  # an LSTM
    assert "kernel on a GPU: yes" in go(5)["kernel"]  # before
    assert "kernel on a GPU: no" in go(6)["kernel"]  # the mask
    assert links.count() == 7


def test_without_its_script_the_answer_stands_and_no_control(open_page):
    for options in (
        {"java_script_enabled": False},
        {"routes": {"**/padding-lab.js": lambda route: route.abort()}},
    ):
        tab = open_page(LIVE, **options)
        assert tab.locator(".pad-panel").is_hidden()
        assert tab.locator("[data-part=steps]").is_visible()
        assert "= 1.4570." in tab.locator("[data-part=sum]").inner_text()

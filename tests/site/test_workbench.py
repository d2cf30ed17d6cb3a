"""The workbench in a real browser: what a reader brings, and every number that it shows."""

import base64
import io
import json
import re

import keras
import numpy as np
import pytest

from snippets.gru import miniature as gru_unit
from snippets.gru import trained as gru
from snippets.layers.lstm import lstm as lstm_by_hand
from snippets.lstm import miniature as lstm_unit
from snippets.lstm import trained as lstm
from snippets.math_of_a_simple_rnn import miniature as simple_rnn_unit
from snippets.simple_rnn import model as simple_rnn
from snippets.stacked_rnn import model as stacked_rnn
from snippets.time_distributed import model as time_distributed
from tests.site.tabs import in_scheme, violations

PAGE = "reference/your-own-layer/"
LIVE = "layer-workbench"

# The arrays of the pages, in the order of get_weights(), and the input.
OF_PAGES = {
    "time-distributed": (time_distributed, "W b", "x_new"),
    "math-of-a-simple-rnn": (simple_rnn_unit, "W U b W_y b_y", "x"),
    "simple-rnn": (simple_rnn, "W U b W_y b_y", "x_new"),
    "stacked-rnn": (stacked_rnn, "W1 U1 b1 W2 U2 b2 W_y b_y", "x_new"),
    "lstm-unit": (lstm_unit, "W U b", "x"),
    "lstm": (lstm, "W U b W_y b_y", "x_new"),
    "gru-unit": (gru_unit, "W U b", "x"),
    "gru": (gru, "W U b W_y b_y", "x_new"),
}
READ = """async () => {
  const { EXAMPLES } = await import("/source/examples.js");
  const { readArrays } = await import("/source/arrays.js");
  const plain = ({ array: { shape, data } }) => ({ shape, data: [...data] });
  return Object.entries(EXAMPLES).map(([name, { weights, x }]) => [name, readArrays(weights).map(plain), plain(readArrays(x)[0])]);
}"""


def test_the_examples_are_the_layers_of_the_pages(modules):
    found = {name: (weights, x) for name, weights, x in modules.evaluate(READ)}
    assert found.keys() - OF_PAGES.keys() == {"both-ways"}
    for name, (snippet, names, of_input) in OF_PAGES.items():
        weights, x = found[name]
        for array, of_page in zip(weights, names.split(), strict=True):
            np.testing.assert_array_equal(arrayed(array), getattr(snippet, of_page))
        np.testing.assert_array_equal(
            arrayed(x), np.reshape(getattr(snippet, of_input), x["shape"])
        )


def arrayed(array):
    return np.reshape(array["data"], array["shape"])


# What it shows: every value of the run that is looked at, as text in its table or as an array.
VALUES = """() => {
  const { workbench } = document.querySelector("layer-workbench");
  const { runs, output } = workbench.model;
  const plain = (run) => run && Object.fromEntries(Object.entries(run.values).map(([k, v]) => [k, [...v]]));
  return { runs: runs.map(({ forward, backward }) => [plain(forward), plain(backward)]), output: [...output.data] };
}"""


@pytest.fixture
def bench(open_page):
    """A function that opens the workbench and waits for its first numbers."""

    def opened(query="", **options):
        tab = open_page(PAGE + query, near=LIVE, **options)
        tab.locator(".workbench-maps canvas[title]").first.wait_for()
        return tab

    return opened


def settled(tab, act):
    """Act, and wait until what follows from it is computed."""
    before = tab.evaluate(f"document.querySelector('{LIVE}').workbench.last")
    act()
    tab.wait_for_function(
        f"(before) => {{ const b = document.querySelector('{LIVE}').workbench; return b.last !== before && b.last === b.asked }}",
        arg=before,
    )


def test_the_example_of_a_page_gives_the_numbers_of_the_page(bench):
    tab = bench("?example=lstm")
    shown = tab.evaluate(VALUES)
    values = lstm.values()
    [forward, _] = shown["runs"][0]
    by_hand = lstm_by_hand(lstm.x_new, lstm.W, lstm.U, lstm.b)
    for name, right in zip(("i", "f", "c̃", "o", "c", "h"), by_hand, strict=True):
        np.testing.assert_allclose(np.reshape(forward[name], (7, 2)), right[0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        np.reshape(shown["output"], (7, 2)), lstm.predict_by_hand(lstm.x_new)[0], rtol=0, atol=1e-12
    )
    assert values["f"].shape  # the page quotes them
    tab.locator("canvas[data-value='f']").click(position={"x": 2, "y": 2})
    told = tab.locator(".workbench-number").inner_text()
    assert f"{by_hand[1][0, 0, 0]:.6f}" in told


def test_a_number_is_made_of_its_terms(bench):
    """Down from the state to the products that a sum consists of; they add up to it."""
    tab = bench("?example=lstm")
    tab.locator("canvas[data-value='z_f']").click(position={"x": 2, "y": 2})
    panel = tab.locator(".workbench-number")
    rows = panel.locator("table").first.locator("tbody tr")
    numbers = [number(row.locator("td").last.inner_text()) for row in rows.all()]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=3e-6)
    sizes = [abs(one) for one in numbers[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    rows.first.locator("button").click()
    rows = panel.locator("table").first.locator("tbody tr")
    terms = [row.inner_text() for row in rows.all()]
    assert len(terms) == 4 and "·" in terms[0]  # three products and their sum
    numbers = [number(row.locator("td").last.inner_text()) for row in rows.all()]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=3e-6)


def number(text):
    return float(text.replace("−", "-"))


def test_weights_that_are_pasted_are_computed(bench):
    rng = np.random.default_rng(3)
    layer = keras.layers.LSTM(3, return_sequences=True, dtype="float64")
    x = rng.normal(size=(5, 2))
    layer.build((1, 5, 2))
    tab = bench()
    settled(tab, lambda: tab.get_by_label("weights, as").fill(repr(layer.get_weights())))
    settled(tab, lambda: tab.get_by_label("(T, m) or (N, T, m)").fill(json.dumps(x.tolist())))
    right = np.array(layer(x[None]))[0]
    printed = [np.array(w) for w in layer.get_weights()]
    assert all(array.dtype == "float64" for array in printed)
    output = np.reshape(tab.evaluate(VALUES)["output"], right.shape)
    np.testing.assert_allclose(output, right, rtol=0, atol=1e-6)  # eight digits were pasted


def test_a_file_that_is_dropped_is_computed(bench, tmp_path):
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((6, 3)),
            keras.layers.GRU(4, return_sequences=True, name="first"),
            keras.layers.Bidirectional(keras.layers.LSTM(2, return_sequences=True), name="second"),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    model.save(tmp_path / "mine.keras")
    x = np.random.default_rng(1).normal(size=(2, 6, 3)).astype("float32")
    tab = bench()
    settled(tab, lambda: tab.locator("[data-of=file]").set_input_files(tmp_path / "mine.keras"))
    settled(tab, lambda: tab.get_by_label("(T, m) or (N, T, m)").fill(json.dumps(x.tolist())))
    output = np.reshape(tab.evaluate(VALUES)["output"], (2, 6, 2))
    np.testing.assert_allclose(output, model.predict(x, verbose=0), rtol=0, atol=1e-6)
    assert "layer 2: LSTM, backward" in tab.locator("[data-of=run]").inner_text()
    settled(tab, lambda: tab.locator("[data-of=reading]").select_option(label="first alone"))
    first = model.get_layer("first")(x)
    output = np.reshape(tab.evaluate(VALUES)["output"], (2, 6, 4))
    np.testing.assert_allclose(output, np.array(first), rtol=0, atol=1e-6)


# What a reader does who drags files onto a part of the form.
DROP = """([name, bytes, part]) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
  for (const type of ["dragenter", "drop"])
    document.querySelector(part).dispatchEvent(
      new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def drop(tab, part, array, name="a.npy"):
    """Drop what np.save writes."""
    file = io.BytesIO()
    np.save(file, array)
    tab.evaluate(DROP, [name, base64.b64encode(file.getvalue()).decode(), f"[data-of={part}]"])


def test_inputs_and_results_are_files_too(bench):
    """An input and another program's result are dropped where they belong; what is typed counts later."""
    tab = bench("?example=lstm")
    right = lstm.predict_by_hand(lstm.x_new)[0]
    settled(tab, lambda: drop(tab, "input", lstm.x_new[:, ::-1]))
    assert not np.allclose(tab.evaluate(VALUES)["output"], np.ravel(right))
    settled(tab, lambda: drop(tab, "input", lstm.x_new.astype("float32")))
    np.testing.assert_allclose(tab.evaluate(VALUES)["output"], np.ravel(right), rtol=0, atol=1e-12)
    why = tab.locator(".workbench-why")
    drop(tab, "got", right + 0.01)
    why.filter(has_text="None of what this page knows").wait_for()
    drop(tab, "got", right)
    why.filter(has_text="Your numbers are right").wait_for()
    drop(tab, "input", np.zeros((4, 5)))
    fault = tab.locator("[data-fault=input]")
    fault.filter(has_text="The input has the shape (4, 5)").wait_for()
    settled_answer(tab, right + 0.01)
    assert "None of what this page knows" in why.inner_text()


def test_a_long_input_is_not_printed_and_stays_when_the_layer_changes(bench):
    tab = bench()
    x = np.random.default_rng(0).normal(size=(4000, 3))
    settled(tab, lambda: drop(tab, "input", x))
    field = tab.locator("[data-of=input]")
    assert field.input_value() == ""
    assert "(1, 4000, 3)" in field.get_attribute("placeholder")
    W, U = np.ones((3, 2)), np.zeros((2, 2))
    settled(tab, lambda: tab.get_by_label("weights, as").fill(f"{W.tolist()} {U.tolist()} [0, 0]"))
    right = np.tanh(x @ W)
    np.testing.assert_allclose(tab.evaluate(VALUES)["output"], right.ravel(), rtol=0, atol=1e-12)


PIXELS = """(name) => {
  const canvas = document.querySelector(`canvas[data-value="${name}"]`);
  const { width, height } = canvas;
  return [[height, width], [...canvas.getContext("2d").getImageData(0, 0, width, height).data]];
}"""


def test_a_heat_map_shows_the_largest_number_of_each_pixel(bench):
    """One step of a thousand is not lost between pixels; each number has its place and its strength."""
    tab = bench("?example=simple-rnn")
    x = np.zeros((1000, 3))
    x[777] = 0.5, -1, 0
    settled(tab, lambda: drop(tab, "input", x))
    shape, pixels = tab.evaluate(PIXELS, "x")
    alpha = np.reshape(pixels, (*shape, 4))[..., 3]
    right = np.zeros((3, 480))
    right[:, 777 * 480 // 1000] = 115, 230, 0
    np.testing.assert_array_equal(alpha, right)
    label = tab.locator("canvas[data-value=x]").get_attribute("aria-label")
    assert label == "x over 1000 steps and 3 units: from −1.0000 to 0.5000"
    maps = tab.locator(".workbench-maps canvas")
    assert maps.count() == tab.locator(".workbench-maps canvas[title]").count()


@pytest.mark.parametrize(
    ("of", "text", "told"),
    [
        ("weights", "array([[0.1, ..., 0.2]])", "..."),
        ("weights", "array([[1, 2], [3]])", ""),
        ("weights", "hello", "hello"),
        ("weights", "[1, 2, 3]", "no layer"),
        ("input", "[[1, 2], [3, 4]]", "the layer reads 3 numbers a step"),
        ("input", "", ""),
    ],
)
def test_what_is_no_layer_is_told_at_its_field_and_the_last_numbers_stay(bench, of, text, told):
    tab = bench()
    before = tab.evaluate(VALUES)
    tab.locator(f"[data-of={of}]").fill(text)
    fault = tab.locator(f"[data-fault={of}]")
    fault.filter(has_text=re.compile(r"\w")).wait_for()
    assert told in fault.inner_text() and fault.inner_text().rstrip().endswith((".", ")"))
    assert tab.locator(f"[data-of={of}]").get_attribute("aria-invalid") == "true"
    assert tab.evaluate(VALUES) == before


def test_a_link_opens_what_was_seen(bench, address):
    tab = bench("?example=gru-unit")
    tab.get_by_role("button", name="Copy a link to this").click()
    tab.wait_for_function("() => location.search.startsWith('?layer=')")
    query, shown = tab.evaluate("location.search"), tab.evaluate(VALUES)
    assert len(query) < 2048
    other = bench(query)
    assert other.evaluate(VALUES) == shown
    broken = bench(f"{query[:-40]}")
    assert "ask for the link again" in broken.locator("[data-fault=weights]").inner_text()


def test_why_the_readers_numbers_differ(bench):
    """Right ones, ones of a mistake that is planted with NumPy, and ones that come of nothing."""
    tab = bench("?example=lstm")
    right = lstm.predict_by_hand(lstm.x_new)[0]
    why = tab.locator(".workbench-why")
    settled_answer(tab, right)
    assert "Your numbers are right" in why.inner_text()
    # Gates in the order of ONNX: i, o, f, c.
    W, U, b = (
        np.concatenate([np.split(a, 4, -1)[k] for k in (0, 3, 1, 2)], -1)
        for a in (lstm.W, lstm.U, lstm.b)
    )
    h = lstm_by_hand(lstm.x_new, W, U, b)[-1]
    settled_answer(tab, 1 / (1 + np.exp(-(h @ lstm.W_y + lstm.b_y)))[0])
    assert "Your numbers are what comes out if" in why.inner_text()
    link = why.get_by_role("link").first.get_attribute("href")
    assert "/below/" in link and "#" in link
    settled_answer(tab, np.random.default_rng(0).uniform(size=right.shape))
    assert "None of what this page knows" in why.inner_text()


def settled_answer(tab, array):
    """Give the page another program's numbers, and wait for its answer."""
    text = json.dumps(array.tolist())
    tab.locator("[data-of=got]").fill(text)
    tab.wait_for_function(
        f"(text) => document.querySelector('{LIVE}').workbench.answeredTo === text", arg=text
    )


def test_programs_and_downloads(bench, tmp_path):
    tab = bench("?example=gru-unit")
    tab.get_by_text("Programs and downloads").click()
    tab.get_by_role("button", name="Write it").click()
    program = tab.locator(".workbench-program")
    tab.wait_for_function(
        "() => document.querySelector('.workbench-program').value.includes('numpy')"
    )
    scope = {}
    exec(program.input_value(), scope)  # the page's own program, which the reader would run
    shown = tab.evaluate(VALUES)
    np.testing.assert_allclose(np.ravel(scope["output"]), shown["output"], rtol=0, atol=1e-12)
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="All numbers as .npz").click()
    saved.value.save_as(tmp_path / "all.npz")
    arrays = np.load(tmp_path / "all.npz")
    [forward, _] = shown["runs"][0]
    np.testing.assert_array_equal(np.ravel(arrays["layer1.z"]), forward["z"])
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Convert and save").click()
    saved.value.save_as(tmp_path / "torch.npz")
    assert any("weight_ih" in name for name in np.load(tmp_path / "torch.npz"))
    assert "changes the output by 0" in tab.locator(".workbench-notes").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(bench, axe, width, scheme):
    tab = bench(width=width)
    in_scheme(tab, scheme)
    assert violations(tab, axe, LIVE) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width


# What reaches out of the paper, or out of what holds it.
CUT = """() => [...document.querySelectorAll("layer-workbench *:not(.sr-only)")]
  .filter((e) => e.checkVisibility() && !e.closest("select"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5
    || (getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1))
  .map((e) => `${e.tagName} ${e.className}`)"""
A4 = 718  # pixels between its margins


def test_on_paper_nothing_is_cut(bench):
    """Figures, numbers and the answer are whole; what only a screen can use is left out."""
    tab = bench("?example=lstm")
    settled_answer(tab, lstm.predict_by_hand(lstm.x_new)[0] + 0.01)
    tab.locator("canvas[data-value=z_f]").click()
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": A4, "height": 1000})
    assert tab.evaluate(CUT) == []
    shown = [".workbench-why", ".workbench-summary", ".workbench-equation", ".workbench-sum"]
    assert all(tab.locator(selector).is_visible() for selector in shown)
    maps = tab.locator(".workbench-maps canvas")
    assert maps.count() > 20 and all(one.is_visible() for one in maps.all())
    fields = "layer-workbench :is(textarea, [type=file], .workbench-share, .workbench-take)"
    assert not any(one.is_visible() for one in tab.locator(fields).all())


PRINTED = """() => {
  const { workbench } = document.querySelector("layer-workbench");
  workbench.drawAll();
  workbench.drawn = workbench.drawing(); // as if nothing of it were drawn yet
  dispatchEvent(new Event("beforeprint"));
  return workbench.drawn.next().done;
}"""


def test_what_is_not_drawn_yet_is_drawn_for_paper(bench):
    assert bench().evaluate(PRINTED)


def test_by_keyboard_alone(bench):
    """Choose a layer's values, a step and a unit, and a term: by keys."""
    tab = bench()
    step = tab.locator("[data-at=t]")
    step.focus()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Tab")  # what was typed is taken
    assert "at step 1" in tab.locator(".workbench-number h3").inner_text()
    tab.locator(".workbench-number button").first.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.closest('.workbench-number') !== null")

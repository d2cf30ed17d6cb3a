"""The calculator's arithmetic, in its own language, against Keras's layers."""

import functools
import itertools
import json
import random
import re

import keras
import pytest

from snippets.shapes_and_parameters import every_layer as page
from tests import scripts
from tests.site.sources import ROOT

SHAPES = ROOT / "docs" / "assets" / "javascripts" / "parts" / "shapes.js"
ANSWER = """
import { describe } from %s;
let asked = "";
for await (const part of process.stdin) asked += part;
console.log(JSON.stringify(JSON.parse(asked).map(describe)));
"""
LAYERS = ("Dense", "SimpleRNN", "LSTM", "GRU")
FLAGS = ("return_sequences", "return_state")
SIZES = (
    (2, 5, 3, [4]),
    (7, 1, 1, [1]),
    (1, 3, 6, [5, 2]),
    (4, 2, 2, [3, 1, 4]),
    (9, 8, 5, [8, 8]),
)  # N, T, m, units


def answers(choices):
    """What the calculator answers to each choice."""
    return scripts.answers(ANSWER % json.dumps(SHAPES.as_uri()), choices)


def choices():
    """Every layer with all flags, also those that it does not have, in four sizes."""
    flags = [*FLAGS, "bidirectional", "use_bias", "reset_after"]
    return [
        {"layer": layer, "N": N, "T": T, "m": m, "units": units, **dict(zip(flags, given))}
        for layer in LAYERS
        for (N, T, m, units) in SIZES
        for given in itertools.product([True, False], repeat=len(flags))
    ]


@functools.cache
def built(layer, m, units, directions, **options):
    """Keras's layers for a choice, from the bottom; nothing is said of what comes out."""
    layers = []
    for u in units:
        made = getattr(keras.layers, layer)(u, **options)
        if layer == "Dense":
            made = keras.layers.TimeDistributed(made)
        elif directions == 2:
            made = keras.layers.Bidirectional(made)
        made.build((1, 1, m))
        layers.append(made)
        m = directions * u
    return layers


def of_keras(choice):
    """Keras's layers for a choice, and the shapes of what comes out of the top one."""
    layer, units = choice["layer"], choice["units"]
    recurrent = layer != "Dense"
    directions = 2 if recurrent and choice["bidirectional"] else 1
    options = {"use_bias": choice["use_bias"]}
    if layer == "GRU":
        options["reset_after"] = choice["reset_after"]
    layers = built(layer, choice["m"], tuple(units), directions, **options)
    top = layers[-1]
    if recurrent:  # no weight depends on these, so no layer need be built anew
        for way in (top, top.forward_layer, top.backward_layer) if directions == 2 else (top,):
            way.return_sequences, way.return_state = (choice[flag] for flag in FLAGS)
    m = directions * units[-2] if len(units) > 1 else choice["m"]
    shapes = top.compute_output_shape((choice["N"], choice["T"], m))
    return layers, [shapes] if isinstance(shapes[0], int) else list(shapes)


def above(choice, n):
    """How many places of n are left above all layers."""
    for _ in choice["units"]:
        n = -(-(n if choice["same"] else n - choice["k"] + 1) // choice["strides"])
    return n


def films(count):
    """Random choices of a ConvLSTM2D, each with a frame that leaves something of every layer."""
    draw = random.Random(7)
    found = []
    while len(found) < count:
        units = [draw.randint(1, 3) for _ in range(draw.randint(1, 3))]
        flags = {
            name: draw.random() < 0.5 for name in (*FLAGS, "bidirectional", "use_bias", "same")
        }
        sizes = {name: draw.randint(1, 4) for name in ("N", "T", "m", "k", "strides")}
        sizes |= {name: draw.randint(1, 30) for name in ("rows", "cols")}
        choice = {"layer": "ConvLSTM2D", "units": units, **flags, **sizes}
        if above(choice, min(sizes["rows"], sizes["cols"])) >= 1:
            found.append(choice)
    return found


def test_films_are_answered_as_by_keras():
    """Shapes of all that comes out, arrays and counts: the program of each answer builds the model."""
    asked = films(40)
    for choice, answer in zip(asked, answers(asked)):
        namespace = {}
        exec(answer["program"], namespace)
        model = namespace["model"]
        N, T, m, rows, cols = (choice[name] for name in ("N", "T", "m", "rows", "cols"))
        assert model.input_shape == (None, T, rows, cols, m)
        shapes = [tuple(output.shape) for output in model.outputs]
        assert shapes == [(None, *output["shape"][1:]) for output in answer["outputs"]], choice
        assert {output["shape"][0] for output in answer["outputs"]} == {N}
        arrays = [list(weight.shape) for weight in model.weights]
        told = [weight for layer in answer["layers"] for weight in layer["weights"]]
        assert [weight["shape"] for weight in told] == arrays, choice
        assert answer["count"] == model.count_params()
        wide = 2 if choice["bidirectional"] else 1
        widths = [m, *(wide * u for u in choice["units"])]
        for layer, below, u in zip(answer["layers"], widths, choice["units"]):
            size = {"k": choice["k"], "m": below, "u": u}
            sides = [layer["symbols"], *layer["numbers"].split(" = ")]
            assert {eval(side.replace("·", "*"), size) for side in sides} == {layer["count"]}
            for weight in layer["weights"]:
                symbols = weight["symbols"].replace("4u", "4*u")
                assert list(eval(symbols, size)) == weight["shape"]


def test_one_row_fewer_and_nothing_is_left():
    """least() is the smallest frame that Keras takes."""
    asked = films(40)
    least = scripts.answers(
        ANSWER.replace("describe", "least") % json.dumps(SHAPES.as_uri()), asked
    )
    for choice, n in zip(asked, least):
        assert n >= 1 and above(choice, n) >= 1 and (n == 1 or above(choice, n - 1) < 1)


def name_of(weight):
    """A weight's name as the calculator has it: kernel, forward kernel, …"""
    way = re.search(r"/(forward|backward)_", weight.path)
    return f"{way[1]} {weight.name}" if way else weight.name


def test_every_answer_is_that_of_keras():
    asked = choices()
    assert len(asked) >= 500
    for choice, answer in zip(asked, answers(asked)):
        layers, outputs = of_keras(choice)
        assert len(layers) == len(answer["layers"])
        for layer, told in zip(layers, answer["layers"]):
            expected = [(name_of(weight), list(weight.shape)) for weight in layer.weights]
            assert [(w["name"], w["shape"]) for w in told["weights"]] == expected, choice
            assert told["count"] == layer.count_params(), choice
        assert answer["count"] == sum(layer.count_params() for layer in layers)
        assert [tuple(output["shape"]) for output in answer["outputs"]] == outputs, choice


def test_derivations_and_symbols_are_true():
    """Each `=` of a derivation holds, and the shapes in symbols are those in numbers."""
    asked = choices()
    for choice, answer in zip(asked, answers(asked)):
        below = [choice["m"], *choice["units"]]
        wide = 2 if choice["bidirectional"] and choice["layer"] != "Dense" else 1
        for k, (told, u) in enumerate(zip(answer["layers"], choice["units"])):
            size = {"m": below[k] * (wide if k else 1), "u": u}
            sides = [told["symbols"], *told["numbers"].split(" = ")]
            products = [re.sub(r"·", "*", side) for side in sides]
            assert {eval(product, size) for product in products} == {told["count"]}
            for weight in told["weights"]:
                symbols = re.sub(r"(\d)u", r"\1*u", weight["symbols"])
                assert list(eval(symbols, size)) == weight["shape"]
        if answer["total"]:
            terms, total = answer["total"].split(" = ")
            assert eval(terms) == int(total) == answer["count"]
        size = {"N": choice["N"], "T": choice["T"], "u": choice["units"][-1]}
        for output in answer["outputs"]:
            assert list(eval(output["symbols"].replace("2u", "2*u"), size)) == output["shape"]


def test_the_columns_of_the_blocks_are_those_of_the_pages():
    """Cut as Parts D and E cut them: i, f, c̃, o and z, r, h̃."""
    common = dict.fromkeys([*FLAGS, "bidirectional"], False) | {"use_bias": True, "N": 1, "T": 1}
    lstm, gru, one = answers(
        [
            {"layer": "LSTM", "m": 3, "units": [4], "reset_after": True, **common},
            {"layer": "GRU", "m": 3, "units": [4], "reset_after": True, **common},
            {"layer": "LSTM", "m": 3, "units": [1], "reset_after": True, **common},
        ]
    )
    kernel, recurrent, bias = lstm["layers"][0]["weights"]
    assert kernel["holds"] == recurrent["holds"] == "columns i: 0–3, f: 4–7, c̃: 8–11, o: 12–15"
    assert bias["holds"] == "entries i: 0–3, f: 4–7, c̃: 8–11, o: 12–15"
    assert gru["layers"][0]["weights"][2]["holds"] == (
        "row 0 for the input, row 1 for the state; columns z: 0–3, r: 4–7, h̃: 8–11"
    )
    assert one["layers"][0]["weights"][0]["holds"] == "columns i: 0, f: 1, c̃: 2, o: 3"


@pytest.mark.parametrize("layer", LAYERS)
def test_the_program_builds_the_model(layer):
    asked = [
        {"layer": layer, "N": 2, "T": 5, "m": 3, "units": units, "use_bias": bias}
        | dict.fromkeys([*FLAGS, "bidirectional", "reset_after"], flag)
        for units, bias, flag in (([4], True, False), ([4, 2, 3], False, True))
    ]
    for answer in answers(asked):
        namespace = {}
        exec(answer["program"], namespace)
        model = namespace["model"]
        assert model.count_params() == answer["count"]
        shapes = [tuple(output.shape) for output in model.outputs]
        assert shapes == [(None, *output["shape"][1:]) for output in answer["outputs"]]


def test_the_page_shows_what_the_calculator_answers_at_first():
    values = page.values()
    [answer] = answers(
        [
            {"layer": "LSTM", "N": 2, "T": 5, "m": 3, "units": [4], "return_sequences": True}
            | {"return_state": False, "bidirectional": False, "use_bias": True}
        ]
    )
    assert answer["outputs"][0]["shape"] == list(values["output"])
    assert [w["shape"] for w in answer["layers"][0]["weights"]] == [
        list(values[name]) for name in ("kernel", "recurrent", "bias")
    ]
    assert answer["count"] == values["lstm"] == 4 * values["block"] == 4 * (3 * 4 + 4 * 4 + 4)
    snippet = (ROOT / "snippets" / "shapes_and_parameters" / "every_layer.py").read_text(
        encoding="utf-8"
    )
    section = re.search(r"start:build\]\n(.*?)# --8<-- \[end:build", snippet, re.DOTALL)[1]
    assert section.strip() == answer["program"]


def test_the_formulas_of_the_page():
    values, m, u = page.values(), 3, 4
    assert values["dense"] == m * u + u
    assert values["simple_rnn"] == m * u + u * u + u
    assert values["gru"] == 3 * (m * u + u * u + 2 * u)
    assert values["gru_before"] == 3 * (m * u + u * u + u)
    assert values["conv_lstm"] == 4 * (9 * m * u + 9 * u * u + u)
    assert values["lstm_both"] == 2 * values["lstm"]
    assert values["stack"] == [values["gru"], 3 * (4 * 2 + 2 * 2 + 2 * 2)]
    assert values["both_output"] == (2, 2 * u)

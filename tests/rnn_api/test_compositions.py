"""Shapes, parameters, masks and errors of composed layers: the lab's, in its own language, against Keras's."""

import json
import random
import re

import keras
import pytest

from snippets.rnn_api import compositions as page
from tests import scripts
from tests.site.every_page.test_records import recorded
from tests.site.sources import ROOT

COMPOSITIONS = ROOT / "docs" / "assets" / "javascripts" / "parts" / "compositions.js"
ANSWER = """
import { follow, packed, programOf, shape, unpacked, letters } from %s;
let asked = "";
for await (const part of process.stdin) asked += part;
console.log(JSON.stringify(JSON.parse(asked).map((composition) => {
  const { steps, error } = follow(composition);
  return {
    steps: steps.map(({ tensors, count }) => [
      tensors.map(({ axes }) => shape(axes)).join(", "), count, tensors.map(({ masked }) => masked),
    ]),
    letters: steps.map(({ tensors }) => tensors.map(({ axes }) => letters(axes))),
    error: error?.words ?? "",
    at: error?.at ?? null,
    warnings: steps.map(({ destroys }) => destroys).filter(Boolean),
    program: programOf(composition),
    again: programOf(unpacked(packed(composition))),
  };
})));
"""
ZEROS = 'kernel_initializer="zeros"'  # no random numbers: half as much to wait for
SEED = 52  # among its compositions is each error but the rarest, and each layer that loses a mask
READ = """
import { packed, unpacked } from %s;
let asked = "";
for await (const part of process.stdin) asked += part;
const again = (text) => (unpacked(text) ? packed(unpacked(text)) : null);
console.log(JSON.stringify(JSON.parse(asked).map(again)));
"""
RECURRENT = ("SimpleRNN", "LSTM", "GRU")
OTHERS = ("Embedding", "Masking", "Dense", "TimeDistributed", "RepeatVector", "Flatten", "Dropout")
# What Keras calls a flag, what the lab calls it, how often it is drawn and what it is otherwise.
FLAGS = {
    "return_sequences": ("returnSequences", 0.7, False),
    "return_state": ("returnState", 0.12, False),
    "go_backwards": ("goBackwards", 0.12, False),
    "stateful": ("stateful", 0.15, False),
    "use_bias": ("useBias", 0.8, True),
}


def answers(asked, program=ANSWER):
    """What the lab answers to each composition."""
    return scripts.answers(program % json.dumps(COMPOSITIONS.as_uri()), asked)


def block(draw, kind):
    """A layer: as code for Keras, and as the lab takes it."""
    units = draw.randint(1, 5)
    told = {"kind": kind, "units": units}
    if kind == "Embedding":
        codes, zero = draw.randint(2, 9), draw.random() < 0.6
        return (
            f"Embedding({codes}, {units}, mask_zero={zero}, {ZEROS.replace('kernel', 'embeddings')})",
            {
                **told,
                "codes": codes,
                "maskZero": zero,
            },
        )
    if kind == "RepeatVector":
        return f"RepeatVector({units})", told
    if kind in ("Masking", "Flatten", "Dropout"):
        return f"{kind}({0.5 if kind == 'Dropout' else ''})", told
    if kind in ("Dense", "TimeDistributed"):
        told["useBias"] = draw.random() < 0.8
        code = f"Dense({units}, use_bias={told['useBias']}, {ZEROS})"
        return (code if kind == "Dense" else f"TimeDistributed({code})"), told
    given = {name: draw.random() < often for name, (_, often, _) in FLAGS.items()}
    told |= {FLAGS[name][0]: value for name, value in given.items()}
    if kind == "GRU":
        given["reset_after"] = told["resetAfter"] = draw.random() < 0.6
    options = "".join(f", {name}={value}" for name, value in given.items())
    code = f"{kind}({units}{options}, {ZEROS}, {ZEROS.replace('kernel', 'recurrent')})"
    if draw.random() < 0.3:
        told |= {"backward": True, "mergeMode": draw.choice(["concat", "sum", "mul", "ave", None])}
        code = f"Bidirectional({code}, merge_mode={told['mergeMode']!r})"
    return code, told


def drawn(seed, count):
    """Compositions, good and bad ones: [(input for Keras, code of each layer, the same for the lab)]."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        N, T = draw.choice([None, None, 2]), draw.choice([None, 3])
        m = draw.choice([None, 4, 4, 4])
        shape = (T,) if m is None else (T, m)
        # What reads codes reads them at the beginning, most of the time.
        first = ["Embedding"] if m is None and draw.random() < 0.6 else []
        first = first or ["Masking"] * (draw.random() < 0.25)
        kinds = [draw.choice(OTHERS + RECURRENT * 4) for _ in range(draw.randint(1, 4))]
        pairs = [block(draw, kind) for kind in first + kinds]
        codes, told = zip(*pairs)
        composition = {"input": {"N": N, "T": T, "m": m}, "blocks": told}
        found.append(({"shape": shape, "batch_size": N}, codes, composition))
    return found


@pytest.fixture(scope="module")
def compared():
    """300 compositions: what Keras says of each and what the lab says."""
    asked = drawn(SEED, 300)
    return [
        (codes, page.ask(inputs, codes), answer)
        for (inputs, codes, _), answer in zip(asked, answers([told for *_, told in asked]))
    ]


def test_of_300_compositions_each_gives_what_keras_says(compared):
    """Shapes, parameters and masks between layers; no error, or the same words at the same layer."""
    good, lost, kinds = 0, set(), set()
    for codes, (steps, error, at, told), answer in compared:
        assert answer["steps"] == steps, codes
        assert (answer["error"], answer["at"]) == (error, at), codes
        assert answer["warnings"] == told or error, codes
        good += not error
        lost |= {re.search(r"type (\w+)", warning)[1] for warning in told if not error}
        kinds.add(re.sub(r"[\d'\"(].*", "", error))
    assert 100 <= good <= 200
    assert lost == {"Flatten", "Embedding", "RepeatVector"} and len(kinds) >= 8, kinds


def test_what_the_snippet_has_recorded_are_the_words_of_the_lab():
    """One composition for each kind of error, the rare ones too: the blocks are those of WRONG."""
    record = recorded("rnn_api.compositions")
    lstm = {"kind": "LSTM", "units": 4, "returnSequences": False}
    gru, state, both = {**lstm, "kind": "GRU"}, {"returnState": True}, {"backward": True}
    dense = {"kind": "TimeDistributed", "units": 1}
    embedded = {"kind": "Embedding", "units": 3, "codes": 8}
    blocks = {
        "example": [embedded | {"maskZero": True}, gru | both, {**lstm, "units": 5}],
        "axes": [lstm, {**lstm, "units": 6}],
        "inputs": [gru | state, {**dense, "kind": "Dense"}],
        "steps": [gru, dense],
        "both_steps": [gru | both | {"mergeMode": None}, dense],
        "states_steps": [lstm | state, dense],
        "batch": [gru | {"stateful": True}],
        "unknown": [{**dense, "kind": "Dense"}],
        "unknown_inside": [dense | {"kind": "RepeatVector", "units": 3}, gru | both],
        "backwards": [gru | both | {"goBackwards": True}],
        "both_states": [lstm | both | state | {"stateful": True}],
        "masked": [lstm | state, {"kind": "Masking", "units": 1}],
        "embedded": [lstm | state, embedded],
        "destroyed": [{"kind": "Masking", "units": 1}, {"kind": "Flatten", "units": 1}],
    }
    assert {*blocks} == {*page.WRONG, "destroyed"}
    codes = {"N": None, "T": None, "m": None}
    inputs = {
        "example": codes,
        "unknown": codes,
        "unknown_inside": codes,
        "both_states": {"N": 2, "T": 5, "m": 7},
    }
    strings = {"N": None, "T": 5, "m": 7}
    asked = [
        {"input": inputs.get(name, strings), "blocks": found} for name, found in blocks.items()
    ]
    for name, answer in zip(blocks, answers(asked)):
        said = answer["error"] or answer["warnings"][0]
        assert said == record[f"said_{name}"]["value"], name


@pytest.mark.filterwarnings("ignore:Layer")
def test_the_lines_to_copy_build_what_keras_was_asked(compared):
    """A sample of the programs, run: the same shapes and counts, or the same error; and the address keeps all."""
    for codes, (steps, error, _, _), answer in compared:
        assert answer["again"] == answer["program"], codes
    for codes, (steps, error, _, _), answer in compared[::12]:
        keras.utils.clear_session(free_memory=False)
        namespace = {}
        try:
            exec(answer["program"], namespace)
        except Exception as fault:
            assert page.words(fault, page.KEPT) == error, codes
        else:
            assert not error and page.steps(namespace["model"].layers) == steps, codes


def test_an_address_holds_layers_or_none():
    good = [
        "x.x_Embedding.3.z.8_GRU.4.s.concat_LSTM.5_Dense.1",
        "2.5.7_SimpleRNN.4.shbfn.none_Flatten",
    ]
    bad = """x.5 x.5_ x.x_Transformer.4 x.x_LSTM x.x_LSTM.0 x.x_LSTM.4.q x.x_LSTM.4.r x.x_LSTM.4..max
    x.x_LSTM.1001 x.x_LSTM.4.s.sum.s 5_LSTM.4 x.5.x_LSTM.4 0.5.7_LSTM.4 x.5.7.9_LSTM.4 x.x_Embedding.3 x.x_Dense.4..3
    x.x_constructor.4 x.x_LSTM.4e1 x.x_LSTM.-4""".split()
    bad += ["", "_", "x.x" + "_LSTM.4" * 6]
    assert answers(good + bad, READ) == good + [None] * len(bad)


def test_the_example_of_the_page():
    values = page.values()
    gru = 2 * 3 * (3 * 4 + 4 * 4 + 2 * 4)  # both ways, three blocks, two rows of biases
    lstm = 4 * (8 * 5 + 5 * 5 + 5)
    assert list(values["count"]) == [8 * 3, gru, lstm, 5 * 1 + 1]
    assert values["total"] == sum(values["count"])
    assert list(values["masked"]) == [True, True, False, False]
    assert list(values["axes"]) == [3, 8, 5, 1]

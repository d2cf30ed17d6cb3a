"""What a reader can bring: files and pasted text become, in a real browser, the arrays that NumPy has.

The files are real ones, written by Keras, NumPy, h5py and PyTorch, or by hand from a published format.
"""

import base64
import functools
import io
import json
import pickle
import random
import re
import struct
import zipfile
import zlib

import h5py
import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from keras import layers as kl

from tests.site.sources import DOCS

PARTS = DOCS / "assets" / "javascripts" / "parts"
RNG = np.random.default_rng(7)
TORCH = "PyTorch is not installed: pip install torch==2.13.0"

# What the browser does with a file or a text. Numbers come back as bytes, so that no digit is lost.
READ = """async ([name, source, base, given]) => {
  const parts = await Promise.all(["arrays", "files", "scripts", "layers"]
    .map(part => import(`/source/${part}.js`)));
  const { readArrays, readFile, fetchScript, layersOf, InputError } = Object.assign({}, ...parts);
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const coded = ({ shape, data }) => {
    let letters = "";
    for (const byte of new Uint8Array(data.buffer)) letters += String.fromCharCode(byte);
    return { shape, data: btoa(letters) };
  };
  const weights = layer => layer && Object.values(layer).map(coded);
  try {
    const fetched = format => fetchScript(`${base}assets/javascripts/formats-${format}.js`);
    const { arrays, config } = name === null
      ? { arrays: readArrays(source), config: null }
      : await readFile(new File([bytes(source)], name), fetched);
    const found = given ? layersOf(arrays, config) : null;
    return {
      arrays: arrays.map(({ name, array, decimals }) => ({ name, decimals, ...coded(array) })),
      config,
      notes: found?.notes,
      readings: found?.readings.map(reading => ({
        ...reading,
        layers: reading.layers.map(layer =>
          ({ ...layer, weights: weights(layer.weights), backward: weights(layer.backward) })),
      })),
    };
  } catch (error) {
    return error instanceof InputError ? { refused: error.message } : { error: `${error.stack}` };
  }
}"""


def decoded(array):
    numbers = np.frombuffer(base64.b64decode(array["data"]), dtype="<f8")
    return numbers.reshape(array["shape"])


@pytest.fixture(scope="module")
def read(modules, address):
    """A function that lets the browser read a file, (name, bytes), or a text, (None, text)."""

    def read(name, source, layers=False):
        if name is not None:
            source = base64.b64encode(source).decode()
        found = modules.evaluate(READ, [name, source, address, layers])
        assert "error" not in found, found["error"]
        return found

    return read


def arrays_of(found):
    assert "refused" not in found, found["refused"]
    return [decoded(array) for array in found["arrays"]]


def assert_same(shown, expected):
    """The very same numbers, in the same shapes."""
    assert [a.shape for a in shown] == [a.shape for a in expected]
    for a, b in zip(shown, expected, strict=True):
        np.testing.assert_array_equal(a, np.asarray(b, dtype="float64"))


# NumPy's own files ------------------------------------------------------------------------------


def npy(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version)
    return file.getvalue()


def npz(write=np.savez, *arrays, **named):
    file = io.BytesIO()
    write(file, *arrays, **named)
    return file.getvalue()


KINDS = "<f2 >f2 <f4 >f4 <f8 >f8 <i1 >i2 <i4 >i8 <u1 <u2 >u4 <u8 ?".split()


@pytest.mark.parametrize("kind", KINDS)
def test_npy_of_every_kind_of_number(read, kind):
    array = (RNG.normal(size=(3, 4)) * 100).astype("f4").clip(0 if "u" in kind else -100, 100)
    for turned in (array.astype(kind), np.asfortranarray(array.astype(kind))):
        assert_same(arrays_of(read("a.npy", npy(turned))), [turned])


def test_npy_of_every_shape_and_version(read):
    for shape in ((), (5,), (1, 1), (2, 3, 4), (2, 3, 4, 5)):
        array = np.asfortranarray(RNG.normal(size=shape))
        assert_same(arrays_of(read("a.npy", npy(array))), [array])
    for version in ((1, 0), (2, 0), (3, 0)):
        assert_same(arrays_of(read("a.npy", npy(array, version))), [array])


def test_half_floats_of_all_bits(read):
    """Each of the 2 × 65,536 that is finite, among them the smallest."""
    bits = np.arange(2**16, dtype="<u2")
    for kind in (np.float16, ml_dtypes.bfloat16):
        every = bits.view(kind)
        every = every[np.isfinite(every.astype("f4"))]
        assert len(every) > 60_000
        assert_same(arrays_of(read("a.npy", npy(every))), [every])


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_npz(read, write):
    arrays = [
        RNG.normal(size=s).astype(k) for s, k in (((3, 8), "f4"), ((2, 8), ">f8"), ((8,), "f2"))
    ]
    found = read("a.npz", npz(write, *arrays))
    assert [a["name"] for a in found["arrays"]] == ["arr_0", "arr_1", "arr_2"]
    assert_same(arrays_of(found), arrays)
    found = read("a.npz", npz(write, W=arrays[0], **{"rnn/b": arrays[2]}))
    assert [a["name"] for a in found["arrays"]] == ["W", "rnn/b"]
    assert_same(arrays_of(found), [arrays[0], arrays[2]])


def test_a_file_is_known_by_its_bytes_and_not_by_its_name(read):
    array = RNG.normal(size=(2, 3))
    for name in ("weights", "weights.h5", "weights.pt"):
        assert_same(arrays_of(read(name, npy(array))), [array])
    assert_same(arrays_of(read("x.csv", b"0.5, 1\n2, -3\n")), [np.array([[0.5, 1], [2, -3]])])


def test_only_what_a_file_needs_is_fetched(modules, read):
    fetched = []
    note = lambda request: fetched.append(request.url.rpartition("/")[2])
    modules.reload()
    modules.on("request", note)
    read("a.npy", npy(np.ones(3)))
    read(None, "[1, 2]", layers=False)
    assert not [name for name in fetched if name.startswith("formats-")]
    read("a.npz", npz(np.savez, np.ones(3)))
    read("b.npz", npz(np.savez, np.ones(3)))
    assert [name for name in fetched if name.startswith("formats-")] == ["formats-zip.js"]
    modules.remove_listener("request", note)


# safetensors, by its published format -----------------------------------------------------------

NAMES = {"float64": "F64", "float32": "F32", "float16": "F16", "bfloat16": "BF16", "int64": "I64"}


def safetensors(arrays, **changes):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, array in arrays.items():
        begins, data = len(data), data + array.tobytes()
        kind = NAMES[array.dtype.name]
        entry = {"dtype": kind, "shape": array.shape, "data_offsets": [begins, len(data)]}
        header[name] = entry | changes
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def test_safetensors(read):
    kinds = (np.float64, np.float32, np.float16, ml_dtypes.bfloat16, np.int64)
    arrays = {kind.__name__: (RNG.normal(size=(2, 3)) * 9).astype(kind) for kind in kinds}
    found = read("a.safetensors", safetensors(arrays))
    assert [a["name"] for a in found["arrays"]] == [*arrays]
    assert_same(arrays_of(found), [*arrays.values()])


# Models of Keras --------------------------------------------------------------------------------


def with_weights(model):
    """With random weights, none zero."""
    for weight in model.weights:
        weight.assign(RNG.normal(size=weight.shape))
    return model


def functional():
    x = keras.Input((5, 3), name="x")
    h = kl.LSTM(4, return_sequences=True, name="first")(x)
    reads = kl.GRU(2, return_sequences=True, activation="relu")
    h = kl.Bidirectional(reads, merge_mode="sum", name="both")(h)
    h = kl.Dropout(0.1)(h)
    h = kl.TimeDistributed(kl.Dense(3, activation="tanh"), name="each")(h)
    inner = [kl.SimpleRNN(2, go_backwards=True, name="inner_rnn"), kl.Dense(2, name="inner_dense")]
    y = keras.Sequential([keras.Input((5, 3)), *inner], name="inner")(h)
    model = keras.Model(x, y)
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)  # its state is no layer's
    return model


def bare():
    """Without biases, and a GRU of the old form."""
    return keras.Sequential(
        [
            keras.Input((None, 3)),
            kl.LSTM(2, use_bias=False, return_sequences=True, recurrent_activation="hard_sigmoid"),
            kl.GRU(3, reset_after=False, return_sequences=True),
            kl.GRU(2, reset_after=False, use_bias=False, return_sequences=True),
            kl.SimpleRNN(3, use_bias=False),
            kl.Dense(1, use_bias=False, activation="sigmoid"),
        ]
    )


def stacked():
    """More than ten layers of a kind, whose names are not in alphabetical order."""
    hidden = [kl.SimpleRNN(2, return_sequences=True) for _ in range(11)]
    cells = [kl.LSTMCell(2), kl.GRUCell(3)]
    return keras.Sequential([keras.Input((None, 2)), *hidden, kl.RNN(cells), kl.Dense(1)])


@keras.saving.register_keras_serializable("own")
class Own(keras.Model):
    """A model of the reader's own class, whose config lists no layers."""

    def __init__(self, **others):
        super().__init__(**others)
        self.recurrent = kl.LSTM(4, return_sequences=True)
        self.pile = [kl.GRU(3, return_sequences=True), kl.Bidirectional(kl.GRU(2))]
        self.readout = kl.Dense(1)

    def call(self, x):
        for layer in (self.recurrent, *self.pile, self.readout):
            x = layer(x)
        return x


def subclassed():
    model = Own()
    model(np.zeros((1, 5, 3)))
    return model


@functools.cache
def model_of(make):
    return with_weights(make())


def cells_of(layers):
    """(name, kind, arrays, arrays of the other direction) of each layer that the page shows."""
    for layer in layers:
        if isinstance(layer, keras.Model):
            yield from cells_of(layer.layers)
        elif isinstance(layer, kl.Bidirectional):
            ways = layer.forward_layer, layer.backward_layer
            yield layer.name, type(ways[0]).__name__, *(way.get_weights() for way in ways)
        elif isinstance(layer, kl.TimeDistributed):
            yield layer.name, "Dense", layer.get_weights(), None
        elif isinstance(layer, kl.RNN) and hasattr(layer.cell, "cells"):
            for i, cell in enumerate(layer.cell.cells):
                kind = type(cell).__name__.removesuffix("Cell")
                yield f"{layer.name}, cell {i + 1}", kind, cell.get_weights(), None
        elif layer.get_weights():
            yield layer.name, type(layer).__name__, layer.get_weights(), None


def saved(model, folder, ending):
    path = folder / f"model{ending}"
    (model.save_weights if ending == ".weights.h5" else model.save)(path)
    return path.name, path.read_bytes()


def layers_of(found, reading=0):
    assert "refused" not in found, found["refused"]
    return found["readings"][reading]["layers"]


def assert_layers(layers, expected):
    expected = [*expected]
    assert [layer["kind"] for layer in layers] == [kind for _, kind, _, _ in expected]
    for layer, (name, kind, arrays, backward) in zip(layers, expected, strict=True):
        assert (
            layer["units"]
            == arrays[-1 if kind == "Dense" else 1].shape[-1 if kind == "Dense" else 0]
        )
        assert layer["m"] == arrays[0].shape[0]
        assert layer["useBias"] == (len(arrays) == (2 if kind == "Dense" else 3))
        assert_same([decoded(a) for a in layer["weights"]], arrays)
        assert (layer.get("backward") is not None) == (backward is not None)
        if backward:
            assert_same([decoded(a) for a in layer["backward"]], backward)


ENDINGS = (".keras", ".weights.h5", ".h5")
MODELS = (functional, bare, stacked, subclassed)
WAYS = [
    (m, e) for m in MODELS for e in ENDINGS if (m, e) != (subclassed, ".h5")
]  # Keras refuses it


@pytest.mark.parametrize(("make", "ending"), WAYS)
def test_models_of_keras(read, tmp_path, make, ending):
    model = model_of(make)
    found = read(*saved(model, tmp_path, ending), layers=True)
    expected = [*cells_of(model.layers)]
    assert_layers(layers_of(found), expected)
    assert (len(found["arrays"]), found["notes"]) == (len(model.weights), [])
    if make is not stacked or ending != ".weights.h5":  # which does not say what holds the cells
        names = [layer["name"] for layer in layers_of(found)]
        if (make, ending) == (functional, ".weights.h5"):
            names[2] = "each"  # of the layer in it, dense
        assert names == [name for name, _, _, _ in expected]


@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_options_come_from_the_config(read, tmp_path, ending):
    found = read(*saved(model_of(functional), tmp_path, ending), layers=True)
    first, both, each, inner, _ = (layer["options"] for layer in layers_of(found))
    assert (first["activation"], first["recurrent_activation"]) == ("tanh", "sigmoid")
    assert (both["activation"], both["merge_mode"]) == ("relu", "sum")
    assert (each["activation"], each["time_distributed"]) == ("tanh", True)
    assert (first["return_sequences"], inner["return_sequences"]) == (True, False)
    assert (first["go_backwards"], inner["go_backwards"]) == (False, True)
    assert found["config"]["keras_version"] == keras.__version__
    found = read(*saved(model_of(bare), tmp_path, ending), layers=True)
    lstm, old, bare_gru, _, _ = layers_of(found)
    assert lstm["options"]["recurrent_activation"] == "hard_sigmoid"
    assert (old["resetAfter"], bare_gru["resetAfter"]) == (False, False)
    assert len(found["readings"]) == 1
    assert layers_of(read(*saved(model_of(functional), tmp_path, ending), layers=True))[1][
        "resetAfter"
    ]


def rewritten(path, name):
    """A .keras whose weights lie where name(path) says, without names of layers."""
    new = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as into:
        for entry in old.namelist():
            data = old.read(entry)
            into.writestr(entry, moved(data, name) if entry.endswith(".h5") else data)
    return new.getvalue()


def moved(data, name):
    into = io.BytesIO()
    with h5py.File(io.BytesIO(data)) as old, h5py.File(into, "w") as new:

        def move(path, array):
            if "vars/" in path:
                new[name(path)] = array[()]

        old.visititems(move)
    return into.getvalue()


def in_keras_2_13(path):
    """Another name, and lstm, lstm_2, lstm_4, … for lstm, lstm_1, lstm_2, …"""

    def twice(found):
        number = 2 * int(found[2] or 0)
        return f"_layer_checkpoint_dependencies/{found[1]}{f'_{number}' if number else ''}"

    return re.sub(r"layers/(\w*?)(?:_(\d+))?(?=/)", twice, path)


def on_windows(path):
    before, last = in_keras_2_13(path).split("/vars/")
    return before.replace("/", "\\") + f"/vars/{last}"


OLDER = {"Keras 3.0": lambda path: path, "Keras 2.13": in_keras_2_13, "on Windows": on_windows}


@pytest.mark.parametrize("version", OLDER)
def test_older_files_tell_no_names(read, tmp_path, version):
    """There the path of a layer is made of its class, and the config says which it is."""
    for make in (functional, stacked):
        saved(model_of(make), tmp_path, ".keras")
        old = rewritten(tmp_path / "model.keras", OLDER[version])
        found = read("old.keras", old, layers=True)
        expected = [*cells_of(model_of(make).layers)]
        assert_layers(layers_of(found), expected)
        assert [layer["name"] for layer in layers_of(found)] == [name for name, _, _, _ in expected]


def test_a_bfloat16_model(read, tmp_path):
    gru = kl.GRU(2, dtype="bfloat16", recurrent_initializer="zeros")
    model = keras.Sequential([keras.Input((None, 3)), gru])
    for weight in model.weights:
        weight.assign(RNG.normal(size=weight.shape))
    found = read(*saved(model, tmp_path, ".keras"), layers=True)
    assert_layers(layers_of(found), cells_of(model.layers))


def in_keras_2(path, layers, config, where="model_weights", packed=None):
    """A .h5 as Keras 2 wrote it: attributes list the layers, and the weights of each layer."""
    with h5py.File(path, "w") as file:
        if config:
            file.attrs["model_config"] = json.dumps(config).encode()
            file.attrs["keras_version"] = b"2.4.0"
        top = file.create_group(where) if where else file
        strings = np.array if packed else list  # as h5py wrote them once, and writes them today
        top.attrs["layer_names"] = strings([name.encode() for name in layers])
        for name, weights in layers.items():
            group = top.create_group(name)
            group.attrs["weight_names"] = strings([weight.encode() for weight in weights])
            for weight, array in weights.items():
                group.create_dataset(weight, data=array, compression=packed)
    return path.read_bytes()


def of_cell(path, m, units, gates, bias=None):
    names = ("kernel", "recurrent_kernel", "bias")
    shapes = ((m, gates * units), (units, gates * units), bias or (gates * units,))
    return {f"{path}/{n}:0": RNG.normal(size=s).astype("f4") for n, s in zip(names, shapes)}


@pytest.mark.parametrize("where", ["model_weights", None])
@pytest.mark.parametrize("packed", [None, "gzip"])
def test_what_keras_2_wrote(read, tmp_path, where, packed):
    arrays = {
        "embedding": {"embedding/embeddings:0": RNG.normal(size=(9, 3)).astype("f4")},
        "lstm_2": of_cell("lstm_2/lstm_cell_5", 3, 2, 4),
        "dropout": {},
        "bidirectional": of_cell("bidirectional/forward_gru/gru_cell_1", 2, 3, 3, (2, 9))
        | of_cell("bidirectional/backward_gru/gru_cell_2", 2, 3, 3, (2, 9)),
        "old_gru": of_cell("old_gru", 6, 2, 3),
        "dense": {"dense/kernel:0": RNG.normal(size=(2, 1)), "dense/bias:0": RNG.normal(size=(1,))},
    }
    gru = {"class_name": "GRU", "config": {"name": "gru", "units": 3, "reset_after": True}}
    layers = [
        {"class_name": "Embedding", "config": {"name": "embedding"}},
        {
            "class_name": "LSTM",
            "config": {"name": "lstm_2", "recurrent_activation": "hard_sigmoid"},
        },
        {"class_name": "Dropout", "config": {"name": "dropout"}},
        {
            "class_name": "Bidirectional",
            "config": {"name": "bidirectional", "layer": gru, "merge_mode": "ave"},
        },
        {"class_name": "GRU", "config": {"name": "old_gru"}},
        {"class_name": "Dense", "config": {"name": "dense", "activation": "softmax"}},
    ]
    config = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
    values = {name: [*weights.values()] for name, weights in arrays.items()}
    expected = [
        ("lstm_2", "LSTM", values["lstm_2"], None),
        ("bidirectional", "GRU", values["bidirectional"][:3], values["bidirectional"][3:]),
        ("old_gru", "GRU", values["old_gru"], None),
        ("dense", "Dense", values["dense"], None),
    ]
    for given in (config, None):
        data = in_keras_2(tmp_path / "old.h5", arrays, given, where, packed)
        found = read("old.h5", data, layers=True)
        assert_layers(layers_of(found), expected)
        assert [layer["name"] for layer in layers_of(found)] == [name for name, *_ in expected]
        assert [layer.get("resetAfter") for layer in layers_of(found)] == [None, True, False, None]
        [note] = found["notes"]
        assert "embedding" in note
        if given:
            assert layers_of(found)[0]["options"] == {"recurrent_activation": "hard_sigmoid"}
            assert layers_of(found)[1]["options"]["merge_mode"] == "ave"
            assert found["config"]["keras_version"] == "2.4.0"


def as_cudnn(kernel, recurrent, biases):
    """Arrays of Keras as CuDNN has them in memory, in Keras 2's shapes: gate by gate (u, m) and (u, u), rows first."""
    units = len(recurrent)

    def turned(array):
        gates = np.split(array, array.shape[1] // units, axis=1)
        return np.hstack([gate.T.reshape(gate.shape) for gate in gates])

    return [turned(kernel), turned(recurrent), np.concatenate(biases)]


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_layers_of_cudnn(read, tmp_path, kind):
    """The biases of an LSTM are added, those of a GRU stay two, as a layer with reset_after has them."""
    gates = {"LSTM": 4, "GRU": 3}[kind]
    whole, turned, expected = {}, [], []
    for name, m in (("first", 3), ("second", 2)):
        shapes = (m, gates * 2), (2, gates * 2), (2, gates * 2)
        W, U, b = (RNG.normal(size=shape).astype("f4") for shape in shapes)
        turned = as_cudnn(W, U, b)
        names = (f"{name}/{n}:0" for n in ("kernel", "recurrent_kernel", "bias"))
        whole[name] = dict(zip(names, turned, strict=True))
        bias = b if kind == "GRU" else b[0].astype("f8") + b[1]
        expected.append((name, kind, [W, U, bias], None))
    layers = [
        {"class_name": f"CuDNN{kind}", "config": {"name": name, "units": 2}} for name in whole
    ]
    config = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
    for given in (config, None):
        found = read("old.h5", in_keras_2(tmp_path / "old.h5", whole, given), layers=True)
        assert_layers(layers_of(found), expected)
        resets = {"LSTM": None, "GRU": True}[kind]
        assert [layer.get("resetAfter") for layer in layers_of(found)] == [resets, resets]
        assert len(found["notes"]) == 2
        assert found["notes"][0].startswith(f"first: these are arrays of CuDNN{kind}; each gate")
    found = read("a.npz", npz(np.savez, *turned), layers=True)
    assert_layers(layers_of(found), expected[1:])
    # What Keras computes with them is what CuDNN's own arrangement says of one gate: row times column.
    kernel = turned[0][:, :2].reshape(2, 2)
    x = RNG.normal(size=2)
    np.testing.assert_allclose(kernel @ x, x @ expected[1][2][0][:, :2], atol=1e-6)


LETTERS = {"LSTM": "ifco", "GRU": "zrh"}


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("bias", [True, False])
def test_arrays_of_single_gates(read, kind, bias):
    """In any order, with a name before them or none, also as the columns of a text: (u, m)."""
    options = {"reset_after": False} if kind == "GRU" else {}
    model = keras.Sequential(
        [keras.Input((None, 3)), getattr(kl, kind)(2, use_bias=bias, **options)]
    )
    arrays = with_weights(model).get_weights()
    gates = {
        f"{role}_{letter}": part
        for role, array in zip("WUb", arrays, strict=False)
        for letter, part in zip(LETTERS[kind], np.split(array, len(LETTERS[kind]), -1), strict=True)
    }
    shuffled = dict(sorted(gates.items(), key=lambda item: item[0][::-1]))
    columns = {name: part.T for name, part in gates.items()}
    cells = [*cells_of(model.layers)]
    for before in ("", "rnn/", "rnn_1/rnn_1_"):
        for given in (gates, shuffled, columns):
            named = {before + name: part for name, part in given.items()}
            found = read("a.npz", npz(np.savez, **named), layers=True)
            assert_layers(layers_of(found), cells)
            how = "transposed and put" if given is columns else "put"
            [note] = found["notes"]
            assert note.startswith(f"{before}W_{LETTERS[kind][0]}, ")
            assert f"were {how} side by side, in the order of Keras." in note
    text = "\n".join(f"{name} = {part.astype('f8').tolist()}" for name, part in gates.items())
    assert_layers(layers_of(read(None, text, layers=True)), cells)
    dense = {"W_y": RNG.normal(size=(2, 4)), "b_y": RNG.normal(size=4)}
    found = read("a.npz", npz(np.savez, **gates, **dense), layers=True)
    assert_layers(layers_of(found), [*cells, ("", "Dense", [*dense.values()], None)])


def test_arrays_of_single_gates_that_are_none(read):
    W, U, b = np.ones((3, 2)), np.ones((2, 2)), np.ones(2)
    lstm = {f"{role}_{gate}": a for role, a in (("W", W), ("U", U), ("b", b)) for gate in "ifco"}
    told = {
        "U_o is missing: bring all gates, W_i, W_f, W_c, W_o, U_i": {"U_o": None},
        "b_c is missing": {"b_c": None},
        "U_i is missing": {f"U_{gate}": None for gate in "ifco"},
        "These gates are of no layer": {"W_z": W},
        "W_f has the shape (3, 4), which does not fit 2 units": {"W_f": np.ones((3, 4))},
        "The gates of W have unlike shapes: (3, 2), (3, 2), (5, 2)": {"W_c": np.ones((5, 2))},
        "b_o has the shape (3,), which does not fit 2 units": {"b_o": np.ones(3)},
        "W_i has the shape (3,): it needs two axes": {"W_i": np.ones(3)},
    }
    for sentence, change in told.items():
        arrays = {name: a for name, a in (lstm | change).items() if a is not None}
        found = read("a.npz", npz(np.savez, **arrays), layers=True)
        assert sentence in found.get("refused", "")


def test_lists_of_attributes_that_are_too_long_for_one(read, tmp_path):
    """Keras splits them: layer_names0, layer_names1, …"""
    arrays = {f"lstm_{i}": of_cell(f"lstm_{i}/lstm_cell", 2, 2, 4) for i in range(4)}
    layers = [{"class_name": "LSTM", "config": {"name": name}} for name in arrays]
    config = {"class_name": "Sequential", "config": layers}  # as before Keras 2.2.3
    in_keras_2(tmp_path / "old.h5", arrays, config)
    with h5py.File(tmp_path / "old.h5", "a") as file:
        attributes = file["model_weights"].attrs
        names = attributes["layer_names"]
        del attributes["layer_names"]
        attributes["layer_names0"], attributes["layer_names1"] = names[:3], names[3:]
    found = read("old.h5", (tmp_path / "old.h5").read_bytes(), layers=True)
    expected = [(name, "LSTM", [*arrays[name].values()], None) for name in arrays]
    assert_layers(layers_of(found), expected)


def test_any_other_hdf5_file_of_arrays(read, tmp_path):
    arrays = [
        RNG.normal(size=s).astype(k) for s, k in (((3, 8), ">f4"), ((2, 8), "f2"), ((8,), "i4"))
    ]
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for name, array in zip(("rnn/kernel", "rnn/recurrent_kernel", "rnn/bias"), arrays):
            file.create_dataset(name, data=array)
        file.create_dataset("never written", (2, 3), "f4", fillvalue=0.5)
        file.create_dataset(
            "in chunks", data=arrays[0], chunks=(2, 3), compression="gzip", shuffle=True
        )
    found = read("a.h5", (tmp_path / "a.h5").read_bytes())
    assert_same(arrays_of(found), [*arrays, np.full((2, 3), 0.5), arrays[0]])
    names = [array["name"] for array in found["arrays"]]
    assert names[:3] == ["rnn/kernel", "rnn/recurrent_kernel", "rnn/bias"]


# Text as Python prints it ------------------------------------------------------------------------

# So that float32 is printed whole, as most of what readers paste is.
SHORT = [
    np.round(RNG.normal(size=shape), 4).astype("f4")
    for shape in ((3, 8), (2, 8), (8,), (1, 1), (2, 3, 4))
]


def printed(*things):
    return "\n".join(str(thing) for thing in things)


def in_lists(arrays):
    return json.dumps([array.tolist() for array in arrays])


TEXTS = {
    "get_weights": repr(SHORT),
    "one array": repr(SHORT[0]),
    "print": printed(*SHORT),
    "tuple": repr(tuple(SHORT)),
    "lists": repr([array.tolist() for array in SHORT[:3]]),
    "json": in_lists(SHORT[:3]),
    "one list": json.dumps(SHORT[4].tolist()),
    "nested tuples": "((0.5, -1), (2, 3e-2),)",
    "layer by layer": repr([SHORT[:3], [], SHORT[3:]]),
    "assigned": "\n".join(f"{name} = np.{array!r}" for name, array in zip("WUb", SHORT)),
    "object": json.dumps({"lstm": {"W": SHORT[0].tolist()}, "b": SHORT[2].tolist()}),
    "tensorflow": repr([tf.Variable(array, name="kernel") for array in SHORT]),
    "tensors": printed(*(tf.constant(array) for array in SHORT)),
    "repr of tensors": repr([tf.constant(array) for array in SHORT]),
    "keras": repr([keras.Variable(array, name="kernel") for array in SHORT]),
    "numpy's scalars": repr([*SHORT[2]]),
    "a session": f">>> layer.get_weights()\n{SHORT!r}\n>>> ",
    "a notebook": f"In [3]: layer.get_weights()\nOut[3]: {SHORT!r}\n",
    "a minus": repr(SHORT[:1]).replace("-", "−"),
    "csv": "0.5,-1\n2,3e-2  # the last",
    "numbers": "0.25 -1.5\t3",
}
EXPECTED = {
    "one array": SHORT[:1],
    "lists": SHORT[:3],
    "json": SHORT[:3],
    "one list": SHORT[4:],
    "nested tuples": [[[0.5, -1], [2, 3e-2]]],
    "assigned": SHORT[:3],
    "object": [SHORT[0], SHORT[2]],
    "numpy's scalars": SHORT[2:3],
    "a minus": SHORT[:1],
    "csv": [[[0.5, -1], [2, 3e-2]]],
    "numbers": [[0.25, -1.5, 3]],
}
NAMED = {
    "assigned": ["W", "U", "b"],
    "object": ["lstm/W", "b"],
    "tensorflow": ["kernel:0"] * 5,
    "keras": ["kernel"] * 5,
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_as_python_prints_it(read, name):
    found = read(None, TEXTS[name])
    expected = [np.asarray(array) for array in EXPECTED.get(name, SHORT)]
    shown = arrays_of(found)
    if name == "print":
        shown = [array.astype("f4").astype("f8") for array in shown]
    assert_same(shown, expected)
    assert [a.get("name") for a in found["arrays"]] == NAMED.get(name, [None] * len(expected))


def test_text_says_how_many_digits_it_was_printed_with(read):
    for text, decimals in (
        ("[1, 2]", 0),
        ("[0.5, 0.1234]", 4),
        ("[1.25e-10, 3]", 2),
        ("[[1.5]]", 1),
    ):
        assert [a["decimals"] for a in read(None, text)["arrays"]] == [decimals]


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float32"])
def test_text_that_says_its_kind_of_number_is_the_number_that_was_printed(read, kind):
    """float16 prints 0.1 for 0.09997558…"""
    array = RNG.normal(size=50).astype(kind)
    array[:3] = np.array([0.1, 6e-8 if kind == "float16" else 1e-39, 0])
    text = f"array({[np.format_float_positional(n, unique=True) for n in array]}, dtype={kind})"
    assert_same(arrays_of(read(None, text.replace("'", ""))), [array])


def test_a_million_numbers_take_a_moment(read):
    """A kernel of 512 units; a tenth of it here."""
    array = np.round(RNG.normal(size=(100, 1000)), 6)
    assert_same(arrays_of(read(None, json.dumps(array.tolist()))), [array])


@keras.saving.register_keras_serializable("own")
class OwnLayer(kl.Layer):
    """A layer of the reader's own, with one matrix, as a Dense without a bias has."""

    def build(self, shape):
        self.table = self.add_weight(shape=(shape[-1], shape[-1]), name="table")

    def call(self, x):
        return keras.ops.matmul(x, self.table)


def test_all_variables_of_a_model_are_its_layers(read, tmp_path):
    """Their paths tell which belong together; seeds of dropout are among them."""
    lstm = kl.LSTM(2, dropout=0.1, return_sequences=True)
    both = kl.Bidirectional(kl.GRU(2, reset_after=False), name="both")
    stack = [kl.Embedding(4, 3), lstm, OwnLayer(), both, kl.BatchNormalization(), kl.Dense(1)]
    model = keras.Sequential([keras.Input((5,)), *stack])
    for weight in model.weights:
        weight.assign(np.round(RNG.normal(size=weight.shape), 4))
    assert "seed_generator" in repr(model.variables)
    found = read(None, repr(model.variables), layers=True)
    assert_layers(layers_of(found), cells_of([lstm, both, stack[-1]]))
    assert [layer["name"] for layer in layers_of(found)] == [lstm.name, "both", stack[-1].name]
    [note] = found["notes"]
    assert "embedding" in note and "batch_normalization" in note and "seed" not in note
    assert "own_layer" in note
    del stack[2]  # whose matrix has no name in a file without a config
    model = keras.Sequential([keras.Input((5,)), *stack])
    found = read(*saved(model, tmp_path, ".weights.h5"), layers=True)
    assert_layers(layers_of(found), cells_of([lstm, both, stack[-1]]))


# PyTorch and ONNX ---------------------------------------------------------------------------------


def of_torch(kind, **options):
    torch = pytest.importorskip("torch", reason=TORCH)
    torch.manual_seed(1)

    width = 4 if options.get("bidirectional") else 2
    rnn = getattr(torch.nn, kind)(3, 2, batch_first=True, **options)
    return torch, torch.nn.ModuleDict({"rnn": rnn, "fc": torch.nn.Linear(width, 5)})


def forward(layers, x):
    """What Keras computes with the layers that the page has found."""
    for layer in layers:
        options = {"use_bias": layer["useBias"]}
        if layer["kind"] != "Dense":
            options["return_sequences"] = True
        if layer["kind"] == "GRU":
            options["reset_after"] = layer["resetAfter"]
        made = getattr(kl, layer["kind"])(layer["units"], **options)
        weights = [decoded(array) for array in layer["weights"]]
        if layer.get("backward"):
            made = kl.Bidirectional(made, merge_mode=layer["options"].get("merge_mode", "concat"))
            weights += [decoded(array) for array in layer["backward"]]
        made.build(x.shape)
        made.set_weights(weights)
        x = np.array(made(x))
    return x


SETTINGS = [
    ("LSTM", {}),
    ("LSTM", {"bidirectional": True, "num_layers": 2}),
    ("GRU", {}),
    ("GRU", {"bidirectional": True, "bias": False}),
    ("RNN", {"num_layers": 2}),
]


@pytest.mark.parametrize(("kind", "options"), SETTINGS)
def test_a_state_dict_computes_in_keras_what_it_did_in_pytorch(read, kind, options):
    """As a .safetensors, which sorts names, as a .npz, and printed; also without names."""
    torch, net = of_torch(kind, **options)
    state = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    by_name = {name: state[name] for name in sorted(state)}
    torch.set_printoptions(precision=12, threshold=10_000)
    sources = [
        ("a.safetensors", safetensors(by_name)),
        ("a.npz", npz(np.savez, **state)),
        (None, repr(net.state_dict())),
        (None, "\n".join(f"{name} {weight}" for name, weight in net.named_parameters())),
        ("a.npz", npz(np.savez, *state.values())),
    ]
    torch.set_printoptions(profile="default")
    x = RNG.normal(size=(2, 4, 3)).astype("f4")
    expected = net["fc"](net["rnn"](torch.tensor(x))[0]).detach().numpy()
    first = None
    for name, source in sources:
        found = read(name, source, layers=True)
        assert "refused" not in found, found["refused"]
        reading = found["readings"][0]
        assert reading["converted"] == "from PyTorch"
        names = [layer["name"] for layer in reading["layers"]]
        if source != sources[-1][1]:
            assert (names[0], names[-1]) == ("rnn", "fc")
        ways = [
            layer[way]
            for layer in reading["layers"]
            for way in ("weights", "backward")
            if layer.get(way)
        ]
        weights = [decoded(array) for way in ways for array in way]
        if first is None:
            first = weights
            np.testing.assert_allclose(forward(reading["layers"], x), expected, rtol=0, atol=1e-6)
        assert_same(weights, first)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def in_onnx(kind, x, W, R, B):
    """One direction, by the equations of ONNX: gates i, o, f, c and z, r, h."""
    h = c = np.zeros((len(x), R.shape[-1]))
    outputs = []
    for x_t in x.swapaxes(0, 1):
        w, r = x_t @ W.T + B[: len(W)], h @ R.T + B[len(W) :]
        if kind == "LSTM":
            i, o, f, new = np.split(w + r, 4, axis=-1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(new)
            h = sigmoid(o) * np.tanh(c)
        elif kind == "GRU":  # linear_before_reset = 1, as PyTorch and Keras are exported
            (wz, wr, wh), (rz, rr, rh) = np.split(w, 3, axis=-1), np.split(r, 3, axis=-1)
            z = sigmoid(wz + rz)
            h = z * h + (1 - z) * np.tanh(wh + sigmoid(wr + rr) * rh)
        else:
            h = np.tanh(w + r)
        outputs.append(h)
    return np.stack(outputs, axis=1)


@pytest.mark.parametrize(("kind", "gates"), [("LSTM", 4), ("GRU", 3), ("SimpleRNN", 1)])
@pytest.mark.parametrize("directions", [1, 2])
def test_arrays_of_onnx_compute_in_keras_what_onnx_says(read, kind, gates, directions):
    m, u = 3, 2
    shapes = ((gates * u, m), (gates * u, u), (2 * gates * u,))
    W, R, B = (RNG.normal(size=(directions, *shape)) for shape in shapes)
    x = RNG.normal(size=(2, 4, m))
    ways = [in_onnx(kind, x, W[0], R[0], B[0])]
    if directions == 2:
        ways.append(in_onnx(kind, x[:, ::-1], W[1], R[1], B[1])[:, ::-1])
    for source in (npz(np.savez, B=B, R=R, W=W), npz(np.savez, W, R, B)):
        found = read("a.npz", source, layers=True)
        assert "refused" not in found, found["refused"]
        [reading] = found["readings"]
        assert reading["converted"] == "from ONNX"
        shown = forward(reading["layers"], x)
        np.testing.assert_allclose(shown, np.concatenate(ways, -1), rtol=0, atol=1e-6)


# What shapes tell ---------------------------------------------------------------------------------

READINGS = {
    "[(3, 12), (3, 12), (12,)]": ["LSTM, 3 units"],
    "[(5, 4), (1, 4)]": ["LSTM, 1 unit"],
    "[(5, 9), (3, 9), (2, 9)]": ["GRU, 3 units"],
    "[(5, 9), (3, 9), (9,)]": ["GRU, 3 units"],
    "[(5, 9), (3, 9)]": ["GRU, 3 units, reset_after=True", "GRU, 3 units, reset_after=False"],
    "[(2, 3), (3, 3), (3,)]": ["SimpleRNN, 3 units", "two Dense layers"],
    "[(4, 3)]": ["Dense, 3 units"],
    "[(4, 3), (3,)]": ["Dense, 3 units"],
    "[(3, 8), (2, 8), (8,), (3, 8), (2, 8), (8,)]": ["Bidirectional LSTM, 2 units"],
    "[(2, 8), (2, 8), (8,), (2, 8), (2, 8), (8,)]": [
        "Bidirectional LSTM, 2 units",
        "two LSTM layers",
    ],
    "[(3, 8), (2, 8), (8,), (2, 8), (2, 8), (8,)]": ["two LSTM layers"],
    "[(3, 8), (2, 8), (8,), (2, 6), (2, 6), (2, 6), (2, 1), (1,)]": ["LSTM, then GRU, then Dense"],
    "[(2, 8), (2, 8), (8,), (2, 8), (2, 8), (8,), (4, 1), (1,)]": [
        "Bidirectional LSTM, then Dense"
    ],
    "[(2, 8), (2, 8), (8,), (2, 8), (2, 8), (8,), (2, 1), (1,)]": [
        "Bidirectional LSTM, then Dense",
        "LSTM, then LSTM, then Dense",
    ],
    # An encoder, and a decoder of another input: in no order does one read the other.
    "[(5, 8), (2, 8), (8,), (7, 8), (2, 8), (8,)]": ["two LSTM layers"],
}


@pytest.mark.parametrize("shapes", READINGS)
def test_shapes_tell_the_layers_or_leave_a_choice(read, shapes):
    arrays = [RNG.normal(size=shape) for shape in eval(shapes)]
    found = read(None, in_lists(arrays if len(arrays) > 1 else arrays[0]), layers=True)
    assert "refused" not in found, found["refused"]
    assert [reading["name"] for reading in found["readings"]] == READINGS[shapes]
    for reading in found["readings"]:  # each has all arrays
        held = [
            a
            for layer in reading["layers"]
            for a in layer["weights"] + (layer.get("backward") or [])
        ]
        assert_same([decoded(a) for a in held], arrays)


def test_a_stack_after_both_ways_says_how_they_are_merged(read):
    arrays = [RNG.normal(size=s) for s in [(3, 8), (2, 8), (8,)] * 2 + [(4, 1), (1,)]]
    layers = layers_of(read("a.npz", npz(np.savez, *arrays), layers=True))
    assert layers[0]["options"] == {"merge_mode": "concat"}
    assert [layer["name"] for layer in layers] == ["LSTM", "Dense"]


def test_names_of_a_layers_arrays_matter_more_than_their_order(read):
    W, U, b = (RNG.normal(size=shape) for shape in ((3, 8), (2, 8), (8,)))
    expected = [("LSTM", "LSTM", [W, U, b], None)]
    for names in (("kernel", "recurrent_kernel", "bias"), ("W", "U", "b")):
        named = dict(zip(names, (W, U, b)))
        source = npz(np.savez, **{name: named[name] for name in sorted(named)})
        assert_layers(layers_of(read("a.npz", source, layers=True)), expected)


# What is refused, and with which words --------------------------------------------------------------


def refusal(read, name, source, *, layers=False):
    found = read(name, source, layers)
    assert "refused" in found, found
    return found["refused"]


BAD_TEXTS = {
    "": "There are no numbers",
    "\n \n": "There are no numbers",
    "hello world": 'Line 1: "hello" is no number. Paste arrays as Python prints them',
    "[[0.1, 0.2],\n [0.3, zero]]": 'Line 2: "zero" is no number',
    "[1, 'two']": 'Line 1: "two" is no number',
    "[1.5, 2,5x]": '"5x" is no number',
    "[1+2j]": '"+2j" is no number',
    "[True]": '"True" is no number',
    "[[1, 2],\n [3]]": "Line 2: this row has 1 number, the first of its array 2",
    "array([[1, 2],\n\n [3, 4, 5]])": "Line 3: this row has 3 numbers, the first of its array 2",
    "1 2\n3 4\n5": "Line 3: this row has 1 number, the first of its array 2",
    "[[[1, 2], [3]], [[1, 2], [3, 4]]]": "this row has 1 number",
    "[1, [2, 3]]": "a number stands beside a list",
    "[0.1,\n nan]": "Line 2: nan is no finite number",
    "[-inf]": "-inf is no finite number",
    "[-Infinity]": "-Infinity is no finite number",
    "[1e999]": "1e999 is no finite number",
    "[]": "Line 1: this array is empty",
    "array([], dtype=float32)": "this array is empty",
    "[[1, 2],\n[3, 4]": "Line 1: this bracket is not closed: the text was cut off",
    "[1, 2]]": "this ] closes nothing",
    "model.get_weights()": "model.get_weights() holds no numbers",
    "<LSTM name=lstm, built=True>": "<LSTM …> holds no numbers: print its values",
    "[" * 50_000: "so many brackets",
    "word " * 50_000: '"word" is no number',
    repr(np.arange(5000.0)): "print them again after np.set_printoptions(threshold=sys.maxsize)",
    str(np.ones((2000, 2))): "Line 4: numbers are left out here (...)",
    "tensor([[1., 2., ..., 3.]])": "print them again after torch.set_printoptions(threshold=torch.inf)",
}


@pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: text[:30])
def test_bad_text_is_refused_with_line_and_reason(read, text):
    said = refusal(read, None, text)
    assert BAD_TEXTS[text] in said
    assert said.endswith((".", ")"))


def zipped(**changes):
    """A .npz whose list of files is changed after the fact: flags, method, sizes."""
    data = bytearray(npz(np.savez_compressed, W=np.ones((3, 3))))
    listed = data.index(b"PK\x01\x02")
    for name, value in changes.items():
        at, form = {
            "flags": (8, "<H"),
            "method": (10, "<H"),
            "check": (16, "<I"),
            "size": (24, "<I"),
        }[name]
        struct.pack_into(form, data, listed + at, value)
    return bytes(data)


def bomb():
    """Twenty million zeros that say to be 9 kB."""
    data = bytearray(npz(np.savez_compressed, W=np.zeros(20_000_000, "u1")))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 9_000)
    return bytes(data)


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def of_objects():
    file = io.BytesIO()
    np.save(file, np.array([{}], dtype=object), allow_pickle=True)
    return file.getvalue()


def in_zip(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "."), content)
    return data.getvalue()


def saying(header):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(8)


def of_f8(file="a.safetensors", kind="F8_E4M3"):
    return saying({"W": {"dtype": kind, "shape": [8], "data_offsets": [0, 8]}})


ONE = npz(np.savez, W=np.ones((3, 3)))
SAVE = "safetensors.torch.save_file(model.state_dict()"
BAD_FILES = {
    "empty": ("a.npy", b"", "a.npy is empty."),
    "pickle": ("a.pkl", pickle.dumps([1, 2]), f"a.pkl is a pickle, which could run a program: save the weights with {SAVE}"),
    "old pickle": ("a.pt", pickle.dumps([1, 2], protocol=0), f"a pickle, which could run a program: save the weights with {SAVE}"),
    "torch.save": ("model.bin", in_zip(model_data_pkl="") .replace(b"model_data_pkl", b"model/data.pkl"), "model.bin is a pickle"),
    "objects": ("a.npy", of_objects(), "a.npy holds objects, which are a pickle"),
    "complex": ("a.npy", npy(np.ones(2, complex)), "a.npy holds complex numbers"),
    "texts": ("a.npy", npy(np.array(["x"])), "a.npy holds texts"),
    "records": ("a.npy", npy(np.ones(2, [("a", "f4"), ("b", "f4")])), "a.npy holds records"),
    "long double": ("a.npy", npy(np.ones(2, "g")), "numbers of the kind f16: save them as float32"),
    "cut .npy": ("a.npy", npy(np.ones(9))[:-3], "a.npy is broken: its numbers take 69 bytes, its header says 72"),
    "half a header": ("a.npy", npy(np.ones(9))[:40], "a.npy is broken"),
    "nan": ("a.npy", npy(np.array([[0, 1], [2, np.nan]])), "a.npy holds NaN at [1, 1]"),
    "inf in a zip": ("a.npz", npz(np.savez, W=np.array([1, -np.inf])), "a.npz: W holds -Infinity at [1]"),
    "encrypted": ("a.npz", zipped(flags=1), "a.npz is encrypted: unpack it and bring W.npy"),
    "odd method": ("a.npz", zipped(method=14), "a.npz is packed in an unusual way (14)"),
    "damaged": ("a.npz", flipped(ONE, 150), "a.npz is broken: W.npy is damaged"),
    "damaged packed": ("a.npz", zipped(check=1), "a.npz is broken: W.npy is damaged"),
    "cut zip": ("a.npz", ONE[:-30], "a.npz is broken: its end is missing"),
    "bomb": ("a.npz", bomb(), "a.npz is broken: W.npy is damaged"),
    "honest bomb": ("a.npz", zipped(size=300_000_000), "W.npy would take 300 MB, more than 200 MB"),
    "other zip": ("a.zip", in_zip(readme__txt="hello"), "a.zip is a zip that holds neither a Keras model nor arrays"),
    "zipped SavedModel": ("a.zip", in_zip(saved_model__pb="x"), "a part of a SavedModel of TensorFlow"),
    "broken config": ("a.keras", in_zip(config__json="{", model__weights__h5="x"), "a.keras: config.json is broken"),
    "saved_model.pb": ("saved_model.pb", b"\x08\x01\x12\x05hello", "tf.saved_model.load(folder)"),
    "checkpoint": ("ckpt.index", b"\xff\x00\x01", "tf.saved_model.load(folder)"),
    "onnx": ("a.onnx", b"\x08\x08\x12\x07pytorch", "a.onnx is a model of ONNX: bring its arrays"),
    "tflite": ("a.tflite", b"\x1c\0\0\0TFL3\x14", "a.tflite is a model of TensorFlow Lite"),
    "gzip": ("a.gz", b"\x1f\x8b\x08\x00", "a.gz is packed: unpack it"),
    "unknown": ("a.bin", b"\x00\x01\x02", "a.bin is of a kind that is not known here"),
    "config alone": ("a.json", b'{"class_name": "Sequential", "config": {}}', "without its weights"),
    "cut .h5": ("a.h5", b"\x89HDF\r\n\x1a\n" + bytes(20), "a.h5 is broken, cut off, or an HDF5 file of an unusual kind"),
    "cut .safetensors": ("a.safetensors", safetensors({"W": np.ones(3)})[:-1], "the numbers of W do not lie where its header says"),
    "long header": ("a.safetensors", struct.pack("<Q", 999) + b"{}", "its header goes beyond its end"),
    "no JSON": ("a.safetensors", struct.pack("<Q", 3) + b"{x}", "its header is no JSON"),
    "odd header": ("a.safetensors", saying({"W": [1]}), "its header does not say where W lies"),
    "float8": ("a.safetensors", of_f8(), "W holds numbers of the kind F8_E4M3: save it as float32"),
    "nothing": ("a.safetensors", saying({}), "a.safetensors holds no arrays"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_with_reason_and_what_to_do(read, name):
    file, data, words = BAD_FILES[name]
    said = refusal(read, file, data)
    assert words in said
    assert "undefined" not in said and "[object" not in said


def test_what_torch_saves_is_refused(read):
    torch, net = of_torch("LSTM")
    for old in (False, True):
        file = io.BytesIO()
        torch.save(net.state_dict(), file, _use_new_zipfile_serialization=not old)
        assert f"is a pickle, which could run a program: save the weights with {SAVE}" in refusal(
            read, "weights", file.getvalue()
        )


def test_hdf5_without_arrays(read, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_group("layers")
        file["text"] = "hello"
    assert "a.h5 holds no arrays" in refusal(read, "a.h5", (tmp_path / "a.h5").read_bytes())


def bombs(path):
    """Files of HDF5 that say little and unpack to much, as h5py writes them."""
    packed = zlib.compress(bytes(300_000_000), 9)
    with h5py.File(path, "w") as file:
        chunk = {"chunks": (64, 64), "compression": "gzip"}
        bomb = file.create_dataset("bomb", (64, 64), "f4", **chunk)
        bomb.id.write_direct_chunk((0, 0), packed)
    yield path.read_bytes()
    packed = zlib.compress(bytes(30_000_000), 9)  # none alone is too large
    with h5py.File(path, "w") as file:
        bomb = file.create_dataset("bombs", (64, 512), "f4", **chunk)
        for column in range(0, 512, 64):
            bomb.id.write_direct_chunk((0, column), packed)
    yield path.read_bytes()
    with h5py.File(path, "w") as file:  # and one that was never written
        file.create_dataset("empty", (20_000, 3000), "f4", chunks=(1000, 1000))
    yield path.read_bytes()


def test_what_unpacks_to_more_than_a_file_may_have_is_refused(read, tmp_path):
    sizes = []
    for data in bombs(tmp_path / "a.h5"):
        sizes.append(len(data))
        assert refusal(read, "a.h5", data) == (
            "a.h5 would take more than 200 MB when it is unpacked. Bring the weights of one layer."
        )
    assert max(sizes) < 400_000


def test_a_chunk_that_is_damaged_is_told(read, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        data = file.create_dataset("W", (4, 4), "f4", chunks=(4, 4), compression="gzip")
        data[:] = 1
        packed = data.id.read_direct_chunk((0, 0))[1]
        data.id.write_direct_chunk((0, 0), packed[:-1] + bytes([packed[-1] ^ 1]))
    said = refusal(read, "a.h5", (tmp_path / "a.h5").read_bytes())
    assert "a.h5 is broken" in said and "a chunk is damaged" in said


# Unpacks with what gives 100 kB for each piece, and counts the pieces.
PIECES = """async source => {
  const { entriesOf, unpack } = await import("/source/zip.js");
  const bytes = Uint8Array.from(atob(source), letter => letter.charCodeAt(0));
  let pieces = 0;
  class Inflate {
    constructor(give) { this.give = give; }
    push() { pieces++; this.give(new Uint8Array(100_000)); }
  }
  const [entry] = entriesOf(bytes, "a.npz");
  try { unpack(bytes, entry, { Inflate }, "a.npz", 2e8); } catch {}
  return pieces;
}"""


def test_a_zip_is_unpacked_no_further_than_its_list_says(modules):
    data = bytearray(npz(np.savez_compressed, W=RNG.integers(0, 255, 500_000, "u1")))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 150_000)
    assert modules.evaluate(PIECES, base64.b64encode(data).decode()) == 2


# What is not read at all: who asks for its bytes is told off.
UNREAD = """async ([size, message]) => {
  const { readFile } = await import("/source/files.js");
  const { LIMIT } = await import("/source/arrays.js");
  let asked = 0;
  const arrayBuffer = () => { asked++; throw new Error(message); };
  const said = await readFile({ name: "a.keras", size, arrayBuffer }).catch(error => error.message);
  return [said, asked, LIMIT];
}"""


def test_a_file_of_3_gb_is_refused_before_it_is_read(modules):
    said, asked, limit = modules.evaluate(UNREAD, [3_000_000_000, ""])
    assert "a.keras has 3000 MB, more than 200 MB: bring the weights of one layer" in said
    assert asked == 0
    assert modules.evaluate(UNREAD, [limit + 1, ""])[1] == 0
    assert modules.evaluate(UNREAD, [limit, ""])[1] == 1


def test_a_folder_is_refused(modules):
    """A browser gives a folder that is dropped as a file that it cannot read."""
    said, _, _ = modules.evaluate(UNREAD, [4096, "NotReadableError"])
    assert "a.keras cannot be read. Is it a folder, such as a SavedModel?" in said


def test_what_reads_a_format_comes_from_a_disk_too(browser, site):
    code = (PARTS / "scripts.js").read_text(encoding="utf-8").replace("export ", "")
    tab = browser.new_page()
    tab.goto((site / "404.html").as_uri())
    for name, given in (("zip", "Inflate"), ("hdf5", "File")):
        address = f"assets/javascripts/formats-{name}.js"
        kind = tab.evaluate(
            f"async () => {{ {code}; return typeof (await fetchScript('{address}')).{given}; }}"
        )
        assert kind == "function"
    tab.close()


def test_what_reads_a_format_does_not_come(modules, read):
    route = lambda route: route.abort()
    modules.reload()
    modules.route("**/formats-*.js", route)
    assert "could not be fetched: try again" in refusal(read, "a.npz", ONE)
    modules.unroute("**/formats-*.js", route)
    assert_same(arrays_of(read("a.npz", ONE)), [np.ones((3, 3))])


# Layers that are none ---------------------------------------------------------------------------

NO_LAYERS = {
    "[(12,)]": "An array of the shape (12,) is no layer. A SimpleRNN has (m, u), (u, u), (u,)",
    "[(3, 12), (3, 12), (10,)]": "Arrays of the shapes (3, 12), (3, 12), (10,) are no layer.",
    "[(3, 12), (5, 12), (12,)]": "are no layer",
    "[(2, 3, 4)]": "(2, 3, 4) is no layer",
}


@pytest.mark.parametrize("shapes", NO_LAYERS)
def test_shapes_of_no_layer(read, shapes):
    arrays = [np.ones(shape) for shape in eval(shapes)]
    assert NO_LAYERS[shapes] in refusal(read, None, repr(arrays), layers=True)


@keras.saving.register_keras_serializable("own")
class OwnCell(kl.Layer):
    """A cell of the reader's own."""

    state_size = output_size = 2

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 2), name="kernel")

    def call(self, x, states):
        h = keras.ops.matmul(x, self.kernel) + states[0]
        return h, [h]


@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_a_model_without_such_layers(read, tmp_path, ending):
    stack = [kl.Embedding(5, 3, name="words"), kl.Conv1D(2, 2, name="conv")]
    model = keras.Sequential([keras.Input((4,)), *stack])
    said = refusal(read, *saved(model, tmp_path, ending), layers=True)
    assert (
        "no SimpleRNN, LSTM, GRU or Dense layer in it, but words (Embedding); conv (Conv1D)" in said
    )
    own = keras.Sequential([keras.Input((4, 3)), kl.RNN(OwnCell(), name="mine")])
    said = refusal(read, *saved(own, tmp_path, ending), layers=True)
    assert "but mine (RNN of " in said and "OwnCell, a class of your own)" in said


def test_what_is_beside_the_layers_is_said(read, tmp_path):
    stack = [
        kl.RNN(OwnCell(), return_sequences=True, name="mine"),
        kl.LayerNormalization(name="norm"),
        OwnLayer(name="turned"),
        kl.GRU(2),
    ]
    model = keras.Sequential([keras.Input((4, 3)), *stack])
    found = read(*saved(model, tmp_path, ".keras"), layers=True)
    assert [layer["kind"] for layer in layers_of(found)] == ["GRU"]
    [note] = found["notes"]
    assert "mine (RNN of OwnCell, a class of your own); norm (LayerNormalization)" in note
    assert "turned (OwnLayer, a class of your own)" in note
    found = read(*saved(model, tmp_path, ".weights.h5"), layers=True)
    assert [layer["kind"] for layer in layers_of(found)][-1] == "GRU"


def test_unlike_directions_are_refused(read, tmp_path):
    backward = kl.GRU(2, activation="relu", go_backwards=True)
    both = kl.Bidirectional(kl.GRU(2), backward_layer=backward, name="both")
    model = keras.Sequential([keras.Input((4, 3)), both])
    said = refusal(read, *saved(model, tmp_path, ".keras"), layers=True)
    assert "The two directions of both are unlike" in said
    both = kl.Bidirectional(kl.GRU(2), backward_layer=kl.GRU(2, go_backwards=True), name="both")
    model = keras.Sequential([keras.Input((4, 3)), both])
    found = read(*saved(model, tmp_path, ".keras"), layers=True)
    assert_layers(layers_of(found), cells_of(model.layers))


def test_one_name_at_two_depths(read, tmp_path):
    same = lambda: kl.SimpleRNN(2, return_sequences=True, name="same")
    deep = keras.Sequential([keras.Input((4, 2)), same()], name="deep")
    inner = keras.Sequential([keras.Input((4, 2)), same(), deep], name="inner")
    model = keras.Sequential([keras.Input((4, 2)), inner])
    for ending in (".keras", ".h5"):
        found = read(*saved(model, tmp_path, ending), layers=True)
        assert_layers(layers_of(found), cells_of(model.layers))


def test_a_projection_of_pytorch_is_refused(read):
    _, net = of_torch("LSTM")
    state = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    state["rnn.weight_hr_l0"] = np.ones((1, 2))
    assert "rnn.weight_hr_l0 is a projection (proj_size)" in refusal(
        read, "a.npz", npz(np.savez, **state), layers=True
    )


def test_a_config_that_does_not_fit_its_weights(read, tmp_path):
    config = {"class_name": "LSTM", "config": {"name": "lstm"}}
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": [config]}}
    data = in_keras_2(tmp_path / "a.h5", {"lstm": of_cell("lstm/cell", 3, 2, 3)}, config)
    said = refusal(read, "a.h5", data, layers=True)
    assert (
        "lstm is a layer LSTM, but the file holds arrays of the shapes (3, 6), (2, 6), (6,)" in said
    )


# Files that are damaged at random: they are read, or refused with a sentence; nothing else happens.
DAMAGED = """async ([name, source, base, places]) => {
  const parts = await Promise.all(["arrays", "files", "scripts", "layers"]
    .map(part => import(`/source/${part}.js`)));
  const { readFile, fetchScript, layersOf, InputError } = Object.assign({}, ...parts);
  const fetched = format => fetchScript(`${base}assets/javascripts/formats-${format}.js`);
  const whole = Uint8Array.from(atob(source), letter => letter.charCodeAt(0));
  const told = [];
  for (const [at, value] of places) {
    const bytes = value < 0 ? whole.slice(0, at) : whole.slice();
    if (value >= 0) bytes[at] = value;
    try {
      const { arrays, config } = await readFile(new File([bytes], name), fetched);
      layersOf(arrays, config);
      told.push("read");
    } catch (error) {
      told.push(error instanceof InputError ? "refused" : `${at} ${value}: ${error.stack}`);
    }
  }
  return told;
}"""


@pytest.mark.parametrize("ending", [".keras", ".weights.h5", ".h5", ".npz", ".npy", ".safetensors"])
def test_files_damaged_at_random(modules, address, tmp_path, ending):
    if ending in ENDINGS:
        name, data = saved(model_of(functional), tmp_path, ending)
    else:
        name, array = f"a{ending}", np.ones((3, 3))
        data = {".npz": ONE, ".npy": npy(array), ".safetensors": safetensors({"W": array})}[ending]
    chance = random.Random(ending)
    places = [
        (chance.randrange(min(len(data), 40_000)), chance.randrange(-80, 256)) for _ in range(60)
    ]
    source = base64.b64encode(data).decode()
    told = modules.evaluate(DAMAGED, [name, source, address, places])
    assert [word for word in told if word not in ("read", "refused")] == []
    assert "refused" in told

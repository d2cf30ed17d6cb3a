"""What a reader can bring: files and pasted text become, in a real browser, the arrays that NumPy has.

The files are real ones, written by Keras, NumPy, h5py and PyTorch, or by hand from a published format.
"""

import base64
import functools
import io
import json
import struct
import zipfile

import h5py
import keras
import ml_dtypes
import numpy as np
import pytest
from keras import layers as kl

RNG = np.random.default_rng(7)
TORCH = "PyTorch is not installed: pip install torch==2.13.0"

# What the browser does with a file or a text. Numbers come back as bytes, so that no digit is lost.
READ = """async ([name, source, base, given]) => {
  const parts = await Promise.all(["arrays", "files", "formats", "layers"]
    .map(part => import(`/source/${part}.js`)));
  const { readArrays, readFile, fetchFormat, layersOf, InputError } = Object.assign({}, ...parts);
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const coded = ({ shape, data }) => {
    let letters = "";
    for (const byte of new Uint8Array(data.buffer)) letters += String.fromCharCode(byte);
    return { shape, data: btoa(letters) };
  };
  const weights = layer => layer && Object.values(layer).map(coded);
  try {
    const fetched = format => fetchFormat(`${base}assets/javascripts/formats-${format}.js`);
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
    """With random weights, none zero, and an optimizer's state, which is no layer's."""
    for weight in model.weights:
        weight.assign(RNG.normal(size=weight.shape))
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
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
    return keras.Model(x, y)


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
    cells = [kl.LSTMCell(2), kl.LSTMCell(3)]
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
                yield f"{layer.name}, cell {i + 1}", "LSTM", cell.get_weights(), None
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


def test_older_files_of_keras_3_tell_no_names(read, tmp_path):
    """There the path of a layer is made of its class, and its config says which it is."""
    for make in (functional, stacked):
        _, whole = saved(model_of(make), tmp_path, ".keras")
        old = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as zipped, zipfile.ZipFile(old, "w") as into:
            for name in zipped.namelist():
                data = zipped.read(name)
                if name.endswith(".h5"):
                    (tmp_path / "inner.h5").write_bytes(data)
                    with h5py.File(tmp_path / "inner.h5", "a") as file:
                        file.visititems(lambda _, group: group.attrs.clear())
                    data = (tmp_path / "inner.h5").read_bytes()
                into.writestr(name, data)
        found = read("old.keras", old.getvalue(), layers=True)
        assert_layers(layers_of(found), cells_of(model_of(make).layers))


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
        top.attrs["layer_names"] = [name.encode() for name in layers]
        for name, weights in layers.items():
            group = top.create_group(name)
            group.attrs["weight_names"] = [weight.encode() for weight in weights]
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


def test_lists_of_attributes_that_are_too_long_for_one(read, tmp_path):
    """Keras splits them: layer_names0, layer_names1, …"""
    arrays = {f"lstm_{i}": of_cell(f"lstm_{i}/lstm_cell", 2, 2, 4) for i in range(4)}
    in_keras_2(tmp_path / "old.h5", arrays, None)
    with h5py.File(tmp_path / "old.h5", "a") as file:
        attributes = file["model_weights"].attrs
        names = attributes["layer_names"]
        del attributes["layer_names"]
        attributes["layer_names0"], attributes["layer_names1"] = names[:3], names[3:]
    found = read("old.h5", (tmp_path / "old.h5").read_bytes(), layers=True)
    expected = [(name, "LSTM", [*arrays[name].values()], None) for name in arrays]
    assert_layers(layers_of(found), expected)

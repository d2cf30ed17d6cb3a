"""What a reader takes along of a layer of their own: programs, converted weights, every number in a file."""

import contextlib
import csv
import io
import re

import keras
import numpy as np
import pytest

from hooks import node
from snippets.your_own_layer.compare import compare
from tests import onnx
from tests.onnx import sigmoid
from tests.site.test_engine import ACTIVATIONS, RECURRENT, drawn_case, packed

FRAMEWORKS = ("numpy", "keras", "pytorch")
WIDE = {"Dense": 1, "SimpleRNN": 1, "LSTM": 4, "GRU": 3}
STATES = {"Dense": 0, "SimpleRNN": 1, "LSTM": 2, "GRU": 1}

# What the engine computes of each case, by the names of the download, and the programs.
WRITE = """async (cases) => {
  const { runModel } = await import("/source/engine.js");
  const { program } = await import("/source/programs.js");
  const { computedArrays, givenArrays } = await import("/source/download.js");
  const plain = (arrays) => Object.fromEntries(
    arrays.map(({ name, array: { shape, data } }) => [name, { shape, data: [...data] }]));
  return cases.map((setting) => {
    const computed = runModel(setting.layers, setting.input, setting.options);
    return {
      given: plain(givenArrays(setting)),
      computed: plain(computedArrays(setting, computed)),
      programs: Object.fromEntries(
        ["numpy", "keras", "pytorch"].map((framework) => [framework, program(setting, framework)])),
    };
  });
}"""


def unpacked(arrays):
    """What the browser gives, as arrays of NumPy."""
    return {name: np.reshape(a["data"], a["shape"]) for name, a in arrays.items()}


def told(rng, kind, m=2, units=3, both=False, bias=True, size=0.5, **options):
    """A layer with random weights, as the engine takes it."""
    wide = WIDE[kind] * units
    two = kind == "GRU" and options.get("resetAfter", True)
    shapes = [[m, wide], *[[units, wide]] * (kind != "Dense")]
    shapes += [[2, wide] if two else [wide]] * bias
    drawn = lambda: [packed(rng.normal(size=shape) * size) for shape in shapes]
    layer = {"kind": kind, "m": m, "units": units, "activation": "tanh", "useBias": bias}
    return layer | {"weights": drawn()} | ({"backward": drawn()} if both else {}) | options


def case(*layers, seed=0, N=2, T=4, **options):
    """Layers with a random input."""
    x = np.random.default_rng(seed).normal(size=(N, T, layers[0]["m"]))
    return {"layers": layers, "input": given(x), "options": options}


def given(x):
    """An input (N, T, m) as the engine takes it."""
    N, T, m = x.shape
    return {"N": N, "T": T, "m": m, "data": np.ravel(x).tolist()}


def special_cases():
    """One case for each thing that a layer may have: {what: case}."""
    rng = np.random.default_rng(7)
    found = {}
    mask = [0, 1, 1, 0, 1, 0, 0, 1]
    for kind in RECURRENT:
        for name in ACTIVATIONS if kind != "GRU" else ("relu", "hard_sigmoid_2"):
            gates = {} if kind == "SimpleRNN" else {"recurrentActivation": name}
            found[f"{kind} {name}"] = case(told(rng, kind, activation=name, **gates))
        for mode in ("concat", "sum", "mul", "ave", None) if kind == "GRU" else ("concat",):
            for last in (True, False):
                layer = told(rng, kind, both=True, mergeMode=mode, returnSequences=not last)
                found[f"{kind} {mode} {last}"] = case(layer)
                found[f"{kind} {mode} {last}, masked"] = case(layer, mask=mask)
        for options in ({}, {"goBackwards": True}, {"both": True}, {"returnSequences": False}):
            layer = told(rng, kind, **options)
            states = STATES[kind] * (1 + ("both" in options))
            start = [packed(rng.normal(size=(2, 3))) for _ in range(states)]
            found[f"{kind} {options}, states"] = case(layer, states=[start])
            found[f"{kind} {options}, masked"] = case(layer, mask=mask)
            found[f"{kind} {options}, both"] = case(layer, mask=mask, states=[start])
        found[f"{kind} without bias"] = case(told(rng, kind, bias=False))
        found[f"{kind} float32"] = case(told(rng, kind, both=True), float32=True)
        found[f"{kind} masked, float32"] = case(told(rng, kind), float32=True, mask=mask)
        found[f"{kind} of float32"] = case(rounded(told(rng, kind)))
    for bias in (True, False):
        layer = told(rng, "GRU", bias=bias, resetAfter=False)
        found[f"GRU reset before, bias {bias}"] = case(layer)
    for name in [*ACTIVATIONS, "softmax"]:
        found[f"Dense {name}"] = case(told(rng, "Dense", activation=name))
    found["Dense without bias"] = case(told(rng, "Dense", bias=False))
    round_numbers = told(rng, "SimpleRNN", m=1, units=1)
    round_numbers["weights"] = [packed(np.array(a)) for a in ([[1.0]], [[-0.0]], [1e-7])]
    found["round numbers"] = case(round_numbers)
    stack = [
        told(rng, "LSTM", both=True, mergeMode="sum", returnSequences=True),
        told(rng, "Dense", m=3, units=2, activation="relu"),
        told(rng, "GRU", m=2, units=2, returnSequences=False),
        told(rng, "Dense", m=2, units=2, activation="softmax"),
    ]
    found["four layers, masked"] = case(*stack, mask=mask)
    found["four layers"] = case(*stack)
    large = told(rng, "LSTM", m=8, units=24, both=True, size=0.2)
    start = [packed(rng.normal(size=(3, 24))) for _ in range(4)]
    for name, options in (("", {}), (", float32", {"float32": True})):
        given_mask = (rng.random(15) < 0.7).astype(int).tolist()
        setting = case(large, N=3, T=5, states=[start], mask=given_mask, **options)
        found[f"more than 2,000 numbers{name}"] = setting
        found[f"the same, nothing else{name}"] = case(large, N=3, T=5, **options)
    return found


def rounded(layer):
    """The same with weights of float32."""
    weights = [{**a, "data": np.float32(a["data"]).tolist()} for a in layer["weights"]]
    return layer | {"weights": weights}


@pytest.fixture(scope="module")
def written(modules):
    """All cases with what the engine and programs.js make of them: {what: …}."""
    cases = {f"seed {seed}": drawn_case(seed)[0] for seed in range(40)} | special_cases()
    found = modules.evaluate(WRITE, [*cases.values()])
    return {
        what: {
            **one,
            "setting": setting,
            "given": unpacked(one["given"]),
            "computed": unpacked(one["computed"]),
        }
        for (what, setting), one in zip(cases.items(), found, strict=True)
    }


@contextlib.contextmanager
def as_before():
    """Leave Keras and NumPy as they were: a program sets what it needs for itself."""
    policy = keras.config.dtype_policy()
    try:
        with np.printoptions():
            yield
    finally:
        keras.config.set_dtype_policy(policy)


def run(program, folder, monkeypatch):
    """What a program prints, and the names that it leaves."""
    monkeypatch.chdir(folder)
    names, out = {}, io.StringIO()
    with as_before(), contextlib.redirect_stdout(out):
        exec(compile(program, "<program>", "exec"), names)
    return out.getvalue(), names


NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]\d+)?")


def numbers(text):
    return [float(number) for number in NUMBER.findall(text.replace("dtype=torch.float64", ""))]


def is_float32(one):
    return one["setting"]["options"].get("float32", False)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_programs_print_the_numbers_of_the_engine(written, framework, tmp_path, monkeypatch):
    if framework == "pytorch":
        pytest.importorskip("torch", reason="PyTorch is installed for one job only")
    for what, one in written.items():
        np.savez(tmp_path / "your-own-layer.npz", **one["given"])
        printed, names = run(one["programs"][framework], tmp_path, monkeypatch)
        right = [*one["computed"].values()][-1]
        output = np.array(names["output"])
        assert output.dtype == ("float32" if is_float32(one) else "float64"), what
        assert output.size == right.size, (what, output.shape, right.shape)
        tolerance = 2e-6 if is_float32(one) else 1e-12
        np.testing.assert_allclose(
            np.reshape(output, right.shape), right, rtol=0, atol=tolerance, err_msg=what
        )
        _, _, shown = printed.rpartition("output:")
        np.testing.assert_allclose(
            numbers(shown), np.ravel(output), rtol=1e-7, atol=1e-7, err_msg=what
        )


LAYER = re.compile(r"layer (\d+), \w+(?:, (forward|backward))?:")


def read(printed):
    """Every intermediate that the NumPy program prints: {(name of the download, t): numbers}."""
    found, layer, t, name = {}, "", 0, None
    for line in printed.partition("output:")[0].splitlines():
        if heading := LAYER.fullmatch(line):
            layer = f"layer{heading[1]}." + "backward." * (heading[2] == "backward")
        elif line.startswith("t = "):
            t = int(line[4:-1])
        else:
            if " = " in line:
                name, _, line = line.strip().partition(" = ")
                assert (f"{layer}{name}", t) not in found
            found.setdefault((f"{layer}{name}", t), []).extend(numbers(line))
    return found


def test_numpy_prints_every_intermediate_of_every_step(written, tmp_path, monkeypatch):
    for what, one in written.items():
        np.savez(tmp_path / "your-own-layer.npz", **one["given"])
        printed, _ = run(one["programs"]["numpy"], tmp_path, monkeypatch)
        shown = read(printed)
        right = {
            (name, t): array[:, t]
            for name, array in one["computed"].items()
            for t in range(array.shape[1])
            if not name.endswith(".output")
        }
        assert shown.keys() == right.keys(), what
        for place, array in right.items():
            tolerance = 1e-5 if is_float32(one) else 1e-7
            np.testing.assert_allclose(
                shown[place], np.ravel(array), rtol=tolerance, atol=tolerance, err_msg=(what, place)
            )


def test_compare_takes_what_the_page_saves(written, tmp_path, monkeypatch):
    """The model of the program, held against the file: its names, its steps, its numbers."""
    chosen = [what for what, one in written.items() if "model(x)" in one["programs"]["keras"]]
    chosen = [*chosen[::8], "four layers", "LSTM concat False", "GRU reset before, bias False"]
    for what in chosen:
        one = written[what]
        file = tmp_path / "your-own-layer.npz"
        np.savez(file, **one["given"], **one["computed"])
        _, names = run(one["programs"]["keras"], tmp_path, monkeypatch)
        x = np.array(names["x"])
        assert compare(names["model"], x, str(file)).startswith("All agree"), what
    one, name = written["four layers"], "layer3.reset"
    _, names = run(one["programs"]["keras"], tmp_path, monkeypatch)
    wrong = {**one["computed"], name: one["computed"][name] + [0, 1e-3]}
    sentence = compare(names["model"], np.array(names["x"]), wrong)
    assert sentence.startswith("layer 3 (")
    assert "reset differs first, at t = 0, sample 0, unit 1" in sentence


def test_programs_are_readable(written):
    """Lines fit, no file is opened unless it is needed, PyTorch's own layers are used where they can."""
    for what, one in written.items():
        large = sum(array.size for array in one["given"].values()) > 2000
        for framework, program in one["programs"].items():
            assert max(map(len, program.splitlines())) <= 120, (what, program)
            assert ("np.load" in program) == large, (what, framework)
            assert ("hand" in program and "def run" in program) == (
                framework == "pytorch" and not_in_torch(one["setting"])
            ), (what, program)


def not_in_torch(setting):
    """Whether PyTorch lacks one of the layers."""
    masked = bool(setting["options"].get("mask"))
    for layer in setting["layers"]:
        kind, activation = layer["kind"], layer.get("activation", "linear")
        if kind == "Dense":
            continue
        own = ("tanh", "relu") if kind == "SimpleRNN" else ("tanh",)
        gates = layer.get("recurrentActivation", "σ") if kind != "SimpleRNN" else "σ"
        before = kind == "GRU" and layer.get("resetAfter") is False
        if masked or before or activation not in own or gates != "σ":
            return True
        if layer.get("returnSequences") is False:
            masked = False
    return False


def test_all_activations_are_written(modules):
    """Whoever adds one to the engine adds it to the programs."""
    missing = modules.evaluate(
        """async () => {
          const { FUNCTIONS } = await import("/source/cells.js");
          const { NUMPY, TORCH } = await import("/source/by-hand.js");
          const { KERAS } = await import("/source/programs.js");
          const lists = [NUMPY.activations, TORCH.activations, KERAS];
          return [...Object.keys(FUNCTIONS), "softmax"].filter(
            (name) => lists.some((list) => !Object.hasOwn(list, name)));
        }"""
    )
    assert not missing


# Conversions -------------------------------------------------------------------------------------

CONVERT = """async (cases) => {
  const { convert, check } = await import("/source/convert.js");
  const { runModel } = await import("/source/engine.js");
  return cases.map(({ layer, input, to }) => ({
    notes: convert(layer, to).notes,
    arrays: convert(layer, to).arrays.map(
      ({ name, array: { shape, data } }) => [name, { shape, data: [...data] }]),
    apart: check(layer, to, input),
    output: (({ N, T, m, data }) => ({ shape: [N, T, m], data: [...data] }))(
      runModel([layer], input).output),
  }));
}"""
TARGETS = ("keras3", "keras2", "pytorch", "onnx", "tensorflow1")


def layers_to_convert():
    rng = np.random.default_rng(3)
    return [
        told(rng, kind, m=2, units=3, both=both, bias=bias, **more)
        for kind in WIDE
        for bias in (True, False)
        for both in ((True, False) if kind != "Dense" else (False,))
        for more in ([{}, {"resetAfter": False}] if kind == "GRU" else [{}])
    ]


@pytest.fixture(scope="module")
def converted(modules):
    """Each layer for each framework: (layer, x, to, what the browser gives)."""
    x = np.random.default_rng(4).normal(size=(2, 5, 2))
    asked = [
        {"layer": layer, "input": given(x), "to": to}
        for layer in layers_to_convert()
        for to in TARGETS
    ]
    found = modules.evaluate(CONVERT, asked)
    for one in found:
        one["arrays"] = unpacked(dict(one["arrays"]))
        one["output"] = np.reshape(one["output"]["data"], one["output"]["shape"])
    return [(ask["layer"], x, ask["to"], one) for ask, one in zip(asked, found, strict=True)]


def test_a_conversion_and_back_changes_no_output(converted):
    for layer, _, to, one in converted:
        lacking = to == "pytorch" and layer.get("resetAfter") is False
        assert bool(one["arrays"]) != lacking
        assert (one["apart"] is None) == lacking, (layer, to)
        assert lacking or one["apart"] < 1e-15, (layer, to, one["apart"])


def test_the_check_sees_arrays_in_the_wrong_place(modules):
    """What convertBack() would make of exchanged gates is another layer."""
    rng = np.random.default_rng(3)
    for kind in ("LSTM", "GRU"):
        apart = modules.evaluate(
            """async ([layer, input]) => {
              const { convert, convertBack } = await import("/source/convert.js");
              const { runModel } = await import("/source/engine.js");
              const arrays = convert(layer, "onnx").arrays.map(({ array }) => array);
              const wrong = { ...layer, ...convertBack(arrays, layer, "onnx") };
              wrong.weights[0].data.reverse();
              const [a, b] = [layer, wrong].map((one) => runModel([one], input).output.data);
              return Math.max(...a.map((number, at) => Math.abs(number - b[at])));
            }""",
            [told(rng, kind), given(rng.normal(size=(2, 5, 2)))],
        )
        assert apart > 0.01


def test_keras_computes_the_same_with_its_weights(converted):
    for layer, x, to, one in converted:
        if to not in ("keras3", "keras2"):
            continue
        made = getattr(keras.layers, layer["kind"])
        options = {"use_bias": layer["useBias"], "activation": "tanh", "dtype": "float64"}
        if layer["kind"] != "Dense":
            options["return_sequences"] = True
        if layer["kind"] == "GRU":
            options["reset_after"] = layer.get("resetAfter", True)
        own = made(3, **options)
        if "backward" in layer:
            own = keras.layers.Bidirectional(own, dtype="float64")
        own.build((None, None, 2))
        own.set_weights([*one["arrays"].values()])
        np.testing.assert_allclose(np.array(own(x)), one["output"], rtol=0, atol=1e-12)


def test_pytorch_computes_the_same_with_its_weights(converted):
    torch = pytest.importorskip("torch", reason="PyTorch is installed for one job only")
    names = {"SimpleRNN": "RNN"}
    for layer, x, to, one in converted:
        if to != "pytorch" or not one["arrays"]:
            continue
        kind, bias = layer["kind"], layer["useBias"]
        if kind == "Dense":
            own = torch.nn.Linear(2, 3, bias=bias)
        else:
            own = getattr(torch.nn, names.get(kind, kind))(
                2, 3, batch_first=True, bias=bias, bidirectional="backward" in layer
            )
        own = own.double()
        own.load_state_dict({name: torch.tensor(a) for name, a in one["arrays"].items()})
        with torch.no_grad():
            output = own(torch.tensor(x))
        output = torch.tanh(output) if kind == "Dense" else output[0]
        np.testing.assert_allclose(output.numpy(), one["output"], rtol=0, atol=1e-12)


def test_the_equations_of_onnx_give_the_same(converted):
    for layer, x, to, one in converted:
        if to != "onnx":
            continue
        arrays = one["arrays"]
        if layer["kind"] == "Dense":
            output = np.tanh(x @ arrays["B"] + arrays.get("C", 0))
        else:
            after = "linear_before_reset=1" in " ".join(one["notes"])
            X = x.swapaxes(0, 1)
            ways = []
            for way in range(len(arrays["W"])):
                B = arrays["B"][way] if "B" in arrays else None
                given = X[:: (1, -1)[way]], arrays["W"][way], arrays["R"][way], B
                ways.append(onnx.states(layer["kind"], *given, after)[:: (1, -1)[way]])
            output = np.concatenate(ways, axis=-1).swapaxes(0, 1)
        np.testing.assert_allclose(output, one["output"], rtol=0, atol=1e-12)


def by_tensorflow1(kind, x, a):
    """One direction, as the cells of TensorFlow 1.15 compute it (rnn_cell_impl.py, cudnn_rnn_ops.py)."""
    bias = a.get("bias", a.get("gates/bias"))
    u = len(bias) // {"SimpleRNN": 1, "LSTM": 4, "GRU": 2}[kind]
    h = c = np.zeros((len(x), u))
    states = []
    for t in range(x.shape[1]):
        both = np.concatenate([x[:, t], h], axis=1)
        if kind == "SimpleRNN":
            h = np.tanh(both @ a["kernel"] + a["bias"])
        elif kind == "LSTM":
            i, j, f, o = np.split(both @ a["kernel"] + a["bias"], 4, axis=1)
            c = sigmoid(f + 0.0) * c + sigmoid(i) * np.tanh(j)  # forget_bias=0.0
            h = np.tanh(c) * sigmoid(o)
        else:
            r, z = np.split(sigmoid(both @ a["gates/kernel"] + a["gates/bias"]), 2, axis=1)
            if "candidate/kernel" in a:
                both = np.concatenate([x[:, t], r * h], axis=1)
                new = both @ a["candidate/kernel"] + a["candidate/bias"]
            else:
                part = {
                    name.split("/", 1)[1]: array for name, array in a.items() if "candidate" in name
                }
                hidden = h @ part["hidden_projection/kernel"] + part["hidden_projection/bias"]
                entered = x[:, t] @ part["input_projection/kernel"] + part["input_projection/bias"]
                new = entered + r * hidden
            h = z * h + (1 - z) * np.tanh(new)
        states.append(h)
    return np.stack(states, axis=1)


def test_the_cells_of_tensorflow_1_give_the_same(converted):
    for layer, x, to, one in converted:
        if to != "tensorflow1":
            continue
        arrays = one["arrays"]
        if layer["kind"] == "Dense":
            output = np.tanh(x @ arrays["kernel"] + arrays.get("bias", 0))
        elif "backward" in layer:
            ways = [
                by_tensorflow1(
                    layer["kind"],
                    x[:, ::step],
                    {name[3:]: array for name, array in arrays.items() if name.startswith(way)},
                )[:, ::step]
                for way, step in (("fw/", 1), ("bw/", -1))
            ]
            output = np.concatenate(ways, axis=-1)
        else:
            output = by_tensorflow1(layer["kind"], x, arrays)
        np.testing.assert_allclose(output, one["output"], rtol=0, atol=1e-12)


def notes(converted, to, **wanted):
    """The notes for the first layer that has all of this."""
    for layer, _, target, one in converted:
        if target == to and all(layer.get(key) == value for key, value in wanted.items()):
            return " ".join(one["notes"])


def test_what_else_differs_is_told(converted, modules):
    assert "reset_after=True" in notes(converted, "keras2", kind="GRU")
    assert "hard_sigmoid" in notes(converted, "keras2", kind="LSTM")
    assert "reset_after=False" in notes(converted, "keras2", kind="GRU", resetAfter=False)
    assert "no arrangement" in notes(converted, "pytorch", kind="GRU", resetAfter=False)
    assert "linear_before_reset=0" in notes(converted, "onnx", kind="GRU", resetAfter=False)
    assert "forget_bias=0.0" in notes(converted, "tensorflow1", kind="LSTM")
    old = told(np.random.default_rng(0), "LSTM", recurrentActivation="hard_sigmoid")
    given = {"N": 1, "T": 1, "m": 2, "data": [1, 1]}
    for to, word in (("pytorch", "no other"), ("onnx", "1/6"), ("keras2", "another")):
        [one] = modules.evaluate(CONVERT, [{"layer": old, "input": given, "to": to}])
        assert word in " ".join(one["notes"]), to


# Files -------------------------------------------------------------------------------------------

FILES = """async (cases) => {
  const { runModel } = await import("/source/engine.js");
  const { computedArrays, givenArrays, csv, npz } = await import("/source/download.js");
  const { zipSync } = await import("/source/fflate.js");
  return cases.map((setting) => {
    const computed = runModel(setting.layers, setting.input, setting.options);
    const arrays = [...givenArrays(setting), ...computedArrays(setting, computed)];
    return { npz: [...npz(arrays, { zipSync })], csv: csv(computed, setting.input.N).join("") };
  });
}"""


@pytest.fixture(scope="module")
def files(modules):
    node.install_packages(for_tests=True)
    fflate = node.ROOT / "node_modules" / "fflate" / "esm" / "browser.js"
    modules.context.route(
        "**/source/fflate.js",
        lambda route: route.fulfill(
            body=fflate.read_text(encoding="utf-8"), content_type="text/javascript"
        ),
    )
    cases = special_cases()
    chosen = {
        what: cases[what]
        for what in ("LSTM concat False", "GRU {'goBackwards': True}, both", "four layers, masked")
    }
    return [*zip(chosen.values(), modules.evaluate(FILES, [*chosen.values()]), strict=True)]


def test_numpy_reads_the_npz(files, written):
    for setting, file in files:
        one = next(one for one in written.values() if one["setting"] == setting)
        with np.load(io.BytesIO(bytes(file["npz"]))) as saved:
            arrays = dict(saved)
        assert arrays.keys() == {**one["given"], **one["computed"]}.keys()
        for name, array in {**one["given"], **one["computed"]}.items():
            assert arrays[name].dtype == "float64"
            np.testing.assert_array_equal(arrays[name], array, err_msg=name)
        for k, layer in enumerate(setting["layers"], 1):
            for name, array in zip(("W", "U", "b"), layer["weights"]):
                if layer["kind"] == "Dense" and name == "U":
                    name = "b"
                saved = arrays[f"layer{k}.{name}"]
                np.testing.assert_array_equal(saved, np.reshape(array["data"], array["shape"]))


def test_steps_of_the_files_are_those_of_the_input(written):
    """Of a layer that reads from the end, too: what comes from the input has its order."""
    for what in ("LSTM concat False", "GRU {'goBackwards': True}, both"):
        one = written[what]
        way, name, gate = ("backward.", "xW_f", 1) if what.startswith("LSTM") else ("", "p_r", 1)
        W, x = one["given"][f"layer1.{way}W"], one["given"]["x"]
        right = (x @ W)[..., 3 * gate : 3 * gate + 3]
        if name == "p_r":
            right = right + one["given"]["layer1.b"][0, 3:6]
        np.testing.assert_allclose(
            one["computed"][f"layer1.{way}{name}"], right, rtol=0, atol=1e-12
        )


def test_the_csv_has_a_row_for_each_number(files, written):
    for setting, file in files:
        one = next(one for one in written.values() if one["setting"] == setting)
        rows = [*csv.DictReader(io.StringIO(file["csv"]))]
        seen = {}
        for row in rows:
            way = "backward." * (row["direction"] == "backward")
            place = tuple(int(row[key]) for key in ("sample", "step", "unit"))
            name = f"layer{row['layer']}.{way}{row['quantity']}"
            assert (name, *place) not in seen
            seen[name, *place] = float(row["value"])
        right = {
            (name, *place): number
            for name, array in one["computed"].items()
            if not name.endswith(".output")
            for place, number in np.ndenumerate(array)
        }
        assert seen == right

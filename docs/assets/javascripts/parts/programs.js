// Writes a stack of layers, with its weights and its input, as a program that prints the same numbers.

import {
  activated,
  activationsOf,
  arrayNames,
  functionsOf,
  loop,
  merged,
  NUMPY,
  stepName,
  stepOf,
  TORCH,
} from "./by-hand.js";
import { call, flagsOf, inward, mergeOf } from "./calls.js";
import { givenArrays, nameOf } from "./download.js";
import { isRecurrent, KINDS, lastOnly, usual } from "./kinds.js";
import { filled, flags, literal } from "./literals.js";
import { written } from "./written.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {import("./by-hand.js").Library} Library */
/** @typedef {import("./download.js").Setting} Setting */
/** @typedef {"numpy" | "keras" | "pytorch"} Framework */

export const FILE = "your-own-layer.npz"; // what the page's download is called
const MOST = 2000; // numbers that a program holds; of more it reads the file

/** What Keras calls an activation; a name alone is a function of the program's own. @type {Record<string, string>} */
export const KERAS = {
  tanh: '"tanh"',
  σ: '"sigmoid"',
  relu: '"relu"',
  linear: '"linear"',
  hard_sigmoid: '"hard_sigmoid"',
  hard_sigmoid_2: "hard_sigmoid_2",
  softmax: '"softmax"',
};

/**
 * The program. It leaves the result in `output`.
 * @param {Setting} setting @param {Framework} framework
 */
export function program(setting, framework) {
  const lines = { numpy, keras, pytorch }[framework](setting);
  return `${lines.join("\n").trim()}\n`;
}

// What the programs share ------------------------------------------------------------------------

/** What makes the names of different layers different: nothing where there is one. @param {Setting} setting @param {number} k */
const numberOf = ({ layers }, k) => layers[k].ending ?? (layers.length > 1 ? String(k + 1) : "");

/** @param {Setting} setting */
function title({ layers, input: { N, T, m } }) {
  const all = layers.map((layer) => {
    const { kind, units } = layer;
    const unit = units === 1 ? "unit" : "units";
    return `${layer.backward ? "Bidirectional " : ""}${kind}, ${units} ${unit}`;
  });
  return [
    `"""${all.join("; ")}.`,
    "",
    `The input x (N, T, m) is ${written([N, T, m])}.`,
    '"""',
    "",
  ];
}

/** @param {Setting} setting */
const isLarge = (setting) =>
  givenArrays(setting).reduce((count, { array }) => count + array.data.length, 0) > MOST;

/** The line that opens the file, if it is needed. @param {Setting} setting */
const opened = (setting) =>
  isLarge(setting) ? [`saved = np.load("${FILE}")  # the download beside this program`, ""] : [];

/**
 * A line that gives an array its name.
 * @param {Setting} setting @param {string} name @param {string} saved its name in the file
 * @param {NDArray} array @param {"np" | "torch"} library
 */
function given(setting, name, saved, array, library) {
  const isMask = saved === "mask";
  const double = setting.options?.float32 ? "" : library === "np" ? "float64" : "double";
  const begins = `${name} = ${library === "np" ? "np.array" : "torch.tensor"}(`;
  if (isLarge(setting)) {
    const from = `saved["${saved}"]`;
    if (library === "np") {
      if (isMask) return [`${name} = ${from}.astype(bool)`];
      return [`${name} = ${from}${double ? "" : '.astype("float32")'}`];
    }
    const kind = isMask ? ".bool()" : double ? "" : ".float()";
    return [`${name} = torch.from_numpy(${from})${kind}`];
  }
  if (isMask) {
    const kind = library === "np" ? "bool" : "dtype=torch.bool";
    return [`${begins}${flags(array, begins.length)}, ${kind})`];
  }
  const { text, short } = literal(array, begins.length);
  if (library === "np") {
    if (!double) return [`${begins}${text}, "float32")`];
    return [short ? `${begins}${text}, "float32").astype("float64")` : `${begins}${text})`];
  }
  if (!double) return [`${begins}${text})`];
  return [short ? `${begins}${text}).double()` : `${begins}${text}, dtype=torch.float64)`];
}

/** @param {Setting} setting @param {"np" | "torch"} library */
function inputs(setting, library) {
  const { input, options } = setting;
  const { N, T, m, data } = input;
  const mask = options?.mask && isMasked(setting) && { shape: [N, T], data: options.mask };
  return [
    ...given(setting, "x", "x", { shape: [N, T, m], data }, library),
    ...(mask ? given(setting, "mask", "mask", mask, library) : []),
  ];
}

/** Which layers take the mask: the recurrent ones, as long as there are steps. @param {Setting} setting @returns {boolean[]} */
function masks({ layers, options }) {
  const first = layers.findIndex(lastOnly);
  return layers.map(
    (layer, k) => Boolean(options?.mask) && isRecurrent(layer) && (first < 0 || k <= first),
  );
}

/** @param {Setting} setting */
const isMasked = (setting) => masks(setting).includes(true);

/** Whether there are no steps any more behind layer k. @param {Setting} setting @param {number} [k] */
const collapsed = ({ layers }, k = layers.length - 1) => layers.slice(0, k + 1).some(lastOnly);

/** The directions of a layer, each with its arrays and the ending of their names. @param {Layer} layer */
const ways = ({ weights, backward }) =>
  [
    { arrays: weights, ending: "", backward: false },
    { arrays: backward, ending: "_back", backward: true },
  ].flatMap(({ arrays, ...way }) => (arrays ? [{ arrays, ...way }] : []));

/**
 * The lines that give a layer its arrays.
 * @param {Setting} setting @param {number} k @param {"np" | "torch"} library
 * @param {boolean} [byHand] then states that are not given are zeros
 */
function arraysOf(setting, k, library, byHand) {
  const layer = setting.layers[k];
  const number = numberOf(setting, k);
  const { gates, states } = KINDS[layer.kind];
  const names = arrayNames(layer);
  const shapes = names.map((name, at) => `${name}${number} ${written(layer.weights[at].shape)}`);
  const order = gates.map((gate) => gate.slice(1)).join(", ");
  const beside = order && `: ${order} side by side`;
  const lines = [`# ${shapes.join(", ")}${beside}`];
  for (const [way, { arrays, ending, backward }] of ways(layer).entries()) {
    for (const [at, name] of names.entries()) {
      const saved = nameOf(k, name, backward);
      lines.push(...given(setting, name + number + ending, saved, arrays[at], library));
    }
    for (const [at, name] of states.entries()) {
      const state = stateOf(setting, k, way, at);
      const saved = nameOf(k, `${name}_before`, backward);
      if (state) lines.push(...given(setting, name + number + ending, saved, state, library));
      else if (byHand) lines.push(`${name + number + ending} = ${zeros(setting, layer, library)}`);
    }
  }
  return lines;
}

/** A state of zeros. @param {Setting} setting @param {Layer} layer @param {"np" | "torch"} library */
function zeros({ input: { N }, options }, { units }, library) {
  const kind = library === "np" ? '"float32"' : "dtype=torch.float64";
  const told = Boolean(options?.float32) === (library === "np");
  return `${library}.zeros((${N}, ${units})${told ? `, ${kind}` : ""})  # before the first step`;
}

/**
 * A state before the first step, if it is given.
 * @param {Setting} setting @param {number} k @param {number} way @param {number} at
 */
function stateOf({ layers, options }, k, way, at) {
  return options?.states?.[k]?.[way * KINDS[layers[k].kind].states.length + at];
}

/** Whether states are given to a layer. @param {Setting} setting @param {number} k */
const hasStates = ({ options }, k) => Boolean(options?.states?.[k]?.length);

/** What a layer reads, and the name of what it gives. @param {Setting} setting @param {number} k */
const flow = (setting, k) => ({
  from: k ? `y${k}` : "x",
  into: setting.layers.length > 1 ? `y${k + 1}` : "y",
});

/** The last lines: the result under its name. @param {Setting} setting */
function result(setting) {
  const last = flow(setting, setting.layers.length - 1).into;
  return `${last}${collapsed(setting) ? "[:, 0]" : ""}`;
}

// By hand ------------------------------------------------------------------------------------------

/** @param {Setting} setting */
function numpy(setting) {
  const { layers } = setting;
  return [
    ...title(setting),
    "import numpy as np",
    "",
    ...printing(setting),
    "",
    "",
    ...functionsOf(NUMPY, layers),
    ...layers.flatMap((layer, k) => stepOf(NUMPY, layer, numberOf(setting, k))),
    ...loop(NUMPY, isMasked(setting)),
    ...opened(setting),
    ...inputs(setting, "np"),
    "",
    ...layers.flatMap((_, k) => [
      ...arraysOf(setting, k, "np", true),
      ...runByHand(setting, k, NUMPY),
      "",
    ]),
    `output = ${result(setting)}`,
    'print("output:")',
    "print(output)",
  ];
}

/** How numbers are printed: as NumPy does, or all with the same decimals. @param {Setting} setting */
function printing({ options }) {
  const { digits } = options ?? {};
  if (digits === undefined) return ["np.set_printoptions(linewidth=100, threshold=10**9)"];
  return [`np.set_printoptions(precision=${digits}, floatmode="fixed", suppress=True)`];
}

/** The lines that run a layer by its step. @param {Setting} setting @param {number} k @param {Library} library */
function runByHand(setting, k, library) {
  const layer = setting.layers[k];
  const { from, into } = flow(setting, k);
  const runs = ways(layer).flatMap(({ ending, backward }) => {
    const what = `layer ${k + 1}, ${layer.kind}${layer.backward ? (backward ? ", backward" : ", forward") : ""}`;
    const name = layer.backward ? (backward ? "backward" : "forward") : into;
    const given = argumentsOf(setting, k, ending, from, Boolean(layer.goBackwards) !== backward);
    return [
      ...(library.prints ? [`print("${what}:")`] : []),
      `${name} = run(${filled(given, name.length + 7)})`,
    ];
  });
  return [...runs, ...handedOn(library, layer, into, "forward", "backward")];
}

/** @param {Setting} setting @param {number} k @param {string} ending @param {string} from @param {boolean} backwards */
function argumentsOf(setting, k, ending, from, backwards) {
  const layer = setting.layers[k];
  const number = numberOf(setting, k);
  /** @param {string[]} names */
  const dict = (names) =>
    `dict(${names.map((name) => `${name}=${name}${number}${ending}`).join(", ")})`;
  const parts = [
    stepName(layer, number),
    from,
    dict(KINDS[layer.kind].states),
    dict(arrayNames(layer)),
  ];
  if (backwards) parts.push("backwards=True");
  if (masks(setting)[k]) parts.push("mask=mask");
  if (masks(setting)[k] && layer.backward && !lastOnly(layer)) parts.push("zeros=True");
  return parts;
}

/**
 * The lines that make of the outputs of all steps what the layer hands on.
 * @param {Library} library @param {Layer} layer @param {string} into
 * @param {string} forward @param {string} backward their outputs, as they were read
 */
function handedOn(library, layer, into, forward, backward) {
  const last = lastOnly(layer);
  if (!layer.backward) return last ? [`${into} = ${into}[:, -1:]  # the last step only`] : [];
  const joined = last
    ? merged(library, layer, `${forward}[:, -1:]`, `${backward}[:, -1:]`)
    : merged(library, layer, forward, library.reversed(backward));
  return [`${into} = ${joined}${last ? "  # of each its last step" : ""}`];
}

// Keras --------------------------------------------------------------------------------------------

/** @param {Setting} setting */
function keras(setting) {
  const { layers, input, options } = setting;
  const { T, m } = input;
  const kind = options?.float32 ? "" : ', dtype="float64"';
  const calls = layers.map((_, k) => kerasLayer(setting, k));
  const weights = layers.flatMap((layer, k) => kerasWeights(setting, k, ways(layer)));
  const alone = layers.every(
    (layer, k) => !hasStates(setting, k) && !masks(setting)[k] && layer.mergeMode !== null,
  );
  const whole = [
    "model = keras.Sequential([",
    `    keras.Input((${T}, ${m})${kind}),`,
    ...calls.map((made) => `${inward(made)},`),
    "])",
    `model.set_weights([${filled(weights, 19)}])`,
    "output = np.array(model(x))",
  ];
  return [
    ...title(setting),
    "import keras",
    "import numpy as np",
    "",
    "np.set_printoptions(threshold=10**9)",
    ...(options?.float32
      ? []
      : ['keras.config.set_dtype_policy("float64")  # Keras computes in float32 if not told', ""]),
    ...(layers.some((layer) => activationsOf(layer).includes("hard_sigmoid_2"))
      ? [
          "",
          "def hard_sigmoid_2(z):",
          '    """As Keras had it until its version 2."""',
          "    return keras.ops.clip(0.2 * z + 0.5, 0, 1)",
          "",
          "",
        ]
      : []),
    ...opened(setting),
    ...inputs(setting, "np"),
    "",
    ...layers.flatMap((_, k) => [...arraysOf(setting, k, "np"), ""]),
    ...(alone ? whole : layers.flatMap((_, k) => kerasCall(setting, k, calls[k]))),
    "print(output)",
  ];
}

/** How Keras makes a layer: what is not its default. @param {Setting} setting @param {number} k */
function kerasLayer(setting, k) {
  const layer = setting.layers[k];
  const [activation, gates] = activationsOf(layer);
  const parts = [String(layer.units)];
  if (activation !== usual(layer.kind)) parts.push(`activation=${KERAS[activation]}`);
  if (gates && gates !== "σ") parts.push(`recurrent_activation=${KERAS[gates]}`);
  parts.push(...flagsOf({ ...layer, useBias: arrayNames(layer).includes("b") }));
  const made = call(`keras.layers.${layer.kind}`, parts);
  return layer.backward ? call("keras.layers.Bidirectional", [made, ...mergeOf(layer)]) : made;
}

/** The names of a layer's arrays, as set_weights takes them. @param {Setting} setting @param {number} k @param {ReturnType<typeof ways>} both */
const kerasWeights = (setting, k, both) =>
  both.flatMap(({ ending }) =>
    arrayNames(setting.layers[k]).map((name) => name + numberOf(setting, k) + ending),
  );

/** A layer that is called by itself, with its mask and its states. @param {Setting} setting @param {number} k @param {string} layerMade */
function kerasCall(setting, k, layerMade) {
  const layer = setting.layers[k];
  const number = numberOf(setting, k);
  const { from, into } = flow(setting, k);
  const states = ways(layer).flatMap(({ ending }) =>
    KINDS[layer.kind].states.map((name) => name + number + ending),
  );
  const options = [
    ...(masks(setting)[k] ? [", mask=mask"] : []),
    ...(hasStates(setting, k) ? [`, initial_state=[${states.join(", ")}]`] : []),
  ];
  const made = `layer${number}(${from}${options.join("")})`;
  const last = k === setting.layers.length - 1;
  return [
    `layer${number} = ${layerMade}`,
    `layer${number}.build((None, None, ${layer.m}))`,
    `layer${number}.set_weights([${kerasWeights(setting, k, ways(layer)).join(", ")}])`,
    `${into} = ${layer.mergeMode === null ? `keras.ops.concatenate(${made}, axis=-1)` : made}`,
    ...(last ? [`output = np.array(${into})`] : []),
    "",
  ];
}

// PyTorch ------------------------------------------------------------------------------------------

/** @param {Setting} setting */
function pytorch(setting) {
  const { layers } = setting;
  const lacking = layers.map((layer, k) => lackedByTorch(layer, masks(setting)[k]));
  const byHand = layers.filter((_, k) => lacking[k]);
  const dense = layers.filter((layer) => !isRecurrent(layer));
  const reordered = layers.some(({ kind }, k) => kind === "GRU" && !lacking[k]);
  return [
    ...title(setting),
    ...(isLarge(setting) ? ["import numpy as np"] : []),
    "import torch",
    "",
    "",
    ...(reordered
      ? [
          "def rzn(array):",
          '    """Keras has the columns z, r, h; PyTorch r, z, n."""',
          "    z, r, h = torch.chunk(array, 3, dim=-1)",
          "    return torch.cat([r, z, h], dim=-1)",
          "",
          "",
        ]
      : []),
    ...functionsOf(TORCH, [...byHand, ...dense]),
    ...layers.flatMap((layer, k) =>
      lacking[k] ? [`# ${lacking[k]}`, ...stepOf(TORCH, layer, numberOf(setting, k))] : [],
    ),
    ...(byHand.length ? loop(TORCH, isMasked(setting)) : []),
    ...opened(setting),
    ...inputs(setting, "torch"),
    "",
    ...layers.flatMap((_, k) => [
      ...arraysOf(setting, k, "torch", Boolean(lacking[k])),
      ...(lacking[k] ? runByHand(setting, k, TORCH) : torchLayer(setting, k)),
      "",
    ]),
    `output = ${result(setting)}.detach()`,
    "torch.set_printoptions(precision=8, threshold=10**9)",
    "print(output)",
  ];
}

/** Why torch.nn cannot compute a layer; nothing where it can. @param {Layer} layer @param {boolean} masked */
function lackedByTorch(layer, masked) {
  const { kind } = layer;
  const name = `torch.nn.${kind === "SimpleRNN" ? "RNN" : kind}`;
  const [activation, gates = "σ"] = activationsOf(layer);
  if (kind === "Dense") return "";
  if (masked) return `${name} takes no mask: a loop by hand.`;
  if (layer.resetAfter === false && kind === "GRU")
    return `${name} resets after the product only (reset_after=True): a loop by hand.`;
  if (gates !== "σ" || !["tanh", ...(kind === "SimpleRNN" ? ["relu"] : [])].includes(activation))
    return `${name} has no other activations than its own: a loop by hand.`;
  return "";
}

/** A layer of torch.nn with its weights, called. @param {Setting} setting @param {number} k */
function torchLayer(setting, k) {
  const layer = setting.layers[k];
  const number = numberOf(setting, k);
  const { from, into } = flow(setting, k);
  const double = setting.options?.float32 ? "" : ".double()";
  const name = `layer${number}`;
  const bias = arrayNames(layer).includes("b") ? "" : ", bias=False";
  const [activation] = activationsOf(layer);
  if (layer.kind === "Dense") {
    const arrays = [`"weight": W${number}.T`, ...(bias ? [] : [`"bias": b${number}`])];
    return [
      `${name} = torch.nn.Linear(${layer.m}, ${layer.units}${bias})${double}`,
      `${name}.load_state_dict({${arrays.join(", ")}})`,
      `${into} = ${activated(TORCH, activation, `${name}(${from})`)}`,
    ];
  }
  const kind = layer.kind === "SimpleRNN" ? "RNN" : layer.kind;
  const other = activation === "relu" ? ', nonlinearity="relu"' : "";
  const both = layer.backward ? ", bidirectional=True" : "";
  const read = layer.goBackwards ? TORCH.reversed(from) : from;
  const states = hasStates(setting, k) ? `, ${torchStates(setting, k)}` : "";
  return [
    `${name} = torch.nn.${kind}(${layer.m}, ${layer.units}, batch_first=True${bias}${other}${both})${double}`,
    `${name}.load_state_dict({`,
    ...ways(layer).flatMap(({ ending, backward }) =>
      torchWeights(layer, number + ending, backward ? "_reverse" : ""),
    ),
    "})",
    `${into}, _ = ${name}(${read}${states})`,
    ...torchHandedOn(layer, into),
  ];
}

/** @param {Setting} setting @param {number} k */
function torchStates(setting, k) {
  const layer = setting.layers[k];
  const all = KINDS[layer.kind].states.map((name) => {
    const each = ways(layer).map(({ ending }) => name + numberOf(setting, k) + ending);
    return `torch.stack([${each.join(", ")}])`; // (directions, N, u)
  });
  return all.length > 1 ? `(${all.join(", ")})` : all[0];
}

/** @param {Layer} layer @param {string} ending of the arrays @param {string} reverse of PyTorch's names */
function torchWeights(layer, ending, reverse) {
  const wrapped = (/** @type {string} */ array) => (layer.kind === "GRU" ? `rzn(${array})` : array);
  const [W, U, b] = ["W", "U", "b"].map((name) => name + ending);
  const lines = [
    `    "weight_ih_l0${reverse}": ${wrapped(W)}.T,`,
    `    "weight_hh_l0${reverse}": ${wrapped(U)}.T,`,
  ];
  const bias = layer.weights[2];
  if (!bias) return lines;
  const [first, second] =
    bias.shape.length === 2
      ? [wrapped(`${b}[0]`), wrapped(`${b}[1]`)]
      : [wrapped(b), `torch.zeros_like(${b})`];
  const why = bias.shape.length === 2 ? "" : "  # PyTorch adds two biases";
  lines.push(`    "bias_ih_l0${reverse}": ${first},`);
  lines.push(`    "bias_hh_l0${reverse}": ${second},${why}`);
  return lines;
}

/** What PyTorch gives, (N, T, u) or (N, T, 2u) side by side, as the layer hands it on. @param {Layer} layer @param {string} into */
function torchHandedOn(layer, into) {
  const last = lastOnly(layer);
  if (!layer.backward) return handedOn(TORCH, layer, into, "", "");
  if (!last && (layer.mergeMode ?? "concat") === "concat") return [];
  const [forward, backward] = last
    ? ["forward[:, -1:]", "backward[:, :1]"] // what was read last
    : ["forward", "backward"];
  return [
    `forward, backward = torch.chunk(${into}, 2, dim=-1)`,
    `${into} = ${merged(TORCH, layer, forward, backward)}`,
  ];
}

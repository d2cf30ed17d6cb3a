// What people do wrong with a recurrent layer, each as a change of a setting.
//
// A deviation of a layer changes one layer, or all of its kind in a stack; one of the model changes
// the input, the states, the mask, or which numbers are taken. The likely ones come first. Which
// program packs gates how: ONNX's operators, TensorFlow 1's cells, Haiku's, Core ML's and OpenVINO's
// layers, PyTorch and cuDNN, whose LSTM has Keras's own order.

import { FUNCTIONS } from "./cells.js";
import { arraysOf, isGated, isRecurrent, KINDS, lettersOf } from "./kinds.js";
import {
  blocks,
  each,
  filledByColumns,
  filledByRows,
  half,
  interleaved,
  moved,
  rounded,
  rowsOf,
  transposed,
} from "./rearranged.js";
import { delayed } from "./setting.js";

/** @typedef {import("./engine.js").NDArray} NDArray @typedef {import("./engine.js").Sequence} Sequence */
/** @typedef {import("./setting.js").Layer} Layer @typedef {import("./setting.js").Setting} Setting */
/** @typedef {import("./setting.js").Read} Read */
/**
 * @typedef {object} Deviation
 * @property {string} id
 * @property {string} says completes "Your numbers are what comes out if …"
 * @property {string} link the place on this site that explains it, from its home page
 * @property {string} family of one family no two are tried together
 * @property {number | "all"} [at] the layer that it changes; not for one of the model
 * @property {boolean} [alone] it is not tried together with others
 * @property {string} [changes] arrays, functions or input: of two that change the same the order matters
 * @property {(setting: Setting) => boolean} applies
 * @property {(setting: Setting) => Setting} apply
 */
/**
 * @typedef {Pick<Deviation, "id" | "says" | "family" | "changes"> & {link: string | ((layer: Layer) => string),
 *   applies: (layer: Layer, setting: Setting, k: number) => boolean,
 *   change: (layer: Layer, setting: Setting, k: number) => Layer}} OfLayer
 */

/** @type {Record<Layer["kind"], string>} */
const PAGES = { Dense: "time-distributed", SimpleRNN: "simple-rnn", LSTM: "lstm", GRU: "gru" };
const DIFFER = "if-your-numbers-differ";
/** @param {Layer} layer */
const differ = ({ kind }) => `${PAGES[kind]}/#${DIFFER}`;

const LETTERS = /** @type {Record<string, string>} */ ({ c: "c̃", h: "h̃" });
const ACTIVATIONS = Object.keys(FUNCTIONS);
const FORMULAS = /** @type {Record<string, string>} */ ({
  hard_sigmoid: "today's hard sigmoid, z / 6 + 0.5, cut off at 0 and 1",
  hard_sigmoid_2: "the hard sigmoid of Keras 2, 0.2 z + 0.5, cut off at 0 and 1",
});

/** @param {Layer} layer */
const biasOf = (layer) => layer.weights[isRecurrent(layer) ? 2 : 1];
/** @param {Layer} layer */
const twoRows = (layer) => layer.kind === "GRU" && biasOf(layer)?.shape.length === 2;
/** @param {Layer} layer */
const gatesOf = ({ kind }) => KINDS[kind].gates.length;
/** @param {Layer} layer */
const tanh = (layer) => (layer.activation ?? "linear") === "tanh";

/** Change arrays, those of the other direction too. @param {Layer} layer @param {(arrays: NDArray[]) => NDArray[]} change @returns {Layer} */
const both = (layer, change) => ({
  ...layer,
  weights: change(layer.weights),
  ...(layer.backward && { backward: change(layer.backward) }),
});

/** Change some of W, U, b. @param {string} names @param {(array: NDArray, layer: Layer) => NDArray} change */
const arrays = (names, change) => (/** @type {Layer} */ layer) => {
  const all = arraysOf(layer.kind);
  return both(layer, (found) =>
    found.map((array, k) => (names.includes(all[k]) ? change(array, layer) : array)),
  );
};

// Of a layer ------------------------------------------------------------------------------------

/** @type {OfLayer[]} */
const OF_LAYERS = [
  ...orders("LSTM", {
    iofc: "ONNX has them",
    icfo: "TensorFlow 1 and Haiku have them",
    ifoc: "Core ML has them",
    fico: "OpenVINO has them",
  }),
  ...orders("GRU", { rzh: "PyTorch, cuDNN and TensorFlow 1 have them" }),
  {
    id: "z-takes",
    says: "z and 1 − z are exchanged: z takes, where in Keras it keeps",
    link: "gru/#does-z-keep-or-take",
    family: "z",
    applies: ({ kind }) => kind === "GRU",
    change: (layer) =>
      altered(layer, {
        "kept = z ⊙ h₋": "kept = (1 − z) ⊙ h₋",
        "taken = (1 − z) ⊙ h̃": "taken = z ⊙ h̃",
      }),
  },
  {
    id: "reset-after",
    says: "the reset gate acts on the other side of the product with U: reset_after is the other way",
    link: "gru/#where-the-reset-gate-acts",
    family: "reset",
    applies: ({ kind }) => kind === "GRU",
    change: (layer) => ({ ...layer, resetAfter: layer.resetAfter === false }),
  },
  ...biases(),
  {
    id: "forget-bias+1",
    says: "1 is added to the forget gate's bias once more",
    link: "lstm/#before-training",
    family: "forget-bias",
    changes: "arrays",
    applies: (layer) => layer.kind === "LSTM" && biasOf(layer) !== undefined,
    change: arrays("b", (b, { units }) => forgetting(b, units, 1)),
  },
  {
    id: "forget-bias-1",
    says: "the forget gate's bias is 1 too small",
    link: differ,
    family: "forget-bias",
    changes: "arrays",
    applies: (layer) => layer.kind === "LSTM" && biasOf(layer) !== undefined,
    change: arrays("b", (b, { units }) => forgetting(b, units, -1)),
  },
  ...activations(),
  ...matrices(),
  {
    id: "cell-to-gates",
    says: "the gates read the cell c of the step before in place of the state h",
    link: "lstm/#two-states-and-three-gates",
    family: "cell",
    applies: ({ kind }) => kind === "LSTM",
    change: (layer) =>
      altered(
        layer,
        Object.fromEntries([..."ifco"].map((g) => [`hU_${g} = h₋ U_${g}`, `hU_${g} = c₋ U_${g}`])),
      ),
  },
  {
    id: "cell-bare",
    says: "the state is o ⊙ c, without the activation of the cell",
    link: "lstm/#two-states-and-three-gates",
    family: "cell",
    applies: ({ kind, activation }) => kind === "LSTM" && activation !== "linear",
    change: (layer) => altered(layer, { "g_c = g(c)": "g_c = c" }),
  },
  {
    id: "cell-before",
    says: "the output gate meets the cell of the step before",
    link: "lstm/#two-states-and-three-gates",
    family: "cell",
    applies: ({ kind }) => kind === "LSTM",
    change: (layer) => altered(layer, { "g_c = g(c)": "g_c = g(c₋)" }),
  },
  {
    id: "go-backwards",
    says: "go_backwards is the other way: the steps are read from the other end",
    link: "rnn-api/#backwards",
    family: "direction",
    applies: isRecurrent,
    change: (layer) => ({ ...layer, goBackwards: !layer.goBackwards }),
  },
  ...directions(),
];

/**
 * @param {Layer["kind"]} kind
 * @param {Record<string, string>} named who has which
 * @returns {OfLayer[]}
 */
function orders(kind, named) {
  const right = lettersOf(kind);
  const likely = Object.keys(named);
  const all = permutations(right).filter((order) => order !== right);
  all.sort((a, b) => place(a) - place(b));
  return all.map((order) => {
    const from = [...right].map((gate) => order.indexOf(gate));
    const told = [...order].map((gate) => LETTERS[gate] ?? gate).join(", ");
    return {
      id: `order:${order}`,
      says: `the blocks of columns are taken for ${told}${order in named ? `, as ${named[order]}` : ""}`,
      link: kind === "GRU" ? differ : "lstm/#the-packed-columns",
      family: "order",
      changes: "arrays",
      applies: (layer) => layer.kind === kind,
      change: arrays("WUb", (array) => blocks(array, from)),
    };
  });
  /** @param {string} order */
  function place(order) {
    return likely.includes(order) ? likely.indexOf(order) : likely.length;
  }
}

/** @param {string} letters @returns {string[]} */
function permutations(letters) {
  if (letters.length < 2) return [letters];
  return [...letters].flatMap((one) =>
    permutations(letters.replace(one, "")).map((rest) => one + rest),
  );
}

/** @returns {OfLayer[]} */
function biases() {
  /** @param {(b: NDArray) => NDArray} change */
  const rows = (change) => ({
    link: "gru/#the-second-row-of-the-bias",
    family: "bias",
    changes: "arrays",
    applies: twoRows,
    change: arrays("b", change),
  });
  const one = { link: differ, family: "bias", changes: "arrays" };
  /** @param {number} which @returns {Omit<OfLayer, "id" | "says">} */
  const ofPyTorch = (which) => ({
    ...one,
    applies: (layer, { biases }, k) => !layer.backward && !twoRows(layer) && !!biases?.[k],
    change: (layer, { biases }, k) => {
      const [W, U, b] = layer.weights;
      return { ...layer, weights: [W, U, biases?.[k]?.[which] ?? b] };
    },
  });
  return [
    {
      id: "bias:none",
      says: "the bias is left out",
      ...one,
      applies: (layer) => biasOf(layer) !== undefined,
      change: arrays("b", (b) => each(b, () => 0)),
    },
    {
      id: "bias:twice",
      says: "the bias is added twice, as by PyTorch if both of its biases are given the same numbers",
      ...one,
      applies: (layer) => biasOf(layer) !== undefined,
      change: arrays("b", (b) => each(b, (number) => 2 * number)),
    },
    {
      id: "bias:first",
      says: "only the first row of the bias is used",
      ...rows((b) => byRow(b, (row, at) => (row ? 0 : at(0)))),
    },
    {
      id: "bias:second",
      says: "only the second row of the bias is used",
      ...rows((b) => byRow(b, (row, at) => (row ? at(1) : 0))),
    },
    {
      id: "bias:exchanged",
      says: "the two rows of the bias are exchanged: the first goes with the input, the second with the state",
      ...rows((b) => byRow(b, (row, at) => at(1 - row))),
    },
    {
      id: "bias:added",
      says: "the two rows of the bias are added up, for the candidate too",
      ...rows((b) => byRow(b, (row, at) => (row ? 0 : at(0) + at(1)))),
    },
    {
      id: "bias:by-columns",
      says: "the two rows of the bias are filled column by column",
      ...rows(filledByColumns),
    },
    {
      id: "bias:ih",
      says: "of PyTorch's two biases only bias_ih is added",
      ...ofPyTorch(0),
    },
    {
      id: "bias:hh",
      says: "of PyTorch's two biases only bias_hh is added",
      ...ofPyTorch(1),
    },
  ];
}

/** A bias of two rows, number by number. @param {NDArray} b @param {(row: number, at: (row: number) => number) => number} number @returns {NDArray} */
function byRow({ shape, data }, number) {
  const width = shape[1];
  return {
    shape,
    data: Float64Array.from(data, (_, k) =>
      number(Math.floor(k / width), (row) => data[row * width + (k % width)]),
    ),
  };
}

/** @param {NDArray} b @param {number} u @param {number} more @returns {NDArray} */
function forgetting({ shape, data }, u, more) {
  return { shape, data: Float64Array.from(data, (v, k) => (k >= u && k < 2 * u ? v + more : v)) };
}

/** @returns {OfLayer[]} */
function activations() {
  return [
    ...ACTIVATIONS.map((name) => ({
      id: `activation:${name}`,
      says: `the activation is ${FORMULAS[name] ?? name}`,
      link: differ,
      family: "activation",
      changes: "functions",
      applies: (/** @type {Layer} */ { activation = "linear" }) => activation !== name,
      change: (/** @type {Layer} */ layer) => ({ ...layer, activation: name }),
    })),
    ...ACTIVATIONS.map((name) => ({
      id: `recurrent-activation:${name}`,
      says: `the gates' activation, recurrent_activation, is ${FORMULAS[name] ?? name}`,
      link: differ,
      family: "recurrent-activation",
      changes: "functions",
      applies: (/** @type {Layer} */ layer) =>
        isGated(layer) && (layer.recurrentActivation ?? "σ") !== name,
      change: (/** @type {Layer} */ layer) => ({ ...layer, recurrentActivation: name }),
    })),
    {
      id: "activations-exchanged",
      says: "activation and recurrent_activation are exchanged",
      link: differ,
      family: "activation",
      changes: "functions",
      applies: isGated,
      change: (layer) => ({
        ...layer,
        activation: layer.recurrentActivation ?? "σ",
        recurrentActivation: layer.activation,
      }),
    },
    {
      id: "candidate:σ",
      says: "the candidate is made with σ",
      link: differ,
      family: "activation",
      changes: "functions",
      applies: (layer) => isGated(layer) && tanh(layer),
      change: (layer) =>
        altered(layer, { "c̃ = g(z_c)": "c̃ = σ(z_c)", "h̃ = g(sum_h)": "h̃ = σ(sum_h)" }),
    },
  ];
}

/** @returns {OfLayer[]} */
function matrices() {
  /** @type {OfLayer[]} */
  const found = [];
  for (const names of ["U", "W", "WU"]) {
    const told = [...names].join(" and ");
    const family = names;
    /** @param {Layer} layer */
    const there = (layer) => !names.includes("U") || isRecurrent(layer);
    found.push({
      id: `transposed:${names}`,
      says: `${told} ${names === "WU" ? "are" : "is"} transposed, gate by gate: vectors are taken for columns`,
      link: differ,
      family,
      changes: "arrays",
      applies: (layer) => there(layer) && (names === "U" || layer.m === layer.units),
      change: arrays(names, transposed),
    });
    // A square block that is filled the other way is its transpose.
    /** @param {Layer} layer */
    const oblong = (layer) =>
      there(layer) &&
      (gatesOf(layer) > 1 ||
        (names === "W" && layer.m !== layer.units && layer.m > 1 && layer.units > 1));
    const reshaped = /** @type {const} */ ({ rows: filledByRows, columns: filledByColumns });
    for (const [way, change] of Object.entries(reshaped))
      found.push({
        id: `reshaped:${names}:${way}`,
        says: `${told} ${names === "WU" ? "are" : "is"} reshaped where a transpose is needed, and filled ${
          way === "rows" ? "row by row with the transpose" : "column by column"
        }`,
        link: "inside-an-rnn-layer/#shapes-row-by-row",
        family,
        changes: "arrays",
        applies: oblong,
        change: arrays(names, change),
      });
  }
  return [
    ...found,
    {
      id: "stacked",
      says: "W and U stand on top of each other and meet [h, x], where [x, h] belongs",
      link: "inside-an-rnn-layer/#one-matrix-instead-of-two",
      family: "stacked",
      changes: "arrays",
      applies: (layer) => isRecurrent(layer) && layer.m !== layer.units,
      change: (layer) => both(layer, stacked),
    },
    {
      id: "exchanged:WU",
      says: "W and U are exchanged, or [h, x] meets the matrix for [x, h]",
      link: "simple-rnn/#if-your-numbers-differ",
      family: "stacked",
      changes: "arrays",
      applies: (layer) => isRecurrent(layer) && layer.m === layer.units,
      change: (layer) => both(layer, ([W, U, ...b]) => [U, W, ...b]),
    },
    {
      id: "interleaved",
      says: "the columns are taken unit by unit, all gates of a unit side by side",
      link: "lstm/#the-packed-columns",
      family: "order",
      changes: "arrays",
      applies: (layer) => isGated(layer) && layer.units > 1,
      change: arrays("WUb", (array, layer) => interleaved(array, gatesOf(layer))),
    },
    {
      id: "negative:U",
      says: "U has the other sign",
      link: "math-of-a-simple-rnn/#if-your-numbers-differ",
      family: "U",
      changes: "arrays",
      applies: isRecurrent,
      change: arrays("U", (array) => each(array, (number) => -number)),
    },
  ];
}

/** The upper rows go with the state, the others with the input. @param {NDArray[]} arrays */
function stacked([W, U, ...b]) {
  const [[m], [u]] = [W.shape, U.shape];
  return [rowsOf(W, U, u, m), rowsOf(W, U, 0, u), ...b];
}

/** @returns {OfLayer[]} */
function directions() {
  const link = "rnn-api/#both-ways";
  /** @type {("concat" | "sum" | "mul" | "ave")[]} */
  const modes = ["concat", "sum", "mul", "ave"];
  return [
    {
      id: "directions-exchanged",
      says: "the arrays of the two directions are exchanged",
      link,
      family: "both",
      changes: "arrays",
      applies: ({ backward }) => backward !== undefined,
      change: (layer) => ({ ...layer, weights: layer.backward ?? [], backward: layer.weights }),
    },
    {
      id: "directions-forward",
      says: "both directions have the arrays of the first",
      link,
      family: "both",
      changes: "arrays",
      applies: ({ backward }) => backward !== undefined,
      change: (layer) => ({ ...layer, backward: layer.weights }),
    },
    {
      id: "directions-last",
      says: "the last row of both directions is taken from the sequence: the backward one has read a single step there",
      link: "rnn-api/#backwards",
      family: "both",
      applies: ({ backward, returnSequences }) => !!backward && returnSequences === false,
      change: (layer) => ({ ...layer, returnSequences: true }),
    },
    ...modes.map((mode) => ({
      id: `merge:${mode}`,
      says: `merge_mode is ${mode}`,
      link,
      family: "both",
      applies: (/** @type {Layer} */ { backward, mergeMode = "concat" }) =>
        !!backward && mergeMode !== mode,
      change: (/** @type {Layer} */ layer) => ({ ...layer, mergeMode: mode }),
    })),
  ];
}

/** @param {Layer} layer @param {Record<string, string>} lines @returns {Layer} */
const altered = (layer, lines) => ({ ...layer, altered: { ...layer.altered, ...lines } });

// Of the model ----------------------------------------------------------------------------------

/** @param {Setting} setting */
const lastOf = ({ layers }) => layers[layers.length - 1];
/** Do all steps come out of all layers? @param {Setting} setting */
const sequences = ({ layers }) => layers.every(({ returnSequences }) => returnSequences !== false);
/** @param {Setting} setting */
const oneWay = ({ layers }) =>
  layers.every(({ backward, goBackwards }) => !backward && !goBackwards);
/** @param {Setting} setting */
const steps = ({ input }) => input.T > 1;
/** @param {Setting} setting */
const anyRecurrent = ({ layers }) => layers.some(isRecurrent);
/** @param {Setting} setting */
const started = ({ options }) => options.states?.some((layer) => layer?.length) ?? false;
/** @param {Setting} setting */
const masked = ({ options }) => Array.from(options.mask ?? []).some((kept) => !kept);
/** @param {Setting} setting @param {Partial<Read>} read @returns {Setting} */
const reading = (setting, read) => ({ ...setting, read: { ...setting.read, ...read } });

/** Input and mask, step by step from another step. @param {Setting} setting @param {(t: number) => number} from @param {number} [T] @returns {Setting} */
function stepsFrom(setting, from, T = setting.input.T) {
  const { input, options } = setting;
  const { N, m, data } = input;
  const places = Array.from({ length: N * T }, (_, row) => {
    const t = from(row % T);
    return t < 0 || t >= input.T ? -1 : Math.floor(row / T) * input.T + t;
  });
  const moved = Float64Array.from({ length: N * T * m }, (_, k) => {
    const place = places[Math.floor(k / m)];
    return place < 0 ? 0 : data[place * m + (k % m)];
  });
  const mask =
    options.mask && places.map((place) => (place < 0 ? 1 : (options.mask?.[place] ?? 1)));
  return { ...setting, input: { N, T, m, data: moved }, options: { ...options, mask } };
}

/** @param {Setting} setting @param {(number: number) => number} change @returns {Setting} */
const allArrays = (setting, change) => ({
  ...setting,
  layers: setting.layers.map((layer) =>
    both(layer, (found) => found.map((array) => each(array, change))),
  ),
});

/** The values that a layer's lines hold beside its output. @type {Record<Layer["kind"], Record<string, string>>} */
const VALUES = {
  Dense: { z: "they are the sums before the activation" },
  SimpleRNN: { z: "they are the sums before the activation" },
  LSTM: {
    c: "the cell c is taken for the state h",
    o: "they are the output gate o",
    i: "they are the input gate i",
    f: "they are the forget gate f",
    c̃: "they are the candidate c̃",
    g_c: "they are the activation of the cell, without the output gate",
  },
  GRU: {
    h̃: "they are the candidate h̃, without the update gate",
    z: "they are the update gate z",
    r: "they are the reset gate r",
  },
};

/** @type {(Omit<Deviation, "applies" | "apply" | "link"> & {link: string | ((layer: Layer) => string), applies: (setting: Setting) => boolean, apply: (setting: Setting) => Setting})[]} */
const OF_MODELS = [
  ...Object.entries(VALUES).flatMap(([kind, values]) =>
    Object.entries(values).map(([value, says]) => ({
      id: `value:${kind}:${value}`,
      says,
      link: value === "c" ? "what-keras-hides/#every-cell" : differ,
      family: "read",
      applies: (/** @type {Setting} */ setting) => lastOf(setting).kind === kind,
      apply: (/** @type {Setting} */ setting) => reading(setting, { value }),
    })),
  ),
  {
    id: "step:late",
    says: "each is taken one step late: where step t belongs stands step t − 1",
    link: "reference/notation/#time",
    family: "step",
    applies: (setting) => steps(setting) && sequences(setting),
    apply: (setting) => reading(setting, { shift: -1 }),
  },
  {
    id: "step:early",
    says: "each is taken one step early: where step t belongs stands step t + 1",
    link: "reference/notation/#time",
    family: "step",
    applies: (setting) => steps(setting) && sequences(setting),
    apply: (setting) => reading(setting, { shift: 1 }),
  },
  {
    id: "step:first",
    says: "the first step is taken for the last",
    link: "rnn-api/#backwards",
    family: "step",
    applies: (setting) => steps(setting) && sequences(setting),
    apply: (setting) => reading(setting, { step: 0 }),
  },
  {
    id: "step:turned",
    says: "the steps are listed from the last to the first",
    link: "rnn-api/#backwards",
    family: "step",
    applies: (setting) => steps(setting) && sequences(setting),
    apply: (setting) => reading(setting, { turned: true }),
  },
  {
    id: "rows",
    says: "the rows are the other axis: steps of the first sample and last steps of all samples are exchanged",
    link: "rnn-api/#all-shapes",
    family: "step",
    applies: ({ read, input }) => read.rows !== undefined && input.N > 1 && input.N === input.T,
    apply: (setting) =>
      reading(setting, { rows: setting.read.rows === "steps" ? "samples" : "steps" }),
  },
  {
    id: "axes",
    says: "samples and steps of the numbers have changed places",
    link: "rnn-api/#wrong-axes",
    family: "step",
    applies: ({ input }) => input.N > 1 && input.N === input.T,
    apply: (setting) => reading(setting, { axes: !setting.read.axes }),
  },
  {
    id: "input:reversed",
    says: "the steps of the input are in reverse",
    link: "rnn-api/#backwards",
    family: "input",
    changes: "input",
    applies: steps,
    apply: (setting) => stepsFrom(setting, (t) => setting.input.T - 1 - t),
  },
  {
    id: "input:late",
    says: "the input comes one step late, after zeros",
    link: "reference/notation/#time",
    family: "input",
    changes: "input",
    applies: steps,
    apply: (setting) => ({ ...setting, input: delayed(setting.input) }),
  },
  {
    id: "input:early",
    says: "the input comes one step early: its first step is missing and zeros follow its last",
    link: "reference/notation/#time",
    family: "input",
    changes: "input",
    applies: steps,
    apply: (setting) => stepsFrom(setting, (t) => t + 1),
  },
  {
    id: "input:axes",
    says: "batch and time are exchanged: samples are read as steps, as by PyTorch without batch_first",
    link: `rnn-api/#${DIFFER}`,
    family: "input",
    changes: "input",
    applies: (setting) => steps(setting) && sequences(setting) && !started(setting),
    apply: (setting) => reading(exchanged(setting), { axes: !setting.read.axes }),
  },
  {
    id: "input:axes-last",
    says: "batch and time are exchanged, and the rows are what comes out after the last sample",
    link: `rnn-api/#${DIFFER}`,
    family: "input",
    changes: "input",
    applies: (setting) => steps(setting) && setting.input.N > 1 && !started(setting),
    apply: (setting) => reading(exchanged(setting), { rows: "samples" }),
  },
  {
    id: "input:axes-reshaped",
    says: "batch and time are exchanged by a reshape, which mixes samples and steps",
    link: "rnn-api/#wrong-axes",
    family: "input",
    changes: "input",
    applies: ({ input, options }) => input.N > 1 && input.T > 1 && !options.states?.length,
    apply: (setting) => ({
      ...setting,
      input: { ...setting.input, data: exchanged(setting).input.data },
      options: { ...setting.options, mask: exchanged(setting).options.mask },
    }),
  },
  {
    id: "input:features",
    says: "steps and features of the input are exchanged by a reshape",
    link: "rnn-api/#wrong-axes",
    family: "input",
    changes: "input",
    applies: ({ input }) => input.T > 1 && input.m > 1,
    apply: (setting) => {
      const { T, m, data } = setting.input;
      const size = T * m;
      const from = (/** @type {number} */ k) =>
        k - (k % size) + ((k % size) % T) * m + Math.floor((k % size) / T);
      const turned = Float64Array.from(data, (_, k) => data[from(k)]);
      return { ...setting, input: { ...setting.input, data: turned } };
    },
  },
  {
    id: "input:integers",
    says: "the input is made of integers: what follows the point is cut off",
    link: "variable-lengths/#pad_sequences-pads-before-cuts-before-and-makes-integers",
    family: "input",
    changes: "input",
    applies: ({ input }) => Array.from(input.data).some((number) => !Number.isInteger(number)),
    apply: (setting) => ({
      ...setting,
      input: { ...setting.input, data: Float64Array.from(setting.input.data, Math.trunc) },
    }),
  },
  ...padded(),
  {
    id: "start:again",
    says: "the first state is not zero but what an earlier run over the same input left",
    link: "sequences-in-pieces/#statefultrue",
    family: "start",
    applies: anyRecurrent,
    apply: (setting) => ({ ...setting, start: "again" }),
  },
  {
    id: "start:on",
    says: "states are kept: each sample begins where the one before it ended",
    link: "sequences-in-pieces/#when-to-reset",
    family: "start",
    applies: (setting) =>
      anyRecurrent(setting) &&
      setting.input.N > 1 &&
      sequences(setting) &&
      oneWay(setting) &&
      !started(setting) &&
      !masked(setting),
    apply: (setting) => ({ ...setting, start: "on" }),
  },
  {
    id: "start:anew",
    says: "the state is lost on the way: each step begins with zeros",
    link: "simple-rnn/#if-your-numbers-differ",
    family: "start",
    applies: (setting) => anyRecurrent(setting) && steps(setting) && sequences(setting),
    apply: (setting) => ({
      ...setting,
      start: "anew",
      options: { ...setting.options, states: undefined },
    }),
  },
  {
    id: "states:none",
    says: "the initial states are left out",
    link: "rnn-api/#where-the-state-starts",
    family: "start",
    applies: started,
    apply: (setting) => ({ ...setting, options: { ...setting.options, states: undefined } }),
  },
  {
    id: "states:exchanged",
    says: "the initial states are given as c, h, where h, c belongs",
    link: `inside-an-rnn-layer/#${DIFFER}`,
    family: "start",
    applies: ({ layers, options }) =>
      layers.some(({ kind }, k) => kind === "LSTM" && options.states?.[k]?.length),
    apply: (setting) =>
      changedStates(setting, (states, { kind }) =>
        kind === "LSTM" ? states.map((_, k) => states[k ^ 1]) : states,
      ),
  },
  {
    id: "states:first",
    says: "all samples start with the states of the first",
    link: `rnn-api/#${DIFFER}`,
    family: "start",
    applies: (setting) => started(setting) && setting.input.N > 1,
    apply: (setting) =>
      changedStates(setting, (states) =>
        states.map((state) => moved(state, (k) => k % state.shape[1])),
      ),
  },
  {
    id: "mask:none",
    says: "the mask is ignored: padded steps count like the others",
    link: "variable-lengths/#what-padding-does-to-the-last-state",
    family: "mask",
    changes: "input",
    applies: masked,
    apply: (setting) => ({ ...setting, options: { ...setting.options, mask: undefined } }),
  },
  {
    id: "mask:zeros",
    says: "steps of zeros are masked, though they are real",
    link: "variable-lengths/#a-real-zero-is-masked-by-accident",
    family: "mask",
    changes: "input",
    applies: ({ input }) => zeroRows(input).some((kept) => !kept),
    apply: (setting) => ({
      ...setting,
      options: { ...setting.options, mask: zeroRows(setting.input) },
    }),
  },
  {
    id: "mask:turned",
    says: "the mask has the other meaning: true where a step is left out",
    link: "variable-lengths/#three-ways-to-give-keras-a-mask",
    family: "mask",
    changes: "input",
    applies: masked,
    apply: (setting) => ({
      ...setting,
      options: {
        ...setting.options,
        mask: Array.from(setting.options.mask ?? [], (kept) => (kept ? 0 : 1)),
      },
    }),
  },
  {
    id: "mask:zeroed",
    says: "masked steps give zeros, as packed sequences of PyTorch do, not the step before once more",
    link: "variable-lengths/#zeros-instead-of-repeats",
    family: "read",
    applies: (setting) => masked(setting) && sequences(setting),
    apply: (setting) => reading(setting, { zeroed: true }),
  },
  ...[1, 2, 3, 4, 5, 6].map((decimals) => ({
    id: `weights:${decimals}-decimals`,
    says: `the weights are rounded to ${decimals} ${decimals > 1 ? "decimals" : "decimal"}`,
    link: "reference/notation/#printed-numbers",
    family: "rounding",
    changes: "arrays",
    applies: () => true,
    apply: (/** @type {Setting} */ setting) => allArrays(setting, rounded(decimals)),
  })),
  {
    id: "weights:float16",
    says: "the weights are stored in 16 bits (float16)",
    link: "reference/notation/#printed-numbers",
    family: "rounding",
    changes: "arrays",
    applies: () => true,
    apply: (setting) => allArrays(setting, half),
  },
  {
    id: "numbers:float16",
    says: "the numbers are stored in 16 bits (float16)",
    link: "reference/notation/#printed-numbers",
    family: "shown",
    applies: ({ read }) => read.halves ?? false,
    apply: (setting) => reading(setting, { half: true }),
  },
  {
    id: "numbers:cut",
    says: "their further decimals are cut off, not rounded",
    link: "reference/notation/#printed-numbers",
    family: "shown",
    applies: ({ read }) => (read.decimals ?? 16) <= 6,
    apply: (setting) => reading(setting, { cut: true }),
  },
  {
    id: "layers:late",
    says: "each layer reads what the one below gave a step before",
    link: `stacked-rnn/#${DIFFER}`,
    family: "stack",
    applies: ({ layers, input }) => layers.slice(1).some(isRecurrent) && input.T > 1,
    apply: (setting) => ({ ...setting, late: true }),
  },
  {
    id: "layers:shared",
    says: "all layers keep their state in the same variable",
    link: `stacked-rnn/#${DIFFER}`,
    family: "stack",
    applies: (setting) => {
      const [first, ...more] = setting.layers.filter(isRecurrent);
      const alike = more.every(({ kind, units }) => kind === first.kind && units === first.units);
      const plain = oneWay(setting) && sequences(setting) && !masked(setting);
      return more.length > 0 && alike && plain;
    },
    apply: (setting) => ({
      ...setting,
      shared: true,
      options: { ...setting.options, states: undefined, mask: undefined },
    }),
  },
  {
    id: "directions:unturned",
    says: "what was read backwards stays in the order in which it was read",
    link: "rnn-api/#both-ways",
    family: "read",
    applies: (setting) => {
      const { backward, returnSequences, mergeMode = "concat" } = lastOf(setting);
      return !!backward && returnSequences !== false && mergeMode === "concat";
    },
    apply: (setting) => reading(setting, { unturned: true }),
  },
  {
    id: "directions:order",
    says: "the backward half of each row comes first",
    link: "rnn-api/#both-ways",
    family: "read",
    applies: (setting) => {
      const { backward, mergeMode = "concat" } = lastOf(setting);
      return !!backward && mergeMode === "concat";
    },
    apply: (setting) => reading(setting, { exchanged: true }),
  },
];

/** Samples become steps and steps samples. @param {Setting} setting @returns {Setting} */
function exchanged(setting) {
  const { input, options } = setting;
  const { N, T, m, data } = input;
  const from = (/** @type {number} */ row) => (row % N) * T + Math.floor(row / N);
  const turned = Float64Array.from(data, (_, k) => data[from(Math.floor(k / m)) * m + (k % m)]);
  const { mask } = options;
  return {
    ...setting,
    input: { N: T, T: N, m, data: turned },
    options: { ...options, mask: mask && Array.from(mask, (_, row) => mask[from(row)]) },
  };
}

/** @returns {typeof OF_MODELS} */
function padded() {
  const link = "variable-lengths/#what-padding-does-to-the-last-state";
  return [1, 2, 3, 4, 5].flatMap((more) => {
    const told = more > 1 ? `${more} steps` : "a step";
    const shared = { link, family: "input", alone: true, applies: anyRecurrent };
    return [
      {
        id: `padded:${more}-after`,
        says: `${told} of zeros after the last one ${more > 1 ? "are" : "is"} read too`,
        ...shared,
        apply: (/** @type {Setting} */ setting) =>
          stepsFrom(setting, (t) => t, setting.input.T + more),
      },
      {
        id: `padded:${more}-before`,
        says: `${told} of zeros before the first one ${more > 1 ? "are" : "is"} read too`,
        ...shared,
        apply: (/** @type {Setting} */ setting) =>
          stepsFrom(setting, (t) => t - more, setting.input.T + more),
      },
      {
        id: `missing:${more}-first`,
        says: `the first ${more > 1 ? `${more} steps are` : "step is"} cut off`,
        ...shared,
        link: "variable-lengths/#pad_sequences-pads-before-cuts-before-and-makes-integers",
        applies: (/** @type {Setting} */ setting) =>
          anyRecurrent(setting) && setting.input.T > more,
        apply: (/** @type {Setting} */ setting) =>
          stepsFrom(setting, (t) => t + more, setting.input.T - more),
      },
    ];
  });
}

/** 0 for each step of zeros. @param {Sequence} input */
function zeroRows({ N, T, m, data }) {
  return Array.from({ length: N * T }, (_, row) =>
    Array.from({ length: m }, (_, j) => data[row * m + j]).some((number) => number) ? 1 : 0,
  );
}

/** @param {Setting} setting @param {(states: NDArray[], layer: Layer) => NDArray[]} change @returns {Setting} */
function changedStates(setting, change) {
  const { layers, options } = setting;
  const states = options.states?.map((found, k) => found && change(found, layers[k]));
  return { ...setting, options: { ...options, states } };
}

// All that apply --------------------------------------------------------------------------------

/**
 * The deviations that can be tried on a setting. In a stack one of a layer is there for each layer,
 * and for all of them.
 * @param {Setting} setting
 * @returns {Deviation[]}
 */
export function deviations(setting) {
  const ofLayers = OF_LAYERS.flatMap((one) => inLayers(one, setting));
  const ofModels = OF_MODELS.filter(({ applies }) => applies(setting)).map((one) => ({
    ...one,
    link: addressOf(one.link, lastOf(setting)),
  }));
  return [...ofLayers, ...ofModels, ...others(setting)];
}

/** @param {OfLayer["link"]} link @param {Layer} layer */
const addressOf = (link, layer) => (typeof link === "string" ? link : link(layer));

/** @param {OfLayer} one @param {Setting} setting @returns {Deviation[]} */
function inLayers({ change, applies, link, ...one }, setting) {
  const { layers } = setting;
  const eligible = layers.flatMap((layer, k) => (applies(layer, setting, k) ? [k] : []));
  if (!eligible.length) return [];
  const address = addressOf(link, layers[eligible[0]]);
  /** @param {number[]} chosen @returns {Omit<Deviation, "id" | "says" | "at">} */
  const made = (chosen) => ({
    ...one,
    link: address,
    applies: (now) => chosen.some((k) => applies(now.layers[k], now, k)),
    apply: (now) => ({
      ...now,
      layers: now.layers.map((layer, k) =>
        chosen.includes(k) && applies(layer, now, k) ? change(layer, now, k) : layer,
      ),
    }),
  });
  if (layers.length === 1) return [{ ...one, at: "all", ...made(eligible) }];
  const each = eligible.map((k) => ({
    ...one,
    id: `${one.id}@${k + 1}`,
    says: `${one.says} (in layer ${k + 1})`,
    at: k,
    ...made([k]),
    link: addressOf(link, layers[k]),
  }));
  if (eligible.length === 1)
    return each.map((only) => ({ ...only, at: /** @type {const} */ ("all") }));
  return [{ ...one, says: `${one.says} (in all layers)`, at: "all", ...made(eligible) }, ...each];
}

/** The weights of another layer, of the model or of its file. @param {Setting} setting @returns {Deviation[]} */
function others(setting) {
  const { layers } = setting;
  const own = layers.map((layer, k) => ({ name: `layer ${k + 1}`, layer }));
  return [...own, ...(setting.others ?? [])].flatMap(({ name, layer: other }) =>
    layers.flatMap((layer, k) => {
      if (other === layer || !alike(layer, other)) return [];
      const { weights, backward } = other;
      return [
        {
          id: `weights-of:${name}@${k + 1}`,
          says: `layer ${k + 1} has the weights of ${name}`,
          link: `stacked-rnn/#${DIFFER}`,
          family: "weights",
          at: k,
          changes: "arrays",
          applies: () => true,
          apply: (/** @type {Setting} */ now) => ({
            ...now,
            layers: now.layers.map((one, at) => (at === k ? { ...one, weights, backward } : one)),
          }),
        },
      ];
    }),
  );
}

/** @param {Layer} layer @param {Layer} other */
function alike(layer, other) {
  const shapes = (/** @type {Layer} */ { kind, weights, backward }) =>
    JSON.stringify([kind, weights.map(({ shape }) => shape), backward !== undefined]);
  return shapes(layer) === shapes(other);
}

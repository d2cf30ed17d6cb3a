// The weights of a layer as other frameworks arrange them, and back.

import { runModel } from "./engine.js";
import { ARRAYS, arraysOf, isGated, isRecurrent, resetsAfter } from "./kinds.js";
import { inverse, orderOf } from "./orders.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {import("./download.js").Named} Named */
/** @typedef {"keras3" | "keras2" | "pytorch" | "onnx" | "tensorflow1"} Target */
/** @typedef {{weights: NDArray[], backward?: NDArray[]}} Arrays as a layer has them */
/**
 * How a framework arranges the arrays of one direction.
 * @typedef {object} Arrangement
 * @property {(layer: Layer, arrays: NDArray[]) => Named[]} to
 * @property {(layer: Layer, arrays: NDArray[]) => NDArray[]} back
 * @property {(name: string, backward: boolean, layer: Layer) => string} named with its direction
 * @property {(layer: Layer) => string[]} notes
 * @property {(layer: Layer) => boolean} [lacks] the layer itself
 */

// Arrays -------------------------------------------------------------------------------------------

/** @param {number[]} shape @returns {NDArray} */
const zeros = (shape) => ({ shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) });

/** @param {NDArray} array @param {number[]} shape @returns {NDArray} */
const shaped = ({ data }, shape) => ({ shape, data });

/** @param {NDArray} array a matrix @returns {NDArray} */
function transposed({ shape: [rows, columns], data }) {
  const turned = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = data[row * columns + column];
  return { shape: [columns, rows], data: turned };
}

/** Some rows of an array. @param {NDArray} array @param {number} from @param {number} to @returns {NDArray} */
function rows({ shape: [, ...inner], data }, from, to) {
  const size = inner.reduce((a, b) => a * b, 1);
  return { shape: [to - from, ...inner], data: Array.from(data).slice(from * size, to * size) };
}

/** Arrays one below the other. @param {NDArray[]} arrays @returns {NDArray} */
const stacked = (arrays) => ({
  shape: [arrays.reduce((sum, { shape }) => sum + shape[0], 0), ...arrays[0].shape.slice(1)],
  data: arrays.flatMap(({ data }) => Array.from(data)),
});

/** Columns of a matrix, or numbers of a row, u by u, in another order. @param {NDArray} array @param {number} u @param {number[]} order @returns {NDArray} */
function reordered(array, u, order) {
  const { shape } = array;
  if (shape.length === 1) return stacked(order.map((at) => rows(array, at * u, (at + 1) * u)));
  return transposed(reorderedRows(transposed(array), u, order));
}

/** @param {NDArray} array @param {number} u @param {number[]} order */
const reorderedRows = (array, u, order) =>
  stacked(order.map((at) => rows(array, at * u, (at + 1) * u)));

/** @param {NDArray} one @param {NDArray} other @returns {NDArray} */
const added = (one, other) => ({
  shape: one.shape,
  data: Float64Array.from(one.data, (number, at) => number + other.data[at]),
});

/** @param {NDArray} array @returns {NDArray} */
const row = (array) => shaped(array, [array.data.length]);

// What layers have ---------------------------------------------------------------------------------

/** The bias of the input and that of the state. @param {NDArray} bias @returns {NDArray[]} */
function biases(bias) {
  if (bias.shape.length === 2) return [row(rows(bias, 0, 1)), row(rows(bias, 1, 2))];
  return [bias, zeros(bias.shape)];
}

/** Both biases as Keras has them for this layer. @param {Layer} layer @param {NDArray} input @param {NDArray} state */
function joined(layer, input, state) {
  if (!resetsAfter(layer)) return added(input, state);
  return shaped(stacked([input, state]), [2, input.data.length]);
}

/** Names for the arrays that there are. @param {string[]} names @param {NDArray[]} arrays @returns {Named[]} */
const named = (names, arrays) => arrays.map((array, at) => ({ name: names[at], array }));

/** @param {NDArray[]} arrays */
const hasBias = (arrays, recurrent = true) => arrays.length > (recurrent ? 2 : 1);

// Keras --------------------------------------------------------------------------------------------

/** @type {Pick<Arrangement, "to" | "back">} */
const AS_KERAS = {
  to: (layer, arrays) =>
    named(
      arraysOf(layer.kind).map((name) => ARRAYS[name]),
      arrays,
    ),
  back: (_, arrays) => arrays,
};

const OF_TODAY = "As layer.get_weights() gives them, in this order, and set_weights() takes them.";

/** @param {Layer} layer */
function ofKeras2(layer) {
  const notes = [OF_TODAY];
  const gates = layer.recurrentActivation ?? "σ";
  const gated = isGated(layer);
  if (gated && gates === "σ")
    notes.push(
      'Write recurrent_activation="sigmoid": before Keras 2.3 and TensorFlow 2 the gates had hard_sigmoid if nothing was said.',
    );
  if (gated && gates === "hard_sigmoid_2")
    notes.push('Its own recurrent_activation="hard_sigmoid" is this one, 0.2 z + 0.5.');
  if ([layer.activation, gated ? gates : ""].includes("hard_sigmoid"))
    notes.push(
      "Its hard_sigmoid is another, 0.2 z + 0.5: that of Keras 3, z / 6 + 0.5, you write as a function of your own.",
    );
  if (layer.kind === "GRU")
    notes.push(
      `Write reset_after=${resetsAfter(layer) ? "True" : "False"}: up to Keras 2.3.1 and before TensorFlow 2 it was False if nothing was said, since then True.`,
    );
  return notes;
}

// PyTorch ------------------------------------------------------------------------------------------

/** @type {Arrangement} */
const PYTORCH = {
  to(layer, arrays) {
    if (!isRecurrent(layer))
      return named(["weight", "bias"], [transposed(arrays[0]), ...arrays.slice(1)]);
    const order = orderOf("pytorch", layer.kind);
    const inOrder = (/** @type {NDArray} */ array) => reordered(array, layer.units, order);
    const [W, U, bias] = arrays;
    return named(
      ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"],
      [transposed(inOrder(W)), transposed(inOrder(U)), ...(bias ? biases(bias).map(inOrder) : [])],
    );
  },
  back(layer, arrays) {
    if (!isRecurrent(layer)) return [transposed(arrays[0]), ...arrays.slice(1)];
    const order = inverse(orderOf("pytorch", layer.kind));
    const [W, U, ...bias] = arrays.map((array) =>
      reordered(array.shape.length === 2 ? transposed(array) : array, layer.units, order),
    );
    return [W, U, ...(bias.length ? [joined(layer, bias[0], bias[1])] : [])];
  },
  named: (name, backward) => name + (backward ? "_reverse" : ""),
  lacks: (layer) => layer.kind === "GRU" && !resetsAfter(layer),
  notes(layer) {
    if (layer.kind === "Dense") return ["For torch.nn.Linear, whose activation stands behind it."];
    const kind = layer.kind === "SimpleRNN" ? "RNN" : layer.kind;
    if (PYTORCH.lacks?.(layer))
      return [
        "torch.nn.GRU resets after the product with U, this layer before it: no arrangement gives the same output.",
      ];
    const { activation = "linear", recurrentActivation = "σ" } = layer;
    const notes = [`For torch.nn.${kind}(${layer.m}, ${layer.units}, batch_first=True).`];
    if (layer.kind === "GRU") notes.push("The gates stand in the order r, z, n.");
    if (layer.kind === "LSTM")
      notes.push("The gates stand in Keras's order, here called i, f, g, o.");
    if (layer.kind !== "GRU" && hasBias(layer.weights))
      notes.push("PyTorch adds two biases: the second is zero.");
    if (kind === "RNN" && activation === "relu") notes.push('Write nonlinearity="relu".');
    else if (activation !== "tanh" || (kind !== "RNN" && recurrentActivation !== "σ"))
      notes.push(
        `torch.nn.${kind} has no other activations than its own: with these, write a loop of your own.`,
      );
    if (layer.goBackwards) notes.push("Reverse the input: x.flip(1).");
    if (layer.backward) {
      notes.push("Write bidirectional=True.");
      if (layer.mergeMode && layer.mergeMode !== "concat")
        notes.push(
          "PyTorch gives both directions side by side: what merge_mode does is up to you.",
        );
    }
    return notes;
  },
};

// ONNX ---------------------------------------------------------------------------------------------
// https://onnx.ai/onnx/operators/onnx__LSTM.html, onnx__GRU.html, onnx__RNN.html

/** @type {Arrangement} */
const ONNX = {
  to(layer, arrays) {
    if (!isRecurrent(layer)) return named(["B", "C"], arrays);
    const order = orderOf("onnx", layer.kind);
    const inOrder = (/** @type {NDArray} */ array) => reordered(array, layer.units, order);
    const [W, U, bias] = arrays;
    return named(
      ["W", "R", "B"],
      [
        transposed(inOrder(W)),
        transposed(inOrder(U)),
        ...(bias ? [stacked(biases(bias).map(inOrder))] : []),
      ].map((array) => shaped(array, [1, ...array.shape])),
    );
  },
  back(layer, arrays) {
    if (!isRecurrent(layer)) return arrays;
    const order = inverse(orderOf("onnx", layer.kind));
    const [W, R, B] = arrays.map((array) => shaped(array, array.shape.slice(1)));
    const wide = order.length * layer.units;
    const both = B && [rows(B, 0, wide), rows(B, wide, 2 * wide)];
    const inOrder = (/** @type {NDArray} */ array) => reordered(array, layer.units, order);
    return [
      inOrder(transposed(W)),
      inOrder(transposed(R)),
      ...(both ? [joined(layer, inOrder(both[0]), inOrder(both[1]))] : []),
    ];
  },
  named: (name) => name,
  notes(layer) {
    if (!isRecurrent(layer))
      return ["For Gemm, Y = A B + C, with transB=0; its activation is a node of its own."];
    const { activation = "linear", recurrentActivation = "σ" } = layer;
    const operator = layer.kind === "SimpleRNN" ? "RNN" : layer.kind;
    const notes = [
      `For the operator ${operator}, whose input is (T, N, m) if layout is not 1. The first axis is the direction.`,
    ];
    if (layer.kind === "LSTM")
      notes.push("The gates stand in the order i, o, f, c; P, the peepholes, is left out.");
    if (layer.kind === "GRU")
      notes.push(
        `The gates stand in the order z, r, h. Write linear_before_reset=${resetsAfter(layer) ? 1 : 0}; if nothing is said it is 0.`,
      );
    if (hasBias(layer.weights))
      notes.push("B holds the bias of the input, then that of the state.");
    if (activation !== "tanh" || (layer.kind !== "SimpleRNN" && recurrentActivation !== "σ"))
      notes.push("Name the activations: its own are Sigmoid and Tanh.");
    if ([activation, recurrentActivation].includes("hard_sigmoid"))
      notes.push("HardSigmoid is 0.2 z + 0.5 there: write activation_alpha = 1/6.");
    if (layer.backward) notes.push('Write direction="bidirectional".');
    else if (layer.goBackwards)
      notes.push(
        'Write direction="reverse"; its output has the order of the input, that of Keras the other one.',
      );
    return notes;
  },
};

// TensorFlow 1 -------------------------------------------------------------------------------------

/** @type {Arrangement} */
const TENSORFLOW1 = {
  to(layer, arrays) {
    if (!isRecurrent(layer)) return named(["kernel", "bias"], arrays);
    const u = layer.units;
    const [W, U] = arrays;
    const [input, state] = arrays[2]
      ? biases(arrays[2])
      : [zeros([W.shape[1]]), zeros([W.shape[1]])];
    const order = orderOf("tensorflow1", layer.kind);
    const inOrder = (/** @type {NDArray} */ array) => reordered(array, u, order);
    if (layer.kind !== "GRU")
      return named(["kernel", "bias"], [inOrder(stacked([W, U])), inOrder(added(input, state))]);
    const gates = (/** @type {NDArray} */ array) => reordered(array, u, [1, 0]); // r, u
    const candidate = (/** @type {NDArray} */ array) => reordered(array, u, [2]);
    const both = [
      { name: "gates/kernel", array: gates(stacked([W, U])) },
      { name: "gates/bias", array: gates(added(input, state)) },
    ];
    if (!resetsAfter(layer))
      return [
        ...both,
        { name: "candidate/kernel", array: candidate(stacked([W, U])) },
        { name: "candidate/bias", array: candidate(added(input, state)) },
      ];
    return [
      ...both,
      { name: "candidate/input_projection/kernel", array: candidate(W) },
      { name: "candidate/input_projection/bias", array: candidate(input) },
      { name: "candidate/hidden_projection/kernel", array: candidate(U) },
      { name: "candidate/hidden_projection/bias", array: candidate(state) },
    ];
  },
  back(layer, arrays) {
    if (!isRecurrent(layer)) return arrays;
    const { m, units: u } = layer;
    const kept = (/** @type {NDArray[]} */ found) => found.slice(0, layer.weights.length);
    if (layer.kind !== "GRU") {
      const [kernel, bias] = arrays.map((array) =>
        reordered(array, u, inverse(orderOf("tensorflow1", layer.kind))),
      );
      return kept([rows(kernel, 0, m), rows(kernel, m, m + u), bias]);
    }
    const zr = (/** @type {NDArray} */ array) => transposed(reordered(array, u, [1, 0]));
    const [kernel, bias, ...candidate] = arrays;
    const both = transposed(zr(kernel)); // of z and r
    const gates = [rows(both, 0, m), rows(both, m, m + u)];
    const z_r = reordered(bias, u, [1, 0]);
    const after = resetsAfter(layer);
    const [W_h, U_h] = after
      ? [candidate[0], candidate[2]]
      : [rows(candidate[0], 0, m), rows(candidate[0], m, m + u)];
    const beside = (/** @type {NDArray} */ one, /** @type {NDArray} */ other) =>
      transposed(stacked([transposed(one), transposed(other)]));
    const input = stacked([z_r, candidate[1]]);
    const state = after ? stacked([zeros([2 * u]), candidate[3]]) : zeros([3 * u]);
    return kept([beside(gates[0], W_h), beside(gates[1], U_h), joined(layer, input, state)]);
  },
  named: (name, backward, layer) => (layer.backward ? `${backward ? "bw" : "fw"}/${name}` : name),
  notes(layer) {
    if (!isRecurrent(layer)) return ["For tf.layers.dense."];
    const notes = ["The kernel is W above U: the cell multiplies [x, h] by it."];
    if (!hasBias(layer.weights)) notes.push("The cell always has a bias: here it is zero.");
    if (layer.kind === "LSTM")
      notes.push(
        "For tf.nn.rnn_cell.LSTMCell, whose gates are i, j, f, o.",
        "Write forget_bias=0.0: if nothing is said, the cell adds 1 to this bias at every step.",
      );
    if (layer.kind === "GRU")
      notes.push(
        resetsAfter(layer)
          ? "For tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell, whose gates are r, u (z): GRUCell resets before the product with U, this layer after it."
          : "For tf.nn.rnn_cell.GRUCell, whose gates are r, u (z).",
      );
    const { activation = "linear", recurrentActivation = "σ" } = layer;
    if (activation !== "tanh") notes.push("Write its activation: the cell's own is tanh.");
    if (layer.kind !== "SimpleRNN" && recurrentActivation !== "σ")
      notes.push(
        "The gates of the cell have the sigmoid: with another function its output is another.",
      );
    return notes;
  },
};

/** @type {Record<Target, Arrangement>} */
const ARRANGEMENTS = {
  keras3: { ...AS_KERAS, named: inKeras, notes: () => [OF_TODAY] },
  keras2: { ...AS_KERAS, named: inKeras, notes: ofKeras2 },
  pytorch: PYTORCH,
  onnx: ONNX,
  tensorflow1: TENSORFLOW1,
};

/** @param {string} name @param {boolean} backward @param {Layer} layer */
function inKeras(name, backward, layer) {
  return layer.backward ? `${backward ? "backward" : "forward"}/${name}` : name;
}

// What others call ---------------------------------------------------------------------------------

/**
 * The arrays of a layer as another framework has them, and what else differs there. Without arrays
 * where that framework has no such layer.
 * @param {Layer} layer @param {Target} to
 * @returns {{arrays: Named[], notes: string[]}}
 */
export function convert(layer, to) {
  const arrangement = ARRANGEMENTS[to];
  const notes = arrangement.notes(layer);
  if (arrangement.lacks?.(layer)) return { arrays: [], notes };
  const forward = arrangement.to(layer, layer.weights);
  if (!layer.backward) return { arrays: forward, notes };
  const backward = arrangement.to(layer, layer.backward);
  if (to === "onnx")
    return {
      arrays: forward.map(({ name, array }, at) => ({
        name,
        array: stacked([array, backward[at].array]), // the first axis is the direction
      })),
      notes,
    };
  const both = [forward, backward].flatMap((arrays, way) =>
    arrays.map(({ name, array }) => ({ name: arrangement.named(name, way === 1, layer), array })),
  );
  return { arrays: both, notes };
}

/**
 * Back: what convert() gave, as the layer has it.
 * @param {NDArray[]} arrays in the order of convert() @param {Layer} layer @param {Target} from
 * @returns {Arrays}
 */
export function convertBack(arrays, layer, from) {
  const { back } = ARRANGEMENTS[from];
  if (!layer.backward) return { weights: back(layer, arrays) };
  const half = arrays.length / 2;
  const [forward, backward] =
    from === "onnx"
      ? [0, 1].map((way) => arrays.map((array) => rows(array, way, way + 1)))
      : [arrays.slice(0, half), arrays.slice(half)];
  return { weights: back(layer, forward), backward: back(layer, backward) };
}

/**
 * By how much the output of a layer differs once its weights were converted and back: 0, or the last
 * bits of a sum of two biases. Undefined where the framework has no such layer.
 * @param {Layer} layer @param {Target} to
 * @param {import("./engine.js").Sequence} input @param {import("./engine.js").Options} [options]
 */
export function check(layer, to, input, options) {
  const { arrays } = convert(layer, to);
  if (!arrays.length) return undefined;
  const again = convertBack(
    arrays.map(({ array }) => array),
    layer,
    to,
  );
  const [before, after] = [layer, { ...layer, ...again }].map(
    (one) => runModel([one], input, options).output.data,
  );
  return Array.from(before).reduce(
    (most, number, at) => Math.max(most, Math.abs(number - after[at])),
    0,
  );
}

// What an explorer computes, as layers one unit wide: programs.js writes those.

import { KINDS } from "./kinds.js";

/** @typedef {import("./engine.js").Layer} Layer @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {import("./presets.js").Setting} Setting */
/** @typedef {Pick<Layer, "kind" | "resetAfter" | "activation"> & {ending?: string}} Part */

/** @type {Part} */
const OUTPUT = { kind: "Dense", ending: "_y" };

/**
 * The layers of each cell. The ending is that of the names of its arrays. Where no activation is said,
 * it is the one that the reader chooses.
 * @type {Record<string, Part[]>}
 */
const LAYERS = {
  dense: [{ kind: "Dense" }],
  simple_rnn: [
    { kind: "SimpleRNN", ending: "" },
    { ...OUTPUT, activation: "σ" },
  ],
  simple_rnn_linear: [
    { kind: "SimpleRNN", ending: "" },
    { ...OUTPUT, activation: "linear" },
  ],
  stacked_rnn: [
    { kind: "SimpleRNN", ending: "1" },
    { kind: "SimpleRNN", ending: "2" },
    { ...OUTPUT, activation: "σ" },
  ],
  stacked_rnn_one_layer: [
    { kind: "SimpleRNN", ending: "1" },
    { ...OUTPUT, activation: "σ" },
  ],
  lstm: [{ kind: "LSTM" }],
  gru: [{ kind: "GRU" }],
  gru_reset_before: [{ kind: "GRU", resetAfter: false }],
  min_gru: [{ kind: "GRU" }], // whose U is 0
};

/** Whether a cell is made of layers that Keras has. @param {string} cell */
export const isKeras = (cell) => Object.hasOwn(LAYERS, cell);

/**
 * The setting of a program.
 * @param {string} cell @param {Setting} setting @param {number} digits with how many decimals it prints
 * @returns {import("./download.js").Setting}
 */
export function oneUnit(cell, setting, digits) {
  const { x, activation, gates } = setting;
  const layers = LAYERS[cell].map((part) => ({
    ...{ activation, recurrentActivation: gates, m: 1, units: 1 },
    ...part,
    weights: arraysOf(part, setting),
  }));
  return {
    layers,
    input: { N: 1, T: x.length, m: 1, data: Float64Array.from(x) },
    options: { states: LAYERS[cell].map((part) => statesOf(part, setting)), digits },
  };
}

/** The weights of a layer, the gates side by side. @param {Part} part @param {Setting} setting @returns {NDArray[]} */
function arraysOf({ kind, ending = "" }, { weights }) {
  const { gates, states } = KINDS[kind];
  const row = (/** @type {string} */ name) =>
    gates.map((gate) => weights[`${name}${gate || ending}`] ?? 0);
  const bias = row("b");
  const two = kind === "GRU";
  return [
    { shape: [1, gates.length], data: row("W") },
    ...(states.length ? [{ shape: [1, gates.length], data: row("U") }] : []),
    two
      ? { shape: [2, gates.length], data: [...bias, ...row("b′")] }
      : { shape: [gates.length], data: bias },
  ];
}

/** The states before the first step; none where all are 0. @param {Part} part @param {Setting} setting @returns {NDArray[]} */
function statesOf({ kind, ending = "" }, { before }) {
  const numbers = KINDS[kind].states.map((state) => before[state + ending]);
  return numbers.some(Boolean) ? numbers.map((number) => ({ shape: [1, 1], data: [number] })) : [];
}

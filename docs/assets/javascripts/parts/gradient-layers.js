// The layers of <gradient-lab>, each one unit wide, and the numbers that it starts with: those of the page.

import { CELLS, equations, read } from "./cells.js";
import { atRest } from "./gradients.js";
import { PRESETS } from "./presets.js";

/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./cells.js").Numbers} Numbers */
/** @typedef {{title: string, lines: Equation[], parts: string[], x: number[], weights: Numbers, gated: boolean}} Layer */

const { simple_rnn_linear: simple, lstm, gru } = PRESETS;

// With reset_after=False Keras has one bias for both sums.
const ONE_BIAS = CELLS.gru_reset_before.map((part) =>
  part.map((line) => line.replace(/ \+ b′_./u, "")),
);

/** @param {Numbers} weights those of a GRU with two biases */
function withOneBias(weights) {
  const one = { ...weights };
  for (const gate of ["z", "r", "h"]) {
    one[`b_${gate}`] = Number((weights[`b_${gate}`] + weights[`b′_${gate}`]).toPrecision(12));
    delete one[`b′_${gate}`];
  }
  return one;
}

/** @type {Record<string, Layer>} */
export const LAYERS = {
  simple_rnn: {
    title: "simple RNN, with an output",
    lines: equations("simple_rnn_linear"),
    parts: CELLS.simple_rnn_linear.map(([title]) => title),
    x: simple.others["not saturated"].x ?? [],
    weights: simple.page.weights,
    gated: false,
  },
  lstm: {
    title: "LSTM",
    lines: equations("lstm"),
    parts: CELLS.lstm.map(([title]) => title),
    x: lstm.page.x,
    weights: lstm.page.weights,
    gated: true,
  },
  gru: {
    title: "GRU",
    lines: equations("gru"),
    parts: CELLS.gru.map(([title]) => title),
    x: gru.page.x,
    weights: gru.page.weights,
    gated: true,
  },
  gru_before: {
    title: "GRU, reset_after=False",
    lines: read(ONE_BIAS),
    parts: CELLS.gru.map(([title]) => title),
    x: gru.page.x,
    weights: withOneBias(gru.page.weights),
    gated: true,
  },
};

/** What a layer starts with. @param {string} layer */
export function startOf(layer) {
  const { x, weights, lines } = LAYERS[layer];
  const more = { target: 1, s: 1e-4, rate: 0.01 };
  const [activation, gates] = ["tanh", "σ"];
  return structuredClone({ x, weights, activation, gates, before: atRest(lines), more });
}

// The layers of <gradient-lab>, each one unit wide, and the numbers that it starts with: those of the page.

import { GRU, GRU_RESET_BEFORE, LSTM, read, SIMPLE_RNN_LINEAR } from "./cells.js";
import { atRest } from "./gradients.js";
import { OF_GRU, OF_LSTM, OF_SIMPLE_RNN, SMALL } from "./presets.js";

/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./cells.js").Numbers} Numbers */
/** @typedef {{title: string, lines: Equation[], parts: string[], x: number[], weights: Numbers, gated: boolean}} Layer */

// With reset_after=False Keras has one bias for both sums.
const ONE_BIAS = GRU_RESET_BEFORE.map((part) => part.map((line) => line.replace(/ \+ b′_./u, "")));

/** @param {Numbers} weights those of a GRU with two biases */
function withOneBias(weights) {
  const one = { ...weights };
  for (const gate of ["z", "r", "h"]) {
    one[`b_${gate}`] = Number((weights[`b_${gate}`] + weights[`b′_${gate}`]).toPrecision(12));
    delete one[`b′_${gate}`];
  }
  return one;
}

/**
 * @param {string} title @param {string[][]} cell @param {number[]} x @param {Numbers} weights
 * @returns {Layer}
 */
const layer = (title, cell, x, weights) => ({
  title,
  lines: read(cell),
  parts: cell.map(([part]) => part),
  x,
  weights,
  gated: cell !== SIMPLE_RNN_LINEAR,
});

const { x, weights } = OF_GRU;
/** @type {Record<string, Layer>} */
export const LAYERS = {
  simple_rnn: layer("simple RNN and output", SIMPLE_RNN_LINEAR, SMALL, OF_SIMPLE_RNN.weights),
  lstm: layer("LSTM", LSTM, OF_LSTM.x, OF_LSTM.weights),
  gru: layer("GRU", GRU, x, weights),
  gru_before: layer("GRU, reset_after=False", ONE_BIAS, x, withOneBias(weights)),
};

/** What a layer starts with. @param {string} name */
export function startOf(name) {
  const { x, weights, lines } = LAYERS[name];
  const more = { target: 1, s: 1e-4, rate: 0.01 };
  const [activation, gates] = ["tanh", "σ"];
  return structuredClone({ x, weights, activation, gates, before: atRest(lines), more });
}

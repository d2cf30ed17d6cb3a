// The trained GRU of "What the state remembers" reads strings, and goes on with states that a reader has changed. The
// engine of the workbench computes its steps.

import { gru, run, softmaxLayer, weightsOf } from "./network.js";
import { DIRECTIONS, HUNDREDTHS, MEAN, PROBES, SIZES } from "./reader-weights.js";
import { SYMBOLS } from "./reber.js";
import { dot } from "./vectors.js";

/** What is seen after a symbol. @typedef {{h: number[], p: number[], probes: number[], plane: number[]}} Step */
/**
 * What is done to the state: some units are off, at their means or 0; after step `at` it takes these units over.
 * @typedef {{off: number[], held: "mean" | "zero", take: number[], at: number}} Change
 */

const { m, units } = SIZES;
const taken = weightsOf(HUNDREDTHS);
const GRU = gru(taken, m, units);
const DENSE = softmaxLayer(taken, units, m);

/** The states of a string that are changed after each step. @param {number[][]} x @param {Change} change @param {Step[]} other */
function changed(x, { off, held, take, at }, other) {
  let h = Array(units).fill(0);
  return x.map((row, t) => {
    [h] = run(GRU, [row], h);
    if (at === t) for (const unit of take) h[unit] = other[t].h[unit];
    for (const unit of off) h[unit] = held === "zero" ? 0 : MEAN[unit];
    return h;
  });
}

/** Read a string. @param {string} string @param {Change} [change] @param {Step[]} [other] what is taken from */
export function read(string, change, other = []) {
  const x = Array.from(string, (symbol) => Array.from(SYMBOLS, (one) => Number(one === symbol)));
  const states = change ? changed(x, change, other) : run(GRU, x);
  const p = run(DENSE, states);
  return states.map((h, t) => {
    const from = h.map((number, unit) => number - MEAN[unit]);
    return {
      h,
      p: p[t],
      probes: PROBES.map((line) => dot(h, line) + line[units]),
      plane: DIRECTIONS.map((direction) => dot(from, direction)),
    };
  });
}

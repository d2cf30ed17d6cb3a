// The trained GRU of "What the state remembers" reads strings, and goes on with states that a reader has changed. The
// engine of the workbench computes its steps.

import { runModel } from "./engine.js";
import { DIRECTIONS, HUNDREDTHS, MEAN, PROBES, SIZES } from "./reader-weights.js";
import { SYMBOLS } from "./reber.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** What is seen after a symbol. @typedef {{h: number[], p: number[], probes: number[], plane: number[]}} Step */
/**
 * What is done to the state: some units are off, at their means or 0; after step `at` it takes these units over.
 * @typedef {{off: number[], held: "mean" | "zero", take: number[], at: number}} Change
 */

const { m, units } = SIZES;
const numbers = HUNDREDTHS.split(/\s/).map((number) => Number(number) / 100);
/** The next array of the weights. @param {number[]} shape */
const taken = (...shape) => ({
  shape,
  data: numbers.splice(
    0,
    shape.reduce((a, b) => a * b),
  ),
});
/** @type {Layer} */
const GRU = {
  ...{ kind: "GRU", m, units, activation: "tanh" },
  weights: [taken(m, 3 * units), taken(units, 3 * units), taken(2, 3 * units)],
};
/** @type {Layer} */
const DENSE = {
  ...{ kind: "Dense", m: units, units: m, activation: "softmax" },
  weights: [taken(units, m), taken(m)],
};
const machines = new Map();

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, number, k) => sum + number * b[k], 0);

/**
 * One layer, one step. @param {Layer} layer @param {number[]} data @param {number[]} [h] the state before
 */
function step(layer, data, h) {
  const states = h && [[{ shape: [1, units], data: h }]];
  const { output } = runModel([layer], { N: 1, T: 1, m: layer.m, data }, { states, machines });
  return Array.from(output.data);
}

/** Read a string. @param {string} string @param {Change} [change] @param {Step[]} [other] what is taken from */
export function read(string, change, other = []) {
  let h = Array(units).fill(0);
  return Array.from(string, (symbol, t) => {
    const x = Array.from(SYMBOLS, (one) => Number(one === symbol));
    h = step(GRU, x, h);
    if (change?.at === t) for (const unit of change.take) h[unit] = other[t].h[unit];
    for (const unit of change?.off ?? []) h[unit] = change?.held === "zero" ? 0 : MEAN[unit];
    const from = h.map((number, unit) => number - MEAN[unit]);
    return {
      h,
      p: step(DENSE, h),
      probes: PROBES.map((line) => dot(h, line) + line[units]),
      plane: DIRECTIONS.map((direction) => dot(from, direction)),
    };
  });
}

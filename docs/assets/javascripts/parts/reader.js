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
const numbers = Float64Array.from(HUNDREDTHS.split(/\s/), (number) => Number(number) / 100);
let next = 0;
/** The next array of the weights. @param {number[]} shape */
function taken(...shape) {
  const size = shape.reduce((a, b) => a * b);
  next += size;
  return { shape, data: numbers.subarray(next - size, next) };
}
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
 * What a layer gives for some steps, in rows. @param {Layer} layer @param {number[][]} rows
 * @param {number[]} [h] the state before
 */
function run(layer, rows, h) {
  const states = h && [[{ shape: [1, units], data: h }]];
  const input = { N: 1, T: rows.length, m: layer.m, data: rows.flat() };
  const data = Array.from(runModel([layer], input, { states, machines }).output.data);
  return rows.map((_, t) => data.slice(t * layer.units, (t + 1) * layer.units));
}

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

// Layers of a trained network whose weights stand in a script as hundredths. The engine of the workbench computes them.

import { runModel } from "./engine.js";

/** @typedef {import("./engine.js").Layer} Layer */

/** Take one array after the other. @param {string} hundredths @returns {(...shape: number[]) => {shape: number[], data: Float64Array}} */
export function weightsOf(hundredths) {
  const numbers = Float64Array.from(hundredths.split(/\s/), (number) => Number(number) / 100);
  let next = 0;
  return (...shape) => {
    const size = shape.reduce((a, b) => a * b);
    next += size;
    return { shape, data: numbers.subarray(next - size, next) };
  };
}

/** A GRU of the next weights. @param {ReturnType<typeof weightsOf>} taken @param {number} m @param {number} units @returns {Layer} */
export const gru = (taken, m, units) => ({
  ...{ kind: "GRU", m, units, activation: "tanh" },
  weights: [taken(m, 3 * units), taken(units, 3 * units), taken(2, 3 * units)],
});

/** An output layer of the next weights. @param {ReturnType<typeof weightsOf>} taken @param {number} m @param {number} units @returns {Layer} */
export const softmaxLayer = (taken, m, units) => ({
  ...{ kind: "Dense", m, units, activation: "softmax" },
  weights: [taken(m, units), taken(units)],
});

/** @type {WeakMap<Layer, Map<string, any>>} */
const machines = new WeakMap();

/**
 * What a layer gives for some steps, in rows. @param {Layer} layer @param {number[][]} rows
 * @param {number[]} [h] the state before
 */
export function run(layer, rows, h) {
  const known = machines.get(layer) ?? new Map();
  machines.set(layer, known);
  const states = h && [[{ shape: [1, layer.units], data: h }]];
  const input = { N: 1, T: rows.length, m: layer.m, data: rows.flat() };
  const data = Array.from(runModel([layer], input, { states, machines: known }).output.data);
  return rows.map((_, t) => data.slice(t * layer.units, (t + 1) * layer.units));
}

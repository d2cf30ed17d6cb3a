// Arrays of single gates, such as W_i, U_i and b_i, put side by side as Keras has them.

import { InputError, sizeOf, transposed } from "./arrays.js";
import { ARRAYS, isGated, KINDS, lettersOf } from "./kinds.js";
import { written } from "./written.js";

/** @typedef {import("./arrays.js").NDArray} NDArray @typedef {import("./arrays.js").NamedArray} NamedArray */

const OF_GATE = /^(?<before>.*?)(?<role>[WUb])_(?<gate>[ifcozrh])(?::\d+)?$/;
/** The gates of a layer, in the order of Keras: ifco, zrh. */
const ORDERS = /** @type {(keyof typeof KINDS)[]} */ (Object.keys(KINDS))
  .filter((kind) => isGated({ kind }))
  .map(lettersOf);

/**
 * All arrays, those of gates together, and what was done, in sentences.
 * @param {NamedArray[]} arrays @returns {{arrays: NamedArray[], notes: string[]}}
 * @throws {InputError} names the array that is missing
 */
export function together(arrays) {
  /** By what stands before W_i: the arrays by role and gate. @type {Map<string, Map<string, NDArray>>} */
  const layers = new Map();
  for (const { name = "", array } of arrays) {
    const { before = "", role, gate } = OF_GATE.exec(name)?.groups ?? {};
    if (!role) continue;
    const own = layers.get(before) ?? new Map();
    layers.set(before, own.set(role + gate, array));
  }
  /** @type {string[]} */
  const notes = [];
  /** @type {NamedArray[]} */
  const found = [];
  for (const one of arrays) {
    const before = OF_GATE.exec(one.name ?? "")?.groups?.before;
    const own = before === undefined ? undefined : layers.get(before);
    if (before === undefined) found.push(one);
    if (before === undefined || !own) continue; // it stands among those before
    layers.delete(before);
    const { joined, note } = joinedOf(before, own);
    found.push(...joined);
    notes.push(note);
  }
  return { arrays: found, notes };
}

/** @param {string} before @param {Map<string, NDArray>} own @returns {{joined: NamedArray[], note: string}} */
function joinedOf(before, own) {
  const gates = ORDERS.find((order) => [...own.keys()].every(([, gate]) => order.includes(gate)));
  const roles = /** @type {(keyof typeof ARRAYS)[]} */ (Object.keys(ARRAYS)).filter((role) =>
    [...own.keys()].some((key) => key[0] === role || role !== "b"),
  );
  const asked = roles.flatMap((role) => [...(gates ?? "")].map((gate) => role + gate));
  const missing = asked.filter((key) => !own.has(key)).map(([role, gate]) => `${role}_${gate}`);
  if (!gates || missing.length)
    throw new InputError(
      gates
        ? `${before}${missing[0]} is missing: bring all gates, ${named("W", gates)}, ${named("U", gates)} and, with a bias, ${named("b", gates)}.`
        : `These gates are of no layer: an LSTM has ${named("W", ORDERS[0])}, a GRU ${named("W", ORDERS[1])}.`,
    );
  const each = (/** @type {string} */ role) =>
    [...gates].map((gate) => /** @type {NDArray} */ (own.get(role + gate)));
  const [units] = each("U")[0].shape;
  // In the columns of some texts: (u, m), and then U is turned, too.
  const turned = each("W")[0].shape[1] !== units && each("W")[0].shape[0] === units;
  const place = before.replace(/[_/.]+$/, "");
  const joined = roles.map((role) => {
    const parts = each(role).map((array, k) => {
      const name = `${before}${role}_${gates[k]}`;
      if (role === "b") return flat(array, units, name);
      const whole = turned ? transposed(fitting(array, name)) : fitting(array, name);
      if (whole.shape[1] !== units) throw unlike(name, array.shape, units);
      return whole;
    });
    const name = `${place && `${place}/`}${ARRAYS[role]}`;
    return { name, array: sideBySide(parts, before + role) };
  });
  const how = turned ? "transposed and put" : "put";
  return {
    joined,
    note: `${before}${named("W", gates)}, and U and b alike, were ${how} side by side, in the order of Keras.`,
  };
}

/** W_i, W_f, W_c, W_o. @param {string} role @param {string} gates */
const named = (role, gates) => [...gates].map((gate) => `${role}_${gate}`).join(", ");

/** @param {NDArray} array @param {string} name */
function fitting(array, name) {
  if (array.shape.length !== 2)
    throw new InputError(`${name} has the shape ${written(array.shape)}: it needs two axes.`);
  return array;
}

/** A bias (u,), which may have come as (1, u) or (u, 1). @param {NDArray} array @param {number} units @param {string} name @returns {NDArray} */
function flat({ shape, data }, units, name) {
  if (sizeOf(shape) !== units) throw unlike(name, shape, units);
  return { shape: [units], data };
}

/** @param {string} name @param {number[]} shape @param {number} units */
const unlike = (name, shape, units) =>
  new InputError(`${name} has the shape ${written(shape)}, which does not fit ${units} units.`);

/** @param {NDArray[]} parts @param {string} name @returns {NDArray} */
function sideBySide(parts, name) {
  const [{ shape }] = parts;
  if (parts.some((part) => part.shape.join() !== shape.join()))
    throw new InputError(
      `The gates of ${name} have unlike shapes: ${parts.map((part) => written(part.shape)).join(", ")}.`,
    );
  const [rows, units] = shape.length === 2 ? shape : [1, shape[0]];
  const wide = parts.length * units;
  const data = new Float64Array(rows * wide);
  for (const [k, part] of parts.entries())
    for (let row = 0; row < rows; row++)
      data.set(part.data.subarray(row * units, (row + 1) * units), row * wide + k * units);
  return { shape: shape.length === 2 ? [rows, wide] : [wide], data };
}

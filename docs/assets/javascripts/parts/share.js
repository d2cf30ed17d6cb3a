// A setting as part of an address, as long as it is short: what a reader sees, another can see.

import { InputError } from "./arrays.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").Sequence} Sequence */
/** @typedef {import("./engine.js").NDArray} NDArray */

export const LONGEST = 2000; // characters that mail and chats leave whole

/** @param {NDArray} array */
const short = ({ shape, data }) => [shape, Array.from(data)];
/** @param {[number[], number[]]} pair @returns {NDArray} */
const long = ([shape, data]) => ({ shape, data: Float64Array.from(data) });

/**
 * The setting as text, or null if it is too long.
 * @param {Layer[]} layers @param {Sequence} input
 */
export function packed(layers, { N, T, m, data }) {
  const said = layers.map(({ weights, backward, ...options }) => [
    options,
    weights.map(short),
    backward?.map(short),
  ]);
  const bytes = new TextEncoder().encode(JSON.stringify([said, [N, T, m], Array.from(data)]));
  const text = btoa(String.fromCharCode(...bytes.slice(0, 3 * LONGEST)));
  const address = text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return address.length <= LONGEST ? address : null;
}

/**
 * What packed() gave, read again.
 * @param {string} address @returns {{layers: Layer[], input: Sequence}}
 * @throws {InputError} if it is no such text
 */
export function unpacked(address) {
  try {
    const text = atob(address.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const [said, [N, T, m], data] = JSON.parse(new TextDecoder().decode(bytes));
    const layers = said.map((/** @type {any} */ [options, weights, backward]) => ({
      ...options,
      weights: weights.map(long),
      ...(backward ? { backward: backward.map(long) } : {}),
    }));
    return { layers, input: { N, T, m, data: Float64Array.from(data) } };
  } catch {
    throw new InputError(
      "The address holds a setting that is cut off or changed: ask for the link again.",
    );
  }
}

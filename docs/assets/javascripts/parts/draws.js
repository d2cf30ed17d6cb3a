// Random numbers, strings and weights as snippets/long_sequences/draws.py and reach.py draw them, digit by digit.
//
// The generator is Tommy Ettinger's Mulberry32: a counter, and three lines that mix its bits.

import { dot } from "./vectors.js";

const STEP = 0x6d2b79f5;
const OF_32_BITS = 2 ** 32;
const SYMBOLS = "BTSXPVE";

/** The Reber grammar: for each node the symbols that may come next, and the node they lead to. */
const GRAMMAR = ["B1", "T2P3", "S2X4", "T3V5", "X3S6", "P4V6", "E7", ""].map((ways) =>
  [...ways.matchAll(/(.)(.)/g)].map(([, symbol, node]) => ({ symbol, node: Number(node) })),
);

export class Draws {
  /** @param {number} seed 0 to 2³² − 1 */
  constructor(seed) {
    this.counter = seed | 0;
  }

  /** A number from 0 up to 1, without 1. */
  random() {
    this.counter = (this.counter + STEP) | 0;
    const a = this.counter;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / OF_32_BITS;
  }

  /** A normal number, by the formula of Box and Muller. */
  normal() {
    const [u, v] = [this.random(), this.random()];
    return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  }

  /** @param {number} count @param {() => number} one @returns {Float64Array} */
  many(count, one) {
    const all = new Float64Array(count);
    for (let k = 0; k < count; k++) all[k] = one();
    return all;
  }

  /** Which of some options, with these probabilities. @param {number[]} p */
  choice(p) {
    const at = this.random();
    let sum = 0;
    for (const [k, share] of p.entries()) {
      sum += share;
      if (at < sum) return k;
    }
    return p.length - 1;
  }
}

/**
 * In how many ways each node leads to the end by so many symbols: one list a length.
 * @param {number} longest @returns {number[][]}
 */
function counts(longest) {
  /** @type {number[][]} */
  const all = [GRAMMAR.map((ways) => Number(!ways.length))];
  for (let length = 1; length <= longest; length++)
    all.push(GRAMMAR.map((ways) => ways.reduce((sum, { node }) => sum + all[length - 1][node], 0)));
  return all;
}

/**
 * A string of the embedded grammar: T or P, a Reber string of this length, the same symbol again.
 * @param {Draws} draws @param {number} length
 */
export function embedded(draws, length) {
  const kept = "TP"[draws.choice([0.5, 0.5])];
  const ways = counts(length);
  let [node, inner] = [0, ""];
  for (let left = length - 1; left >= 0; left--) {
    const ahead = GRAMMAR[node].map((way) => ways[left][way.node]);
    const sum = ahead.reduce((a, b) => a + b);
    const way = GRAMMAR[node][draws.choice(ahead.map((count) => count / sum))];
    inner += way.symbol;
    node = way.node;
  }
  return `B${kept}${inner}${kept}E`;
}

/** Rows with one 1 each. @param {string} string */
export function oneHot(string) {
  const rows = new Float64Array(string.length * SYMBOLS.length);
  for (const [t, symbol] of [...string].entries())
    rows[t * SYMBOLS.length + SYMBOLS.indexOf(symbol)] = 1;
  return rows;
}

/**
 * W and U as Keras draws them: Glorot uniform (m, gates · u), orthogonal (u, gates · u).
 * @param {Draws} draws @param {number} gates @param {number} m @param {number} u
 */
export function initial(draws, gates, m, u) {
  const width = gates * u;
  const limit = Math.sqrt(6 / (m + width));
  const W = draws.many(m * width, () => -limit + 2 * limit * draws.random());
  const normal = draws.many(width * u, () => draws.normal()); // (gates · u, u): its columns become rows of U
  const U = new Float64Array(u * width);
  for (let j = 0; j < u; j++) {
    const row = U.subarray(j * width, (j + 1) * width);
    for (let k = 0; k < width; k++) row[k] = normal[k * u + j];
    // Twice, for what rounding leaves the first time.
    for (let i = 0; i < 2 * j; i++) {
      const other = U.subarray((i % j) * width, ((i % j) + 1) * width);
      const along = dot(row, other);
      for (let k = 0; k < width; k++) row[k] -= along * other[k];
    }
    const length = Math.sqrt(dot(row, row));
    for (let k = 0; k < width; k++) row[k] /= length;
  }
  return { W, U };
}

// Strings of different lengths in one batch: what padding and a mask do to states and to the loss.
//
// The layer is computed by the lines of cells.js, by engine.js. Around it stand the padding, the loss of
// each string and its part in that of the batch, and the check of Keras's fused kernel.

import { runModel } from "./engine.js";

/** @typedef {import("./engine.js").Layer} Layer @typedef {import("./engine.js").NDArray} NDArray */
/**
 * What a reader chooses.
 * @typedef {object} Choice
 * @property {string[]} strings
 * @property {string} layer one of LAYERS
 * @property {string} padding pre or post
 * @property {boolean} mask
 * @property {boolean} both whether the layer is Bidirectional
 * @property {string} loss steps: of the next symbol, at each step; last: of the last symbol, at the end
 * @property {boolean} even whether each string has the same weight
 */
/** A string in one direction: its states by step and unit. @typedef {{n: number, backward: boolean, states: number[][], last: number[], alone: number[], off: number}} Row */
/** The loss of a string, and what it counts for in that of the batch. @typedef {{alone: number, here: number, counts: number, share: number}} Part */

export const SYMBOLS = "BTSXPVE";
export const LAYERS = { SimpleRNN: 1, LSTM: 4, GRU: 3 }; // blocks of columns
export const UNITS = 4;
export const MOST = 20; // symbols of a string
const M = SYMBOLS.length;

// 255 numbers of float32, as numpy.random.default_rng(0).normal(0, 0.6) draws them: the weights of the page,
// one layer's as the other's, cut into the shapes of get_weights(). Both halves of Bidirectional have the same.
const DRAWN =
  "T3+aPZlUor3jvMQ+ueaAPcGOpL78KV4+XktIP714ET/+L9i+Zl5Cv0x4v74eIMs894+yv/RsBr42Xz+/2fPgvkUyp763VUK+4+d8PkshID+C8Z29iONRPwpZzL7B91c+5cUKP2wLZz0pZ+S+t5MNvwadjL6zSQc+zRMbv3mEAL7bp8O91CWmPvbiAz5LV1o+LdvIvuxEn71X1vA+GmRlP3lkQb/oiWg/+rlOP9QE8D5GeyI+yt9AvrXzXz8/jJY/lV2KP/z/ST8Uk1s+Bpk5v8YkL7tKq8k+b+RFv1TDcj7bDYQ+B9PVPmrhNb9oRsu+qhKGvnyuM79dlYU/AliYvnMeSj7y3R6+sDhzP7XOSj/hkMI+xDqpv5q7/zxFB9I+YDUaPzDSvb4z7os/ddFKv644y76pnw8//RzxPKTImT8Dp+c9aYTCvpv5Z76cmSe/bkBEv5SpwT69iLI+INhGP53Q5740uYE/LpIwvkHUcT+q84S+wvDhvth3GT5jbh4/PNnFPdzfs77oAk6/BEZXv5dsmj4aBRg/nOLJvb8FJb9qGQY/I6tEv/UN277Vxr4+k8+sv69ibT4ZrrK+bEiGPUgLOr2xW/g95z/VPqD46L5JQ1o/Vw7fPuuYAT9R7DI/dfLxPoamAT9jxzk9CCdbv4Txpb0YZey+fIhavxzLHj6MqK6+jy0ev3k0IL9b6iQ+OF5cPiUhSz9pyQi8zgYgP0xjVz9aqjA/xKe1v8+5PD+cqVA+vC6CPgYVZD5/Kms+gz9EPi+EXL6sC5K/nNWFvQvo9r7B6SU/C2sxvicmTT3efwK//Nycvs2/4rtUJ2S/rr04PnJXgr1mIDa/LS+4vxCcnT7s1Ta+j9GivukXEb5fgYs/H8j0vCHgVD0WamS/Agh9PxjtDD+W4SM/LlLqPFXMDD/k6GM+J1+8PsQDu72iY2K/MwgeP9ualL/GahO+NlH7ve4uIL/3Wbw+Rir2vbk0hr4Esp8+s2eSvupYVT8b71c+ELeRvs5Rlb/z3ki/7e8mP6a6+Ly58y2+SGd8P9IDRb8B6rO+zy2RvnEftD6I1su+JHG8vguNdr9fDuA+YaX3PstXkr5Otsg96oxGv+XwkL48p1M/MsmmPZhvsT9b0/G+bEOyPtE88L260a0+9seNu2pmrL4URAW/vHjrP04VPr0q4Zq/B0DHvjdL0D5Dmpm+7PZQP+f3GT+XMbu9kxCRvmJWGr+cB9e+WEZiv8r+OD/mVHQ/XPFAv6qBNb9c0oe/SgwUvxGR7r88dC+/yjRHP5ZhVL6fQwM/GDaWviE4hz+PzPQ9xLNqvrMGxD8DW0e+dZQ7v2Ub+D3K4b68lskjPx+QDb+ENfc+";

/** What was compiled, for the next batch of the same size. @type {import("./engine.js").Machines} */
const machines = new Map();
/** @type {Float32Array | undefined} */
let drawn;

/** The weights of the page. */
export function weights() {
  drawn ??= new Float32Array(
    Uint8Array.from(atob(DRAWN), (character) => character.charCodeAt(0)).buffer,
  );
  return drawn;
}

/**
 * The layer and the dense one above it, with the weights of the page.
 * @param {Choice} choice @returns {Layer[]}
 */
export function model({ layer, both, loss }) {
  let at = 0;
  /** @param {number[]} shape @returns {NDArray} */
  const next = (...shape) => {
    const size = shape.reduce((a, b) => a * b);
    at += size;
    return { shape, data: weights().subarray(at - size, at) };
  };
  const wide = UNITS * LAYERS[/** @type {keyof typeof LAYERS} */ (layer)];
  const bias = layer === "GRU" ? [2, wide] : [wide];
  const own = [next(M, wide), next(UNITS, wide), next(...bias)];
  /** @type {Layer} */
  const recurrent = {
    kind: /** @type {Layer["kind"]} */ (layer),
    m: M,
    units: UNITS,
    activation: "tanh",
    returnSequences: loss === "steps",
    weights: own,
    ...(both ? { backward: own } : {}),
  };
  const m = both ? 2 * UNITS : UNITS;
  return [
    recurrent,
    { kind: "Dense", m, units: M, activation: "softmax", weights: [next(m, M), next(M)] },
  ];
}

/**
 * Which steps of each string are real. All symbols but the last are read, the last is asked for.
 * @param {string[]} strings @param {string} padding @returns {boolean[][]}
 */
export function realSteps(strings, padding) {
  const T = Math.max(...strings.map(({ length }) => length)) - 1;
  return strings.map(({ length }) =>
    Array.from({ length: T }, (_, t) => (padding === "pre" ? t > T - length : t < length - 1)),
  );
}

/**
 * Run a batch: the states of each string in each direction, and the loss of each step or string.
 * @param {Layer[]} layers @param {string[]} strings @param {boolean[][]} real @param {boolean} masked
 */
function run(layers, strings, real, masked) {
  const [N, T] = [strings.length, real[0].length];
  const data = new Float64Array(N * T * M);
  const starts = real.map((row) => row.indexOf(true));
  for (const [n, string] of strings.entries())
    for (let k = 0; k < string.length - 1; k++)
      data[(n * T + starts[n] + k) * M + SYMBOLS.indexOf(string[k])] = 1;
  const mask = masked ? real.flat().map(Number) : undefined;
  const { runs, output } = runModel(layers, { N, T, m: M, data }, { mask, machines });
  const directions = [runs[0].forward, runs[0].backward].filter((one) => one !== undefined);
  const states = directions.map(({ values: { h }, order }) =>
    strings.map((_, n) => {
      /** @type {number[][]} */
      const steps = [];
      for (const [t, step] of order.entries())
        steps[step] = [...h.subarray((t * N + n) * UNITS, (t * N + n + 1) * UNITS)];
      return steps;
    }),
  );
  /** @param {number} n @param {number} t @param {string} symbol */
  const loss = (n, t, symbol) =>
    -Math.log(output.data[(n * output.T + t) * M + SYMBOLS.indexOf(symbol)]);
  const losses = strings.map((string, n) => {
    if (output.T < T || layers[0].returnSequences === false)
      return [loss(n, 0, string.at(-1) ?? "")];
    return Array.from({ length: string.length - 1 }, (_, k) =>
      loss(n, starts[n] + k, string[k + 1]),
    );
  });
  return { states, losses: losses.map(mean) };
}

/** Strings that were run on their own, so that who types in one field waits for that string only. @type {Map<string, ReturnType<typeof run>>} */
const known = new Map();

/** @param {Choice} choice @param {Layer[]} layers @param {string} string */
function runAlone({ layer, both, loss }, layers, string) {
  const key = [layer, both, loss, string].join();
  const found = known.get(key) ?? run(layers, [string], realSteps([string], "post"), false);
  known.set(key, found);
  return found;
}

/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((a, b) => a + b) / numbers.length;

/**
 * All that follows from a choice.
 * @param {Choice} choice
 */
export function look(choice) {
  const { strings, padding, mask, loss, even } = choice;
  const layers = model(choice);
  const real = realSteps(strings, padding);
  const batch = run(layers, strings, real, mask);
  const alone = strings.map((string) => runAlone(choice, layers, string));
  /** @type {Row[]} */
  const rows = batch.states.flatMap((found, k) =>
    found.map((states, n) => {
      const [last, by] = [states, alone[n].states[k][0]].map((all) => all[k ? 0 : all.length - 1]);
      const off = Math.max(...last.map((number, j) => Math.abs(number - by[j])));
      return { n, backward: k > 0, states, last, alone: by, off };
    }),
  );
  const counts = counting(strings, real[0].length, mask, loss, even);
  const total = batch.losses.reduce((sum, one, n) => sum + counts.each[n] * one, 0);
  /** @type {Part[]} */
  const parts = batch.losses.map((here, n) => ({
    alone: alone[n].losses[0],
    here,
    counts: counts.each[n],
    share: (counts.each[n] * here) / total,
  }));
  return { real, rows, parts, loss: total, summed: counts.summed, divisor: counts.divisor };
}

/**
 * What the mean loss of each string counts for in that of the batch: how many losses are summed, and by
 * what Keras divides. With even weights the losses of a string are worth the same in all, however many.
 * @param {string[]} strings @param {number} T @param {boolean} mask @param {string} loss @param {boolean} even
 */
function counting(strings, T, mask, loss, even) {
  const N = strings.length;
  if (loss === "last") return { each: strings.map(() => 1 / N), summed: N, divisor: N };
  const steps = strings.map(({ length }) => length - 1);
  const summed = steps.reduce((a, b) => a + b);
  const divisor = mask ? summed : N * T;
  return { each: steps.map((count) => (even ? summed / N : count) / divisor), summed, divisor };
}

/**
 * Whether Keras's fused kernel takes a choice, and else the string whose mask it does not.
 * @param {Choice} choice @returns {{taken: boolean, because: "layer" | "no mask" | "after" | "before", n: number}}
 */
export function fused({ layer, mask, strings, padding }) {
  if (layer === "SimpleRNN") return { taken: false, because: "layer", n: -1 };
  if (!mask) return { taken: true, because: "no mask", n: -1 };
  // Ones first, then zeros, and not zeros alone.
  const n = realSteps(strings, padding).findIndex(
    (row) => !row[0] || row.some((real, t) => real && !row[Math.max(0, t - 1)]),
  );
  return { taken: n < 0, because: n < 0 ? "after" : "before", n };
}

/** What is wrong with a string, in words; empty if all is well. @param {string} string */
export function complaint(string) {
  const odd = [...string].find((symbol) => !SYMBOLS.includes(symbol));
  if (odd) return `${odd} is none of the symbols ${[...SYMBOLS].join(" ")}.`;
  if (string.length === 1) return "Type 2 symbols or more: the last one is only asked for.";
  return string.length > MOST ? `Type ${MOST} symbols or fewer.` : "";
}

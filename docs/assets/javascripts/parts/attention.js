// The trained encoder and decoder of "Attention" write a string again. The engine of the workbench computes their
// layers; scores, weights and contexts are computed here.

import { HUNDREDTHS, SIZES } from "./attention-weights.js";
import { gru, run, softmaxLayer, weightsOf } from "./network.js";
import { SYMBOLS } from "./reber.js";
import { softmax } from "./sampling.js";
import { dot, largest } from "./vectors.js";

/** What a step of the decoder sees and writes. @typedef {{e: number[], alpha: number[], p: number[], reads: string}} Step */
/** @typedef {{h: number[][], steps: Step[]}} Seen */

const { m, units } = SIZES;
const taken = weightsOf(HUNDREDTHS);
const ENCODER = gru(taken, m, units);
const DECODER = gru(taken, m, units);
const QUERY = taken(units, units).data;
const OUTPUT = softmaxLayer(taken, 2 * units, m);

/** @param {string} symbol none before the first step */
const oneHot = (symbol) => Array.from(SYMBOLS, (one) => Number(one === symbol));

/** A mean of rows. @param {number[]} weights @param {number[][]} rows */
const mean = (weights, rows) =>
  rows[0].map((_, j) =>
    dot(
      weights,
      rows.map((row) => row[j]),
    ),
  );

/** The symbol of the largest number. @param {number[]} p */
export const written = (p) => SYMBOLS[largest(p)];

/**
 * Read a string and write it again. @param {string} string
 * @param {boolean} forced whether the decoder reads the right symbols, not its own @returns {Seen}
 */
export function look(string, forced) {
  const h = run(ENCODER, Array.from(string, oneHot));
  let d = h[h.length - 1];
  let reads = "";
  const steps = Array.from(string, (right) => {
    [d] = run(DECODER, [oneHot(reads)], d);
    const query = Array.from({ length: units }, (_, j) =>
      d.reduce((sum, number, k) => sum + number * QUERY[k * units + j], 0),
    );
    const e = h.map((row) => dot(query, row));
    const alpha = softmax(e, 1);
    const [p] = run(OUTPUT, [[...mean(alpha, h), ...d]]);
    const step = { e, alpha, p, reads };
    reads = forced ? right : written(p);
    return step;
  });
  return { h, steps };
}

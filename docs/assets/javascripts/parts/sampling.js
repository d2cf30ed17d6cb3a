// From sums to a symbol: temperature, what is cut off, and the lot that decides.
//
// A lot is no secret: it follows from the seed, the number of the string and the step. So NumPy draws the same
// (snippets/rnn_in_action/sampling.py), and what a reader has seen can be seen again.

/** @typedef {"sample" | "argmax" | "top-k" | "top-p"} Way */
/** @typedef {{tau: number, draw: Way, k: number, p: number, seed: number}} Setting */

/** @param {number[]} p as parts of its sum */
function shares(p) {
  const sum = p.reduce((a, b) => a + b, 0);
  return p.map((part) => part / sum);
}

/** @param {ArrayLike<number>} sums @param {number} tau */
export function softmax(sums, tau) {
  const all = Array.from(sums);
  const most = Math.max(...all);
  return shares(all.map((s) => Math.exp((s - most) / tau)));
}

/** Without all but the k largest. @param {number[]} p @param {number} k */
export const topK = (p, k) =>
  shares(p.map((part) => (p.filter((other) => other > part).length < k ? part : 0)));

/** Without what comes after the largest have enough. @param {number[]} p @param {number} enough */
export const topP = (p, enough) =>
  shares(
    p.map((part) => {
      const held = p.reduce((sum, other) => (other > part ? sum + other : sum), 0);
      return held < enough ? part : 0;
    }),
  );

/** The probabilities that a symbol is drawn from. @param {ArrayLike<number>} sums @param {Setting} setting */
export function drawnFrom(sums, { tau, draw, k, p }) {
  const all = softmax(sums, tau);
  if (draw === "top-p") return topP(all, p);
  if (draw === "sample") return all;
  return topK(all, draw === "argmax" ? 1 : k);
}

/** Numbers of 32 bits that look as if drawn. @param {number} x */
function mixed(x) {
  let y = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  y = Math.imul(y ^ (y >>> 15), 0x735a2d97);
  return y ^ (y >>> 15);
}

/** The lot of a step of a string, from 0 to 1. @param {number} seed @param {number} n @param {number} step */
export const lot = (seed, n, step) => (mixed(mixed(mixed(seed) + n) + step) >>> 0) / 2 ** 32;

/** The number of the symbol that a lot falls on. @param {number[]} q @param {number} lot */
export function drawn(q, lot) {
  let reach = 0;
  return q.findIndex((part) => {
    reach += part;
    return reach > lot;
  });
}

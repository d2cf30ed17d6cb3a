// How far a gradient reaches: what snippets/long_sequences/lab.py computes, for the laboratory of that page.

import { Draws, dot, embedded, initial, oneHot } from "./draws.js";
import { runLayer } from "./engine.js";
import { KINDS } from "./kinds.js";
import { sendBack } from "./pullback.js";

/** @typedef {"SimpleRNN" | "GRU" | "LSTM"} Kind */
/**
 * A layer and what it reads.
 * @typedef {object} Setting
 * @property {Kind} kind
 * @property {boolean} noise instead of a string
 * @property {number} seed
 * @property {number} scale what U is multiplied by
 * @property {number} bias of the gate that keeps: f of the LSTM, z of the GRU
 * @property {number} T the last step
 */
/**
 * Four numbers for k = 1, …, T steps back.
 * @typedef {object} Answer
 * @property {Float64Array} norms log10 of the norm of ∂h_T/∂h_(T−k)
 * @property {Float64Array} turned the cosine between the gradient that arrives and that of the step after
 * @property {Float64Array} lengths log10 of the length of the gradient of U from the last k steps
 * @property {Float64Array} kept the cosine between that and the one from all steps
 */

export const UNITS = 16;
const INPUTS = 7;

/** @param {Setting} setting */
function drawn({ kind, noise, seed, scale, bias, T }) {
  const [u, m, gates] = [UNITS, INPUTS, KINDS[kind].gates.length];
  const draws = new Draws(seed);
  const { W, U } = initial(draws, gates, m, u);
  const data = noise
    ? draws.many((T + 1) * m, () => draws.normal())
    : oneHot(embedded(draws, T - 1)).slice(0, (T + 1) * m);
  const rows = kind === "GRU" ? 2 : 1;
  const b = new Float64Array(rows * gates * u);
  if (kind === "LSTM") b.fill(bias, u, 2 * u);
  if (kind === "GRU") b.fill(bias, 0, u);
  const weights = [
    { shape: [m, gates * u], data: W },
    { shape: [u, gates * u], data: U.map((one) => scale * one) },
    { shape: rows === 2 ? [2, gates * u] : [gates * u], data: b },
  ];
  /** @type {import("./engine.js").Layer} */
  const layer = { kind, m, units: u, weights, activation: "tanh", recurrentActivation: "σ" };
  return { layer, input: { N: 1, T: T + 1, m, data } };
}

/** @param {Setting} setting @returns {Answer} */
export function reach(setting) {
  const u = UNITS;
  const { layer, input } = drawn(setting);
  // A gradient from each unit alone, and one of length 1 from all of them.
  const sent = new Float64Array((u + 1) * u);
  for (let j = 0; j < u; j++) sent[j * u + j] = 1;
  sent.fill(u ** -0.5, u * u);

  const T = setting.T;
  const [norms, turned, lengths, kept] = [0, 0, 0, 0].map(() => new Float64Array(T));
  // The gradient of U, block by block, and what it was after each step: columns times rows were added.
  const sum = new Float64Array(layer.weights[1].data.length);
  /** @type {Float64Array[]} */
  const sums = [];
  let later = sent.slice(u * u);
  const norm = spectral(u);
  sendBack(layer, runLayer(layer, input), sent, (t, arrived, met) => {
    if (!t) return; // what is before step 0 is no state that was computed
    const k = T - t;
    norms[k] = Math.log10(norm(arrived));
    const now = arrived.slice(u * u);
    turned[k] = dot(now, later) / Math.sqrt(dot(now, now) * dot(later, later));
    later = now;
    let at = 0;
    for (const { row, rows, by } of met)
      for (let i = 0; i < u; i++)
        for (let j = 0; j < u; j++) sum[at++] += row[i] * rows[u * u + j] * by[j];
    sums.push(sum.slice());
  });
  const whole = dot(sum, sum);
  for (const [k, some] of sums.entries()) {
    const square = dot(some, some);
    lengths[k] = Math.log10(Math.sqrt(square));
    kept[k] = dot(some, sum) / Math.sqrt(square * whole);
  }
  return { norms, turned, lengths, kept };
}

/**
 * A function that gives the spectral norm of a square matrix A: the root of the largest eigenvalue of A Aᵀ.
 * What it computes in is used again by the next matrix.
 * @param {number} u
 * @returns {(matrix: Float64Array) => number} of u · u numbers
 */
export function spectral(u) {
  const [scaled, gram] = [0, 0].map(() => new Float64Array(u * u));
  const [v, p, diagonal, beside] = [0, 0, 0, 0].map(() => new Float64Array(u));
  return (matrix) => {
    let most = 0;
    for (let k = 0; k < u * u; k++) most = Math.max(most, Math.abs(matrix[k]));
    if (!most) return 0;
    for (let k = 0; k < u * u; k++) scaled[k] = matrix[k] / most;
    for (let i = 0; i < u; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < u; k++) sum += scaled[i * u + k] * scaled[j * u + k];
        gram[i * u + j] = gram[j * u + i] = sum;
      }
    turn(gram, u, v, p);
    for (let i = 0; i < u; i++) {
      diagonal[i] = gram[i * u + i];
      if (i) beside[i] = gram[(i - 1) * u + i];
    }
    // Halve the range in which the largest eigenvalue lies: no entry is above 1, so at first from 0 to u².
    let [low, high] = [0, u * u];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (isAbove(middle, diagonal, beside)) high = middle;
      else low = middle;
    }
    return most * Math.sqrt((low + high) / 2);
  };
}

/**
 * Turn a symmetric matrix (Householder) until all is 0 but its diagonal and what is beside it. Overwrites all of these.
 * @param {Float64Array} A n · n @param {number} n @param {Float64Array} v n numbers @param {Float64Array} p n numbers
 */
function turn(A, n, v, p) {
  for (let k = 0; k < n - 2; k++) {
    v[k] = 0;
    let square = 0;
    for (let j = k + 1; j < n; j++) {
      v[j] = A[k * n + j];
      square += v[j] * v[j];
    }
    if (!square) continue;
    const length = v[k + 1] < 0 ? -Math.sqrt(square) : Math.sqrt(square);
    const by = 1 / (square + length * v[k + 1]); // 2 / (v · v), as v is in the next line
    v[k + 1] += length;
    let half = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += A[i * n + j] * v[j];
      p[i] = by * sum;
      half += (by / 2) * p[i] * v[i];
    }
    for (let i = k; i < n; i++) p[i] -= half * v[i];
    for (let i = k; i < n; i++)
      for (let j = k; j < n; j++) A[i * n + j] -= v[i] * p[j] + p[i] * v[j];
  }
}

/**
 * Whether all eigenvalues of such a matrix are below a number (Sturm).
 * @param {number} number @param {Float64Array} diagonal @param {Float64Array} beside each number left of that of the
 *   diagonal; the first is 0
 */
function isAbove(number, diagonal, beside) {
  let pivot = number - diagonal[0];
  for (let i = 1; i < diagonal.length && pivot > 0; i++)
    pivot = number - diagonal[i] - (beside[i] * beside[i]) / pivot;
  return pivot > 0;
}

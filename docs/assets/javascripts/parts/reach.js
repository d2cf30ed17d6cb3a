// How far a gradient reaches: what snippets/long_sequences/lab.py computes, for the laboratory of that page.

import { Draws, dot, embedded, initial, oneHot } from "./draws.js";
import { runLayer } from "./engine.js";
import { sendBack } from "./pullback.js";

/** @typedef {import("./engine.js").Numbers} Numbers */
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
const GATES = { SimpleRNN: 1, GRU: 3, LSTM: 4 };

/** @param {Setting} setting */
function drawn({ kind, noise, seed, scale, bias, T }) {
  const [u, m, gates] = [UNITS, INPUTS, GATES[kind]];
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
  // The gradient of U, block by block, and what each step adds to it: columns times rows.
  const sum = new Float64Array(u * GATES[setting.kind] * u);
  /** @type {{row: Numbers, by: Float64Array}[][]} */
  const added = [];
  let later = sent.slice(u * u);
  sendBack(layer, runLayer(layer, input), sent, (t, arrived, met) => {
    if (!t) return; // what is before step 0 is no state that was computed
    const k = T - t;
    norms[k] = Math.log10(norm(arrived.subarray(0, u * u), u));
    const now = arrived.slice(u * u);
    turned[k] = dot(now, later) / Math.sqrt(dot(now, now) * dot(later, later));
    later = now;
    const parts = met.map(({ row, rows }) => ({ row: row.slice(), by: rows.slice(u * u) }));
    added.push(parts);
    let at = 0;
    for (const { row, by } of parts)
      for (let i = 0; i < u; i++) for (let j = 0; j < u; j++) sum[at++] += row[i] * by[j];
    lengths[k] = Math.log10(Math.sqrt(dot(sum, sum)));
  });
  const whole = Math.sqrt(dot(sum, sum));
  let along = 0;
  for (const [k, parts] of added.entries()) {
    let at = 0;
    for (const { row, by } of parts)
      for (let i = 0; i < u; i++) for (let j = 0; j < u; j++) along += sum[at++] * row[i] * by[j];
    kept[k] = along / (10 ** lengths[k] * whole);
  }
  return { norms, turned, lengths, kept };
}

/**
 * The spectral norm of a square matrix A: the root of the largest eigenvalue of A Aᵀ.
 * @param {Float64Array} matrix u · u @param {number} u
 */
export function norm(matrix, u) {
  const most = Math.max(...matrix.map(Math.abs));
  if (!most) return 0;
  const gram = new Float64Array(u * u);
  for (let i = 0; i < u; i++)
    for (let j = 0; j < u; j++)
      for (let k = 0; k < u; k++)
        gram[i * u + j] += (matrix[i * u + k] / most) * (matrix[j * u + k] / most);
  const { diagonal, beside } = tridiagonal(gram, u);
  // Halve the range in which the largest eigenvalue lies: no entry is above 1, so at first from 0 to u².
  let [low, high] = [0, u * u];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (isAbove(middle, diagonal, beside)) high = middle;
    else low = middle;
  }
  return most * Math.sqrt((low + high) / 2);
}

/**
 * A symmetric matrix turned (Householder) until all is 0 but its diagonal and what is beside it. Overwrites it.
 * @param {Float64Array} A n · n @param {number} n
 */
function tridiagonal(A, n) {
  const [v, p] = [new Float64Array(n), new Float64Array(n)];
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
  return {
    diagonal: v.map((_, i) => A[i * n + i]),
    beside: v.map((_, i) => A[i * n + i + 1]), // the last one is not used
  };
}

/**
 * Whether all eigenvalues of such a matrix are below a number (Sturm).
 * @param {number} number @param {Float64Array} diagonal @param {Float64Array} beside
 */
function isAbove(number, diagonal, beside) {
  let pivot = number - diagonal[0];
  for (let i = 1; i < diagonal.length && pivot > 0; i++)
    pivot = number - diagonal[i] - beside[i - 1] ** 2 / pivot;
  return pivot > 0;
}

// How far a gradient reaches: what snippets/long_sequences/lab.py computes, for the laboratory of that page.

import { Draws, embedded, initial, oneHot } from "./draws.js";
import { runLayer } from "./engine.js";
import { KINDS } from "./kinds.js";
import { multiply, sendBack } from "./pullback.js";
import { dot } from "./vectors.js";

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

/** @typedef {{W: Float64Array, U: Float64Array, data: Float64Array}} Drawn */
/** What was drawn last: another scale or bias draws nothing anew. @type {{of: string, drawn: Drawn}} */
let last;

/** @param {Setting} setting @returns {Drawn} */
function drawn({ kind, noise, seed, T }) {
  const of = [kind, noise, seed, T].join();
  if (last?.of === of) return last.drawn;
  const draws = new Draws(seed);
  const { W, U } = initial(draws, KINDS[kind].gates.length, INPUTS, UNITS);
  const data = noise
    ? draws.many((T + 1) * INPUTS, () => draws.normal())
    : oneHot(embedded(draws, T - 1)).slice(0, (T + 1) * INPUTS);
  last = { of, drawn: { W, U, data } };
  return last.drawn;
}

/** The layer of a setting, and what it reads. @param {Setting} setting */
function built(setting) {
  const { kind, scale, bias, T } = setting;
  const { W, U, data } = drawn(setting);
  const [u, m, gates] = [UNITS, INPUTS, KINDS[kind].gates.length];
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

/** What layers compute with: another scale or bias makes none anew. @type {import("./engine.js").Machines} */
const machines = new Map();
const MOST_MACHINES = 4;

/**
 * Send gradients back through a layer, and say how long they are at its first step; all the rest when it is asked for.
 * @param {Setting} setting
 * @returns {{norm: number, all: () => Answer}} norm: log10 of that of ∂h_T/∂h_0
 */
export function reach(setting) {
  const u = UNITS;
  const { T } = setting;
  const { layer, input } = built(setting);
  // A gradient from each unit alone, and one of length 1 from all of them.
  const sent = new Float64Array((u + 1) * u);
  for (let j = 0; j < u; j++) sent[j * u + j] = 1;
  sent.fill(u ** -0.5, u * u);

  if (machines.size > MOST_MACHINES) machines.clear();
  const run = runLayer(layer, input, { machines });
  const size = sent.length;
  const arrivals = new Float64Array(T * size); // after 1, 2, … steps
  // What each step adds to each block of the gradient of U is a column times a row: these, one after the other.
  const added = new Float64Array((2 * T * layer.weights[1].data.length) / u);
  let at = 0;
  sendBack(layer, run, sent, (t, arrived, met) => {
    if (!t) return; // what is before step 0 is no state that was computed
    arrivals.set(arrived, (T - t) * size);
    for (const { row: column, rows, by } of met) {
      added.set(column, at);
      at += u;
      for (let j = 0; j < u; j++, at++) added[at] = rows[u * u + j] * by[j];
    }
  });
  const arrived = Array.from({ length: T }, (_, k) => arrivals.subarray(k * size, (k + 1) * size));
  /** @type {Answer | undefined} */
  let answer;
  return {
    norm: Math.log10(spectral(u)(arrived[T - 1])),
    all: () => {
      answer ??= { ...alongTheWay(arrived, sent.subarray(u * u)), ...gradientOfU(added, T) };
      return answer;
    },
  };
}

/** Norms and turns of what has arrived. @param {Float64Array[]} arrivals @param {Float64Array} sent the gradient from all units */
function alongTheWay(arrivals, sent) {
  const u = UNITS;
  const norm = spectral(u);
  const norms = Float64Array.from(arrivals, (arrived) => Math.log10(norm(arrived)));
  let later = sent;
  const turned = Float64Array.from(arrivals, (arrived) => {
    const now = arrived.subarray(u * u);
    const cosine = dot(now, later) / Math.sqrt(dot(now, now) * dot(later, later));
    later = now;
    return cosine;
  });
  return { norms, turned };
}

/** The gradient of U from the last k steps. @param {Float64Array} added columns and rows @param {number} T */
function gradientOfU(added, T) {
  const u = UNITS;
  const blocks = added.length / (2 * T * u);
  const sum = new Float64Array(blocks * u * u);
  const [lengths, kept] = [0, 0].map(() => new Float64Array(T));
  for (let k = 0, from = 0; k < T; k++) {
    for (let block = 0, at = 0; block < blocks; block++, from += 2 * u)
      for (let i = 0; i < u; i++)
        for (let j = 0; j < u; j++, at++) sum[at] += added[from + i] * added[from + u + j];
    lengths[k] = Math.sqrt(dot(sum, sum));
  }
  // Only the end tells what the whole is: its product with what the last k steps gave grows with k.
  const whole = Math.sqrt(dot(sum, sum));
  let shared = 0;
  for (let k = 0, from = 0; k < T; k++) {
    for (let block = 0, at = 0; block < blocks; block++, from += 2 * u) {
      const row = added.subarray(from + u, from + 2 * u);
      for (let i = 0; i < u; i++, at += u)
        shared += added[from + i] * dot(row, sum.subarray(at, at + u));
    }
    kept[k] = shared / (lengths[k] * whole);
  }
  return { lengths: lengths.map(Math.log10), kept };
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
    gram.fill(0);
    multiply(scaled, scaled, u, gram);
    turn(gram, u, v, p);
    for (let i = 0; i < u; i++) {
      diagonal[i] = gram[i * u + i];
      if (i) beside[i] = gram[(i - 1) * u + i];
    }
    return most * Math.sqrt(largest(diagonal, beside));
  };
}

/**
 * Turn a symmetric matrix (Householder) until all is 0 but its diagonal and what is beside it. Reads and overwrites what
 * lies on the diagonal and right of it.
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
    p.fill(0); // by · A v
    for (let i = k; i < n; i++) {
      let sum = A[i * n + i] * v[i];
      for (let j = i + 1; j < n; j++) {
        sum += A[i * n + j] * v[j];
        p[j] += A[i * n + j] * v[i];
      }
      p[i] += sum;
    }
    let half = 0;
    for (let i = k; i < n; i++) {
      p[i] *= by;
      half += (by / 2) * p[i] * v[i];
    }
    for (let i = k; i < n; i++) p[i] -= half * v[i];
    for (let i = k; i < n; i++)
      for (let j = i; j < n; j++) A[i * n + j] -= v[i] * p[j] + p[i] * v[j];
  }
}

/**
 * The largest eigenvalue of such a matrix that has no negative one. Newton's method goes down to it from the sum of all,
 * and never past it: the pivots of the matrix less a number are positive above the largest eigenvalue alone (Sturm), and
 * their product is the polynomial whose last zero it is.
 * @param {Float64Array} diagonal @param {Float64Array} beside each number left of that of the diagonal; the first is 0
 */
function largest(diagonal, beside) {
  let value = 0;
  for (let i = 0; i < diagonal.length; i++) value += diagonal[i];
  for (;;) {
    let pivot = 1;
    let slope = 0; // of this pivot, and the sum of each pivot's slope over the pivot
    let sum = 0;
    for (let i = 0; i < diagonal.length && pivot > 0; i++) {
      const by = (beside[i] * beside[i]) / pivot;
      slope = 1 + (by * slope) / pivot;
      pivot = value - diagonal[i] - by;
      sum += slope / pivot;
    }
    const next = value - 1 / sum;
    if (!(pivot > 0 && next < value)) return value;
    value = next;
  }
}

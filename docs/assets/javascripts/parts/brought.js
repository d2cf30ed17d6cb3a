// From what a reader brings to what is computed: arrays and options become layers, a text becomes an input.

import { InputError, readArrays, sizeOf } from "./arrays.js";
import { FUNCTIONS } from "./cells.js";
import { arraysOf, isRecurrent, KINDS } from "./kinds.js";
import { written } from "./written.js";

/** @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {import("./arrays.js").NamedArray} NamedArray */
/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").Sequence} Sequence */

/** What Keras calls the functions of cells.js. @type {Record<string, string>} */
export const ACTIVATIONS = {
  tanh: "tanh",
  sigmoid: "σ",
  relu: "relu",
  linear: "linear",
  hard_sigmoid: "hard_sigmoid",
  softmax: "softmax",
};

/**
 * Layers of an example: its options, and arrays in the order of get_weights().
 * @param {Partial<Layer>[]} options @param {NDArray[]} arrays @returns {Layer[]}
 */
export function assembled(options, arrays) {
  const left = [...arrays];
  return options.map((option) => {
    const kind = /** @type {Layer["kind"]} */ (option.kind);
    const count = arraysOf(kind).length;
    const weights = left.splice(0, count);
    const layer = /** @type {Layer} */ ({ ...option, weights, ...sizes(kind, weights) });
    if (option.mergeMode !== undefined) layer.backward = left.splice(0, count);
    return layer;
  });
}

/** @param {Layer["kind"]} kind @param {NDArray[]} weights */
function sizes(kind, [kernel]) {
  const { gates } = KINDS[kind];
  return { m: kernel.shape[0], units: kernel.shape[1] / gates.length };
}

/** A Keras activation as the engine calls it. @param {string | undefined} name @param {string} usual */
export function activation(name, usual) {
  if (!name) return usual;
  const known = ACTIVATIONS[name] ?? (Object.hasOwn(FUNCTIONS, name) ? name : undefined);
  if (!known)
    throw new InputError(
      `The activation ${name} is none that this page knows (${Object.keys(ACTIVATIONS).join(", ")}): choose one below.`,
    );
  return known;
}

/**
 * A sequence from a text: (T, m), (N, T, m), or numbers alone where m is 1.
 * @param {string} text @param {number} m @returns {Sequence}
 */
export function readSequence(text, m) {
  const found = readArrays(text);
  if (found.length > 1)
    throw new InputError(
      `These are ${found.length} arrays: the input is one, (T, ${m}) or (N, T, ${m}).`,
    );
  return sequenceOf(found[0].array, m);
}

/** @param {NDArray} array @param {number} m @returns {Sequence} */
export function sequenceOf({ shape, data }, m) {
  const known =
    shape.length === 1 && (m === 1 || shape[0] === m) ? [m === 1 ? shape[0] : 1, m] : shape;
  const [T, width] = known.slice(-2);
  if (known.length < 2 || known.length > 3 || width !== m)
    throw new InputError(
      `The input has the shape ${written(shape)}: the layer reads ${m} number${m === 1 ? "" : "s"} a step, so it needs (T, ${m}) or (N, T, ${m}).`,
    );
  return { N: known.length === 3 ? known[0] : 1, T, m, data };
}

/**
 * An input that nobody has to type.
 * @param {"zeros" | "impulse" | "random"} kind @param {{N: number, T: number, m: number, seed: number}} of
 * @returns {Sequence}
 */
export function made(kind, { N, T, m, seed }) {
  const data = new Float64Array(N * T * m);
  if (kind === "impulse") for (let n = 0; n < N; n++) data.fill(1, n * T * m, n * T * m + m);
  if (kind === "random") {
    const draw = generator(seed);
    for (let k = 0; k < data.length; k++) data[k] = Math.round((2 * draw() - 1) * 1e4) / 1e4;
  }
  return { N, T, m, data };
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A sequence as Python prints one. @param {Sequence} input */
export function printed({ N, T, m, data }) {
  const number = (/** @type {number} */ value) => String(value);
  const rows = Array.from(
    { length: N * T },
    (_, k) =>
      `[${Array.from(/** @type {Float64Array} */ (data).slice(k * m, (k + 1) * m), number).join(", ")}]`,
  );
  const samples = Array.from(
    { length: N },
    (_, n) => `[${rows.slice(n * T, (n + 1) * T).join(",\n ")}]`,
  );
  return N === 1 ? samples[0] : `[${samples.join(",\n\n ")}]`;
}

/**
 * The states before the first step: those of h, and of c, for each sample.
 * @param {NDArray[]} arrays @param {Layer} layer @param {number} N @returns {NDArray[]}
 */
export function readStates(arrays, layer, N) {
  const count = KINDS[layer.kind].states.length * (layer.backward ? 2 : 1);
  const u = layer.units;
  if (arrays.length !== count)
    throw new InputError(
      `These are ${arrays.length} arrays: this layer has ${count} states, (${u},) or (${N}, ${u}) each.`,
    );
  return arrays.map(({ shape, data }) => {
    const numbers = Array.from(data);
    if (numbers.length === u && N > 1)
      return { shape: [N, u], data: Array(N).fill(numbers).flat() };
    if (numbers.length !== N * u || shape[shape.length - 1] !== u)
      throw new InputError(
        `A state has the shape ${written(shape)}: it needs (${u},) or (${N}, ${u}).`,
      );
    return { shape: [N, u], data: numbers };
  });
}

/** A mask, N · T of 0 and 1. @param {NDArray[]} arrays @param {number} N @param {number} T */
export function readMask([{ shape, data }], N, T) {
  const numbers = Array.from(data, Number);
  if (numbers.some((number) => number !== 0 && number !== 1))
    throw new InputError("A mask holds 0 and 1, or False and True, and nothing else.");
  if (numbers.length === T && N > 1) return Array(N).fill(numbers).flat();
  if (numbers.length !== N * T)
    throw new InputError(
      `The mask has the shape ${written(shape)}: it needs (${T},) or (${N}, ${T}).`,
    );
  return numbers;
}

/** How many numbers a layer has learned. @param {Layer} layer */
export const parameters = (layer) =>
  [...layer.weights, ...(layer.backward ?? [])].reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/**
 * What the arrays of a layer tell of how it began, or of what it is: sentences.
 * @param {Layer} layer
 */
export function remarks(layer) {
  const found = [];
  const [kernel, second, third] = layer.weights;
  const bias = isRecurrent(layer) ? third : second;
  const all = Array.from(bias?.data ?? []);
  const u = layer.units;
  if (bias && all.every((number) => number === 0))
    found.push("All biases are 0, as Keras starts them.");
  if (layer.kind === "LSTM" && all.length === 4 * u) {
    const forget = all.slice(u, 2 * u);
    const others = [...all.slice(0, u), ...all.slice(2 * u)];
    if (forget.every((b) => b === 1) && others.every((b) => b === 0))
      found.push(
        "The forget gate's bias is 1, all others are 0: unit_forget_bias, as Keras starts them.",
      );
  }
  if (layer.kind === "GRU" && bias?.shape.length === 2)
    found.push("The bias has two rows: reset_after=True, Keras's default.");
  if (isRecurrent(layer) && isOrthogonal(second))
    found.push(
      "The rows of the recurrent kernel are orthogonal: it looks as Keras draws it, untrained.",
    );
  if (Array.prototype.every.call(kernel.data, (number) => number === 0))
    found.push("The kernel is all zeros.");
  return found;
}

/** @param {NDArray} array */
function isOrthogonal({ shape: [rows, columns], data }) {
  if (rows < 2 || rows > 64) return false;
  for (let a = 0; a < rows; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += data[a * columns + k] * data[b * columns + k];
      if (Math.abs(sum - Number(a === b)) > 1e-4) return false;
    }
  return true;
}

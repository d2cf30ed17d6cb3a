// A setting: a model, its input, how its states begin, and which of its numbers are taken.
//
// Settings say more than a model can: that a state is left over from another run, that the cell is
// taken for the state, that the last step is missing. deviations.js changes them, explain.js compares.

import { CELLS, read as parsed } from "./cells.js";
import { linesOf, runModel } from "./engine.js";
import { isRecurrent, KINDS } from "./kinds.js";
import { half } from "./rearranged.js";

/** @typedef {import("./engine.js").NDArray} NDArray @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").Sequence} Sequence @typedef {import("./engine.js").Options} Options */
/**
 * @typedef {import("./engine.js").Layer & {altered?: Record<string, string>}} Layer
 *   altered: lines of cells.js that another one replaces
 */
/**
 * Which numbers are taken.
 * @typedef {object} Read
 * @property {"samples" | "steps"} [rows] what the rows of two axes are
 * @property {number} [step] of which one vector a sample is; the last, if not given
 * @property {string} [value] a name in the last layer's lines; its output, if not given
 * @property {number} [shift] the step that is taken lies so many later
 * @property {boolean} [axes] samples and steps change places
 * @property {boolean} [turned] steps are listed from the last to the first
 * @property {boolean} [unturned] what was read backwards stays in the order of reading
 * @property {boolean} [exchanged] the halves of each row
 * @property {boolean} [zeroed] 0 where a step is masked
 * @property {boolean} [cut] further decimals are cut off, not rounded
 * @property {boolean} [half] rounded to 16 bits
 * @property {boolean} [brief] nothing but the output is wanted, and only once
 * @property {number} [decimals] how many are shown
 * @property {boolean} [halves] are all numbers that are shown ones of 16 bits?
 */
/**
 * @typedef {object} Setting
 * @property {Layer[]} layers
 * @property {Sequence} input
 * @property {Options} options
 * @property {Read} read
 * @property {"again" | "on" | "anew"} [start] states: those that a run over the same input left;
 *   those of the sample before; none, at every step
 * @property {boolean} [late] a recurrent layer reads what the one below gave a step before
 * @property {boolean} [shared] all layers keep their state in the same place
 * @property {{name: string, layer: Layer}[]} [others] further layers of the same file
 * @property {([NDArray, NDArray] | undefined)[]} [biases] for each layer the two that PyTorch adds
 */
/**
 * @typedef {object} Result
 * @property {Sequence} output
 * @property {Record<string, Sequence>} values of the last layer, beside its output; "" read backwards
 */

/** @type {Map<string, import("./cells.js").Equation[]>} */
const kept = new Map();

/** A layer with its lines, read once. @param {Layer} layer @returns {Layer} */
function withLines(layer) {
  const key = JSON.stringify([layer.kind, layer.resetAfter === false, layer.altered]);
  let lines = kept.get(key);
  if (!lines) {
    lines = linesOf(layer);
    if (layer.altered) {
      const others = layer.altered;
      lines = parsed(lines.map(({ line }) => ["", others[line] ?? line]));
    }
    kept.set(key, lines);
  }
  return { ...layer, lines };
}

/** The lines that cells.js has for a layer. @param {keyof typeof CELLS} cell */
export const linesIn = (cell) => CELLS[cell].flatMap(([, ...lines]) => lines);

/** @type {WeakMap<Layer[], {of: Setting, float32: boolean, result: Result}>} */
const computed = new WeakMap();

/**
 * Compute a setting. Another reading of the same numbers computes nothing.
 * @param {Setting} setting @param {boolean} float32 @returns {Result}
 */
function compute(setting, float32) {
  const before = computed.get(setting.layers);
  const same = /** @type {const} */ (["input", "options", "start", "late", "shared"]);
  if (before?.float32 === float32 && same.every((name) => before.of[name] === setting[name]))
    return before.result;
  const result = anew(setting, float32);
  computed.set(setting.layers, { of: setting, float32, result });
  return result;
}

/** @param {Setting} setting @param {boolean} float32 @returns {Result} */
function anew(setting, float32) {
  const { start, input, options } = setting;
  const { N, T } = input;
  const layers = setting.layers.map(withLines);
  if (setting.shared) return { output: sharing(layers, input, float32), values: {} };
  const given = { ...options, float32, machines: machinesFor(setting) };
  if (start === "on") return labelled(run(setting, layers, { ...input, N: 1, T: N * T }, given));
  if (start === "anew") return labelled(run(setting, layers, { ...input, N: N * T, T: 1 }, given));
  if (start !== "again") return run(setting, layers, input, given);
  const { states } = run(setting, layers, input, given);
  return run(setting, layers, input, { ...given, states });

  /** @param {Result} found @returns {Result} */
  function labelled({ output, values }) {
    const all = Object.entries(values).map(([name, of]) => [name, { ...of, N, T }]);
    return { output: { ...output, N, T }, values: Object.fromEntries(all) };
  }
}

// What small layers compute with is kept from one run to the next.
const SMALL = 4096;
const MOST = 100;
/** @type {import("./engine.js").Machines} */
const machines = new Map();

/** @param {Setting} setting */
function machinesFor({ layers, input }) {
  if (layers.some(({ units, m }) => input.N * input.T * Math.max(units, m) > SMALL))
    return undefined;
  if (machines.size > MOST) machines.clear();
  return machines;
}

const READABLE = ["z", "i", "f", "c̃", "o", "c", "g_c", "r", "h̃"];

/**
 * @param {Setting} setting @param {Layer[]} layers @param {Sequence} input
 * @param {Options & {machines?: import("./engine.js").Machines}} options
 * @returns {Result & {states: NDArray[][]}} states: after the last step, to start again
 */
function run({ late, start, read }, layers, input, options) {
  let sequence = input;
  let { mask } = options;
  /** @type {NDArray[][]} */
  const states = [];
  /** @type {Record<string, Sequence>} */
  const values = {};
  for (const [k, layer] of layers.entries()) {
    const recurrent = isRecurrent(layer);
    if (late && k && recurrent) sequence = delayed(sequence);
    const { N, T } = sequence;
    const given = { ...options, mask, states: [options.states?.[k] ?? []] };
    const { runs, output } = runModel([layer], sequence, given);
    const [{ forward, backward }] = runs;
    if (start === "again") states.push(left(layer, runs[0]));
    sequence = output;
    if (recurrent && layer.returnSequences === false) mask = undefined;
    if (k < layers.length - 1 || read.brief) continue;
    for (const name of READABLE)
      if (forward.values[name]) values[name] = sequenceOf(forward.values[name], N, T);
    if (backward) values[""] = sequenceOf(backward.output, N, T);
  }
  return { output: sequence, values, states };
}

/** A step later, after zeros. @param {Sequence} sequence @returns {Sequence} */
export function delayed({ N, T, m, data }) {
  const later = new Float64Array(N * T * m);
  for (let n = 0; n < N; n++)
    for (let k = m; k < T * m; k++) later[n * T * m + k] = data[n * T * m + k - m];
  return { N, T, m, data: later };
}

/** The states after the last step. @param {Layer} layer @param {{forward: Run, backward?: Run}} run */
function left(layer, { forward, backward }) {
  return [forward, backward].flatMap((run) =>
    KINDS[layer.kind].states.map((name) => {
      const values = run?.values[name] ?? new Float64Array();
      const size = values.length / Math.max(1, run?.order.length ?? 1);
      return { shape: [size / layer.units, layer.units], data: values.slice(-size) };
    }),
  );
}

/**
 * All layers of a stack, step by step, with one state for all of them.
 * @param {Layer[]} layers @param {Sequence} input @param {boolean} float32 @returns {Sequence}
 */
function sharing(layers, { N, T, m, data }, float32) {
  /** @type {NDArray[]} */
  let states = [];
  /** @type {Sequence[]} */
  const steps = [];
  for (let t = 0; t < T; t++) {
    const x = new Float64Array(N * m);
    for (let n = 0; n < N; n++)
      for (let j = 0; j < m; j++) x[n * m + j] = data[(n * T + t) * m + j];
    /** @type {Sequence} */
    let sequence = { N, T: 1, m, data: x };
    for (const layer of layers) {
      const { runs, output } = runModel([layer], sequence, { float32, states: [states] });
      if (isRecurrent(layer)) states = left(layer, runs[0]);
      sequence = output;
    }
    steps.push(sequence);
  }
  const width = steps[0].m;
  const all = new Float64Array(N * T * width);
  for (const [t, step] of steps.entries())
    for (let n = 0; n < N; n++)
      for (let j = 0; j < width; j++) all[(n * T + t) * width + j] = step.data[n * width + j];
  return { N, T, m: width, data: all };
}

// What is taken ---------------------------------------------------------------------------------

/**
 * The numbers of a setting in a shape, (u,), (T, u), (N, u) or (N, T, u); NaN where it says nothing.
 * Nothing, if the shape does not fit.
 * @param {Setting} setting @param {number[]} shape @param {boolean} [float32]
 * @returns {Float64Array | undefined}
 */
export function taken(setting, shape, float32 = false) {
  const { read, options } = setting;
  const from = meant(read.brief ? anew(setting, float32) : compute(setting, float32), read);
  const width = shape.at(-1);
  if (!from || from.m !== width) return undefined;
  const places = placesOf(from, shape, read);
  if (!places) return undefined;
  const numbers = new Float64Array(places.length * width);
  for (const [row, [n, t]] of places.entries()) {
    const masked = read.zeroed && options.mask && !options.mask[n * from.T + t];
    for (let j = 0; j < width; j++) {
      const number = from.data[(n * from.T + t) * width + j];
      const k = row * width + j;
      if (n >= from.N || t >= from.T) numbers[k] = Number.NaN;
      else if (n < 0 || t < 0 || masked) numbers[k] = 0;
      else numbers[k] = Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
    }
  }
  return numbers.every(Number.isNaN) ? undefined : shown(numbers, read);
}

/** As they are shown: cut off, or with 16 bits. @param {Float64Array} numbers @param {Read} read */
function shown(numbers, { cut, half: short, decimals = 0 }) {
  // Cut off after so many decimals is half a unit nearer to 0, rounded.
  if (cut) return numbers.map((number) => number - (Math.sign(number) * 0.5) / 10 ** decimals);
  return short ? numbers.map(half) : numbers;
}

/** @param {Result} result @param {Read} read @returns {Sequence | undefined} */
function meant({ output, values }, { value, unturned, exchanged }) {
  if (unturned) return values[""] && joined(output, values[""]);
  if (exchanged) return turnedRows(output);
  return value ? values[value] : output;
}

/**
 * Values of a run, which go step by step, sample by sample.
 * @param {ArrayLike<number>} values @param {number} N @param {number} T @returns {Sequence}
 */
function sequenceOf(values, N, T) {
  const m = values.length / N / T;
  const data = new Float64Array(values.length);
  for (let n = 0; n < N; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < m; j++) data[(n * T + t) * m + j] = values[(t * N + n) * m + j];
  return { N, T, m, data };
}

/** The second half of each row from elsewhere. @param {Sequence} output @param {Sequence} other @returns {Sequence} */
function joined({ N, T, m, data }, other) {
  const u = other.m;
  const row = (/** @type {number} */ k) => Math.floor(k / m) * u + (k % m) - u;
  return { N, T, m, data: Float64Array.from(data, (v, k) => (k % m < u ? v : other.data[row(k)])) };
}

/** The halves of each row exchanged. @param {Sequence} output @returns {Sequence} */
function turnedRows({ N, T, m, data }) {
  const from = (/** @type {number} */ k) => k - (k % m) + (((k % m) + m / 2) % m);
  return { N, T, m, data: Float64Array.from(data, (_, k) => data[from(k)]) };
}

/**
 * Sample and step of each row that is taken. A step below 0 or above the last one is none.
 * @param {{N: number, T: number}} from @param {number[]} shape @param {Read} read
 * @returns {[number, number][] | undefined}
 */
function placesOf({ N, T }, shape, read) {
  const { axes, rows, step = T - 1, shift = 0, turned } = read;
  if (axes) {
    const places = placesOf({ N: T, T: N }, shape, { ...read, axes: false });
    return places?.map(([n, t]) => [t, n]);
  }
  const all = (/** @type {number} */ count) => Array.from({ length: count }, (_, k) => k);
  /** @type {(t: number) => number} */
  const moved = (t) => (turned ? T - 1 - t : t) + shift;
  if (shape.length === 1) return [[0, moved(step)]];
  if (shape.length === 3) {
    if (shape[0] !== N || shape[1] !== T) return undefined;
    return all(N).flatMap((n) =>
      all(T).map((t) => /** @type {[number, number]} */ ([n, moved(t)])),
    );
  }
  if (rows === "samples") return shape[0] === N ? all(N).map((n) => [n, moved(step)]) : undefined;
  return shape[0] === T ? all(T).map((t) => [0, moved(t)]) : undefined;
}

// Shares of a setting ---------------------------------------------------------------------------

/**
 * Can the first steps be computed alone, and do the numbers that were got begin with them?
 * @param {Setting} setting @param {number[]} shape
 */
export function hasBeginning({ layers, read, start, shared }, shape) {
  const { axes, rows, shift, turned, unturned } = read;
  const sequence = shape.length === 3 || (shape.length === 2 && rows === "steps");
  const forward = layers.every(
    ({ backward, goBackwards, returnSequences }) =>
      !backward && !goBackwards && returnSequences !== false,
  );
  return (
    sequence &&
    forward &&
    (!start || start === "anew") &&
    !shared &&
    !axes &&
    !shift &&
    !turned &&
    !unturned
  );
}

/**
 * The first steps of the first sample.
 * @param {Setting} setting @param {number} count @returns {Setting}
 */
export function beginning(setting, count) {
  const { T, m, data } = setting.input;
  const { mask, states } = setting.options;
  const input = { N: 1, T: count, m, data: Array.prototype.slice.call(data, 0, count * m) };
  const first = (/** @type {NDArray} */ { shape: [, u], data: all }) => ({
    shape: [1, u],
    data: Array.prototype.slice.call(all, 0, u),
  });
  const options = {
    ...setting.options,
    mask: mask && Array.prototype.slice.call(mask, 0, Math.min(T, count)),
    states: states?.map((layer) => layer?.map(first)),
  };
  const read = { ...setting.read, brief: !setting.read.value };
  // The array of layers is another one: what was computed of the whole stays in its place.
  return { ...setting, layers: [...setting.layers], input, options, read };
}

// A setting: a model, its input, how its states begin, and which of its numbers are taken.
//
// Settings say more than a model can: that a state is left over from another run, that the cell is
// taken for the state, that the last step is missing. deviations.js changes them, explain.js compares.

import { CELLS, read as parsed } from "./cells.js";
import { KINDS, linesOf, runModel } from "./engine.js";
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
 * @property {boolean} [turned] steps are listed from the last to the first
 * @property {boolean} [unturned] what was read backwards stays in the order of reading
 * @property {boolean} [exchanged] the halves of each row
 * @property {boolean} [zeroed] 0 where a step is masked
 * @property {boolean} [cut] further decimals are cut off, not rounded
 * @property {boolean} [half] rounded to 16 bits
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
/** @typedef {{output: Sequence, last?: {forward: Run, backward?: Run}, N: number, T: number}} Result */

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
 * @param {Setting} setting @param {boolean} [float32] @returns {Result}
 */
export function compute(setting, float32 = false) {
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
  if (setting.shared) return { output: sharing(layers, input, float32), N, T };
  const given = { ...options, float32 };
  if (start === "on") return relabelled(run(setting, layers, { ...input, N: 1, T: N * T }, given));
  if (start === "anew")
    return relabelled(run(setting, layers, { ...input, N: N * T, T: 1 }, given));
  const once = run(setting, layers, input, given);
  if (start !== "again") return { ...once, N, T };
  const states = layers.map((layer, k) => left(layer, once.runs[k]));
  return { ...run(setting, layers, input, { ...given, states }), N, T };

  /** @param {ReturnType<typeof run>} found */
  function relabelled(found) {
    return { ...found, output: { ...found.output, N, T }, N, T };
  }
}

/**
 * @param {Setting} setting @param {Layer[]} layers @param {Sequence} input @param {Options} options
 */
function run({ late }, layers, input, options) {
  let sequence = input;
  let { mask } = options;
  const runs = [];
  for (const [k, layer] of layers.entries()) {
    const recurrent = layer.kind !== "Dense";
    if (late && k && recurrent) sequence = delayed(sequence);
    const states = [options.states?.[k] ?? []];
    const found = runModel([layer], sequence, { float32: options.float32, mask, states });
    sequence = found.output;
    runs.push(found.runs[0]);
    if (recurrent && layer.returnSequences === false) mask = undefined;
  }
  return { output: sequence, runs, last: runs.at(-1) };
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
      if (layer.kind !== "Dense") states = left(layer, runs[0]);
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
  const from = meant(compute(setting, float32), read);
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
      if (t >= from.T) numbers[k] = Number.NaN;
      else if (t < 0 || masked) numbers[k] = 0;
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
function meant({ output, last, N, T }, { value, unturned, exchanged }) {
  if (unturned)
    return last?.backward && joined(output, sequenceOf(last.backward.output, last, N, T));
  if (exchanged) return turnedRows(output);
  const values = value && last?.forward.values[value];
  if (value) return values ? sequenceOf(values, last, N, T) : undefined;
  return output;
}

/**
 * Values of a run, which go step by step, sample by sample.
 * @param {ArrayLike<number>} values @param {{forward: Run}} run @param {number} N @param {number} T
 * @returns {Sequence}
 */
function sequenceOf(values, { forward }, N, T) {
  const steps = forward.order.length;
  const m = values.length / N / T;
  const samples = (N * T) / steps;
  const data = new Float64Array(values.length);
  for (let n = 0; n < samples; n++)
    for (let t = 0; t < steps; t++)
      for (let j = 0; j < m; j++) data[(n * steps + t) * m + j] = values[(t * samples + n) * m + j];
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
 * @param {Sequence} from @param {number[]} shape @param {Read} read
 * @returns {[number, number][] | undefined}
 */
function placesOf({ N, T }, shape, { rows, step = T - 1, shift = 0, turned }) {
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
  const { rows, shift, turned, unturned } = read;
  const sequence = shape.length === 3 || (shape.length === 2 && rows === "steps");
  const forward = layers.every(
    ({ backward, goBackwards, returnSequences }) =>
      !backward && !goBackwards && returnSequences !== false,
  );
  return (
    sequence && forward && (!start || start === "anew") && !shared && !shift && !turned && !unturned
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
  // The array of layers is another one: what was computed of the whole stays in its place.
  return { ...setting, layers: [...setting.layers], input, options };
}

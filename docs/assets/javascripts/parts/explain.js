// Why yours differ: which deviation, or which two, yield exactly the numbers that somebody got.
//
// First: are they right, as far as float32 and the digits that are shown can tell? Then all single
// deviations, then pairs. What fits is named only if so many digits agree that chance could not do it.

import { deviations } from "./deviations.js";
import { isRecurrent } from "./kinds.js";
import { half } from "./rearranged.js";
import { beginning, hasBeginning, taken } from "./setting.js";

/** @typedef {import("./setting.js").Setting} Setting @typedef {import("./setting.js").Layer} Layer */
/** @typedef {import("./deviations.js").Deviation} Deviation */
/** @typedef {{shape: number[], data: ArrayLike<number>, step?: number}} Got step: of which a vector is */
/**
 * What is looked at: a model and its input. The rest has defaults.
 * @typedef {Pick<Setting, "layers" | "input"> & Partial<Setting>} Question
 */
/** @typedef {{ids: string[], says: string[], links: string[], off: number}} Explanation */
/**
 * @typedef {object} Answer
 * @property {"right" | "explained" | "none"} verdict
 * @property {number} off how far the numbers are from the right ones, at most; Infinity if shapes differ
 * @property {number} float32 how far float32 may be from float64 here
 * @property {number} decimals how many the numbers show
 * @property {Explanation[]} explanations all that fit, the nearest first
 * @property {Explanation[]} perhaps with too few numbers to tell: what fits, and may by chance
 * @property {boolean} few are there too few numbers to tell?
 * @property {Explanation | undefined} nearest of what was tried; without ids it is the right result
 */
/** @typedef {{stage: "singles" | "pairs", done: number, of: number}} Progress */

// How many explanations may fit by chance, of all that are tried: one in a thousand questions.
const BY_CHANCE = 1e-3;
// Other programs add in another order: their float32 is another float32 than the engine's.
const MARGIN = 4;
// Beyond so many multiplications the first step is looked at before the others.
const LARGE = 5e6;
const SAMPLED = 64;
const LOOKED_AT = 2000;

/**
 * Look for what yields these numbers. Each value that is yielded is progress; cancel by not going on.
 * @param {Question} question @param {Got} got @param {{pairs?: boolean}} [options]
 * @returns {Generator<Progress, Answer, void>}
 */
export function* explaining(question, got, { pairs = true } = {}) {
  const shown = shownBy(got);
  const base = prepared(question, got, shown);
  const compared = comparer(got, shown);
  const right = compared(base);
  const { float32 } = right;
  /** @type {Answer} */
  const answer = {
    verdict: "none",
    off: right.off,
    float32,
    decimals: shown.decimals,
    explanations: [],
    perhaps: [],
    few: false,
    nearest: right.off < Number.POSITIVE_INFINITY ? named([], right.off) : undefined,
  };
  if (right.fits) return { ...answer, verdict: "right" };

  const singles = deviations(base);
  const scales = new Scales(got);
  scales.add(right.numbers);
  /** @type {{tried: Deviation[], found: Compared}[]} */
  const fitting = [];
  const dropped = droppedOut(got, right);
  if (dropped) fitting.push(dropped);
  for (const [done, one] of singles.entries()) {
    yield { stage: "singles", done, of: singles.length };
    const found = compared(one.apply(base), answer.nearest?.off);
    scales.add(found.numbers);
    if (found.off < (answer.nearest?.off ?? Number.POSITIVE_INFINITY))
      answer.nearest = named([one], found.off);
    if (found.fits) fitting.push({ tried: [one], found });
  }
  if (fitting.length) return told(answer, fitting, scales, singles.length);

  const couples = coupled(singles);
  const enough = couples.length * 10 ** -scales.digits(right) < BY_CHANCE;
  if (!pairs || !enough) return { ...answer, few: !enough };
  /** @type {{first?: Deviation, setting: Setting}} */
  let before = { setting: base };
  for (const [done, [first, second]] of couples.entries()) {
    yield { stage: "pairs", done, of: couples.length };
    if (before.first !== first) before = { first, setting: first.apply(base) };
    if (!second.applies(before.setting)) continue;
    const found = compared(second.apply(before.setting), 0);
    if (found.off < (answer.nearest?.off ?? Number.POSITIVE_INFINITY))
      answer.nearest = named([first, second], found.off);
    if (found.fits) fitting.push({ tried: [first, second], found });
  }
  return told(answer, fitting, scales, couples.length);
}

/**
 * The same to its end, with pauses in which a worker can be told to stop.
 * @param {Question} question @param {Got} got
 * @param {{pairs?: boolean, progress?: (now: Progress) => void, cancelled?: () => boolean, every?: number}} [options]
 *   every: so many milliseconds a pause
 * @returns {Promise<Answer | undefined>} nothing, if it was cancelled
 */
export async function explain(question, got, options = {}) {
  const { progress, cancelled, every = 30 } = options;
  const steps = explaining(question, got, options);
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < every) continue;
    progress?.(value);
    await new Promise((resume) => setTimeout(resume));
    if (cancelled?.()) return undefined;
    since = performance.now();
  }
}

// What was got ----------------------------------------------------------------------------------

/** @typedef {{decimals: number, digits: number, halves: boolean}} Shown */

/** The fewest digits that represent a number, one of 32 bits or of 64. @param {number} number @param {boolean} single */
function shortest(number, single) {
  if (!single) return number.toExponential();
  for (let more = 0; ; more++) {
    const told = number.toExponential(more);
    if (Math.fround(Number(told)) === number) return told;
  }
}

/** How many decimals and digits represent all numbers. @param {Got} got @returns {Shown} */
function shownBy({ shape, data }) {
  const size = shape.reduce((a, b) => a * b, 1);
  const numbers = Array.from(data);
  if (!shape.length || shape.length > 3 || !size || size !== numbers.length)
    throw new RangeError(
      `explain.js: ${numbers.length} numbers have no shape (${shape.join(", ")}): give (u,), (T, u), (N, u) or (N, T, u)`,
    );
  if (!numbers.every(Number.isFinite))
    throw new RangeError(
      "explain.js: some of the numbers are not finite: nothing can be told of them",
    );
  const single = numbers.every((number) => Math.fround(number) === number);
  const step = Math.ceil(numbers.length / LOOKED_AT);
  let [decimals, digits] = [0, 1];
  for (let k = 0; k < numbers.length; k += step) {
    const [mantissa, exponent] = shortest(Math.abs(numbers[k]), single).split("e");
    const length = mantissa.replace(".", "").length;
    digits = Math.max(digits, length);
    if (numbers[k]) decimals = Math.max(decimals, length - 1 - Number(exponent));
  }
  return { decimals, digits, halves: numbers.every((number) => half(number) === number) };
}

/** Half a unit of the last place that is shown; float32 is printed with seven digits. @param {number} number @param {Shown} shown */
function roundingOf(number, { decimals, digits }) {
  const exponent = number ? Math.floor(Math.log10(Math.abs(number))) : 0;
  const place = number ? exponent + 1 - Math.min(digits, 7) : -decimals;
  return 0.5 * 10 ** Math.max(-decimals, place);
}

/** @param {import("./engine.js").NDArray} array */
const packed = ({ shape, data }) => ({ shape, data: Float64Array.from(data) });

/**
 * The setting of a question: every step comes out, and the rows of what was got have a meaning.
 * @param {Question} question @param {Got} got @param {Shown} shown @returns {Setting}
 */
function prepared(question, { shape, step }, { decimals, halves }) {
  const { input, read, options = {} } = question;
  const above = question.layers.findLastIndex(isRecurrent);
  const last = question.layers[above]?.returnSequences === false;
  const layers = question.layers.map((layer, k) => ({
    ...layer,
    weights: layer.weights.map(packed),
    backward: layer.backward?.map(packed),
    ...(k === above && !layer.backward && { returnSequences: true }),
  }));
  // Rows are steps of the first sample, unless the model gives one row a sample.
  const rows = shape[0] === input.N && (last || shape[0] !== input.T) ? "samples" : "steps";
  // Time may come before the samples.
  const axes = shape.length === 3 && (shape[0] !== input.N || shape[1] !== input.T);
  return { ...question, layers, options, read: { rows, axes, step, decimals, halves, ...read } };
}

// Comparing -------------------------------------------------------------------------------------

/**
 * @typedef {object} Compared
 * @property {boolean} fits
 * @property {number} off
 * @property {number} float32
 * @property {Float64Array} [numbers] of the first steps only, where these are too far off already
 * @property {Float64Array} [tolerances]
 */
/** @type {Compared} */
const NOTHING = { fits: false, off: Number.POSITIVE_INFINITY, float32: 0 };

/**
 * @param {Got} got @param {Shown} shown
 * @returns {(setting: Setting, bound?: number) => Compared} bound: what is farther off at the first
 *   step is of no interest, if that is quicker
 */
function comparer({ shape, data }, shown) {
  const numbers = Float64Array.from(data);
  const rounding = numbers.map((number) => roundingOf(number, shown));
  const width = shape[shape.length - 1];

  /** @param {Float64Array} others */
  const offOf = (others) => {
    let off = 0;
    for (let k = 0; k < others.length; k++) {
      const apart = Math.abs(others[k] - numbers[k]);
      if (apart > off) off = apart;
    }
    return off;
  };
  /** Is it worth a closer look? @param {Float64Array} others */
  const near = (others) => {
    for (let k = 0; k < others.length; k++)
      if (Math.abs(others[k] - numbers[k]) > rounding[k] + 1e-3 * (1e-3 + Math.abs(numbers[k])))
        return false;
    return true;
  };

  return (setting, bound) => {
    if (bound !== undefined && (bound === 0 || large(setting)) && hasBeginning(setting, shape)) {
      const first = taken(beginning(setting, 1), shape.with(0, 1).with(-2, 1));
      if (!first) return NOTHING;
      const off = offOf(first);
      if (off > bound && !near(first)) return { ...NOTHING, numbers: first };
    }
    const others = taken(setting, shape);
    if (!others) return NOTHING;
    const off = offOf(others);
    if (bound !== undefined && !near(others))
      return { fits: false, off, float32: 0, numbers: others };
    const rough = /** @type {Float64Array} */ (taken(setting, shape, true));
    const margins = marginsOf(others, rough, width);
    const tolerances = rounding.map((half, k) => half + margins[k]);
    const fits = others.every((number, k) => !(Math.abs(number - numbers[k]) > tolerances[k]));
    return { fits, off, float32: Math.max(...margins), numbers: others, tolerances };
  };
}

/** @param {Setting} setting */
function large({ layers, input }) {
  let [products, m] = [0, input.m];
  for (const { units } of layers) [products, m] = [products + units * (m + units), units];
  return 4 * products * input.N * input.T > LARGE;
}

/**
 * How far float32 may be from float64, for each number that of its row.
 * @param {Float64Array} exact @param {Float64Array} rough @param {number} width
 */
function marginsOf(exact, rough, width) {
  const margins = new Float64Array(exact.length);
  for (let row = 0; row < exact.length; row += width) {
    let [apart, most] = [0, 0];
    for (let k = row; k < row + width; k++) {
      if (!Number.isFinite(exact[k])) continue;
      apart = Math.max(apart, Math.abs(exact[k] - rough[k]));
      most = Math.max(most, Math.abs(exact[k]));
    }
    margins.fill(MARGIN * apart + 2 ** -22 * most, row, row + width);
  }
  return margins;
}

/** How far apart results usually are, number by number: what a fit by chance is measured by. */
class Scales {
  /** @param {Got} got */
  constructor({ data }) {
    this.data = data;
    // Numbers that are alike say one thing only.
    const unlike = new Map(Array.from(data, (number, k) => [number.toPrecision(5), k]));
    const places = [...unlike.values()];
    const step = Math.max(1, places.length / SAMPLED);
    this.places = places.filter((_, k) => Math.floor(k / step) !== Math.floor((k - 1) / step));
    // Where nothing else has this shape, a number is measured by its size.
    this.apart = this.places.map((k) => [Math.abs(data[k])]);
  }

  /** @param {Float64Array} [numbers] */
  add(numbers) {
    if (!numbers) return;
    for (const [at, k] of this.places.entries())
      if (Number.isFinite(numbers[k])) this.apart[at].push(Math.abs(numbers[k] - this.data[k]));
  }

  /**
   * How many digits agree, if these numbers fit: 10 to its negative is the chance of that.
   * @param {Compared} found
   */
  digits({ numbers, tolerances }) {
    let digits = 0;
    for (const [at, k] of this.places.entries()) {
      if (!numbers || !tolerances || Number.isNaN(numbers[k])) continue;
      const apart = this.apart[at].sort((a, b) => a - b);
      const usual = apart[apart.length >> 1];
      if (usual > tolerances[k]) digits += Math.log10(usual / tolerances[k]);
    }
    return digits;
  }
}

/**
 * Are some numbers 0, and the others the right ones times a common factor above 1?
 * @param {Got} got @param {Compared} right
 * @returns {{tried: Deviation[], found: Compared} | undefined}
 */
function droppedOut({ data }, { numbers, tolerances }) {
  if (!numbers || !tolerances) return undefined;
  const left = Array.from(data, (_, k) => k).filter((k) => data[k] !== 0);
  if (left.length < 3 || left.length === data.length) return undefined;
  const largest = left.reduce((a, b) => (Math.abs(numbers[b]) > Math.abs(numbers[a]) ? b : a));
  const factor = data[largest] / numbers[largest];
  if (!(factor > 1.01 && factor < 20)) return undefined;
  const scaled = numbers.map((number, k) => (data[k] ? factor * number : 0));
  const wide = tolerances.map((tolerance) => (1 + factor) * tolerance);
  const offs = scaled.map((number, k) => Math.abs(number - data[k]));
  if (offs.some((off, k) => off > wide[k])) return undefined;
  const rate = Number((1 - 1 / factor).toFixed(3));
  const told = {
    id: "dropout",
    says: `dropout is active, with a rate of ${rate}: some numbers are 0, the others ${Number(factor.toFixed(3))} times as large`,
    link: "rnn-api/#options",
    family: "dropout",
    applies: () => true,
    apply: (/** @type {Setting} */ setting) => setting,
  };
  // The zeros say nothing, and one number gave the factor.
  const counted = scaled.map((number, k) => (data[k] && k !== largest ? number : Number.NaN));
  const found = {
    fits: true,
    off: Math.max(...offs),
    float32: 0,
    numbers: counted,
    tolerances: wide,
  };
  return { tried: [told], found };
}

// Pairs and answers -----------------------------------------------------------------------------

/**
 * The pairs that are tried, each in the order in which it is applied. Two that change the same are
 * tried in both orders.
 * @param {Deviation[]} singles
 */
function coupled(singles) {
  /** @type {[Deviation, Deviation][]} */
  const couples = [];
  const together = singles.filter(({ alone }) => !alone);
  for (const [i, a] of together.entries())
    for (const [j, b] of together.entries()) {
      const ordered = j > i || (a.changes && a.changes === b.changes);
      const near = a.at === undefined || b.at === undefined || a.at === b.at;
      if (i !== j && ordered && near && a.family !== b.family) couples.push([a, b]);
    }
  return couples;
}

/** @param {Deviation[]} tried @param {number} off @returns {Explanation} */
const named = (tried, off) => ({
  ids: tried.map(({ id }) => id),
  says: tried.map(({ says }) => says),
  links: tried.map(({ link }) => link),
  off,
});

/**
 * The answer with all that fits. Two in either order are the same.
 * @param {Answer} answer @param {{tried: Deviation[], found: Compared}[]} fitting @param {Scales} scales
 * @param {number} count of what was tried @returns {Answer}
 */
function told(answer, fitting, scales, count) {
  /** @type {Map<string, Explanation>} */
  const explanations = new Map();
  /** @type {Map<string, Explanation>} */
  const perhaps = new Map();
  const sorted = fitting.toSorted((a, b) => a.found.off - b.found.off);
  for (const { tried, found } of sorted) {
    const key = tried
      .map(({ id }) => id)
      .sort()
      .join(" ");
    const sure = count * 10 ** -scales.digits(found) < BY_CHANCE;
    const into = sure ? explanations : perhaps;
    if (!into.has(key)) into.set(key, named(tried, found.off));
  }
  const [all, unsure] = [[...explanations.values()], [...perhaps.values()]];
  const nearest = all[0] ?? answer.nearest;
  if (all.length) return { ...answer, verdict: "explained", explanations: all, nearest };
  return { ...answer, perhaps: unsure, few: unsure.length > 0 };
}

// Which windows keras.utils.timeseries_dataset_from_array makes of a short series, and what it pairs them with.

/** The targets: the right ones, a slice by the length, the series itself, or both arrays cut. */
export const KINDS = /** @type {const} */ (["right", "length", "itself", "cut"]);
/** The lowest and the highest choice of each number. */
export const LIMITS = { n: [4, 16], length: [1, 8], rate: [1, 4], stride: [1, 4], ahead: [1, 4] };
/** The first eight are those of snippets/windows_of_a_series/miniature.py. */
export const SERIES = [4, 6, 5, 7, 8, 6, 9, 8, 7, 9, 5, 8, 6, 7, 4, 5];

/** @typedef {{n: number, length: number, rate: number, stride: number, ahead: number, kind: string}} Setting */
/** @typedef {{first: number, at: number[], target: number}} Window places in the series */

/** By how many places the target lies behind the beginning of its window. @param {Setting} setting */
export function shiftOf({ length, rate, ahead, kind }) {
  if (kind === "right") return span({ length, rate }) + ahead;
  return kind === "itself" ? 0 : length;
}

/** From the first value of a window to its last. @param {{length: number, rate: number}} setting */
const span = ({ length, rate }) => (length - 1) * rate;

/** How many values are given as data. @param {Setting} setting */
const given = ({ n, length, kind }) => (kind === "cut" ? Math.max(0, n - length) : n);

/** What Keras says where it refuses, or nothing. @param {Setting} setting */
export function refusal(setting) {
  const count = given(setting);
  for (const [name, value] of [
    ["sampling_rate", setting.rate],
    ["sequence_stride", setting.stride],
  ])
    if (Number(value) >= count)
      return `\`${name}\` must be lower than the length of the data. Received: ${name}=${value}, for data of length ${count}`;
  return "";
}

/** How many windows have a target. @param {Setting} setting */
export function countOf(setting) {
  const most = Math.min(given(setting) - span(setting), setting.n - shiftOf(setting));
  return refusal(setting) ? 0 : Math.max(0, Math.ceil(most / setting.stride));
}

/** The count by its formula, in letters and in numbers. @param {Setting} setting */
export function formula(setting) {
  const { n, length, rate, stride } = setting;
  const shift = shiftOf(setting);
  const numbers = `⌈min(${given(setting)} − ${length - 1} · ${rate}, ${n} − ${shift}) / ${stride}⌉`;
  return `⌈min(data − (length − 1) · rate, n − k) / stride⌉ = ${numbers} = ${countOf(setting)}`;
}

/** @param {Setting} setting @returns {Window[]} */
export function windows(setting) {
  const { length, rate, stride } = setting;
  return Array.from({ length: countOf(setting) }, (_, k) => ({
    first: k * stride,
    at: Array.from({ length }, (_, j) => k * stride + j * rate),
    target: k * stride + shiftOf(setting),
  }));
}

/** The call as Keras takes it. @param {Setting} setting */
export function program(setting) {
  const { length, rate, stride, kind } = setting;
  const shift = shiftOf(setting);
  const data = kind === "cut" ? `s[:-${length}]` : "s";
  const targets = shift ? `s[${shift}:]` : "s";
  return `dataset = keras.utils.timeseries_dataset_from_array(
    ${data}, ${targets}, sequence_length=${length},
    sampling_rate=${rate}, sequence_stride=${stride})`;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/** @param {number} count */
const steps = (count) => `${count} step${count === 1 ? "" : "s"}`;

/** Whether the pairs are right, and in words why (not). @param {Setting} setting */
export function verdict(setting) {
  const { length, rate, ahead } = setting;
  const shift = shiftOf(setting);
  const told = (/** @type {string} */ words, right = false) => ({ right, words });
  const refused = refusal(setting);
  if (refused) return told(`Keras refuses: ${refused}.`);
  if (!countOf(setting))
    return told(
      "Nothing: no window with a target has room. The dataset is empty, without an error.",
    );
  const after = shift - span(setting);
  if (after <= 0 && shift % rate === 0) {
    const which = ORDINALS[shift / rate];
    const own = length === 1 ? "its only value" : `its own ${which} value`;
    return told(
      `Wrong, without an error: the target of each window is ${own}. It stands in the input.`,
    );
  }
  if (after < 0)
    return told(
      "Wrong, without an error: the target lies between values of its window, before it ends.",
    );
  if (after !== ahead)
    return told(
      `Wrong, without an error: the target comes ${steps(after)} after the window, not ${ahead}.`,
    );
  const lost = countOf({ ...setting, kind: "right" }) - countOf(setting);
  const less = lost ? ` But ${lost} window${lost === 1 ? " is" : "s are"} lost at the end.` : "";
  return told(
    `Right: the target comes ${steps(ahead)} after the last value of its window.${less}`,
    !lost,
  );
// The ConvLSTM of its page, place by place: snippets/convlstm/miniature.py. A test holds it to that.

/** @typedef {[down: number, right: number, weight: number][]} Kernel where a weight lies, as seen from the middle */
/** @typedef {{products: [weight: number, number: number][], sum: number}} Seen what a kernel sees in a window */

export const SIDE = 3;
const PLACES = [...Array(SIDE * SIDE).keys()];
/** @type {{gate: string, W: Kernel, U: Kernel, b: number}[]} */
export const BLOCKS = [
  { gate: "i", W: [[0, 0, 1]], U: [[0, -1, 1]], b: -0.5 },
  {
    ...{ gate: "f", W: [[0, 0, -1]], b: 1 },
    U: [
      [-1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    ...{ gate: "c̃", b: 0 },
    W: [
      [-1, 0, 0.5],
      [0, -1, 0.5],
      [0, 0, 1],
      [0, 1, -0.5],
      [1, 0, -0.5],
    ],
    U: [
      [-1, 0, -1],
      [0, -1, 2],
    ],
  },
  { gate: "o", W: [[-1, 1, 1]], U: [[1, -1, 1]], b: 0.5 },
];

/** @param {number} a */
const sigma = (a) => 1 / (1 + Math.exp(-a));

/** Lay a kernel on a map, with its middle at a place. @param {number[]} map @param {Kernel} kernel @param {number} place @returns {Seen} */
function look(map, kernel, place) {
  const [row, col] = [Math.floor(place / SIDE), place % SIDE];
  /** @type {Seen["products"]} */
  const products = kernel.map(([down, right, weight]) => {
    const [r, q] = [row + down, col + right];
    const inside = r >= 0 && q >= 0 && r < SIDE && q < SIDE;
    return [weight, inside ? map[r * SIDE + q] : 0];
  });
  return { products, sum: products.reduce((sum, [weight, number]) => sum + weight * number, 0) };
}

/** One place at one step. @param {number[]} x @param {number[]} h @param {number[]} c @param {number} place */
function cell(x, h, c, place) {
  const gates = BLOCKS.map(({ gate, W, U, b }) => {
    const [fromX, fromH] = [look(x, W, place), look(h, U, place)];
    const sum = fromX.sum + fromH.sum + b;
    return { gate, fromX, fromH, b, sum, value: gate === "c̃" ? Math.tanh(sum) : sigma(sum) };
  });
  const [i, f, proposed, o] = gates.map(({ value }) => value);
  const [kept, written] = [f * c[place], i * proposed];
  return { gates, kept, written, c: kept + written, h: o * Math.tanh(kept + written) };
}

/** All places at each step of a film. @param {number[][]} film */
export function watch(film) {
  let [h, c] = [PLACES.map(() => 0), PLACES.map(() => 0)];
  return film.map((x) => {
    const before = { x, h, c };
    const places = PLACES.map((place) => cell(x, h, c, place));
    h = places.map((at) => at.h);
    c = places.map((at) => at.c);
    return { before, places };
  });
}

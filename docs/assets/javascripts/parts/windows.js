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

/** Whether the pairs are right, how many of them are lost, and both in words. @param {Setting} setting */
export function verdict(setting) {
  const { length, rate, ahead } = setting;
  const shift = shiftOf(setting);
  const told = (/** @type {string} */ words) => ({ right: false, lost: 0, words });
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
  const words = `Right: the target comes ${steps(ahead)} after the last value of its window.${less}`;
  return { right: true, lost, words };
}

// Writes derivatives as the pages do, in HTML: in letters, and with their numbers.

import { names } from "./cells.js";
import { called, INNER } from "./gradients.js";
import { given, inNumbers, left, right, rounded } from "./notation.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./gradients.js").Factor} Factor */
/** @typedef {import("./gradients.js").Way} Way */
/** @typedef {import("./gradients.js").Derivative} Derivative */
/** @typedef {import("./gradients.js").Task & ReturnType<typeof import("./gradients.js").gradients>} View */

const PLAIN = { g: "g", σ: "σ" }; // letters alone: nothing is called
const DIGITS = 4;
// A letter whose index is its name, such as z_i, has no room for the step in other explorers. No weight has one.
const UNDATED = /(<i data-sym="[^WUb][^"]*_[^"]*">[^<]*<sub>)(\p{L}+)</gu;

/** In parentheses, if it has a minus. @param {string} text */
export const held = (text) => (text[0] === "−" ? `(${text})` : text);

/** What is taken away: − 1, or + 1. @param {number} number */
export const less = (number) => (number < 0 ? `+ ${given(-number)}` : `− ${given(number)}`);

/** The letter of a value or a weight. @param {string} name @param {number | string} t */
export const letter = (name, t) => dated(left(name, t, [], PLAIN), t);

/** @param {string} html @param {number | string} t */
const dated = (html, t) => (t === "t" ? html : html.replace(UNDATED, `$1$2, ${t}<`));

/** ∂L/∂h₂, or by a weight. @param {string} name @param {number | string} t */
export const by = (name, t) => `∂<i>L</i>/∂${letter(name, t)}`;

/** An expression in letters. @param {View} view @param {Tree} tree @param {number} t */
export function inLetters({ lines, calls }, tree, t) {
  const inner = lines.filter(({ name }) => INNER.test(name));
  return dated(right(tree, t, inner, calls), t);
}

/** The number behind a name at a step, written. @param {View} view @param {number} t @returns {(name: string) => string} */
export const looking =
  ({ steps, weights, before }, t) =>
  (name) => {
    if (name in weights) return given(weights[name]);
    if (name === "x") return given(steps[t].x);
    const state = name.endsWith("₋") && name.slice(0, -1);
    if (state) return t ? rounded(steps[t - 1][state], DIGITS) : given(before[state]);
    return rounded(steps[t][name], DIGITS);
  };

/**
 * A line forwards: its expression with numbers.
 * @param {View} view @param {Tree} tree @param {number} t @returns {string}
 */
export function forwards(view, tree, t) {
  const look = (/** @type {string} */ name) => {
    const inner = INNER.test(name) && view.lines.find((line) => line.name === name);
    return inner ? forwards(view, inner.tree, t) : looking(view, t)(name);
  };
  return inNumbers(tree, look, view.calls);
}

/** @param {View} view @param {Factor} factor @param {Way} way */
function factorInLetters(view, { turn }, { name, t, whole }) {
  if ("minus" in turn) return "(−1)";
  if ("times" in turn) {
    const meant = view.lines.find((line) => "name" in turn.times && line.name === turn.times.name);
    const isSum = "sum" in turn.times || (meant && INNER.test(meant.name) && "sum" in meant.tree);
    const text = inLetters(view, turn.times, t);
    return isSum ? `(${text})` : text;
  }
  const call = called(turn.slope.call, view.calls);
  const of = inLetters(view, turn.slope.of, t);
  const own = turn.slope === whole && name ? letter(name, t) : "";
  if (call === "tanh") return `(1 − ${own ? `${own}²` : `tanh²(${of})`})`;
  if (call === "σ") return own ? `${own} (1 − ${own})` : `σ(${of}) (1 − σ(${of}))`;
  return call === "linear" ? "1" : `${call}′(${of})`;
}

/** @param {View} view @param {Factor} factor @param {number} t */
function factorInNumbers(view, { turn, value }, t) {
  if ("minus" in turn) return "(−1)";
  const name = "times" in turn && "name" in turn.times ? turn.times.name : "";
  return held(name ? looking(view, t)(name) : rounded(value, DIGITS));
}

/** What a way starts from: the derivative by the value that it leads through. @param {View} view @param {Way} way */
const before = (view, { name, t }) =>
  /** @type {Derivative} */ (view.values.find((one) => one.name === name && one.t === t)).value;

/** A way in letters and in numbers. @param {View} view @param {Way} way @param {string} [output] its name, for the first */
function written(view, way, output = "") {
  const { name, t, factors } = way;
  if (!name) {
    const y = rounded(view.steps[t][output], DIGITS);
    return [`2 (${letter(output, t)} − target)`, `2 · (${y} ${less(view.target)})`];
  }
  const letters = factors.map((factor) => factorInLetters(view, factor, way));
  const numbers = factors.map((factor) => factorInNumbers(view, factor, t));
  return [
    [by(name, t), ...letters].join(" · "),
    [held(rounded(before(view, way), DIGITS)), ...numbers].join(" · "),
  ];
}

/** Numbers that are added. @param {string[]} numbers */
const sum = (numbers) =>
  numbers
    .map((text, i) => (i ? (text[0] === "−" ? ` − ${text.slice(1)}` : ` + ${text}`) : text))
    .join("");

/**
 * A derivative, way by way, or all ways in one line.
 * @param {View} view @param {Derivative} derivative @param {boolean} [brief]
 */
export function equation(view, { name, t, ways, value }, brief = false) {
  const isWeight = t < 0;
  const digits = isWeight ? 6 : DIGITS;
  const all = ways.map((way) => written(view, way, name));
  const result = `<b>${rounded(value, digits)}</b>`;
  const head = by(name, t);
  if (ways.length === 1 || brief) {
    const [letters, numbers] = [0, 1].map((k) => all.map((texts) => texts[k]));
    const plain = ways.every(({ factors, name }) => name && !factors.length) && ways.length === 1;
    return `<p>${head} = ${letters.join(" + ")} <span>= ${plain ? "" : `${sum(numbers)} = `}${result}</span></p>`;
  }
  const rows = ways.map((way, i) => {
    const from = isWeight ? `at <i>t</i> = ${way.t}` : `from ${letter(way.name ?? "", way.t)}`;
    const [letters, numbers] = all[i];
    const computed = way.factors.length ? `${numbers} = ` : "";
    return `<p>${from}: ${letters} <span>= ${computed}<b>${rounded(way.value, digits)}</b></span></p>`;
  });
  const parts = ways.map((way) => rounded(way.value, digits));
  return `<p>${head}, ${COUNTED[ways.length] ?? ways.length} ways added <span>= ${sum(parts)} = ${result}</span></p>${rows.join("")}`;
}
/** @type {Record<number, string>} */
const COUNTED = { 2: "two", 3: "three", 4: "four", 5: "five", 6: "six" };

/**
 * The numbers that made one of the tables: their places. A value is made forwards, a derivative backwards.
 * @param {View} view @param {string} place
 * @returns {string[]}
 */
export function sources({ lines, weights, values, ofWeights }, place) {
  const [name, rest] = place.split(" ");
  const at = (/** @type {string} */ name, /** @type {number} */ t) => {
    if (name in weights) return `${name} 0`;
    return name.endsWith("₋") ? `${name.slice(0, -1)} ${t - 1}` : `${name} ${t}`;
  };
  /** @type {(tree: Tree, t: number) => string[]} */
  const within = (tree, t) =>
    names(tree).flatMap((name) => {
      const inner = INNER.test(name) && lines.find((line) => line.name === name);
      return inner ? within(inner.tree, t) : [at(name, t)];
    });
  const line = lines.find((line) => line.name === name);
  if (line) return within(line.tree, Number(rest));
  if (name in weights && rest !== "1")
    return { 0: [], 2: [`${name} 0`] }[rest] ?? [`${name} 0`, `${name} 1`];
  const derivative =
    ofWeights.find((one) => one.name === name) ??
    values.find((one) => `∂${one.name} ${one.t}` === place);
  const ways = derivative?.ways ?? [];
  return ways.flatMap((way) => [
    way.name ? `∂${way.name} ${way.t}` : at(place.slice(1).split(" ")[0], way.t),
    ...way.factors.flatMap(({ turn }) => {
      if ("times" in turn) return within(turn.times, way.t);
      if ("minus" in turn) return [];
      return turn.slope === way.whole && way.name
        ? [at(way.name, way.t)]
        : within(turn.slope.of, way.t);
    }),
  ]);
}

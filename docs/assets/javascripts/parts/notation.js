// Writes numbers and equations as the pages do, in HTML.

import { WEIGHT } from "./cells.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./cells.js").Calls} Calls */

// Values that the pages call by what makes them, as in "x_t W": they have no letter of their own.
const NAMELESS = /^(xW|hU|hW|kept|written|taken|reset|sum_|p_|q_|g_|log_|faded|mean)/;

const LARGE = 1e5; // from here on, numbers have an exponent
const SMALL = 1e-3; // below it, those that were given have one

/** @param {number} value */
const isPlain = (value) => value === 0 || (Math.abs(value) >= SMALL && Math.abs(value) < LARGE);

/** @param {number} value @param {number} digits after the point */
export function rounded(value, digits) {
  if (!(Math.abs(value) < LARGE)) return short(value);
  const text = value.toFixed(digits);
  return signed(/[1-9]/.test(text) ? text : text.replace("-", ""));
}

/** A number as it was given, such as 0.5 or −1, in a form that is never long. @param {number} value */
export const given = (value) =>
  isPlain(value) ? signed(Number(value.toPrecision(8))) : short(value);

/** Three digits, for a place that is narrow. @param {number} value */
export function brief(value) {
  const number = Number(value.toPrecision(3));
  return isPlain(number) && Math.abs(number) < 1000 ? signed(number) : short(value);
}

/** A number with all its digits. @param {number} value */
export const exact = (value) => signed(isPlain(value) ? value : value.toExponential());

/** Three digits and the exponent: 1.45e−5. What no number holds is told as by NumPy. @param {number} value */
function short(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  return signed(Number(value.toPrecision(3)).toExponential());
}

/** With a true minus, and without a plus. @param {number | string} number */
const signed = (number) => String(number).replaceAll("-", "−").replace("+", "");

/**
 * A name with its indices: h₋ at step 2 is h with the index 1.
 * @param {string} name
 * @param {number | string} t a step, or the letter t
 */
function letter(name, t) {
  const [, base, layer, prime, below] =
    /^(\p{L}\p{M}?)(\d?)(′?)_?(\w*)/u.exec(name.replace("₋", "")) ?? [];
  const before = typeof t === "number" ? signed(t - 1) : "t−1";
  const time = WEIGHT.test(name) || below ? below : name.endsWith("₋") ? before : t;
  const sup = layer ? `<sup>(${layer})</sup>` : prime;
  const sub = time === "" ? "" : `<sub>${time}</sub>`;
  return `<i data-sym="${below ? `${base}_${below}` : base}">${base}${sup}${sub}</i>`;
}

/**
 * The left side of an equation: a letter, or what a nameless value is made of.
 * @param {string} name
 * @param {number | string} t
 * @param {Equation[]} lines
 * @param {Calls} calls
 */
export function left(name, t, lines, calls) {
  const line = NAMELESS.test(name) && lines.find((line) => line.name === name);
  return line ? right(line.tree, t, lines, calls) : letter(name, t);
}

/**
 * The right side of an equation in letters.
 * @param {Tree} tree
 * @param {number | string} t
 * @param {Equation[]} lines
 * @param {Calls} calls
 * @returns {string}
 */
export function right(tree, t, lines, calls) {
  const inner = (/** @type {Tree} */ part) => right(part, t, lines, calls);
  if ("name" in tree) return left(tree.name, t, lines, calls);
  if ("number" in tree) return String(tree.number);
  if ("call" in tree) return applied(called(tree.call, calls), both(tree).map(inner).join(", "));
  if ("product" in tree) {
    const factors = tree.product.map((factor) =>
      isSum(factor, lines) ? `(${inner(factor)})` : inner(factor),
    );
    return factors.join(tree.sign ? ` ${tree.sign} ` : " ");
  }
  return tree.sum.map(([sign, term], i) => (i ? ` ${sign} ` : "") + inner(term)).join("");
}

/** @param {Tree} tree @param {Equation[]} lines */
function isSum(tree, lines) {
  const named = "name" in tree && NAMELESS.test(tree.name) ? tree.name : undefined;
  return "sum" in (lines.find(({ name }) => name === named)?.tree ?? tree);
}

/** @param {import("./cells.js").Call} call */
const both = ({ of, and }) => (and ? [of, and] : [of]);

/** @param {string} name @param {Calls} calls */
const called = (name, calls) => (name === "g" || name === "σ" ? calls[name] : name);

/** @param {string} name @param {string} argument */
const applied = (name, argument) =>
  name === "linear" ? argument : name === "inverse" ? `1 / ${argument}` : `${name}(${argument})`;

/**
 * The right side of an equation in numbers.
 * @param {Tree} tree
 * @param {(name: string) => string} look the number behind a name, written
 * @param {Calls} calls
 * @returns {string}
 */
export function inNumbers(tree, look, calls) {
  const inner = (/** @type {Tree} */ part) => inNumbers(part, look, calls);
  if ("name" in tree) return look(tree.name);
  if ("number" in tree) return String(tree.number);
  if ("call" in tree) return applied(called(tree.call, calls), both(tree).map(inner).join(", "));
  if ("product" in tree) {
    const factors = tree.product.map(inner);
    return factors
      .map((factor, i) => ("sum" in tree.product[i] || factor[0] === "−" ? `(${factor})` : factor))
      .join(" · ");
  }
  return tree.sum
    .map(([sign, term], i) => {
      const text = inner(term);
      if (!i) return text;
      return text[0] === "−" && sign === "+" ? ` − ${text.slice(1)}` : ` ${sign} ${text}`;
    })
    .join("");
}

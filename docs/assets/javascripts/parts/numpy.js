// Writes lines of cells.js as NumPy, and what an explorer shows as a program that prints the same
// numbers. Whole layers are written by programs.js.

import { names } from "./cells.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./presets.js").Setting} Setting */

/** The activations: what a function of z returns. @type {Record<string, string>} */
export const ACTIVATIONS = {
  tanh: "np.tanh(z)",
  σ: "1 / (1 + np.exp(-z))",
  relu: "np.maximum(0, z)",
  linear: "z",
  hard_sigmoid: "np.clip(z / 6 + 0.5, 0, 1)",
  hard_sigmoid_2: "np.clip(0.2 * z + 0.5, 0, 1)",
};

/** @param {string} name as in the snippets: b′_z is b2_z, c̃ is c_new, h₋ is h, not yet overwritten */
export const plain = (name) =>
  name.replace("₋", "").replace("′", "2").replace("̃", "_new").replace("σ", "sigmoid");

/**
 * An expression in Python.
 * @param {Tree} tree
 * @param {string} [product] the sign of a product of a row and a matrix; for one unit it is a number
 * @param {(name: string, of: string) => string} [call] writes a function of something
 * @returns {string}
 */
export function code(tree, product = "*", call = (name, of) => `${plain(name)}(${of})`) {
  const inner = (/** @type {Tree} */ part) => code(part, product, call);
  if ("name" in tree) return plain(tree.name);
  if ("number" in tree) return String(tree.number);
  if ("call" in tree) return call(tree.call, inner(tree.of));
  if ("product" in tree)
    return tree.product
      .map((factor) => ("sum" in factor ? `(${inner(factor)})` : inner(factor)))
      .join(tree.sign === "⊙" ? " * " : ` ${product} `);
  return tree.sum
    .map(([sign, term], i) => `${i ? ` ${sign === "−" ? "-" : "+"} ` : ""}${inner(term)}`)
    .join("");
}

/**
 * @param {Equation[]} lines
 * @param {Setting} setting
 * @param {number} digits how many decimals are printed
 */
export function program(lines, setting, digits) {
  const used = new Set(lines.flatMap(({ tree }) => names(tree)));
  const weights = Object.entries(setting.weights).filter(([name]) => used.has(name));
  const states = [...used].filter((name) => name.endsWith("₋")).map(plain);
  return [
    "import numpy as np",
    "",
    "",
    "def sigmoid(z):",
    `    return ${ACTIVATIONS.σ}`,
    "",
    "",
    "def g(z):",
    `    return ${ACTIVATIONS[setting.activation]}`,
    "",
    "",
    ...weights.map(([name, number]) => `${plain(name)} = ${number}`),
    ...(states.length ? [`${states.join(" = ")} = 0.0  # before the first step`] : []),
    `for t, x in enumerate([${setting.x.join(", ")}]):`,
    ...lines.map(({ name, tree }) => `    ${plain(name)} = ${code(tree)}`),
    `    print(f"t = {t}:")`,
    ...lines.map(({ name }) => `    print(f"  ${plain(name)} = {${plain(name)}:z.${digits}f}")`),
    "",
  ].join("\n");
}

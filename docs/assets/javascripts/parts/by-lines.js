// Writes a cell of one unit that is none of Keras's as NumPy: its lines, in a loop that prints every number.

import { equations, states } from "./cells.js";
import { ACTIVATIONS, code, plain } from "./numpy.js";

/** @typedef {import("./presets.js").Setting} Setting */
/** @typedef {keyof typeof import("./cells.js").CELLS} Cell */

/** What else the lines call. @type {Record<string, string>} */
const CALLED = { exp: "np.exp", max: "np.maximum", inverse: "1 / ", logσ: "log_sigmoid" };

/** @param {number} number */
const array = (number) => `np.array([[${number}]], float)`;

/** @param {string} cell @param {Setting} setting @param {number} digits with how many decimals it prints */
export function byLines(cell, { x, weights, before, activation, gates }, digits) {
  const lines = equations(/** @type {Cell} */ (cell));
  /** @param {string} name @param {string} of */
  const called = (name, of) => `${CALLED[name] ?? { g: "g", σ: "sigmoid" }[name]}(${of})`;
  const memory = states(lines);
  return [
    "import numpy as np",
    "",
    `np.set_printoptions(precision=${digits}, floatmode="fixed", suppress=True)`,
    "",
    "",
    "def g(z):",
    `    return ${ACTIVATIONS[activation]}`,
    "",
    "",
    "def sigmoid(z):",
    `    return ${ACTIVATIONS[gates]}`,
    "",
    "",
    "def log_sigmoid(z):",
    "    return -np.logaddexp(0, -z)",
    "",
    "",
    ...Object.entries(weights).map(([name, weight]) => `${plain(name)} = ${array(weight)}`),
    ...memory.map((name) => `${plain(name)} = ${array(before[name])}  # before the first step`),
    "",
    "output = []",
    `for t, x in enumerate([${x.join(", ")}]):`,
    "    x = np.array([[x]], float)",
    ...lines.map(({ name, tree }) => {
      const right = code(tree, "@", called);
      return `    ${plain(name)} = ${right}`;
    }),
    '    print(f"t = {t}:")',
    ...lines.map(({ name }) => `    print("  ${plain(name)} =", ${plain(name)})`),
    "    output.append(h)",
    "",
  ].join("\n");
}

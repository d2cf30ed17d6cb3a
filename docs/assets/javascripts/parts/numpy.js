// Writes lines of cells.js as NumPy. Whole programs are written by programs.js.

/** @typedef {import("./cells.js").Tree} Tree */

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
 * @param {string} product the sign of a product of a row and a matrix
 * @param {(name: string, of: string) => string} call writes a function of something
 * @returns {string}
 */
export function code(tree, product, call) {
  const inner = (/** @type {Tree} */ part) => code(part, product, call);
  if ("name" in tree) return plain(tree.name);
  if ("number" in tree) return String(tree.number);
  if ("call" in tree)
    return call(tree.call, inner(tree.of) + (tree.and ? `, ${inner(tree.and)}` : ""));
  if ("product" in tree)
    return tree.product
      .map((factor) => ("sum" in factor ? `(${inner(factor)})` : inner(factor)))
      .join(tree.sign === "⊙" ? " * " : ` ${product} `);
  return tree.sum
    .map(([sign, term], i) => `${i ? ` ${sign === "−" ? "-" : "+"} ` : ""}${inner(term)}`)
    .join("");
}

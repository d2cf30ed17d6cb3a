// Gradients on their way back through a layer: several at once, through the lines of cells.js as engine.js computes them.
//
// A gradient of a value becomes gradients of all that its line is made of: of a sum each term gets it, of ⊙ each
// factor what the others multiply it by, of a function its slope, of a product with a matrix the transpose. A line
// is compiled once, to functions that work on typed arrays.

import { FUNCTIONS } from "./cells.js";
import { callsOf, expression } from "./engine.js";
import { KINDS } from "./kinds.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").Numbers} Numbers */
/** R gradients of a value, one after the other: R · width. @typedef {Float64Array} Rows */
/**
 * What a step back meets at a product with a matrix: the row that the matrix was multiplied by, and the gradients of
 * what came out.
 * @typedef {{matrix: string, row: Numbers, rows: Rows}} Met
 */
/** @typedef {(t: number) => Numbers} Value @typedef {(rows: Rows, t: number) => void} Way */

/** The slope of a function where it has the value y, for those that a laboratory uses. @type {Record<string, (y: number) => number>} */
const SLOPES = { tanh: (y) => 1 - y * y, σ: (y) => y * (1 - y) };

/**
 * Send gradients of the last state h back through all steps of a run of one sample.
 * @param {Layer} layer @param {Run} run @param {Rows} sent R · units
 * @param {(t: number, arrived: Rows, met: Met[]) => void} visit called after each step, the last one first, with the
 *   gradients of the state before it and the matrices that it has met. All of it is overwritten by the next step.
 */
export function sendBack(layer, run, sent, visit) {
  const { lines, values, widths, weights, before } = run;
  const { states } = KINDS[layer.kind];
  const R = sent.length / layer.units;
  const T = values.x.length / layer.m;
  const calls = callsOf(layer);

  /** Gradients of values and of states before, by name. @type {Record<string, Rows>} */
  const found = {};
  for (const { name } of lines) found[name] = new Float64Array(R * widths[name]);
  for (const name of states) found[`${name}₋`] = new Float64Array(R * layer.units);
  /** @type {Met[]} */
  let met = [];

  /** @type {typeof FUNCTIONS} */
  const functions = { ...FUNCTIONS, g: FUNCTIONS[calls.g], σ: FUNCTIONS[calls.σ] };
  const arrays = Object.fromEntries(
    Object.entries(weights).map(([name, { data }]) => [name, Float64Array.from(data)]),
  );
  const common = { N: 1, made: Float64Array, rowwise: undefined };
  const scope = { ...common, values, before, arrays, weights, widths, functions };
  /** The numbers of an expression at a step. @param {Tree} tree @param {number} width @returns {Value} */
  const value = (tree, width) => {
    const of = expression(tree, width, scope);
    of(0); // there a bias is set
    return of;
  };

  /** Where the gradients of an expression go. @param {Tree} tree @param {number} width @returns {Way | undefined} */
  const way = (tree, width) => {
    if ("number" in tree) return undefined;
    if ("name" in tree) {
      const into = found[tree.name];
      if (!into) return undefined; // a bias, or the input
      return (rows) => {
        for (let k = 0; k < into.length; k++) into[k] += rows[k];
      };
    }
    if ("call" in tree) {
      const on = way(tree.of, width);
      const { call } = tree;
      const [of, apply] = [value(tree.of, width), functions[call]];
      const slope = SLOPES[call === "g" || call === "σ" ? calls[call] : call];
      const [slopes, made] = [new Float64Array(width), new Float64Array(R * width)];
      return (rows, t) => {
        const z = of(t);
        for (let k = 0; k < width; k++) slopes[k] = slope(apply(z[k]));
        on?.(times(rows, slopes, made), t);
      };
    }
    if ("sum" in tree) {
      const ways = tree.sum.map(([sign, term]) => ({ sign, on: way(term, width) }));
      const minus = new Float64Array(width).fill(-1);
      const made = new Float64Array(R * width);
      return (rows, t) => {
        for (const { sign, on } of ways) on?.(sign === "−" ? times(rows, minus, made) : rows, t);
      };
    }
    if (tree.sign === "⊙") {
      const made = new Float64Array(R * width);
      const ways = tree.product.map((part, at) => ({
        on: way(part, width),
        others: tree.product.filter((_, k) => k !== at).map((other) => value(other, width)),
      }));
      return (rows, t) => {
        for (const { on, others } of ways)
          on?.(
            others.reduce((all, other) => times(all, other(t), made), rows),
            t,
          );
      };
    }
    const [row, matrix] = /** @type {[Tree, {name: string}]} */ (tree.product);
    if ("name" in row && row.name === "x") return undefined; // nobody asks for the gradient of an input
    const array = weights[matrix.name];
    const height = array.shape[0];
    const [of, on, made] = [value(row, height), way(row, height), new Float64Array(R * height)];
    return (rows, t) => {
      met.push({ matrix: matrix.name, row: of(t), rows });
      on?.(transposed(rows, array, made), t);
    };
  };

  const ways = lines
    .map(({ name, tree }) => ({ from: found[name], on: way(tree, widths[name]) }))
    .reverse();
  found.h.set(sent);
  for (let t = T - 1; t >= 0; t--) {
    met = [];
    for (const { from, on } of ways) on?.(from, t);
    visit(t, found["h₋"], met);
    for (const { from } of ways) from.fill(0);
    for (const name of states) {
      found[name].set(found[`${name}₋`]);
      found[`${name}₋`].fill(0);
    }
  }
}

/** Each row, number by number, times one row. @param {Rows} rows @param {Numbers} by @param {Rows} into */
function times(rows, by, into) {
  const width = by.length;
  for (let from = 0; from < rows.length; from += width)
    for (let k = 0; k < width; k++) into[from + k] = rows[from + k] * by[k];
  return into;
}

/** Each row times the transpose of a matrix. @param {Rows} rows @param {import("./engine.js").NDArray} matrix @param {Rows} into */
function transposed(rows, { shape: [height, width], data }, into) {
  for (let from = 0, to = 0; from < rows.length; from += width)
    for (let i = 0; i < height; i++, to++) {
      let sum = 0;
      for (let j = 0, at = i * width; j < width; j++, at++) sum += rows[from + j] * data[at];
      into[to] = sum;
    }
  return into;
}

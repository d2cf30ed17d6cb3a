// What a number of a layer is made of: its line in letters, and every term with its number.

import { left, right } from "./notation.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {{name: string, t: number, n: number, j: number}} Place a value: which, step, sample, unit */
/**
 * A part of a number. What stands at a place of its own can be asked for in turn.
 * @typedef {{label: string, value: number, place?: Place}} Term
 */
/** @typedef {{letters: string, how: "sum" | "product" | "call" | "given", terms: Term[]}} Made */

const WEIGHTS = /^[WUb]/;

export class Terms {
  /**
   * @param {Run} run
   * @param {Record<string, NDArray>} weights by the names of the lines
   * @param {number} N samples
   * @param {import("./cells.js").Calls} calls
   */
  constructor(run, weights, N, calls) {
    this.run = run;
    this.weights = weights;
    this.N = N;
    this.calls = calls;
  }

  /** @param {Place} place */
  value({ name, t, n, j }) {
    const width = this.run.widths[name];
    return this.run.values[name][(t * this.N + n) * width + j];
  }

  /** What a number is made of. @param {Place} place @returns {Made} */
  of(place) {
    const line = this.run.lines.find(({ name }) => name === place.name);
    if (!line) return { letters: this.letter(place.name), how: "given", terms: [] };
    const { tree } = line;
    const letters = `${left(place.name, "t", this.run.lines, this.calls)} = ${right(tree, "t", this.run.lines, this.calls)}`;
    if ("call" in tree) return { letters, how: "call", terms: [this.term(tree.of, place)] };
    if ("product" in tree && tree.sign !== "⊙")
      return { letters, how: "sum", terms: this.products(tree.product, place) };
    if ("product" in tree)
      return { letters, how: "product", terms: tree.product.map((part) => this.term(part, place)) };
    if ("sum" in tree)
      return {
        letters,
        how: "sum",
        terms: tree.sum.flatMap(([sign, part]) => this.signed(sign, part, place)),
      };
    return { letters, how: "sum", terms: [this.term(tree, place)] };
  }

  /** @param {string} sign @param {Tree} part @param {Place} place @returns {Term[]} */
  signed(sign, part, place) {
    const terms =
      "product" in part && part.sign !== "⊙"
        ? this.products(part.product, place)
        : [this.term(part, place)];
    return sign === "−" ? terms.map((term) => ({ ...term, value: -term.value })) : terms;
  }

  /** A row times a matrix: a term for each number of the row. @param {Tree[]} product @param {Place} place */
  products([row, matrix], place) {
    const { name } = /** @type {{name: string}} */ (matrix);
    const { shape, data } = this.weights[name];
    const from = /** @type {{name: string}} */ (row).name;
    return Array.from({ length: shape[0] }, (_, i) => {
      const [number, at] = this.look(from, { ...place, j: i });
      const weight = data[i * shape[1] + place.j];
      const label = `${this.letter(from)}[${i}] · ${this.letter(name)}[${i}, ${place.j}]`;
      return { label, value: number * weight, ...(at ? { place: at } : {}) };
    });
  }

  /** One part of a line as a term. @param {Tree} part @param {Place} place @returns {Term} */
  term(part, place) {
    const label = right(part, "t", this.run.lines, this.calls);
    if (!("name" in part)) return { label, value: this.compute(part, place) };
    const [value, at] = this.look(part.name, place);
    return { label, value, ...(at ? { place: at } : {}) };
  }

  /** What a part without a name of its own comes to, such as 1 − z. @param {Tree} part @param {Place} place @returns {number} */
  compute(part, place) {
    if ("number" in part) return part.number;
    if ("name" in part) return this.look(part.name, place)[0];
    if ("sum" in part)
      return part.sum.reduce((all, [sign, term]) => {
        const number = this.compute(term, place);
        return sign === "−" ? all - number : all + number;
      }, 0);
    if ("product" in part && part.sign === "⊙")
      return part.product.reduce((all, factor) => all * this.compute(factor, place), 1);
    throw new RangeError("terms.js: a part that has no name in its line");
  }

  /** The number behind a name, and its place if it is a value. @param {string} name @param {Place} place @returns {[number, Place?]} */
  look(name, { t, n, j }) {
    const plain = name.replace("₋", "");
    if (WEIGHTS.test(plain) && this.weights[plain]) return [this.weights[plain].data[j]];
    if (plain === name) {
      const at = { name, t, n, j };
      return [this.value(at), at];
    }
    if (t > 0) {
      const at = { name: plain, t: t - 1, n, j };
      return [this.value(at), at];
    }
    return [this.run.before[plain][n * this.run.widths[plain] + j]];
  }

  /** @param {string} name */
  letter(name) {
    return left(name, "t", this.run.lines, this.calls);
  }
}

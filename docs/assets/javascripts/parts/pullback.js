// Gradients on their way back through a layer: several at once, through the lines of cells.js as engine.js computes them.
//
// Ways lead down from a state through the lines, to a state of this step or of the one before, some of them through a
// matrix. What a gradient is multiplied by on a way, number by number, is an expression again: of a product the other
// factors, of a function its slope. All matrices on ways from one state to another are added to one, so that many gradients cost little.

import { FUNCTIONS } from "./cells.js";
import { callsOf, expression, step } from "./engine.js";
import { KINDS } from "./kinds.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").Numbers} Numbers */
/** R gradients of a value, one after the other: R · u. @typedef {Float64Array} Rows */
/**
 * What a step back meets at a product with a matrix: the row that the matrix was multiplied by, gradients, and what
 * each of them is multiplied by, number by number, to be one of what came out.
 * @typedef {{matrix: string, row: Numbers, rows: Rows, by: Numbers}} Met
 */
/** A way to the value of a name, if a matrix is on it through that. @typedef {{to: string, matrix: string, by: Tree}} Way */

/** @type {Tree} */
const ONE = { number: 1 };
/** @param {Tree[]} factors @returns {Tree} */
const times = (...factors) => {
  const product = factors.filter((factor) => factor !== ONE);
  return product.length > 1 ? { product, sign: "⊙" } : (product[0] ?? ONE);
};
/** @param {Tree} tree @returns {Tree} */
const oneLess = (tree) => ({
  sum: [
    ["+", ONE],
    ["−", tree],
  ],
});
/** The slope of a function where it has the value y, for those that a laboratory uses. @type {Record<string, (y: Tree) => Tree>} */
const SLOPES = { tanh: (y) => oneLess(times(y, y)), σ: (y) => times(y, oneLess(y)) };

/**
 * Send gradients of the last state h back through all steps of a run of one sample.
 * @param {Layer} layer @param {Run} run @param {Rows} sent R · units
 * @param {(t: number, arrived: Rows, met: Met[]) => void} visit called after each step, the last one first, with the
 *   gradients of the state before it and the matrices that it has met. All of it but `row` is overwritten by the next step.
 */
export function sendBack(layer, run, sent, visit) {
  const { states } = KINDS[layer.kind];
  const u = layer.units;
  const kept = known.get(run.values) ?? planned(layer, run, sent.length);
  known.set(run.values, kept);
  const { found, before, computed, plan } = kept;

  for (const name of states) {
    before[name].set(run.before[name]);
    before[name].set(run.values[name].subarray(0, -u), u);
  }
  for (const compute of computed) compute(0);
  for (const rows of Object.values(found)) rows.fill(0);
  found.h.set(sent);
  for (let t = run.values.x.length / layer.m - 1; t >= 0; t--) {
    /** @type {Met[]} */
    const met = [];
    for (const { from, into, row, parts, whole } of plan) {
      whole.fill(0);
      for (const { matrix, by: of } of parts) {
        const by = of(t);
        if (matrix) {
          const numbers = run.weights[matrix].data;
          met.push({ matrix, row: row(t), rows: from, by });
          for (let i = 0, at = 0; i < u; i++)
            for (let j = 0; j < u; j++, at++) whole[at] += by[j] * numbers[at];
        } else
          for (let at = 0; at < from.length; at += u)
            for (let k = 0; k < u; k++) into[at + k] += by[k] * from[at + k];
      }
      if (parts.some(({ matrix }) => matrix)) multiply(from, whole, u, into);
    }
    visit(t, found["h₋"], met);
    for (const { from } of plan) from.fill(0);
    for (const name of states) {
      found[name].set(found[`${name}₋`]);
      found[`${name}₋`].fill(0);
    }
  }
}

/** Plans by the values of a run: those of a machine that is used again stay. @type {WeakMap<object, Plan>} */
const known = new WeakMap();

/**
 * Gradients by the names of values, and on which ways they are sent, in their order.
 * @typedef {ReturnType<typeof planned>} Plan
 * @param {Layer} layer @param {Run} run @param {number} size of a gradient's rows
 */
function planned(layer, run, size) {
  const { lines, values, widths, weights } = run;
  const { states } = KINDS[layer.kind];
  const u = layer.units;
  const calls = callsOf(layer);
  const T = values.x.length / layer.m;
  /** @type {Record<string, Numbers>} */
  const before = {};
  for (const name of states) before[name] = new Float64Array(T * u);
  const scope = {
    N: T, // all steps are computed at once, as if they were samples
    made: Float64Array,
    rowwise: undefined,
    arrays: {},
    functions: FUNCTIONS,
    values,
    before,
    weights,
    widths,
  };
  /** @type {((t: number) => Numbers)[]} */
  const computed = [];
  const value = (/** @type {Tree} */ tree) => {
    const compute = expression(tree, u, scope);
    computed.push(compute);
    return step(compute(0), u); // of the place that all are computed in
  };

  /** All ways down from an expression. @param {Tree} tree @param {Tree[]} by met before @returns {Way[]} */
  const ways = (tree, ...by) => {
    if ("number" in tree) return [];
    if ("name" in tree) {
      const { name } = tree;
      if (states.includes(name.replace("₋", "")))
        return [{ to: name, matrix: "", by: times(...by) }];
      const line = lines.find((line) => line.name === name);
      return line ? ways(line.tree, ...by) : []; // a bias
    }
    if ("call" in tree) {
      const { name } = /** @type {{name: string}} */ (lines.find((line) => line.tree === tree));
      const call = tree.call === "g" || tree.call === "σ" ? calls[tree.call] : tree.call;
      return ways(tree.of, ...by, SLOPES[call]({ name }));
    }
    if ("sum" in tree)
      return tree.sum.flatMap(([sign, term]) =>
        ways(term, ...by, sign === "−" ? { number: -1 } : ONE),
      );
    if (tree.sign === "⊙")
      return tree.product.flatMap((part, at) =>
        ways(part, ...by, ...tree.product.filter((_, k) => k !== at)),
      );
    const [row, matrix] = /** @type {{name: string}[]} */ (tree.product);
    return row.name === "x" ? [] : [{ to: row.name, matrix: matrix.name, by: times(...by) }];
  };

  /** @type {Record<string, Rows>} */
  const found = {};
  const room = () => new Float64Array(size);
  for (const name of states) Object.assign(found, { [name]: room(), [`${name}₋`]: room() });
  const plan = lines.toReversed().flatMap(({ name, tree }) => {
    const from = found[name];
    const all = from ? ways(tree, ONE) : [];
    return [...new Set(all.map(({ to }) => to))].map((to) => {
      found[to] ??= room();
      const there = all.filter((way) => way.to === to);
      const parts = [...new Set(there.map(({ matrix }) => matrix))].map((matrix) => {
        const same = there.filter((way) => way.matrix === matrix);
        const by = value(same.length > 1 ? { sum: same.map(({ by }) => ["+", by]) } : same[0].by);
        return { matrix, by };
      });
      return {
        from,
        into: found[to],
        row: value({ name: to }),
        parts,
        whole: new Float64Array(u * u),
      };
    });
  });

  return { found, before, computed, plan };
}

/**
 * Add each row times the transpose of a matrix: two rows times four of its rows at once, or reading would take longer than
 * multiplying.
 * @param {Rows} rows @param {Numbers} matrix u · u @param {number} u @param {Rows} into
 */
export function multiply(rows, matrix, u, into) {
  for (let from = 0; from < rows.length; from += 2 * u) {
    const next = Math.min(from + u, rows.length - u); // of an odd number the last is its own second
    let i = 0;
    for (; i < u - 3; i += 4) {
      const first = i * u;
      const second = first + u;
      const third = second + u;
      const fourth = third + u;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (let j = 0; j < u; j++) {
        const x = rows[from + j];
        const y = rows[next + j];
        const p = matrix[first + j];
        const q = matrix[second + j];
        const r = matrix[third + j];
        const s = matrix[fourth + j];
        a += x * p;
        b += x * q;
        c += x * r;
        d += x * s;
        e += y * p;
        f += y * q;
        g += y * r;
        h += y * s;
      }
      into[from + i] += a;
      into[from + i + 1] += b;
      into[from + i + 2] += c;
      into[from + i + 3] += d;
      if (next === from) continue;
      into[next + i] += e;
      into[next + i + 1] += f;
      into[next + i + 2] += g;
      into[next + i + 3] += h;
    }
    for (; i < u; i++)
      for (let row = from; row <= next; row += u)
        for (let j = 0; j < u; j++) into[row + i] += rows[row + j] * matrix[i * u + j];
  }
}

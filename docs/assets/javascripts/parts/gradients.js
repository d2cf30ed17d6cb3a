// Backwards through the lines of cells.js: from the loss to every value and every weight.
//
// A line is a tree of sums, products and functions. On each way from a value up to the whole of a
// line there are factors: of a product the others, of a function its slope, of a difference a minus.
// They are multiplied along a way, and the ways are added. No derivative is written down for a layer.

import { FUNCTIONS, run, states, value } from "./cells.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./cells.js").Call} Call */
/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./cells.js").Calls} Calls */
/** @typedef {import("./cells.js").Numbers} Numbers */
/** What a way is multiplied by: the value of an expression, the slope of a function, or a minus. */
/** @typedef {{times: Tree} | {slope: Call} | {minus: true}} Turn */
/** @typedef {{turn: Turn, value: number}} Factor */
/**
 * A way on which a value reaches the loss: through the value `name` of step t, or, without a name, at once.
 * @typedef {{name?: string, t: number, whole: Tree, factors: Factor[], value: number}} Way
 */
/** The derivative of the loss by a value of a step, or by a weight: its ways, added. */
/** @typedef {{name: string, t: number, ways: Way[], value: number}} Derivative */
/**
 * What is computed: the lines of a layer, whose last one gives the output, and the numbers.
 * @typedef {object} Task
 * @property {Equation[]} lines
 * @property {Numbers} weights
 * @property {number[]} x
 * @property {Calls} calls
 * @property {Numbers} before the states before the first step
 * @property {number} target
 */

/** Lines that only name a part of another line: ways lead straight through them. */
export const INNER = /^(xW|hU|hW|kept|written|taken|reset|sum_|g_)/;

/** The slope of a function at z, where it has the value y. @type {Record<string, (z: number, y: number) => number>} */
const SLOPES = {
  tanh: (_, y) => 1 - y * y,
  σ: (_, y) => y * (1 - y),
  relu: (z) => (z > 0 ? 1 : 0),
  linear: () => 1,
  hard_sigmoid: (z) => (Math.abs(z) < 3 ? 1 / 6 : 0),
  hard_sigmoid_2: (z) => (Math.abs(z) <= 2.5 ? 0.2 : 0),
};

/** @param {string} call @param {Calls} calls the function that is meant by g or σ */
export const called = (call, calls) => (call === "g" || call === "σ" ? calls[call] : call);

/**
 * All ways from a name up to the whole of an expression.
 * @param {Tree} tree
 * @param {string} wanted
 * @param {Map<string, Tree>} inner the lines that ways lead through
 * @returns {Turn[][]}
 */
function ways(tree, wanted, inner) {
  const through = (/** @type {Tree} */ part) => ways(part, wanted, inner);
  if ("name" in tree) {
    if (tree.name === wanted) return [[]];
    const meant = inner.get(tree.name);
    return meant ? through(meant) : [];
  }
  if ("call" in tree) return through(tree.of).map((way) => [{ slope: tree }, ...way]);
  if ("product" in tree)
    return tree.product.flatMap((factor, at) => {
      const others = tree.product.filter((_, i) => i !== at).map((times) => ({ times }));
      return through(factor).map((way) => [...others, ...way]);
    });
  if ("sum" in tree)
    return tree.sum.flatMap(([sign, term]) =>
      through(term).map((way) =>
        sign === "−" ? [/** @type {Turn} */ ({ minus: true }), ...way] : way,
      ),
    );
  return [];
}

/** The ways through lines that were found, by line and name. @type {WeakMap<Equation[], Map<string, Turn[][]>>} */
const known = new WeakMap();

/** The loss: the squared difference of the last output and the target. @param {Task} task */
export function loss({ lines, weights, x, calls, before, target }) {
  const output = /** @type {Equation} */ (lines.at(-1)).name;
  return (run(lines, weights, x, calls, before)[x.length - 1][output] - target) ** 2;
}

/**
 * The derivative of the loss by a weight, measured: the weight moved by s both ways.
 * @param {Task} task @param {string} weight @param {number} s
 */
export function difference(task, weight, s) {
  const moved = (/** @type {number} */ by) =>
    loss({ ...task, weights: { ...task.weights, [weight]: task.weights[weight] + by } });
  const [above, below] = [moved(s), moved(-s)];
  return { above, below, value: (above - below) / (2 * s) };
}

/**
 * Every number of every step, and the derivatives of the loss: by values, from the last to the
 * first, and by weights. What the loss does not depend on has none.
 * @param {Task} task
 */
export function gradients({ lines, weights, x, calls, before, target }) {
  const steps = run(lines, weights, x, calls, before);
  const inner = new Map(
    lines.filter(({ name }) => INNER.test(name)).map(({ name, tree }) => [name, tree]),
  );
  const outer = lines.filter(({ name }) => !INNER.test(name));
  const output = /** @type {Equation} */ (outer.at(-1)).name;
  const last = x.length - 1;
  const error = steps[last][output] - target;
  const functions = { ...FUNCTIONS, g: FUNCTIONS[calls.g], σ: FUNCTIONS[calls.σ] };
  const waysOf = known.get(lines) ?? new Map();
  known.set(lines, waysOf);

  const factor = (/** @type {Turn} */ turn, /** @type {number} */ t) => {
    const of = (/** @type {Tree} */ tree) =>
      value(tree, functions, (name) => {
        if (!name.endsWith("₋")) return steps[t][name] ?? weights[name];
        return t ? steps[t - 1][name.slice(0, -1)] : (before[name.slice(0, -1)] ?? 0);
      });
    if ("minus" in turn) return -1;
    if ("times" in turn) return of(turn.times);
    return SLOPES[called(turn.slope.call, calls)](of(turn.slope.of), of(turn.slope));
  };
  /** @type {Map<string, Derivative>} */
  const found = new Map();
  /**
   * The ways from a name through a line of step t, as far as the loss depends on that.
   * @param {Equation} line @param {string} name @param {number} t @returns {Way[]}
   */
  const through = (line, name, t) => {
    const from = found.get(`${line.name} ${t}`);
    if (!from) return [];
    const key = `${line.name} ${name}`;
    if (!waysOf.has(key)) waysOf.set(key, ways(line.tree, name, inner));
    return waysOf.get(key).map((/** @type {Turn[]} */ turns) => {
      const factors = turns.map((turn) => ({ turn, value: factor(turn, t) }));
      const product = factors.reduce((all, { value }) => all * value, from.value);
      return { name: line.name, t, whole: line.tree, factors, value: product };
    });
  };
  const added = (/** @type {Way[]} */ all) => all.reduce((sum, { value }) => sum + value, 0);

  for (let t = last; t >= 0; t--)
    for (const [at, { name, tree }] of [...outer.entries()].reverse()) {
      /** @type {Way[]} */
      const all = outer.slice(at + 1).flatMap((line) => through(line, name, t));
      if (t === last && name === output)
        all.push({ t, whole: tree, factors: [], value: 2 * error });
      if (t < last) all.push(...outer.flatMap((line) => through(line, `${name}₋`, t + 1)));
      if (all.length) found.set(`${name} ${t}`, { name, t, ways: all, value: added(all) });
    }

  const ofWeights = Object.keys(weights).map((name) => {
    const all = steps.flatMap((_, t) => outer.flatMap((line) => through(line, name, t)));
    return { name, t: -1, ways: all, value: added(all) };
  });
  return { steps, loss: error * error, values: [...found.values()], ofWeights };
}

/** Zero for each state before the first step. @param {Equation[]} lines @returns {Numbers} */
export const atRest = (lines) => Object.fromEntries(states(lines).map((name) => [name, 0]));

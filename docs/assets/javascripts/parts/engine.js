// Computes whole layers by the lines of cells.js: u units, N samples, T steps, and every number on the way.
//
// What stands side by side in a line is a matrix product, ⊙ and sums go number by number. A line is
// compiled once, to functions that work on typed arrays; each value has a place for every step, so
// all of it can be looked at afterwards. Masks, directions and stacks are rules around the lines.

import { FUNCTIONS, LAYERS, read } from "./cells.js";
import { arraysOf, isRecurrent, KINDS, lastOnly, resetsAfter, sides } from "./kinds.js";

/** @typedef {import("./cells.js").Tree} Tree */
/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {Float64Array | Float32Array} Numbers */
/** @typedef {{shape: number[], data: ArrayLike<number>}} NDArray */
/**
 * A layer as Keras has it, and its arrays as get_weights() gives them.
 * @typedef {object} Layer
 * @property {import("./kinds.js").Kind} kind
 * @property {number} m
 * @property {number} units
 * @property {NDArray[]} weights kernel, recurrent kernel, bias; the last only with use_bias
 * @property {NDArray[]} [backward] of the other direction; with it the layer is Bidirectional
 * @property {string} [activation] a name in FUNCTIONS, or softmax for Dense
 * @property {string} [recurrentActivation]
 * @property {string} [ending] of the names of its arrays, where it is not its number: W_y
 * @property {boolean} [useBias]
 * @property {boolean} [resetAfter]
 * @property {boolean} [goBackwards]
 * @property {boolean} [returnSequences] without it the next layer reads the last step only
 * @property {import("./kinds.js").MergeMode} [mergeMode]
 * @property {Equation[]} [lines] other ones than those of its kind
 */
/**
 * What a layer computed in one direction, in the order in which it read.
 * @typedef {object} Run
 * @property {Equation[]} lines
 * @property {Record<string, NDArray>} weights by the names that its lines use
 * @property {Record<string, Numbers>} values by name, T · N · width each
 * @property {Record<string, number>} widths of a value, by name
 * @property {Record<string, Numbers>} before the states before the first step
 * @property {number[]} order the step of the input that was read at each step
 * @property {Numbers} output T · N · units
 */
/** @typedef {{N: number, T: number, m: number, data: ArrayLike<number>}} Sequence N · T · m */
/**
 * @typedef {object} Options
 * @property {boolean} [float32] round after each operation, as Keras computes
 * @property {ArrayLike<number>} [mask] N · T, 0 where a step is left out
 * @property {NDArray[][]} [states] for each layer, the states before the first step: (N, u) each
 * @property {number} [digits] with how many decimals a program of NumPy prints; as NumPy does, if not given
 */

/** What CELLS calls a layer. @param {Layer} layer @returns {keyof typeof LAYERS} */
export function cellOf(layer) {
  const { kind } = layer;
  if (kind === "Dense") return "dense";
  if (kind === "SimpleRNN") return "simple_rnn_layer";
  if (kind === "LSTM") return "lstm";
  return resetsAfter(layer) ? "gru" : "gru_reset_before";
}

/** Lines that were read, by their cell: machines are known by them. @type {Record<string, Equation[]>} */
const known = {};

/** The lines of a layer. @param {Layer} layer */
export function linesOf(layer) {
  const cell = cellOf(layer);
  known[cell] ??= read(LAYERS[cell]);
  return layer.lines ?? known[cell];
}

/** What the lines call. @param {Layer} layer @returns {import("./cells.js").Calls} */
export const callsOf = ({ activation = "linear", recurrentActivation = "σ" }) => ({
  g: activation,
  σ: recurrentActivation,
});

/** The value that a layer hands on. @param {Layer} layer */
export const outputOf = (layer) => (isRecurrent(layer) ? "h" : "y");

/** @param {string} wrong */
const fault = (wrong) => new RangeError(`engine.js: ${wrong}`);

/**
 * The arrays of a layer by the names that its lines use: W_i, U_f, b_o, b′_z.
 * @param {Layer} layer
 * @param {NDArray[]} [arrays] those of one direction
 * @returns {Record<string, NDArray>}
 */
export function cut(layer, arrays = layer.weights) {
  const { gates } = KINDS[layer.kind];
  const u = layer.units;
  const rows = arraysOf(layer.kind);
  /** @type {Record<string, NDArray>} */
  const found = {};
  for (const [at, gate] of gates.entries()) {
    for (const [k, name] of rows.entries()) {
      const array = arrays[k];
      if (name !== "b") found[name + gate] = columns(array, at * u, u);
      else if (!array) found[name + gate] = zeros([u]);
      else if (array.shape.length === 2) {
        const [first, second] = [0, 1].map((row) => columns(rowOf(array, row), at * u, u));
        Object.assign(found, { [`b${gate}`]: first, [`b′${gate}`]: second });
      } else found[name + gate] = columns(array, at * u, u);
    }
    if (layer.kind === "GRU") found[`b′${gate}`] ??= zeros([u]);
  }
  return found;
}

/** @param {number[]} shape @returns {NDArray} */
const zeros = (shape) => ({ shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) });

/** @param {NDArray} array @param {number} row @returns {NDArray} */
function rowOf({ shape: [, width], data }, row) {
  return { shape: [width], data: Array.prototype.slice.call(data, row * width, (row + 1) * width) };
}

/** Some columns of a matrix, or some entries of a row. @param {NDArray} array @param {number} from @param {number} count @returns {NDArray} */
function columns({ shape, data }, from, count) {
  const width = shape[shape.length - 1];
  const rows = shape.length === 2 ? shape[0] : 1;
  const kept = new Float64Array(rows * count);
  const slice = ArrayBuffer.isView(data) ? "subarray" : "slice"; // a view is not copied twice
  const all = /** @type {Float64Array} */ (data);
  for (let row = 0; row < rows; row++)
    kept.set(all[slice](row * width + from, row * width + from + count), row * count);
  return { shape: shape.length === 2 ? [rows, count] : [count], data: kept };
}

/**
 * What a layer of some shape computes with: its lines as functions, and a place for each number.
 * @typedef {object} Machine
 * @property {((t: number) => void)[]} steps
 * @property {Record<string, Numbers>} values
 * @property {Record<string, Numbers>} before the states before the first step
 * @property {Record<string, Numbers>} arrays as they are used
 * @property {Widths} widths
 * @property {Numbers} output
 */
/** @typedef {Map<string, Machine>} Machines */

/**
 * Compute a layer in one direction.
 * @param {Layer} layer
 * @param {Sequence} input
 * @param {{float32?: boolean, mask?: ArrayLike<number>, states?: NDArray[], backwards?: boolean,
 *   arrays?: NDArray[], lines?: Equation[], machines?: Machines}} [options] backwards: from the last
 *   step to the first; arrays: those of the other direction; lines: other ones than the layer's own;
 *   machines: used again for the same shapes, so that what an earlier run gave is overwritten
 * @returns {Run}
 */
export function runLayer(layer, input, options = {}) {
  const { N, T, m } = input;
  if (m !== layer.m) throw fault(`the input has ${m} numbers a step, the layer reads ${layer.m}`);
  const lines = options.lines ?? linesOf(layer);
  const weights = cut(layer, options.arrays);
  const { states } = KINDS[layer.kind];
  const order = Array.from({ length: T }, (_, t) => (options.backwards ? T - 1 - t : t));

  const found = machineOf(layer, lines, weights, input, options);
  const { values, before, arrays, widths, steps, output } = found;
  for (const [t, step] of order.entries())
    for (let n = 0; n < N; n++)
      for (let j = 0; j < m; j++)
        values.x[(t * N + n) * m + j] = input.data[(n * T + step) * m + j];
  for (const [k, name] of states.entries()) {
    const state = options.states?.[k];
    if (state) before[name].set(state.data);
    else before[name].fill(0);
  }
  for (const [name, { data }] of Object.entries(weights)) arrays[name].set(data);

  for (let t = 0; t < T; t++) {
    for (const step of steps) step(t);
    if (options.mask) keep(t, order[t], options.mask, layer, { N, T, values, before, states });
    copyOutput(t, order[t], options.mask, layer, { N, T, values, output });
  }
  return { lines, weights, values, widths, before, order, output };
}

/** @type {WeakMap<Equation[], number>} */
const numbered = new WeakMap();
let linesKnown = 0;

/**
 * The machine for a layer: one that is kept, if it fits, or a new one.
 * @param {Layer} layer @param {Equation[]} lines @param {Weights} weights @param {Sequence} input
 * @param {{float32?: boolean, arrays?: NDArray[], machines?: Machines}} options
 * @returns {Machine}
 */
function machineOf(layer, lines, weights, input, { float32, arrays, machines }) {
  if (!machines) return assembled(layer, lines, weights, input, float32);
  if (!numbered.has(lines)) numbered.set(lines, linesKnown++);
  const { activation, recurrentActivation, weights: own } = layer;
  const shapes = (arrays ?? own).map(({ shape }) => shape.join());
  const functions = [activation, recurrentActivation, float32, arrays !== undefined];
  const key = [numbered.get(lines), input.N, input.T, layer.units, ...functions, ...shapes].join();
  const kept = machines.get(key);
  if (kept) return kept;
  const made = assembled(layer, lines, weights, input, float32);
  machines.set(key, made);
  return made;
}

/**
 * @param {Layer} layer @param {Equation[]} lines @param {Weights} weights @param {Sequence} input
 * @param {boolean} [float32] @returns {Machine}
 */
function assembled(layer, lines, weights, { N, T, m }, float32) {
  const made = float32 ? Float32Array : Float64Array;
  const { states } = KINDS[layer.kind];
  const widths = inferred(lines, weights, { x: m, ...fromEach(states, layer.units) });
  /** @type {Record<string, Numbers>} */
  const values = { x: new made(T * N * m) };
  for (const { name } of lines) values[name] = new made(T * N * widths[name]);
  /** @type {Record<string, Numbers>} */
  const before = {};
  for (const name of states) before[name] = new made(N * layer.units);
  /** @type {Record<string, Numbers>} */
  const arrays = {};
  for (const [name, { data }] of Object.entries(weights)) arrays[name] = new made(data.length);
  const functions = {
    ...FUNCTIONS,
    g: FUNCTIONS[layer.activation ?? "linear"],
    σ: FUNCTIONS[layer.recurrentActivation ?? "σ"],
  };
  const rowwise = layer.activation === "softmax" ? softmax : undefined;
  const scope = { N, made, values, before, arrays, weights, widths, functions, rowwise };
  const steps = lines.map((line) => compiled(line, scope));
  return { steps, values, before, arrays, widths, output: new made(T * N * layer.units) };
}

/** @template V @param {string[]} names @param {V} value @returns {Record<string, V>} */
const fromEach = (names, value) => Object.fromEntries(names.map((name) => [name, value]));

/** @typedef {{N: number, T: number, values: Record<string, Numbers>}} Steps */

/**
 * Where a step is masked the states stay as they were.
 * @param {number} t @param {number} step of the input @param {ArrayLike<number>} mask @param {Layer} layer
 * @param {Steps & {before: Record<string, Numbers>, states: string[]}} steps
 */
function keep(t, step, mask, layer, { N, T, values, before, states }) {
  const u = layer.units;
  for (let n = 0; n < N; n++) {
    if (mask[n * T + step]) continue;
    for (const name of states)
      for (let j = 0; j < u; j++)
        values[name][(t * N + n) * u + j] = t
          ? values[name][((t - 1) * N + n) * u + j]
          : before[name][n * u + j];
  }
}

/**
 * The output of a step; where it is masked that of the step before, which at first is 0. As part of
 * Bidirectional a layer hands on 0 there.
 * @param {number} t @param {number} step of the input @param {ArrayLike<number> | undefined} mask
 * @param {Layer} layer @param {Steps & {output: Numbers}} steps
 */
function copyOutput(t, step, mask, layer, { N, T, values, output }) {
  const [u, from] = [layer.units, values[outputOf(layer)]];
  const recurrent = isRecurrent(layer);
  const zeroed = layer.backward && layer.returnSequences !== false;
  for (let n = 0; n < N; n++) {
    const kept = recurrent && mask && !mask[n * T + step];
    for (let j = 0; j < u; j++) {
      const at = (t * N + n) * u + j;
      if (!kept) output[at] = from[at];
      else output[at] = t && !zeroed ? output[at - N * u] : 0;
    }
  }
}

/** @param {Numbers} row */
function softmax(row) {
  const most = Math.max(...row);
  let sum = 0;
  for (const [j, z] of row.entries()) {
    row[j] = Math.exp(z - most);
    sum += row[j];
  }
  for (const [j, raised] of row.entries()) row[j] = raised / sum;
}

// Lines -----------------------------------------------------------------------------------------

/** @typedef {Record<string, NDArray>} Weights @typedef {Record<string, number>} Widths */

/**
 * The widths of all values, line by line. Throws where a line does not fit together.
 * @param {Equation[]} lines @param {Weights} weights @param {Widths} known
 */
function inferred(lines, weights, known) {
  const widths = { ...known };
  for (const { line, name, tree } of lines) {
    const width = widthOf(tree, weights, widths, line);
    if (known[name] !== undefined && known[name] !== width)
      throw fault(`${line}: gives ${width} numbers, ${name} has ${known[name]}`);
    widths[name] = width;
  }
  return widths;
}

/**
 * How many numbers an expression has for a sample; 0 for one that is written out, which fits all.
 * @param {Tree} tree @param {Weights} weights @param {Widths} widths @param {string} line
 * @returns {number}
 */
function widthOf(tree, weights, widths, line) {
  if ("number" in tree) return 0;
  if ("call" in tree) return widthOf(tree.of, weights, widths, line);
  if ("name" in tree) {
    const name = tree.name.replace("₋", "");
    const width = widths[name] ?? weights[name]?.shape.at(-1);
    if (width === undefined) throw fault(`${line}: nothing is called ${tree.name}`);
    return width;
  }
  if ("product" in tree && tree.sign !== "⊙") return productOf(tree, weights, widths, line);
  const parts = "product" in tree ? tree.product : tree.sum.map(([, term]) => term);
  const all = parts.map((part) => widthOf(part, weights, widths, line));
  const width = Math.max(...all);
  if (all.some((one) => one && one !== width))
    throw fault(`${line}: ${all.join(" and ")} numbers do not go together`);
  return width;
}

/**
 * @param {{product: Tree[]}} tree @param {Weights} weights @param {Widths} widths @param {string} line
 * @returns {number}
 */
function productOf({ product: [row, matrix, ...more] }, weights, widths, line) {
  const width = widthOf(row, weights, widths, line);
  widthOf(matrix, weights, widths, line); // is there one?
  const array = "name" in matrix ? weights[matrix.name] : undefined;
  if (more.length || array?.shape.length !== 2)
    throw fault(`${line}: a product is that of a row and a matrix; number by number it is ⊙`);
  if (width !== array.shape[0])
    throw fault(`${line}: ${width} numbers meet a matrix of ${array.shape[0]} rows`);
  return array.shape[1];
}

/**
 * @typedef {object} Scope
 * @property {number} N
 * @property {Float64ArrayConstructor | Float32ArrayConstructor} made
 * @property {Record<string, Numbers>} values
 * @property {Record<string, Numbers>} before
 * @property {Record<string, Numbers>} arrays
 * @property {Weights} weights
 * @property {Widths} widths
 * @property {typeof FUNCTIONS} functions
 * @property {((row: Numbers) => void) | undefined} rowwise
 */

/**
 * A line as a function of the step.
 * @param {Equation} equation @param {Scope} scope @returns {(t: number) => void}
 */
function compiled({ name, tree }, scope) {
  const { N, values, widths, rowwise } = scope;
  const width = widths[name];
  const into = values[name];
  if (rowwise && "call" in tree && tree.call === "g") {
    const of = expression(tree.of, width, scope);
    return (t) => {
      const row = into.subarray(t * N * width, (t + 1) * N * width);
      row.set(of(t));
      for (let n = 0; n < N; n++) rowwise(row.subarray(n * width, (n + 1) * width));
    };
  }
  const result = expression(tree, width, scope);
  return (t) => into.set(result(t), t * N * width);
}

/**
 * The numbers of a step, for each of which a view is made once.
 * @param {Numbers} all @param {number} size @returns {(t: number) => Numbers}
 */
export function step(all, size) {
  /** @type {Numbers[]} */
  const views = [];
  return (t) => {
    views[t] ??= all.subarray(t * size, (t + 1) * size);
    return views[t];
  };
}

/**
 * An expression as a function of the step, whose result is N · width numbers in a place of its own.
 * @param {Tree} tree @param {number} width @param {Scope} scope
 * @returns {(t: number) => Numbers}
 */
export function expression(tree, width, scope) {
  const { N, made, values, before, arrays, weights, functions } = scope;
  const inner = (/** @type {Tree} */ part) => expression(part, width, scope);
  const name = "name" in tree ? tree.name.replace("₋", "") : "";
  if ("name" in tree && !weights[name]) {
    const at = step(values[name], N * width);
    if (name === tree.name) return at;
    return (t) => (t ? at(t - 1) : before[name]);
  }
  const result = new made(N * width);
  if ("number" in tree) {
    result.fill(tree.number);
    return () => result;
  }
  if ("name" in tree) {
    return (t) => {
      if (!t) for (let n = 0; n < N; n++) result.set(arrays[name], n * width);
      return result;
    };
  }
  if ("call" in tree) {
    const of = inner(tree.of);
    const apply = functions[tree.call];
    return (t) => {
      const argument = of(t);
      for (let k = 0; k < result.length; k++) result[k] = apply(argument[k]);
      return result;
    };
  }
  if ("product" in tree && tree.sign !== "⊙") {
    const [row, matrix] = tree.product;
    const { name } = /** @type {{name: string}} */ (matrix);
    const rows = weights[name].shape[0];
    const of = expression(row, rows, scope);
    const multiply = made === Float32Array ? multiplyFloat32 : multiplyFloat64;
    return (t) => multiply(of(t), arrays[name], result, N, rows, width);
  }
  const signed =
    "product" in tree ? tree.product.map((part) => /** @type {const} */ (["⊙", part])) : tree.sum;
  const parts = signed.map(([sign, part]) => ({ sign, of: inner(part) }));
  return (t) => {
    for (let at = 0; at < parts.length; at++) {
      const { sign, of } = parts[at];
      const part = of(t);
      if (!at) result.set(part);
      else if (sign === "⊙") for (let k = 0; k < result.length; k++) result[k] *= part[k];
      else if (sign === "−") for (let k = 0; k < result.length; k++) result[k] -= part[k];
      else for (let k = 0; k < result.length; k++) result[k] += part[k];
    }
    return result;
  };
}

/**
 * N rows times a matrix, row by row of the matrix, so that its numbers are read in order.
 * @param {Numbers} row @param {Numbers} matrix @param {Numbers} result
 * @param {number} N @param {number} rows @param {number} width
 */
function multiplyFloat64(row, matrix, result, N, rows, width) {
  result.fill(0);
  for (let n = 0; n < N; n++)
    for (let i = 0; i < rows; i++) {
      const factor = row[n * rows + i];
      if (factor === 0) continue;
      const [from, to] = [i * width, n * width];
      for (let j = 0; j < width; j++) result[to + j] += factor * matrix[from + j];
    }
  return result;
}

/**
 * The same with each product rounded: storing in a Float32Array rounds each sum.
 * @type {typeof multiplyFloat64}
 */
function multiplyFloat32(row, matrix, result, N, rows, width) {
  result.fill(0);
  for (let n = 0; n < N; n++)
    for (let i = 0; i < rows; i++) {
      const factor = row[n * rows + i];
      const [from, to] = [i * width, n * width];
      for (let j = 0; j < width; j++) result[to + j] += Math.fround(factor * matrix[from + j]);
    }
  return result;
}

// Models ----------------------------------------------------------------------------------------

/**
 * Compute a stack of layers.
 * @param {Layer[]} layers
 * @param {Sequence} input
 * @param {Options & {machines?: Machines}} [options] machines: see runLayer
 * @returns {{runs: {forward: Run, backward?: Run}[], output: Sequence, sequences: Sequence[]}}
 *   sequences: what each layer hands on
 */
export function runModel(layers, input, options = {}) {
  /** @type {Sequence} */
  let sequence = input;
  let { mask } = options;
  /** @type {{forward: Run, backward?: Run}[]} */
  const runs = [];
  /** @type {Sequence[]} */
  const sequences = [];
  for (const [k, layer] of layers.entries()) {
    const { float32, machines } = options;
    const given = { float32, machines, mask, states: options.states?.[k] };
    const half = KINDS[layer.kind].states.length;
    const forward = runLayer(layer, sequence, { ...given, backwards: layer.goBackwards });
    const backward =
      layer.backward &&
      runLayer(layer, sequence, {
        ...given,
        arrays: layer.backward,
        states: given.states?.slice(half),
        backwards: !layer.goBackwards,
      });
    sequence = handedOn(layer, sequence, forward, backward);
    if (lastOnly(layer)) mask = undefined;
    runs.push({ forward, backward });
    sequences.push(sequence);
  }
  return { runs, output: sequence, sequences };
}

/** @param {Layer} layer @param {Sequence} input @param {Run} forward @param {Run} [backward] @returns {Sequence} */
function handedOn(layer, { N, T }, forward, backward) {
  const last = lastOnly(layer);
  const kept = last ? 1 : T;
  const u = layer.units;
  /** @param {Run} run @param {number} n @param {number} t @param {number} j */
  const one = (run, n, t, j) => run.output[((last ? T - 1 : t) * N + n) * u + j];
  // What was read from the end is turned round, so that both directions speak of the same step.
  /** @param {number} n @param {number} t @param {number} j */
  const other = (n, t, j) => one(/** @type {Run} */ (backward), n, last ? t : T - 1 - t, j);
  const joined = layer.mergeMode === undefined ? "concat" : layer.mergeMode;
  const width = sides(layer) * u;
  const data = new Float64Array(N * kept * width);
  for (let n = 0; n < N; n++)
    for (let t = 0; t < kept; t++)
      for (let j = 0; j < u; j++) {
        const at = (n * kept + t) * width + j;
        const a = one(forward, n, t, j);
        if (!backward) data[at] = a;
        else if (width > u) [data[at], data[at + u]] = [a, other(n, t, j)];
        else data[at] = merged(/** @type {string} */ (joined), a, other(n, t, j));
      }
  return { N, T: kept, m: width, data };
}

/** @param {string} mode @param {number} a @param {number} b */
function merged(mode, a, b) {
  if (mode === "sum") return a + b;
  if (mode === "mul") return a * b;
  if (mode === "ave") return (a + b) / 2;
  throw fault(`merge_mode ${mode} is none of concat, sum, mul, ave and null`);
}

// One layer of a few arrays, whatever framework arranged them: in the end as Keras has them, gates beside each
// other in the columns of kernel (m, g u), recurrent_kernel (u, g u) and bias.

import { transposed } from "./arrays.js";
import { isRecurrent, recurrentOf } from "./kinds.js";
import { inverse, orderOf } from "./orders.js";

/** @typedef {import("./arrays.js").NDArray} NDArray */
/** @typedef {import("./kinds.js").Kind} Kind */
/** @typedef {{kernel: NDArray, recurrent_kernel?: NDArray, bias?: NDArray}} Weights */
/**
 * A layer. Options are those of Keras that are known, such as activation or merge_mode. A layer that reads both
 * ways has the weights of its other direction, too. resetAfter is told of a GRU, where it is known.
 * @typedef {{name: string, kind: Kind, units: number, m: number, useBias: boolean, resetAfter?: boolean,
 *   options: Record<string, any>, weights: Weights, backward?: Weights, note?: string}} Layer
 * note: what was changed, a sentence
 */

/**
 * The layer that has these arrays, in the order of get_weights(), or null.
 * @param {NDArray[]} arrays one to three @returns {Layer | null}
 */
export function fromKeras(arrays) {
  const [kernel, second, third, ...more] = arrays;
  if (more.length || kernel.shape.length !== 2) return null;
  const [m, columns] = kernel.shape;
  if (!second || second.shape.length === 1) {
    const fits = !third && (!second || second.shape[0] === columns);
    return fits ? layer("Dense", m, columns, { kernel, bias: second }) : null;
  }
  const [units, wide] = second.shape;
  const kind = recurrentOf(wide / units);
  if (!kind || second.shape.length !== 2 || columns !== wide) return null;
  if (kind !== "SimpleRNN" && is(third, 2 * wide)) return fromCudnn(kind, m, units, arrays);
  const both = kind === "GRU" && is(third, 2, wide);
  if (third && !both && !is(third, wide)) return null;
  const read = layer(kind, m, units, { kernel, recurrent_kernel: second, bias: third });
  return kind === "GRU" && third ? { ...read, resetAfter: both } : read;
}

/**
 * CuDNNLSTM and CuDNNGRU of Keras 2: gates in the same order, each as CuDNN has it in memory, so (u, m) where the
 * shape says (m, u), and two biases one behind the other. Keras 2 converts them alike (_convert_rnn_weights in its
 * hdf5_format.py).
 * @param {Kind} kind @param {number} m @param {number} units @param {NDArray[]} arrays @returns {Layer}
 */
function fromCudnn(kind, m, units, [kernel, recurrent, bias]) {
  const gates = kernel.shape[1] / units;
  const turned = (/** @type {NDArray} */ { shape: [rows], data }) => {
    const wide = gates * units;
    const whole = new Float64Array(data.length);
    for (let gate = 0; gate < gates; gate++)
      for (let k = 0; k < rows * units; k++) {
        const number = data[Math.floor(k / units) * wide + gate * units + (k % units)];
        whole[(k % rows) * wide + gate * units + Math.floor(k / rows)] = number;
      }
    return { shape: [rows, wide], data: whole };
  };
  const [first, second] = [0, 1].map((row) => part({ ...bias, shape: [2] }, row, [gates * units]));
  const weights = {
    kernel: turned(kernel),
    recurrent_kernel: turned(recurrent),
    bias:
      kind === "GRU"
        ? { shape: [2, gates * units], data: bias.data }
        : { shape: first.shape, data: first.data.map((number, k) => number + second.data[k]) },
  };
  const note = `these are arrays of CuDNN${kind}; each gate was transposed${kind === "GRU" ? "" : ", and its two biases added"}, as Keras does it.`;
  const read = { ...layer(kind, m, units, weights), note };
  return kind === "GRU" ? { ...read, resetAfter: true } : read;
}

/**
 * The layer that has these arrays of PyTorch: weight_ih, weight_hh, bias_ih, bias_hh, or weight, bias.
 * @param {NDArray[]} arrays one to four @returns {Layer | null}
 */
export function fromPyTorch([input, second, bias, other, ...more]) {
  if (more.length || input.shape.length !== 2) return null;
  const [rows, m] = input.shape;
  if (!second || second.shape.length === 1) {
    const fits = !bias && (!second || second.shape[0] === rows);
    return fits ? layer("Dense", m, rows, { kernel: transposed(input), bias: second }) : null;
  }
  const [tall, units] = second.shape;
  const kind = recurrentOf(tall / units);
  if (!kind || second.shape.length !== 2 || rows !== tall) return null;
  if (bias && !(is(bias, tall) && is(other, tall))) return null;
  return arranged(kind, inverse(orderOf("pytorch", kind)), [input, second, bias, other]);
}

/**
 * The layer that has these arrays of ONNX: W (d, g u, m), R (d, g u, u) and B (d, 2 g u), d directions.
 * @param {NDArray[]} arrays two or three @returns {Layer | null}
 */
export function fromOnnx([W, R, B, ...more]) {
  if (more.length || W.shape.length !== 3 || R?.shape.length !== 3) return null;
  const [directions, tall, units] = R.shape;
  const kind = recurrentOf(tall / units);
  if (!kind || directions > 2 || W.shape[0] !== directions || W.shape[1] !== tall) return null;
  if (B && !is(B, directions, 2 * tall)) return null;
  const [forward, backward] = Array.from({ length: directions }, (_, i) => {
    const biases = B ? part(B, i, [2, tall]) : undefined;
    const two = biases ? [part(biases, 0, [tall]), part(biases, 1, [tall])] : [];
    return arranged(kind, inverse(orderOf("onnx", kind)), [
      part(W, i, [tall, W.shape[2]]),
      part(R, i, [tall, units]),
      ...two,
    ]);
  });
  return backward ? { ...forward, backward: backward.weights } : forward;
}

/**
 * Two layers as one that reads both ways, if they can be.
 * @param {Layer} forward @param {Layer} [backward] @returns {Layer | null}
 */
export function bothWays(forward, backward) {
  const alike =
    backward &&
    isRecurrent(forward) &&
    !forward.backward &&
    !backward.backward &&
    ["kind", "m", "units", "useBias", "resetAfter"].every(
      (key) =>
        forward[/** @type {keyof Layer} */ (key)] === backward[/** @type {keyof Layer} */ (key)],
    );
  return alike ? { ...forward, backward: backward.weights } : null;
}

/**
 * Rows of gates into columns, in the order of Keras. The two biases of a GRU stay two, since its reset gate
 * multiplies one of them; others are added.
 * @param {Kind} kind @param {number[]} order @param {(NDArray | undefined)[]} arrays @returns {Layer}
 */
function arranged(kind, order, [input, recurrent, first, second]) {
  const W = /** @type {NDArray} */ (input);
  const weights = {
    kernel: transposed(reordered(W, order)),
    recurrent_kernel: transposed(reordered(/** @type {NDArray} */ (recurrent), order)),
  };
  const [units, m] = [W.shape[0] / order.length, W.shape[1]];
  if (!first || !second) return layer(kind, m, units, weights);
  const [a, b] = [reordered(first, order).data, reordered(second, order).data];
  if (kind !== "GRU") {
    const bias = { shape: [a.length], data: a.map((number, i) => number + b[i]) };
    return layer(kind, m, units, { ...weights, bias });
  }
  const bias = { shape: [2, a.length], data: Float64Array.of(...a, ...b) };
  return { ...layer(kind, m, units, { ...weights, bias }), resetAfter: true };
}

/** Blocks of rows in another order. @param {NDArray} array @param {number[]} order @returns {NDArray} */
function reordered({ shape, data }, order) {
  const size = data.length / order.length;
  const blocks = new Float64Array(data.length);
  for (const [to, from] of order.entries())
    blocks.set(data.subarray(from * size, (from + 1) * size), to * size);
  return { shape, data: blocks };
}

/** @param {NDArray} array @param {number} i @param {number[]} shape of one part @returns {NDArray} */
function part({ shape: [count], data }, i, shape) {
  const size = data.length / count;
  return { shape, data: data.slice(i * size, (i + 1) * size) };
}

/** @param {NDArray | undefined} array @param {number[]} shape */
const is = (array, ...shape) => array !== undefined && array.shape.join() === shape.join();

/** @param {Kind} kind @param {number} m @param {number} units @param {Weights} weights @returns {Layer} */
function layer(kind, m, units, { bias, ...others }) {
  const weights = bias ? { ...others, bias } : others;
  return { name: "", kind, units, m, useBias: bias !== undefined, options: {}, weights };
}

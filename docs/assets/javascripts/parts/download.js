// What a reader can take along: every number as .npz, which NumPy opens, and as CSV.
//
// Both call an array layer2.backward.c_new: its layer, its direction if there are two, its name as in
// the programs. The step t is that of the input, also where a layer reads from the last step on.

import { KINDS } from "./kinds.js";
import { plain } from "./numpy.js";

/** @typedef {import("./engine.js").NDArray} NDArray */
/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {{layers: Layer[], input: import("./engine.js").Sequence, options?: import("./engine.js").Options}} Setting */
/** @typedef {ReturnType<typeof import("./engine.js").runModel>} Computed */
/** @typedef {{name: string, array: NDArray}} Named */
/** @typedef {{zipSync: (files: Record<string, Uint8Array>, options?: {level: 0}) => Uint8Array}} Zip of fflate */

/** @param {number} k which layer, from 0 @param {string} name @param {boolean} [backward] */
export const nameOf = (k, name, backward) =>
  `layer${k + 1}.${backward ? "backward." : ""}${plain(name)}`;

/**
 * What goes in: the input, the mask, and of each layer the weights and the states before the first step.
 * @param {Setting} setting @returns {Named[]}
 */
export function givenArrays({ layers, input: { N, T, m, data }, options = {} }) {
  const found = [{ name: "x", array: { shape: [N, T, m], data } }];
  if (options.mask) found.push({ name: "mask", array: { shape: [N, T], data: options.mask } });
  for (const [k, layer] of layers.entries()) {
    const { states } = KINDS[layer.kind];
    const given = options.states?.[k] ?? [];
    for (const [way, arrays] of [layer.weights, layer.backward ?? []].entries()) {
      const names = states.length ? ["W", "U", "b"] : ["W", "b"];
      for (const [at, array] of arrays.entries())
        found.push({ name: nameOf(k, names[at], way === 1), array });
      for (const [at, state] of states.entries()) {
        const array = given[way * states.length + at];
        if (array) found.push({ name: nameOf(k, `${state}_before`, way === 1), array });
      }
    }
  }
  return found;
}

/**
 * Every intermediate (N, T, u) of each layer, and what it hands on.
 * @param {Setting} setting @param {Computed} computed by runModel @returns {Named[]}
 */
export function computedArrays({ layers, input: { N } }, { runs, sequences }) {
  return layers.flatMap((_, k) => {
    const { T, m, data } = sequences[k];
    return [
      ...directions(runs[k]).flatMap(({ run, backward }) =>
        quantities(run).map((name) => ({
          name: nameOf(k, name, backward),
          array: inOrder(run, name, N),
        })),
      ),
      { name: nameOf(k, "output"), array: { shape: [N, T, m], data } },
    ];
  });
}

/** @param {{forward: Run, backward?: Run}} runs @returns {{run: Run, backward: boolean}[]} */
const directions = ({ forward, backward }) => [
  { run: forward, backward: false },
  ...(backward ? [{ run: backward, backward: true }] : []),
];

/** The values of a run in the order in which they are computed. @param {Run} run */
const quantities = ({ lines }) => lines.map(({ name }) => name);

/** A value (N, T, u) whose steps are those of the input. @param {Run} run @param {string} name @param {number} N @returns {NDArray} */
function inOrder({ values, widths, order }, name, N) {
  const [T, width] = [order.length, widths[name]];
  const data = new Float64Array(N * T * width);
  for (const [at, t] of order.entries())
    for (let n = 0; n < N; n++)
      for (let j = 0; j < width; j++)
        data[(n * T + t) * width + j] = values[name][(at * N + n) * width + j];
  return { shape: [N, T, width], data };
}

/**
 * All intermediates as CSV, a number a row. The parts belong one after the other in a Blob: of a large
 * layer they are longer than a string may be.
 * @param {Computed} computed by runModel @param {number} N samples @returns {string[]}
 */
export function csv({ runs }, N) {
  const parts = ["layer,direction,quantity,sample,step,unit,value\n"];
  for (const [k, both] of runs.entries())
    for (const { run, backward } of directions(both))
      for (const name of quantities(run)) {
        const { shape, data } = inOrder(run, name, N);
        const what = `${k + 1},${backward ? "backward" : "forward"},${plain(name)}`;
        const rows = Array.from(data, (number, at) => {
          const [unit, row] = [at % shape[2], Math.floor(at / shape[2])];
          const [sample, step] = [Math.floor(row / shape[1]), row % shape[1]];
          return `${what},${sample},${step},${unit},${number}\n`;
        });
        parts.push(rows.join(""));
      }
  return parts;
}

/** Arrays as a file for np.load. @param {Named[]} arrays @param {Zip} zip */
export const npz = (arrays, { zipSync }) =>
  zipSync(Object.fromEntries(arrays.map(({ name, array }) => [`${name}.npy`, npy(array)])), {
    level: 0, // stored: digits of float64 hardly pack
  });

/**
 * An array as .npy, in float64: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @param {NDArray} array
 */
function npy({ shape, data }) {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${axes}), }`;
  const begins = Math.ceil((10 + header.length + 1) / 64) * 64; // where the numbers begin
  const bytes = new Uint8Array(begins + data.length * 8);
  const view = new DataView(bytes.buffer);
  const text = `\x93NUMPY\x01\x00\0\0${header}`.padEnd(begins - 1);
  for (const [at, letter] of [...text, "\n"].entries()) bytes[at] = letter.charCodeAt(0);
  view.setUint16(8, begins - 10, true);
  for (let at = 0; at < data.length; at++) view.setFloat64(begins + at * 8, data[at], true);
  return bytes;
}

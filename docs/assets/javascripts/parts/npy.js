// NumPy's .npy: a header that says what the numbers are, then the numbers.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

import { fromBfloat16, fromFloat16, InputError, sizeOf } from "./arrays.js";

/** @typedef {import("./arrays.js").NDArray} NDArray */
/** @typedef {[bytes: number, read: (view: DataView, at: number, little: boolean) => number]} Kind */

/** How each kind of number is read, by NumPy's letter and size. @type {Record<string, Kind>} */
export const KINDS = {
  f2: [2, (view, at, little) => fromFloat16(view.getUint16(at, little))],
  V2: [2, (view, at, little) => fromBfloat16(view.getUint16(at, little))], // so ml_dtypes writes it
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  i1: [1, (view, at) => view.getInt8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u1: [1, (view, at) => view.getUint8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  b1: [1, (view, at) => view.getUint8(at)],
};

const REFUSED = {
  O: "objects, which are a pickle and could run a program: save numbers with np.save(file, a.astype(float))",
  c: "complex numbers: save their real parts",
  S: "texts: save numbers",
  U: "texts: save numbers",
  V: "records: save each of their fields as an array of its own",
};

/**
 * The numbers that stand in bytes one after the other.
 * @param {DataView} view @param {Kind} kind @param {number[]} shape @param {boolean} little
 * @returns {NDArray}
 */
export function decoded(view, [bytes, read], shape, little) {
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * bytes, little);
  return { shape, data };
}

/** Whether bytes begin as a .npy does. @param {Uint8Array} bytes */
export const isNpy = (bytes) => startsWith(bytes, "\x93NUMPY");

/** @param {Uint8Array} bytes @param {string} start a character a byte */
export const startsWith = (bytes, start) =>
  [...start].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** @param {Uint8Array} bytes of a .npy @param {string} name of it, for sentences @returns {NDArray} */
export function readNpy(bytes, name) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [header, begins] = headerOf(view, name);
  const descr = /'descr':\s*'([<>|=])?(\w+)'/.exec(header);
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d\s,L]*)\)/.exec(header)?.[1].match(/\d+/g)?.map(Number) ?? [];
  if (/'descr':\s*\[/.test(header)) throw unreadable(name, REFUSED.V);
  if (!descr || !fortran || !/'shape':\s*\(/.test(header)) throw broken(name);
  const [, order = "|", type] = descr;
  const kind = KINDS[type];
  if (!kind) {
    const letter = /** @type {keyof typeof REFUSED} */ (type[0]);
    throw unreadable(name, REFUSED[letter] ?? `numbers of the kind ${type}: save them as float32`);
  }
  const numbers = new DataView(bytes.buffer, bytes.byteOffset + begins);
  const [is, should] = [bytes.byteLength - begins, sizeOf(shape) * kind[0]];
  if (is !== should)
    throw new InputError(
      `${name} is broken: its numbers take ${is} bytes, its header says ${should}. Save it again with np.save.`,
    );
  const array = decoded(numbers, kind, shape, order !== ">");
  return fortran === "True" ? inRows(array) : array;
}

/** @param {DataView} view @param {string} name @returns {[text: string, end: number]} */
function headerOf(view, name) {
  try {
    const wide = view.getUint8(6) > 1; // versions 2 and 3
    const begins = wide ? 12 : 10;
    const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + begins, length);
    return [new TextDecoder().decode(bytes), begins + length];
  } catch {
    throw broken(name);
  }
}

/** An array whose first index goes fastest, in the order of C. @param {NDArray} array @returns {NDArray} */
function inRows({ shape, data }) {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const rows = new Float64Array(data.length);
  const index = shape.map(() => 0);
  for (let i = 0; i < rows.length; i++) {
    rows[i] = data[index.reduce((at, n, axis) => at + n * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--)
      index[axis] = 0;
  }
  return { shape, data: rows };
}

/** @param {string} name @param {string} what */
const unreadable = (name, what) => new InputError(`${name} holds ${what}.`);

/** @param {string} name */
const broken = (name) =>
  new InputError(`${name} is broken: it has no header of NumPy. Save it again with np.save.`);

// Arrays of weights, rearranged as people do it by mistake. Each function returns a new array.

/** @typedef {import("./engine.js").NDArray} NDArray */

/**
 * The number at k becomes the one that stood at from(k).
 * @param {NDArray} array @param {(k: number) => number} from
 * @returns {NDArray}
 */
export function moved({ shape, data }, from) {
  const numbers = new Float64Array(data.length);
  for (let k = 0; k < numbers.length; k++) numbers[k] = data[from(k)];
  return { shape, data: numbers };
}

/** Each number changed by itself. @param {NDArray} array @param {(number: number) => number} change @returns {NDArray} */
export const each = ({ shape, data }, change) => ({ shape, data: Float64Array.from(data, change) });

/** Blocks of u columns in another order. @param {NDArray} array @param {number[]} from @returns {NDArray} */
export function blocks(array, from) {
  const width = /** @type {number} */ (array.shape.at(-1));
  const u = width / from.length;
  return moved(array, (k) => {
    const column = k % width;
    return k - column + from[Math.floor(column / u)] * u + (column % u);
  });
}

/** The gates of a unit stand side by side, not the units of a gate. @param {NDArray} array @param {number} gates */
export function interleaved(array, gates) {
  const width = /** @type {number} */ (array.shape.at(-1));
  const u = width / gates;
  return moved(array, (k) => {
    const column = k % width;
    return k - column + (column % u) * gates + Math.floor(column / u);
  });
}

/** Each square block of columns transposed. @param {NDArray} matrix */
export function transposed(matrix) {
  const [rows, width] = matrix.shape;
  return moved(matrix, (k) => {
    const [row, column] = [Math.floor(k / width), k % width];
    return (column % rows) * width + column - (column % rows) + row;
  });
}

/** The transpose's numbers in a row, filled into the shape row by row. @param {NDArray} matrix */
export function filledByRows(matrix) {
  const [rows, width] = matrix.shape;
  return moved(matrix, (k) => (k % rows) * width + Math.floor(k / rows));
}

/** The numbers in a row, filled into the shape column by column. @param {NDArray} matrix */
export function filledByColumns(matrix) {
  const [rows, width] = matrix.shape;
  return moved(matrix, (k) => (k % width) * rows + Math.floor(k / width));
}

/** Rows of a from `begin` on, then rows of b, `count` in all. @param {NDArray} a @param {NDArray} b @param {number} begin @param {number} count @returns {NDArray} */
export function rowsOf(a, b, begin, count) {
  const width = a.shape[1];
  const all = [...Array.from(a.data), ...Array.from(b.data)];
  const data = Float64Array.from(all.slice(begin * width, (begin + count) * width));
  return { shape: [count, width], data };
}

/** The nearest number with so many decimals. @param {number} decimals */
export const rounded = (decimals) => (/** @type {number} */ number) =>
  Math.round(number * 10 ** decimals) / 10 ** decimals;

/** The nearest number of 16 bits: 10 bits behind the first, exponents from -14 to 15. @param {number} number */
export function half(number) {
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(number))));
  const unit = 2 ** (exponent - 10);
  const down = Math.floor(number / unit);
  const left = number / unit - down;
  const up = left > 0.5 || (left === 0.5 && down % 2 !== 0);
  const near = (down + (up ? 1 : 0)) * unit;
  return Math.abs(near) > 65504 ? Math.sign(near) * Number.POSITIVE_INFINITY : near;
}

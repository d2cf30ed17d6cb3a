// Draws an array as a heat map: a column a step, a row a unit; what is positive in one colour, what is
// negative in the other, as in the drawings of the pages. Colours are those of the page's scheme.

const PLUS = "--sym-h";
const MINUS = "--sym-x";
const PIECE = 2 ** 14; // numbers at a time
const STRONGEST = 230; // of 255
const [WIDEST, HIGHEST] = [480, 320]; // pixels

/** @typedef {{plus: number, minus: number}} Colours as a pixel of a canvas has them, without their strength */
/** Where the numbers of a map lie: data[from + column · across + row · down]. @typedef {{columns: number, rows: number, data: ArrayLike<number>, from: number, across: number, down: number}} Map */

/** The colours of the page now. Asked for once: each answer costs a look at all styles. @returns {Colours} */
export function colours() {
  const style = getComputedStyle(document.body);
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const [plus, minus] = [PLUS, MINUS].map((name) => {
    if (!probe) return 0;
    probe.fillStyle = style.getPropertyValue(name).trim();
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    return red | (green << 8) | (blue << 16);
  });
  return { plus, minus };
}

/** How many pixels a map gets: those that a screen shows, at most. @param {Map} map */
export const sizeOf = ({ columns, rows }) => [Math.min(columns, WIDEST), Math.min(rows, HIGHEST)];

/**
 * Draw piece by piece, with a pause behind each: a large array would hold the page up. Where several
 * numbers share a pixel, the largest is seen, whatever its sign.
 * @param {HTMLCanvasElement} canvas of the size that sizeOf() gives
 * @param {Map} map
 * @param {Colours} colours
 * @returns {Generator<void, {low: number, high: number}>} between what the numbers lie
 */
export function* drawing(canvas, map, { plus, minus }) {
  const { columns, rows } = map;
  const { width, height } = canvas;
  const shown = new Float64Array(width * height);
  const pixel = new Uint32Array(columns);
  for (let i = 0; i < columns; i++) pixel[i] = Math.floor((i * width) / columns);
  const strip = Math.ceil(PIECE / columns);
  let [low, high] = [Infinity, -Infinity];
  for (let j = 0; j < rows; j++) {
    const row = Math.floor((j * height) / rows) * width;
    const [least, most] = gathered(map, j, pixel, shown, row);
    low = Math.min(low, least);
    high = Math.max(high, most);
    if (j % strip === strip - 1) yield;
  }
  const context = canvas.getContext("2d");
  if (!context || !shown.length) return { low, high };
  const strength = STRONGEST / Math.max(Math.abs(low), Math.abs(high), 1e-12);
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let at = 0; at < shown.length; at++) {
    const number = shown[at];
    const alpha = Math.round(strength * Math.abs(number));
    pixels[at] = (number < 0 ? minus : plus) | (alpha << 24);
  }
  context.putImageData(image, 0, 0);
  yield;
  return { low, high };
}

/**
 * Let each number of a row be seen at its pixel, if it is the largest there. A function of its own: engines make
 * those quick.
 * @param {Map} map @param {number} j which row @param {Uint32Array} pixel of each column
 * @param {Float64Array} shown by pixel @param {number} row its first pixel
 * @returns {[low: number, high: number]}
 */
function gathered({ columns, data, from, across, down }, j, pixel, shown, row) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < columns; i++) {
    const number = data[from + i * across + j * down];
    low = Math.min(low, number);
    high = Math.max(high, number);
    const at = row + pixel[i];
    if (Math.abs(number) > Math.abs(shown[at])) shown[at] = number;
  }
  return [low, high];
}

// Draws an array as a heat map: a column a step, a row a unit; what is positive in one colour, what is
// negative in the other, as in the drawings of the pages. Colours are those of the page's scheme.

const PLUS = "--sym-h";
const MINUS = "--sym-x";

/** @typedef {{plus: ArrayLike<number>, minus: ArrayLike<number>}} Colours red, green and blue each */

/** The colours of the page now. Asked for once: each answer costs a look at all styles. @returns {Colours} */
export function colours() {
  const style = getComputedStyle(document.body);
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const [plus, minus] = [PLUS, MINUS].map((name) => {
    if (!probe) return [0, 0, 0];
    probe.fillStyle = style.getPropertyValue(name).trim();
    probe.fillRect(0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data.slice(0, 3);
  });
  return { plus, minus };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{columns: number, rows: number, at: (column: number, row: number) => number}} map
 * @param {Colours} colours
 * @returns {{low: number, high: number}} between what the numbers lie
 */
export function draw(canvas, { columns, rows, at }, { plus, minus }) {
  canvas.width = columns;
  canvas.height = rows;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < rows; j++) {
      const number = at(i, j);
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
  const context = canvas.getContext("2d");
  if (!context || !columns || !rows) return { low, high };
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-12);
  const image = context.createImageData(columns, rows);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const number = at(i, j);
      const k = 4 * (j * columns + i);
      image.data.set(number < 0 ? minus : plus, k);
      image.data[k + 3] = 230 * (Math.abs(number) / size);
    }
  context.putImageData(image, 0, 0);
  return { low, high };
}

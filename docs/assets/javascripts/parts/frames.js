// The ConvLSTM of its page, place by place: snippets/convlstm/miniature.py. A test holds it to that.

/** @typedef {[down: number, right: number, weight: number][]} Kernel where a weight lies, as seen from the middle */
/** @typedef {{products: [weight: number, number: number][], sum: number}} Seen what a kernel sees in a window */

export const SIDE = 3;
const PLACES = [...Array(SIDE * SIDE).keys()];
/** @type {{gate: string, W: Kernel, U: Kernel, b: number}[]} */
export const BLOCKS = [
  { gate: "i", W: [[0, 0, 1]], U: [[0, -1, 1]], b: -0.5 },
  {
    ...{ gate: "f", W: [[0, 0, -1]], b: 1 },
    U: [
      [-1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    ...{ gate: "c̃", b: 0 },
    W: [
      [-1, 0, 0.5],
      [0, -1, 0.5],
      [0, 0, 1],
      [0, 1, -0.5],
      [1, 0, -0.5],
    ],
    U: [
      [-1, 0, -1],
      [0, -1, 2],
    ],
  },
  { gate: "o", W: [[-1, 1, 1]], U: [[1, -1, 1]], b: 0.5 },
];

/** @param {number} a */
const sigma = (a) => 1 / (1 + Math.exp(-a));

/** Lay a kernel on a map, with its middle at a place. @param {number[]} map @param {Kernel} kernel @param {number} place @returns {Seen} */
function look(map, kernel, place) {
  const [row, col] = [Math.floor(place / SIDE), place % SIDE];
  /** @type {Seen["products"]} */
  const products = kernel.map(([down, right, weight]) => {
    const [r, q] = [row + down, col + right];
    const inside = r >= 0 && q >= 0 && r < SIDE && q < SIDE;
    return [weight, inside ? map[r * SIDE + q] : 0];
  });
  return { products, sum: products.reduce((sum, [weight, number]) => sum + weight * number, 0) };
}

/** One place at one step. @param {number[]} x @param {number[]} h @param {number[]} c @param {number} place */
function cell(x, h, c, place) {
  const gates = BLOCKS.map(({ gate, W, U, b }) => {
    const [fromX, fromH] = [look(x, W, place), look(h, U, place)];
    const sum = fromX.sum + fromH.sum + b;
    return { gate, fromX, fromH, b, sum, value: gate === "c̃" ? Math.tanh(sum) : sigma(sum) };
  });
  const [i, f, proposed, o] = gates.map(({ value }) => value);
  const [kept, written] = [f * c[place], i * proposed];
  return { gates, kept, written, c: kept + written, h: o * Math.tanh(kept + written) };
}

/** All places at each step of a film. @param {number[][]} film */
export function watch(film) {
  let [h, c] = [PLACES.map(() => 0), PLACES.map(() => 0)];
  return film.map((x) => {
    const before = { x, h, c };
    const places = PLACES.map((place) => cell(x, h, c, place));
    h = places.map((at) => at.h);
    c = places.map((at) => at.c);
    return { before, places };
  });
}

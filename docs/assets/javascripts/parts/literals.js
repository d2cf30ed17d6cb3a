// Arrays as Python source, with all their digits.

/** @typedef {import("./engine.js").NDArray} NDArray */

const WIDTH = 80; // of a line

/** A number of float64 as Python's repr writes it: 1.0, -0.0, 1e-07. @param {number} number */
export function float(number) {
  const text = Object.is(number, -0) ? "-0" : String(number);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The fewest digits that give a number of float32 again. @param {number} number */
function float32(number) {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return float(short);
  }
  return float(Number(number.toPrecision(9)));
}

/**
 * An array in brackets; and whether its digits are those of float32, as most weights are: then
 * they give the same numbers only when they are read as such.
 * @param {NDArray} array @param {number} column where it begins
 * @returns {{text: string, short: boolean}}
 */
export function literal({ shape, data }, column) {
  const numbers = Array.from(data);
  const full = numbers.map(float);
  const short = numbers.every((number) => Math.fround(number) === number || Number.isNaN(number))
    ? numbers.map(float32)
    : full;
  return {
    text: brackets(shape, short, column),
    short: short.some((text, at) => text !== full[at]),
  };
}

/** The same of 0 and 1, for masks. @param {NDArray} array @param {number} column */
export const flags = ({ shape, data }, column) =>
  brackets(
    shape,
    Array.from(data, (flag) => (flag ? "1" : "0")),
    column,
  );

/** @param {number[]} shape @param {string[]} texts @param {number} column @returns {string} */
function brackets(shape, texts, column) {
  if (!shape.length) return texts[0];
  const [count, ...inner] = shape;
  const size = texts.length / Math.max(count, 1);
  const parts = Array.from({ length: count }, (_, at) => texts.slice(at * size, (at + 1) * size));
  if (!inner.length) return `[${filled(texts, column + 1)}]`;
  const rows = parts.map((part) => brackets(inner, part, column + 1));
  const whole = `[${rows.join(", ")}]`;
  if (column + whole.length < WIDTH && !whole.includes("\n")) return whole;
  return `[${rows.join(`,\n${" ".repeat(column + 1)}`)}]`;
}

/** Texts with commas between them, in lines that end in time. @param {string[]} texts @param {number} column */
export function filled(texts, column) {
  const lines = [""];
  for (const [at, text] of texts.entries()) {
    const piece = at < texts.length - 1 ? `${text},` : text;
    const line = lines[lines.length - 1];
    if (!line) lines[lines.length - 1] = piece;
    else if (column + line.length + piece.length + 1 < WIDTH - 1)
      lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(piece);
  }
  return lines.join(`\n${" ".repeat(column)}`);
}

// What labs ask of rows of numbers.

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** The place of the largest number. @param {number[]} numbers */
export const largest = (numbers) => numbers.indexOf(Math.max(...numbers));

// The interval of a share.

const Z = 1.959964; // 95 % of a normal distribution lie within

/** Wilson's 95 % interval of a share, k of n. @param {number} k @param {number} n */
export function wilson(k, n) {
  const middle = (k + Z ** 2 / 2) / (n + Z ** 2);
  const half = (Z / (n + Z ** 2)) * Math.sqrt((k * (n - k)) / n + Z ** 2 / 4);
  return [middle - half, middle + half];
}

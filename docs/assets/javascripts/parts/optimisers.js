// The first step of an optimiser, from its running means at 0: as Keras 3 computes it.

const EPSILON = 1e-7;
const RHO = 0.9;
const BETA_1 = 0.9;
const BETA_2 = 0.999;

/** @typedef {{m?: number, v?: number, weight: number}} Moved the means, and the new weight */
/** @type {Record<string, (weight: number, g: number, rate: number) => Moved>} */
export const OPTIMISERS = {
  SGD: (weight, g, rate) => ({ weight: weight - rate * g }),
  RMSprop: (weight, g, rate) => {
    const v = (1 - RHO) * g ** 2;
    return { v, weight: weight - (rate * g) / Math.sqrt(v + EPSILON) };
  },
  Adam: (weight, g, rate) => {
    const [m, v] = [(1 - BETA_1) * g, (1 - BETA_2) * g ** 2];
    const corrected = (rate * Math.sqrt(1 - BETA_2)) / (1 - BETA_1);
    return { m, v, weight: weight - (corrected * m) / (Math.sqrt(v) + EPSILON) };
  },
};

// Which layers a list of arrays without names may be. Shapes tell most of it; where they fit several layers, there
// are several readings.

import { bothWays, fromKeras, fromOnnx, fromPyTorch } from "./arrangements.js";
import { isRecurrent } from "./kinds.js";

/** @typedef {import("./arrays.js").NDArray} NDArray */
/** @typedef {import("./arrangements.js").Layer} Layer */
/** @typedef {{name: string, layers: Layer[], converted?: string}} Reading */

const MOST = 100; // readings that are weighed

/** Who arranges arrays how: what is read first of all, and how many arrays a layer takes at most. */
const FRAMEWORKS = [
  { from: fromKeras, converted: undefined, most: 3 },
  { from: fromPyTorch, converted: "from PyTorch", most: 4 },
  { from: fromOnnx, converted: "from ONNX", most: 3 },
];

/** @param {NDArray[]} arrays @returns {Reading[]} best first; none where they fit no layers */
export function readingsOf(arrays) {
  /** @type {(Reading & {cost: number})[]} */
  const found = [];
  for (const { from, converted, most } of FRAMEWORKS)
    for (const layers of split(arrays, from, most)) {
      const cost = costOf(layers);
      // Of Dense layers alone, PyTorch's are as Keras's; and some that do not fit are a recurrent layer gone wrong.
      if (!layers.some(isRecurrent) && (converted || cost >= 1)) continue;
      found.push({
        name: "",
        layers: layers.map(withMerge),
        cost,
        ...(converted && { converted }),
      });
    }
  const least = Math.min(...found.map(({ cost }) => Math.floor(cost)));
  return found
    .filter(({ cost }) => cost < least + 1)
    .sort((a, b) => a.cost - b.cost)
    .map(({ cost: _, ...reading }) => reading);
}

/**
 * All ways to cut a list into layers: the most arrays for a layer first.
 * @param {NDArray[]} arrays @param {(arrays: NDArray[]) => Layer | null} from @param {number} most
 * @returns {Layer[][]}
 */
function split(arrays, from, most) {
  /** From each place on. @type {Layer[][][]} */
  const ways = Array.from(arrays, () => []);
  ways[arrays.length] = [[]];
  for (let at = arrays.length - 1; at >= 0; at--)
    for (let count = most; count > 0; count--) {
      const layer = at + count <= arrays.length && from(arrays.slice(at, at + count));
      if (!layer) continue;
      for (const rest of ways[at + count]) {
        const both = bothWays(layer, rest[0]);
        if (both) ways[at].push([both, ...rest.slice(1)]);
        ways[at].push([layer, ...rest]);
      }
      ways[at].length = Math.min(ways[at].length, MOST);
    }
  return ways[0];
}

/**
 * What speaks against a reading: above all a layer that cannot read what the one before it gives, then a
 * layer without a bias.
 * @param {Layer[]} layers
 */
function costOf(layers) {
  const breaks = layers.slice(1).filter(({ m }, i) => !widths(layers[i]).includes(m)).length;
  const bare = layers.filter(({ useBias }) => !useBias).length;
  return breaks + bare / (bare + 1) / 2 + layers.length / 1e4;
}

/** How wide the outputs of a layer may be: both ways, they are joined or added. @param {Layer} layer */
export const widths = ({ units, backward }) => (backward ? [2 * units, units] : [units]);

/** The layer after it tells that both ways are joined. @param {Layer} layer @param {number} i @param {Layer[]} layers @returns {Layer} */
function withMerge(layer, i, layers) {
  const joined = layer.backward && layers[i + 1]?.m === 2 * layer.units;
  return joined ? { ...layer, options: { ...layer.options, merge_mode: "concat" } } : layer;
}

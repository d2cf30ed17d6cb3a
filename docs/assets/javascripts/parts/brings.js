// From a text or a file to what the page takes: arrays, or layers as the engine has them.

import { readArrays } from "./arrays.js";
import { activation } from "./brought.js";
import { readFile } from "./files.js";
import { ARRAYS, sides, usual } from "./kinds.js";
import { layersOf } from "./layers.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./engine.js").NDArray} NDArray */
/**
 * Layers that can be looked at together, all layers that there are, and what is said of them.
 * @typedef {{readings: {name: string, layers: Layer[]}[], others: {name: string, layer: Layer}[], notes: string[]}} Weights
 */
/** One of them: wrong is a sentence for the reader. @typedef {{wrong?: string, weights?: Weights, array?: NDArray}} Found */

/**
 * @param {File | string} source @param {string} of weights, or what is one array
 * @param {import("./files.js").FetchFormat} library @returns {Promise<Found>}
 */
export async function brings(source, of, library) {
  try {
    const { arrays, config } =
      typeof source === "string"
        ? { arrays: readArrays(source), config: undefined }
        : await readFile(source, library);
    if (of === "weights") return { weights: weightsOf(layersOf(arrays, config)) };
    if (arrays.length === 1) return { array: arrays[0].array };
    return { wrong: `These are ${arrays.length} arrays: bring one.` };
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    if (name === "InputError" || name === "RangeError") return { wrong: message };
    throw error;
  }
}

/** @param {import("./layers.js").Found} found @returns {Weights} */
function weightsOf({ readings, notes }) {
  const others = readings[0].layers.map((found) => ({
    name: found.name ?? found.kind,
    layer: engineLayer(found),
  }));
  return { readings: readings.flatMap(({ name, layers }) => choices(name, layers)), others, notes };
}

/** A layer that a file or a paste holds, as the engine takes it. @param {any} found @returns {Layer} */
function engineLayer(found) {
  const { kind, units, m, useBias, resetAfter, options = {}, weights, backward } = found;
  const arrays = (/** @type {any} */ named) =>
    Object.values(ARRAYS).flatMap((name) => named[name] ?? []);
  return {
    kind,
    units,
    m,
    useBias,
    resetAfter,
    weights: arrays(weights),
    ...(backward ? { backward: arrays(backward), mergeMode: options.merge_mode ?? "concat" } : {}),
    activation: activation(options.activation, usual(kind)),
    recurrentActivation: activation(options.recurrent_activation, "σ"),
    goBackwards: Boolean(options.go_backwards),
    returnSequences: options.return_sequences ?? true,
  };
}

/**
 * What a reader may look at: the layers together, as far as one reads what the other gives, and each alone.
 * @param {string} name @param {any[]} found
 */
function choices(name, found) {
  const layers = found.map(engineLayer);
  /** @type {Layer[][]} */
  const chains = [];
  for (const layer of layers) {
    const chain = chains[chains.length - 1];
    if (chain && widthOf(chain[chain.length - 1]) === layer.m) chain.push(layer);
    else chains.push([layer]);
  }
  const named = (/** @type {Layer[]} */ chain) =>
    chain.map((layer) => found[layers.indexOf(layer)].name ?? layer.kind).join(", ");
  const together = chains.map((chain) => ({
    name: chains.length > 1 ? named(chain) : name,
    layers: chain,
  }));
  const alone = chains
    .filter((chain) => chain.length > 1)
    .flatMap((chain) =>
      chain.map((layer) => ({ name: `${named([layer])} alone`, layers: [layer] })),
    );
  return [...together, ...alone];
}

/** How many numbers a layer hands on. @param {Layer} layer */
const widthOf = (layer) => sides(layer) * layer.units;

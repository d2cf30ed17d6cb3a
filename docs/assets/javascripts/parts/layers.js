// The layers that a file or a paste holds.

import { bothWays, fromKeras, fromPyTorch } from "./arrangements.js";
import { InputError } from "./arrays.js";
import { together } from "./gates.js";
import { groupsOf, layersOfConfig } from "./keras.js";
import { readingsOf, widths } from "./readings.js";
import { inLetters } from "./shapes.js";
import { written } from "./written.js";

/** @typedef {import("./arrays.js").NDArray} NDArray @typedef {import("./arrays.js").NamedArray} NamedArray */
/** @typedef {import("./arrangements.js").Layer} Layer @typedef {import("./readings.js").Reading} Reading */
/** Where arrays may be several things, the reader chooses; what is left out is said. @typedef {{readings: Reading[], notes: string[]}} Found */

/** @param {import("./kinds.js").Kind} kind */
const of = (kind) => inLetters({ kind }).join(", ");
const EXPECTED = `A SimpleRNN has ${of("SimpleRNN")}, an LSTM ${of("LSTM")}, a GRU ${of("GRU")}, a Dense ${of("Dense")}.`;
const OF_PYTORCH =
  /^(?:(?<module>.+)\.)?(?:(?<recurrent>weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)(?:_l(?<level>\d+)(?<reverse>_reverse)?)?|weight|bias)$/;
const NOT_DENSE = /embed/i;
const OF_SEEDS = /(?:^|\/)seed_generator/; // of dropout
const OF_CELL = /^(?:cell|vars|(?:lstm|gru|simple_rnn)_cell(?:_\d+)?)$/;
/** The arrays of a layer of ONNX, in their order. */
const OF_ONNX = ["W", "R", "B"];

/**
 * The layers in arrays, in all ways in which they can be read, best first.
 * @param {NamedArray[]} arrays @param {any} [config] of the Keras model, if the file holds one
 * @returns {Found}
 * @throws {InputError} says why there are none
 */
export function layersOf(arrays, config = null) {
  const whole = together(arrays.filter(({ name }) => !OF_SEEDS.test(name ?? "")));
  const { readings, notes } = found(whole.arrays, config);
  const changed = readings[0].layers.flatMap(({ name, note }) => (note ? `${name}: ${note}` : []));
  const told = [...whole.notes, ...changed, ...notes];
  return { readings: readings.flatMap(withResets).map(named), notes: told };
}

/** @param {NamedArray[]} arrays @param {any} config @returns {Found} */
function found(arrays, config) {
  const ofModules = arrays.map(({ name }) => OF_PYTORCH.exec(name ?? "")?.groups);
  if (ofModules.every((names) => names) || ofModules.some((names) => names?.recurrent))
    return ofPyTorch(arrays);
  const groups = groupsOf(arrays);
  const ofConfig = config && groups && layersOfConfig(groups, config);
  if (ofConfig) return orRefused(ofConfig.layers, ofConfig.others);
  if (groups?.some(({ place }) => place)) return ofGroups(groups);
  const inOrder = groups?.flatMap((group) => group.arrays) ?? inOrderOfOnnx(arrays);
  const readings = readingsOf(inOrder);
  if (readings.length) return { readings, notes: [] };
  const shapes = inOrder.map(({ shape }) => written(shape)).join(", ");
  throw new InputError(
    `${inOrder.length === 1 ? `An array of the shape ${shapes} is` : `Arrays of the shapes ${shapes} are`} no layer. ${EXPECTED}`,
  );
}

/** @param {NamedArray[]} arrays @returns {NDArray[]} */
function inOrderOfOnnx(arrays) {
  const place = (/** @type {NamedArray} */ { name = "" }) => OF_ONNX.indexOf(name);
  const sorted = arrays.every((array) => place(array) >= 0)
    ? [...arrays].sort((a, b) => place(a) - place(b))
    : arrays;
  return sorted.map(({ array }) => array);
}

/** Arrays whose names say which belong together, but no config. @param {import("./keras.js").Group[]} groups @returns {Found} */
function ofGroups(groups) {
  /** @type {Layer[]} */
  const layers = [];
  /** @type {string[]} */
  const others = [];
  /** @type {string[]} */
  let before = [];
  for (const { place, arrays, odd } of groups) {
    const layer = odd || NOT_DENSE.test(place) ? null : fromKeras(arrays);
    const parts = place.replace(/^layers\//, "").split("/");
    const [around, way] = directionOf(parts);
    const last = layers[layers.length - 1];
    const pairs = layer && last && around && around === before[0] && way !== before[1];
    const [forward, backward] = way === "forward" ? [layer, last] : [last, layer];
    const both = pairs && forward ? bothWays(forward, backward ?? undefined) : null;
    before = [around, way];
    const name = parts.filter((part) => !OF_CELL.test(part)).pop() ?? "";
    if (both) layers[layers.length - 1] = { ...both, name: around.split("/").pop() ?? "" };
    else if (layer) layers.push({ ...layer, name });
    else others.push(`${place}, ${arrays.map(({ shape }) => written(shape)).join(", ")}`);
  }
  return orRefused(layers, others);
}

/** both/forward_gru/gru_cell is the forward direction of both. @param {string[]} parts @returns {[around: string, way: string]} */
function directionOf(parts) {
  const at = parts.findIndex((part) => /^(?:forward|backward)_/.test(part));
  return at > 0 ? [parts.slice(0, at).join("/"), parts[at].split("_")[0]] : ["", ""];
}

/** A state_dict. @param {NamedArray[]} arrays @returns {Found} */
function ofPyTorch(arrays) {
  /** @type {Map<string, {name: string, level: number, reverse: boolean, arrays: Record<string, NDArray>}>} */
  const modules = new Map();
  /** @type {string[]} */
  const others = [];
  for (const { name = "", array } of arrays) {
    const {
      module = "",
      recurrent,
      level = "",
      reverse = "",
    } = OF_PYTORCH.exec(name)?.groups ?? {};
    const role = recurrent ?? /(?:^|\.)(weight|bias)$/.exec(name)?.[1];
    if (recurrent === "weight_hr")
      throw new InputError(
        `${name} is a projection (proj_size), which no layer of Keras has: this page cannot compute it.`,
      );
    if (!role) others.push(name);
    else {
      const key = `${module}/${level}${reverse}`;
      const known = modules.get(key) ?? {
        name: module,
        level: Number(level),
        reverse: reverse !== "",
        arrays: {},
      };
      known.arrays[role] = array;
      modules.set(key, known);
    }
  }
  /** @type {Layer[]} */
  const layers = [];
  const order = [...new Set([...modules.values()].map(({ name }) => name))];
  const place = (/** @type {{name: string, level: number, reverse: boolean}} */ module) =>
    order.indexOf(module.name) * 1e3 + module.level * 2 + Number(module.reverse);
  const sorted = [...modules.values()].sort((a, b) => place(a) - place(b));
  for (const { name, level, reverse, arrays } of sorted) {
    const { weight_ih, weight_hh, bias_ih, bias_hh, weight, bias } = arrays;
    const list = weight_ih ? [weight_ih, weight_hh, bias_ih, bias_hh] : [weight, bias];
    const layer =
      NOT_DENSE.test(name) || !list[0] ? null : fromPyTorch(list.filter((array) => array));
    if (!layer) {
      others.push(
        `${name || "a module"}, ${Object.values(arrays)
          .map(({ shape }) => written(shape))
          .join(", ")}`,
      );
      continue;
    }
    const last = layers[layers.length - 1];
    const both = reverse && last ? bothWays(last, layer) : null;
    const title = `${name || "layer"}${weight_ih && level ? ` ${level}` : ""}`;
    if (both) layers[layers.length - 1] = { ...both, options: { merge_mode: "concat" } };
    else layers.push({ ...layer, name: title });
  }
  const { readings, notes } = orRefused(inChain(layers), others);
  return {
    readings: readings.map((reading) => ({ ...reading, converted: "from PyTorch" })),
    notes,
  };
}

/**
 * Layers so that each can read what the one before it gives, if there is such an order: a .safetensors keeps none.
 * @param {Layer[]} layers @returns {Layer[]}
 */
function inChain(layers) {
  /** @param {Layer[]} chain @param {Layer[]} rest @returns {Layer[] | null} */
  const longer = (chain, rest) => {
    if (!rest.length) return chain;
    const last = chain[chain.length - 1];
    for (const next of rest) {
      if (last && !widths(last).includes(next.m)) continue;
      const whole = longer(
        [...chain, next],
        rest.filter((layer) => layer !== next),
      );
      if (whole) return whole;
    }
    return null;
  };
  return (layers.length <= 8 && longer([], layers)) || layers;
}

/** @param {Layer[]} layers @param {string[]} others @returns {Found} */
function orRefused(layers, others) {
  const rest = others.slice(0, 5).join("; ") + (others.length > 5 ? "; …" : "");
  if (!layers.length)
    throw new InputError(
      `There is no SimpleRNN, LSTM, GRU or Dense layer in it${rest && `, but ${rest}`}. Bring the weights of such a layer.`,
    );
  return { readings: [{ name: "", layers }], notes: rest ? [`Not shown: ${rest}.`] : [] };
}

/** A GRU without a bias may be of either form. @param {Reading} reading @returns {Reading[]} */
function withResets(reading) {
  const open = (/** @type {Layer} */ { kind, resetAfter }) =>
    kind === "GRU" && resetAfter === undefined;
  if (!reading.layers.some(open)) return [reading];
  return [true, false].map((resetAfter) => ({
    ...reading,
    name: `reset_after=${resetAfter ? "True" : "False"}`,
    layers: reading.layers.map((layer) => (open(layer) ? { ...layer, resetAfter } : layer)),
  }));
}

/** @param {Reading} reading @returns {Reading} */
function named({ name, layers, converted }) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const withNames = layers.map((layer) => {
    const plain = layer.name || layer.kind;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return { ...layer, name: layer.name || count === 1 ? plain : `${plain} ${count}` };
  });
  const whole = [title(layers), name, converted].filter((part) => part).join(", ");
  return { name: whole, layers: withNames, ...(converted && { converted }) };
}

const COUNTS = ["", "one", "two", "three", "four"];

/** Bidirectional LSTM, 3 units; two LSTM layers; LSTM, then Dense. @param {Layer[]} layers */
function title(layers) {
  const kinds = layers.map(({ kind, backward }) => (backward ? `Bidirectional ${kind}` : kind));
  if (layers.length === 1)
    return `${kinds[0]}, ${layers[0].units} ${layers[0].units === 1 ? "unit" : "units"}`;
  if (new Set(kinds).size === 1)
    return `${COUNTS[kinds.length] ?? kinds.length} ${kinds[0]} layers`;
  return kinds.join(", then ");
}

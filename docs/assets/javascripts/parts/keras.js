// What the config of a Keras model says of its layers, and which arrays of a file are whose.

import { bothWays, fromKeras } from "./arrangements.js";
import { InputError } from "./arrays.js";
import { ARRAYS, isRecurrent, KINDS } from "./kinds.js";
import { inSnakeCase } from "./names.js";
import { written } from "./written.js";

/** @typedef {import("./arrays.js").NDArray} NDArray @typedef {import("./arrays.js").NamedArray} NamedArray */
/** @typedef {import("./arrangements.js").Layer} Layer */
/**
 * Arrays of one cell, by the place that their names have in common; odd where a name is none of such a layer.
 * @typedef {{place: string, arrays: NDArray[], odd: boolean}} Group
 */
/**
 * A layer of a config: its names from the outermost model on, and the path where older files of Keras 3 have its
 * weights.
 * @typedef {{names: string[], path: string, type: string, settings: any, own: boolean}} Leaf
 */

const WITHOUT_NUMBERS = /^(?:InputLayer|Dropout|SpatialDropout\w*|Gaussian\w*|Masking|Identity)$/;
const OPTIONS = [
  "activation",
  "recurrent_activation",
  "go_backwards",
  "return_sequences",
  "return_state",
  "stateful",
  "unit_forget_bias",
  "dropout",
  "recurrent_dropout",
  "zero_output_for_mask",
];
const KNOWN = /** @type {(keyof typeof KINDS)[]} */ (Object.keys(KINDS));
/** Where an array stands among those of its layer. @type {Record<string, number>} */
const ROLES = Object.fromEntries(
  Object.entries(ARRAYS).flatMap(([letter, name], role) => [
    [letter, role],
    [name, role],
  ]),
);

/** @param {string} name of an array @returns {[place: string, role: number]} NaN: it says no role */
export function placed(name) {
  const [, place = "", last] = /^(?:(.*)[/.])?([^/.]*?)(?::\d+)?$/.exec(name) ?? [];
  return [place, ROLES[last] ?? (/^\d$/.test(last) && place ? Number(last) : Number.NaN)];
}

/**
 * The arrays of each cell, if all names say where they belong; else nothing.
 * @param {NamedArray[]} arrays @returns {Group[] | null}
 */
export function groupsOf(arrays) {
  /** @type {Map<string, {known: NDArray[], others: NDArray[]}>} */
  const groups = new Map();
  for (const { name = "", array } of arrays) {
    const [place, role] = placed(name);
    const { known, others } = groups.get(place) ?? { known: [], others: [] };
    if (known[role] || (Number.isNaN(role) && !place)) return null;
    if (Number.isNaN(role)) others.push(array);
    else known[role] = array;
    groups.set(place, { known, others });
  }
  return [...groups].map(([place, { known, others }]) => ({
    place,
    arrays: [...known.filter((array) => array), ...others],
    odd: others.length > 0,
  }));
}

/**
 * The layers of a model, in its order.
 * @param {Group[]} groups @param {any} config
 * @returns {{layers: Layer[], others: string[]} | null} null if the config lists no layers, as that of a class of the reader's own
 */
export function layersOfConfig(groups, config) {
  const leaves = [...leavesOf(config, [], "")];
  if (leaves.length === 1 && !leaves[0].names.length) return null;
  /** @type {Map<Leaf, Group[]>} */
  const theirs = new Map(leaves.map((leaf) => [leaf, []]));
  for (const group of groups) {
    const fitting = leaves.filter((leaf) => holds(leaf, group.place));
    const deepest = Math.max(...fitting.map(({ names }) => names.length));
    const leaf = fitting.find(({ names }) => names.length === deepest);
    if (leaf) theirs.get(leaf)?.push(group);
  }
  /** @type {Layer[]} */
  const layers = [];
  /** @type {string[]} */
  const others = [];
  for (const leaf of leaves) {
    const read = layersOfLeaf(leaf, theirs.get(leaf) ?? []);
    layers.push(...read);
    if (!read.length && !WITHOUT_NUMBERS.test(leaf.type)) others.push(described(leaf));
  }
  return { layers, others };
}

/** @param {any} model @param {string[]} names @param {string} path @returns {Generator<Leaf>} */
function* leavesOf(model, names, path) {
  const { class_name: type, config: settings, module } = model;
  const layers = Array.isArray(settings) ? settings : settings?.layers;
  if (!Array.isArray(layers)) {
    const own = module !== undefined && !/^(?:tf_)?keras/.test(module ?? "");
    yield { names, path, type, settings, own };
    return;
  }
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const layer of layers) {
    const snake = inSnakeCase(layer.class_name);
    const count = seen.get(snake) ?? 0;
    seen.set(snake, count + 1);
    const name = layer.config?.name ?? layer.name ?? snake;
    yield* leavesOf(layer, [...names, name], `${path}layers/${snake}${count ? `_${count}` : ""}/`);
  }
}

/** Whether arrays at this place are the layer's. @param {Leaf} leaf @param {string} place */
function holds({ names, path }, place) {
  if (place.startsWith("layers/")) return `${place}/`.startsWith(path);
  const parts = place.split("/");
  if (parts[0] !== names[0]) return false;
  let at = -1;
  return names.every((name) => {
    at = parts.indexOf(name, at + 1);
    return at >= 0;
  });
}

/** What a leaf is in the eyes of the page: one layer, the cells of an RNN, or none. @param {Leaf} leaf @param {Group[]} groups @returns {Layer[]} */
function layersOfLeaf({ names, type, settings }, groups) {
  const name = names[names.length - 1];
  if (isKnown(type)) return [one(name, type, settings, groups)];
  const inner = settings?.layer;
  if (type === "TimeDistributed" && isKnown(inner?.class_name)) {
    const { kind, options, ...rest } = one(name, inner.class_name, inner.config, groups);
    return [{ ...rest, kind, options: { ...options, time_distributed: true } }];
  }
  if (type === "Bidirectional" && isKnown(inner?.class_name))
    return [reading(name, settings, groups)];
  if (type !== "RNN") return [];
  const cells = settings.cell?.config?.cells ?? [settings.cell];
  if (!cells.every((/** @type {any} */ cell) => cellOf(cell))) return [];
  const left = [...groups];
  return cells.map((/** @type {any} */ cell, /** @type {number} */ i) => {
    const kind = /** @type {string} */ (cellOf(cell));
    const group = left.findIndex(({ arrays }) => fromKeras(arrays)?.kind === kind);
    const last = i === cells.length - 1;
    const own = {
      ...settings,
      ...cell.config,
      return_sequences: !last || settings.return_sequences,
    };
    const title = cells.length > 1 ? `${name}, cell ${i + 1}` : name;
    return one(title, kind, own, group < 0 ? [] : left.splice(group, 1));
  });
}

/** CuDNNLSTM of Keras 2 is an LSTM. @param {string} type */
const plain = (type) => type.replace(/^CuDNN/, "");

/** @param {string} [type] */
const isKnown = (type) => Object.hasOwn(KINDS, plain(type ?? ""));

/** @param {any} cell @returns {string | undefined} the layer that a cell is of */
const cellOf = (cell) =>
  KNOWN.find((kind) => isRecurrent({ kind }) && `${kind}Cell` === cell?.class_name);

/** @param {string} name @param {string} type @param {any} settings @param {Group[]} groups @returns {Layer} */
function one(name, type, settings, groups) {
  const kind = plain(type);
  const arrays = groups.length === 1 ? groups[0].arrays : [];
  const read = arrays.length ? fromKeras(arrays) : null;
  if (read?.kind !== kind) {
    const shapes = groups.flatMap(({ arrays }) => arrays.map(({ shape }) => written(shape)));
    throw new InputError(
      `${name} is a layer ${kind}, but the file holds ${shapes.length ? `arrays of the shapes ${shapes.join(", ")}` : "no arrays"} for it. Save the model again.`,
    );
  }
  const resets = kind === "GRU" && (read.resetAfter ?? settings.reset_after);
  return {
    ...read,
    name,
    options: optionsOf(settings),
    ...(typeof resets === "boolean" && kind === "GRU" && { resetAfter: resets }),
  };
}

/** A Bidirectional. @param {string} name @param {any} settings @param {Group[]} groups @returns {Layer} */
function reading(name, { layer, merge_mode, backward_layer }, groups) {
  // Keras renames this one always, the other only if it made it.
  const forwards = groups.filter(({ place }) => /(?:^|\/)forward_/.test(place));
  const backwards = groups.filter((group) => !forwards.includes(group));
  const forward = one(name, layer.class_name, layer.config, forwards);
  const backward = one(
    name,
    layer.class_name,
    { ...layer.config, ...backward_layer?.config },
    backwards,
  );
  const both = bothWays(forward, backward);
  const unlike = ["activation", "recurrent_activation"].some(
    (option) => forward.options[option] !== backward.options[option],
  );
  if (!both || unlike)
    throw new InputError(
      `The two directions of ${name} are unlike, which this page does not show: bring one of them.`,
    );
  return { ...both, options: { ...both.options, merge_mode } };
}

/** @param {any} settings @returns {Record<string, any>} */
function optionsOf(settings) {
  const known = OPTIONS.filter((option) => settings[option] !== undefined);
  return Object.fromEntries(known.map((option) => [option, nameOf(settings[option])]));
}

/** An activation may be an object. @param {any} value */
function nameOf(value) {
  if (value === null || typeof value !== "object") return value;
  return typeof value.config === "string" ? value.config : value.class_name;
}

/** @param {Leaf} leaf */
function described({ names, type, settings, own }) {
  const inner = settings?.layer?.class_name ?? settings?.cell?.class_name;
  const cell = inner && settings.cell?.registered_name != null;
  const kind = inner ? `${type} of ${inner}` : type;
  return `${names[names.length - 1]} (${kind}${own || cell ? ", a class of your own" : ""})`;
}

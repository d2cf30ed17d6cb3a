// Layers one after the other in a Sequential: what each gives, or what Keras says instead. Only shapes, counts and
// masks are followed; no number is computed.

import { call, flagsOf, inward, mergeOf } from "./calls.js";
import { isRecurrent, KINDS, MERGE_MODES } from "./kinds.js";
import { inSnakeCase } from "./names.js";
import { countOf, outputsOf } from "./shapes.js";
import { written } from "./written.js";

/** @typedef {import("./kinds.js").Kind} Kind @typedef {import("./shapes.js").Axis} Axis */
/** @typedef {keyof typeof FLAGS} Flag @typedef {keyof typeof BLOCKS} BlockKind */
/**
 * A layer as the reader chooses it. Its units are what Embedding calls output_dim, and RepeatVector n.
 * @typedef {Omit<import("./calls.js").Told, "kind"> & {kind: BlockKind, maskZero?: boolean, codes?: number}} Block
 */
/** What goes in: (N, T, m), or codes (N, T) where m is null. N and T may be left open. @typedef {{N: number | null, T: number | null, m: number | null}} Input */
/** @typedef {{input: Input, blocks: Block[]}} Composition */
/** A tensor on its way. @typedef {{name: string, axes: Axis[], masked: boolean}} Tensor */
/** What a layer gives. @typedef {{tensors: Tensor[], count: number, destroys: string}} Step */

export const MOST_BLOCKS = 5;
export const MOST = 1000; // units, steps, samples

/** Each flag: what Keras calls it, its letter in an address, and its value if nothing is said. */
export const FLAGS = {
  returnSequences: { name: "return_sequences", letter: "s", usual: false },
  returnState: { name: "return_state", letter: "h", usual: false },
  goBackwards: { name: "go_backwards", letter: "b", usual: false },
  stateful: { name: "stateful", letter: "f", usual: false },
  useBias: { name: "use_bias", letter: "n", usual: true },
  resetAfter: { name: "reset_after", letter: "r", usual: true },
  maskZero: { name: "mask_zero", letter: "z", usual: false },
};
const RNN = ["units", "returnSequences", "returnState", "goBackwards", "stateful", "useBias"];
/** What can be chosen of each kind of block. */
export const BLOCKS = {
  Embedding: ["units", "codes", "maskZero"],
  Masking: [],
  Dense: ["units", "useBias"],
  TimeDistributed: ["units", "useBias"],
  SimpleRNN: [...RNN, "both"],
  LSTM: [...RNN, "both"],
  GRU: [...RNN, "resetAfter", "both"],
  RepeatVector: ["units"],
  Flatten: [],
  Dropout: [],
};

/** @param {Block} block @param {string} choice */
export const takes = ({ kind }, choice) => /** @type {string[]} */ (BLOCKS[kind]).includes(choice);

/** The layer that shapes.js counts: a TimeDistributed has those of its Dense. @param {Block} block */
const inner = (block) =>
  /** @type {import("./calls.js").Told} */ ({
    ...block,
    kind: block.kind === "TimeDistributed" ? "Dense" : block.kind,
  });

/** Whether a block is a recurrent layer, with or without a wrapper. @param {Block} block */
const recurs = ({ kind }) => kind in KINDS && isRecurrent({ kind: /** @type {Kind} */ (kind) });

// Words of Keras ----------------------------------------------------------------------------------
// Each is what Keras says, with holes. A test holds them to what it says to hundreds of compositions.

class Refused extends Error {}

const SAYS = {
  /** @param {string} name @param {number} expected @param {Axis[]} axes */
  axes: (name, expected, axes) =>
    `ValueError: Input 0 with name 'None' of layer '${name}' is incompatible with the layer: expected ndim=${expected}, found ndim=${axes.length}. Full shape received: ${shape(axes)}`,
  /** @param {string} name @param {number} count */
  inputs: (name, count) =>
    `ValueError: Layer "${name}" expects 1 input(s), but it received ${count} input tensors.`,
  /** @param {string} received */
  steps: (received) =>
    `ValueError: \`TimeDistributed\` Layer should be passed an \`input_shape\` with at least 3 dimensions, received: ${received}`,
  /** @param {Axis[]} axes @param {number} units */
  noShape: (axes, units) =>
    `ValueError: Cannot convert '(${shape(axes)}, ${units})' to a shape. Found invalid dimension '${shape(axes)}' of type '<class 'tuple'>'.`,
  /** @param {Axis[]} axes */
  batch: (axes) =>
    `ValueError: When using \`stateful=True\` in a RNN, the batch size must be static. Found dynamic batch size: sequence.shape=${shape(axes)}`,
  /** @param {string} path @param {number} columns */
  unknown: (path, columns) =>
    `ValueError: Shapes used to initialize variables must be fully-defined (no \`None\` dimensions). Received: shape=(None, ${columns}) for variable path='sequential/${path}/kernel'`,
  backwards: () =>
    "ValueError: Forward layer and backward layer should have different `go_backwards` value. Received: forward_layer.go_backwards True, backward_layer.go_backwards=True",
  states: () => "TypeError: unsupported operand type(s) for *: 'generator' and 'int'",
  masking: () => "ValueError: axis -1 is out of bounds for an array with dimension 0.",
  embedding: () =>
    "AttributeError: Exception encountered when calling Embedding.call(). 'tuple' object has no attribute 'shape'",
  /** Not an error. @param {string} name @param {string} kind */
  destroyed: (name, kind) =>
    `Layer '${name}' (of type ${kind}) was passed an input with a mask attached to it. However, this layer does not support masking and will therefore destroy the mask information. Downstream layers will not see the mask.`,
};

/** @param {Axis[]} axes As Keras writes it. */
export const shape = (axes) => written(axes.map(([, size]) => size));

/** @param {Axis[]} axes As the site writes it. */
export const letters = (axes) => written(axes.map(([name]) => name));

// Names -------------------------------------------------------------------------------------------

/** Keras counts the layers of a kind: lstm, lstm_1. @returns {(kind: string) => string} */
function counter() {
  /** @type {Record<string, number>} */
  const counts = {};
  return (kind) => {
    const name = inSnakeCase(kind);
    counts[name] = (counts[name] ?? -1) + 1;
    return counts[name] ? `${name}_${counts[name]}` : name;
  };
}

/** The name of a layer, and that of the one in it. @param {Block} block @param {(kind: string) => string} named */
function namesOf(block, named) {
  if (block.kind === "TimeDistributed") return { within: named("Dense"), name: named(block.kind) };
  if (block.backward) return { within: named(block.kind), name: named("Bidirectional") };
  return { within: "", name: named(block.kind) };
}

// What layers give --------------------------------------------------------------------------------

/** @param {Input} input @returns {Axis[]} */
export function axesOf({ N, T, m }) {
  /** @type {Axis[]} */
  const axes = [
    ["N", N],
    ["T", T],
  ];
  return m === null ? axes : [...axes, ["m", m]];
}

/**
 * Follow an input through all layers, as far as Keras comes.
 * @param {Composition} composition
 * @returns {{steps: Step[], error: {at: number, words: string} | null}}
 */
export function follow({ input, blocks }) {
  const named = counter();
  /** @type {Tensor[]} */
  let tensors = [{ name: "input", axes: axesOf(input), masked: false }];
  /** @type {Step[]} */
  const steps = [];
  // All layers are made before the first is called.
  const unmade = blocks.findIndex(({ backward, goBackwards }) => backward && goBackwards);
  try {
    for (const block of unmade < 0 ? blocks : blocks.slice(0, unmade)) {
      const step = stepOf(block, tensors, namesOf(block, named));
      steps.push(step);
      tensors = step.tensors;
    }
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (unmade < 0) return { steps, error: { at: steps.length, words: refused.message } };
  }
  return { steps, error: unmade < 0 ? null : { at: unmade, words: SAYS.backwards() } };
}

/** @param {Block} block @param {Tensor[]} tensors @param {{name: string, within: string}} names @returns {Step} */
function stepOf(block, tensors, { name, within }) {
  const { kind, units } = block;
  const [{ axes, masked }] = tensors;
  const refuse = (/** @type {string} */ words) => {
    throw new Refused(words);
  };
  /** @param {number} ndim */
  const expects = (ndim) => {
    if (tensors.length > 1) refuse(SAYS.inputs(name, tensors.length));
    if (ndim && axes.length !== ndim) refuse(SAYS.axes(name, ndim, axes));
  };
  /** The last axis, of which the kernel has a row each. @param {string} path @param {number} columns */
  const known = (path, columns) =>
    axes[axes.length - 1][1] ?? refuse(SAYS.unknown(path, columns)) ?? 0;
  /** @param {Axis[]} given @param {number} count @param {boolean} [keeps] the mask */
  const one = (given, count, keeps = true) => ({
    tensors: [{ name: "output", axes: given, masked: masked && keeps }],
    count,
    destroys: masked && !keeps ? SAYS.destroyed(name, kind) : "",
  });

  if (kind === "Dropout") return { tensors, count: 0, destroys: "" };
  if (kind === "Masking") {
    if (tensors.length > 1) refuse(SAYS.masking());
    return { tensors: [{ name: "output", axes, masked: true }], count: 0, destroys: "" };
  }
  if (kind === "Embedding") {
    if (tensors.length > 1) refuse(SAYS.embedding());
    const primes = axes.filter(([letter]) => /^m/.test(letter)).length;
    const step = one(
      [...axes, [`m${"′".repeat(primes)}`, units]],
      (block.codes ?? 0) * units,
      false,
    );
    if (!block.maskZero) return step;
    return { ...step, tensors: [{ ...step.tensors[0], masked: true }], destroys: "" };
  }
  if (kind === "Flatten") {
    expects(0);
    const [batch, ...others] = axes;
    const sizes = others.map(([, size]) => size);
    /** @type {Axis} */
    const flat = [
      others.map(([letter]) => letter).join(" · "),
      sizes.reduce((of, size) => (of === null || size === null ? null : of * size), 1),
    ];
    return one([batch, flat], 0, false);
  }
  if (kind === "RepeatVector") {
    expects(2);
    return one([axes[0], ["T′", units], axes[1]], 0, false);
  }
  if (kind === "TimeDistributed") {
    const all = tensors.map((tensor) => shape(tensor.axes));
    if (tensors.length === 2) refuse(SAYS.steps(`(${all.join(", ")})`));
    if (tensors.length > 2) refuse(SAYS.noShape(tensors[tensors.length - 1].axes, units));
    if (axes.length < 3) refuse(SAYS.steps(shape(axes)));
    const count = countOf(inner(block), known(`${name}/${within}`, units));
    return one([...axes.slice(0, -1), ["u", units]], count);
  }
  if (kind === "Dense") {
    expects(0);
    return one([...axes.slice(0, -1), ["u", units]], countOf(inner(block), known(name, units)));
  }
  expects(3);
  const layer = inner(block);
  const way = block.backward ? `${name}/forward_${within}` : name;
  const columns = KINDS[layer.kind].gates.length * units;
  const m = known(`${way}/${inSnakeCase(kind)}_cell`, columns);
  if (block.stateful && axes[0][1] === null) refuse(SAYS.batch(axes));
  if (block.stateful && block.backward && block.returnState) refuse(SAYS.states());
  return {
    tensors: outputsOf(layer, axes).map((tensor) => ({
      ...tensor,
      masked: masked && block.returnSequences === true && tensor.name.endsWith("output"),
    })),
    count: countOf(layer, m),
    destroys: "",
  };
}

// As Python ---------------------------------------------------------------------------------------

/**
 * A layer as Keras makes it.
 * @param {Block} block @param {string} [prefix] of what is made
 * @param {typeof call} [write] in one line, if it is not said otherwise
 */
export function codeOf(
  block,
  prefix = "",
  write = (name, parts) => `${name}(${parts.join(", ")})`,
) {
  const { kind, units, codes } = block;
  const made = (/** @type {string} */ name, /** @type {unknown[]} */ ...parts) =>
    write(prefix + name, parts.map(String));
  if (kind === "Embedding")
    return made(kind, codes, units, ...(block.maskZero ? ["mask_zero=True"] : []));
  if (kind === "RepeatVector") return made(kind, units);
  if (kind === "Dropout") return made(kind, 0.5);
  if (kind === "Masking" || kind === "Flatten") return made(kind);
  const layer = inner(block);
  const alone = made(layer.kind, units, ...flagsOf(layer));
  if (kind === "TimeDistributed") return made(kind, alone);
  return block.backward ? made("Bidirectional", alone, ...mergeOf(layer)) : alone;
}

/** @param {Input} input */
export function inputCode(input) {
  const [, ...axes] = axesOf(input);
  return `keras.Input(${shape(axes)}${input.N === null ? "" : `, batch_size=${input.N}`})`;
}

/** The program that builds the model. @param {Composition} composition */
export const programOf = ({ input, blocks }) =>
  [
    "import keras",
    "from keras import layers",
    "",
    "model = keras.Sequential([",
    ...[inputCode(input), ...blocks.map((block) => codeOf(block, "layers.", call))].map(
      (made) => `${inward(made)},`,
    ),
    "])",
  ].join("\n");

// In an address -----------------------------------------------------------------------------------

/** A block as nothing but its kind and its units says it. @param {BlockKind} kind @param {number} units @returns {Block} */
export const plainBlock = (kind, units) => ({
  kind,
  units,
  ...Object.fromEntries(Object.entries(FLAGS).map(([flag, { usual }]) => [flag, usual])),
  ...(kind === "Embedding" && { codes: 8 }),
});

/** x.5.7_GRU.4.s.concat_Dense.1 @param {Composition} composition */
export function packed({ input, blocks }) {
  const axes = axesOf(input).map(([, size]) => size ?? "x");
  const parts = blocks.map((block) => {
    const flags = /** @type {[Flag, {letter: string, usual: boolean}][]} */ (Object.entries(FLAGS))
      .filter(([flag, { usual }]) => takes(block, flag) && (block[flag] ?? usual) !== usual)
      .map(([, { letter }]) => letter);
    const { mergeMode = "concat" } = block;
    const extra = recurs(block) ? (block.backward ? (mergeMode ?? "none") : "") : block.codes;
    return [block.kind, takes(block, "units") ? block.units : "", flags.join(""), extra]
      .join(".")
      .replace(/\.+$/, "");
  });
  return [axes.join("."), ...parts].join("_");
}

/** What packed() gave, read again; null if it is no such text. @param {string} text @returns {Composition | null} */
export function unpacked(text) {
  const [axes, ...parts] = text.split("_");
  const sizes = axes.split(".").map((size) => (size === "x" ? null : wholeOf(size)));
  const blocks = parts.map(blockOf);
  const [N, T, m = null] = sizes;
  const fits = (sizes.length === 2 || (sizes.length === 3 && m !== null)) && !sizes.includes(0);
  if (!fits || N === undefined || T === undefined) return null;
  if (!blocks.length || blocks.length > MOST_BLOCKS) return null;
  const known = blocks.filter((block) => block !== null);
  return known.length === blocks.length ? { input: { N, T, m }, blocks: known } : null;
}

/** A whole number that a field takes, or 0. @param {string} text */
export function wholeOf(text) {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number <= MOST ? number : 0;
}

/** @param {string} text @returns {Block | null} */
function blockOf(text) {
  const [kind, units = "", flags = "", extra = "", ...more] = text.split(".");
  if (!Object.hasOwn(BLOCKS, kind) || more.length) return null;
  const block = plainBlock(/** @type {BlockKind} */ (kind), wholeOf(units) || 1);
  if (takes(block, "units") && !wholeOf(units)) return null;
  for (const letter of flags) {
    const found = Object.entries(FLAGS).find(([, flag]) => flag.letter === letter);
    if (!found || !takes(block, found[0])) return null;
    block[/** @type {Flag} */ (found[0])] = !found[1].usual;
  }
  if (extra && takes(block, "both")) {
    const mode = MERGE_MODES.find((one) => (one ?? "none") === extra);
    if (mode === undefined) return null;
    Object.assign(block, { backward: true, mergeMode: mode });
  } else if (takes(block, "codes")) {
    block.codes = wholeOf(extra);
    if (!block.codes) return null;
  } else if (extra) return null;
  return block;
}

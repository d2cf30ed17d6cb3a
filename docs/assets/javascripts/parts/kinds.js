// What each kind of layer has: gates, states, arrays, and what it hands on. Whatever computes, reads, writes or
// counts layers asks here.

/** @typedef {"Dense" | "SimpleRNN" | "LSTM" | "GRU"} Kind */
/** @typedef {"k" | "m" | "u" | "g" | 2} Letter */
/** @typedef {"concat" | "sum" | "mul" | "ave" | null} MergeMode */

/**
 * How each kind packs the columns of its arrays, by what a line calls them, and which states it carries on.
 * @type {Record<Kind, {gates: string[], states: string[]}>}
 */
export const KINDS = {
  Dense: { gates: [""], states: [] },
  SimpleRNN: { gates: [""], states: ["h"] },
  LSTM: { gates: ["_i", "_f", "_c", "_o"], states: ["h", "c"] },
  GRU: { gates: ["_z", "_r", "_h"], states: ["h"] },
};

/** What Keras calls the arrays that are W, U and b in a line. */
export const ARRAYS = { W: "kernel", U: "recurrent_kernel", b: "bias" };
/** @typedef {keyof typeof ARRAYS} Name */

/** How the outputs of both directions are put together. @type {MergeMode[]} */
export const MERGE_MODES = ["concat", "sum", "mul", "ave", null];

/** @param {{kind: Kind}} layer */
export const isRecurrent = ({ kind }) => KINDS[kind].states.length > 0;

/** @param {{kind: Kind}} layer */
export const isGated = ({ kind }) => KINDS[kind].gates.length > 1;

/** The gates as texts call them: i, f, c, o. @param {Kind} kind */
export const lettersOf = (kind) => KINDS[kind].gates.map((gate) => gate.slice(1)).join("");

/** The kind that has states and so many gates. @param {number} count @returns {Kind | undefined} */
export const recurrentOf = (count) =>
  /** @type {Kind[]} */ (Object.keys(KINDS)).find(
    (kind) => isRecurrent({ kind }) && KINDS[kind].gates.length === count,
  );

/** The arrays of a kind in the order of get_weights(), the bias included. @param {Kind} kind @returns {Name[]} */
export const arraysOf = (kind) => (isRecurrent({ kind }) ? ["W", "U", "b"] : ["W", "b"]);

/** Whether a GRU resets after the product with U: its bias has two rows. @param {{kind: Kind, resetAfter?: boolean}} layer */
export const resetsAfter = ({ kind, resetAfter }) => kind === "GRU" && resetAfter !== false;

/** The activation that a layer has if nobody says another. @param {Kind} kind */
export const usual = (kind) => (isRecurrent({ kind }) ? "tanh" : "linear");

/** Whether a layer hands on its last step only. @param {{kind: Kind, returnSequences?: boolean}} layer */
export const lastOnly = (layer) => isRecurrent(layer) && layer.returnSequences === false;

/** How many times its units a layer is wide. @param {{backward?: unknown, mergeMode?: MergeMode}} layer */
export const sides = ({ backward, mergeMode = "concat" }) =>
  backward && (mergeMode === "concat" || mergeMode === null) ? 2 : 1;

/**
 * The shapes of the arrays, in letters: g is the units of all gates together. With a window there is a matrix for each
 * of its k times k places.
 * @param {{kind: Kind, useBias?: boolean, resetAfter?: boolean, window?: number}} layer
 * @returns {[name: Name, shape: Letter[]][]}
 */
export function shapesOf(layer) {
  const { kind, useBias = true, window } = layer;
  /** @type {Letter[]} */
  const places = window ? ["k", "k"] : [];
  /** @type {Record<Name, Letter[]>} */
  const shapes = {
    W: [...places, "m", "g"],
    U: [...places, "u", "g"],
    b: resetsAfter(layer) ? [2, "g"] : ["g"],
  };
  return arraysOf(kind)
    .filter((name) => useBias || name !== "b")
    .map((name) => [name, shapes[name]]);
}

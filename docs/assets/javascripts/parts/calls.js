// How Keras makes a layer: the arguments that are not its defaults.

import { isRecurrent } from "./kinds.js";

/**
 * What is said of a layer when it is made.
 * @typedef {object} Told
 * @property {import("./kinds.js").Kind} kind
 * @property {number} units
 * @property {boolean} [returnSequences] left out it is true, as for the engine
 * @property {boolean} [returnState]
 * @property {boolean} [goBackwards]
 * @property {boolean} [stateful]
 * @property {boolean} [useBias]
 * @property {boolean} [resetAfter]
 * @property {number} [window] of a ConvLSTM, which is an LSTM with windows of so many rows and columns
 * @property {unknown} [backward] with it the layer is Bidirectional
 * @property {import("./kinds.js").MergeMode} [mergeMode]
 */

/** @param {Told} layer */
export const flagsOf = (layer) =>
  [
    isRecurrent(layer) && layer.returnSequences !== false && "return_sequences=True",
    layer.returnState && "return_state=True",
    layer.goBackwards && "go_backwards=True",
    layer.stateful && "stateful=True",
    layer.useBias === false && "use_bias=False",
    layer.kind === "GRU" && layer.resetAfter === false && "reset_after=False",
  ].filter((flag) => typeof flag === "string");

/** @param {Told} layer */
export function mergeOf({ mergeMode = "concat" }) {
  if (mergeMode === "concat") return [];
  return [`merge_mode=${mergeMode === null ? "None" : `"${mergeMode}"`}`];
}

/** A call in one line or, where that is long, with an argument a line. @param {string} name @param {string[]} parts */
export function call(name, parts) {
  const line = `${name}(${parts.join(", ")})`;
  if (line.length < 70 && !line.includes("\n")) return line;
  return `${name}(\n${parts.map((part) => `${inward(part)},\n`).join("")})`;
}

/** @param {string} lines */
export const inward = (lines) => lines.replace(/^/gm, "    ");

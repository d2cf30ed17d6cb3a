// What comes out of a layer, which weights it has and how many numbers they
// hold, in the notation of the site: the arithmetic of the calculator.

import { flagsOf } from "./calls.js";
import { ARRAYS, KINDS, lastOnly, lettersOf, shapesOf, sides } from "./kinds.js";
import { NAMES, OWNER } from "./names.js";
import { written } from "./written.js";

/**
 * @typedef {object} Choice
 * @property {import("./kinds.js").Kind | "ConvLSTM2D"} layer Dense works at each time step.
 * @property {number} N samples
 * @property {number} T time steps
 * @property {number} m numbers in one input
 * @property {number[]} units of each layer of the stack, from the bottom
 * @property {boolean} return_sequences of the top layer; those below must
 * @property {boolean} return_state of the top layer
 * @property {boolean} bidirectional with both directions side by side
 * @property {boolean} use_bias
 * @property {boolean} reset_after of a GRU
 * @property {number} k rows and columns of a window, as what follows of a ConvLSTM2D
 * @property {number} rows of a frame
 * @property {number} cols of a frame
 * @property {number} strides
 * @property {boolean} same padding
 */
/** @typedef {{ name: string, symbols: string, shape: number[] }} Output */
/** @typedef {{ name: string, symbols: string, shape: number[], holds: string }} Weight */
/** @typedef {{ weights: Weight[], symbols: string, numbers: string, count: number }} Layer */

/** @param {Choice} choice */
const looks = ({ layer }) => layer === "ConvLSTM2D";

/** One layer, as what counts and writes layers knows it. @param {Choice} choice @param {number} units @returns {import("./calls.js").Told} */
const told = (choice, units) => ({
  kind: choice.layer === "ConvLSTM2D" ? "LSTM" : choice.layer,
  ...(looks(choice) && { window: choice.k }),
  ...{ units, useBias: choice.use_bias, resetAfter: choice.reset_after },
  returnSequences: choice.return_sequences,
  ...(choice.layer !== "Dense" && {
    returnState: choice.return_state,
    backward: choice.bidirectional,
  }),
});

/** @typedef {[letters: string, size: number | null]} Axis */

/** @param {number | string} factor @param {number | string} of */
const times = (factor, of) => (factor === 1 ? `${of}` : `${factor}${of}`);

/**
 * What a layer hands on: its output, or those of both directions, then its states.
 * @param {import("./calls.js").Told} layer @param {Axis[]} input (N, T, m), places before m @returns {{name: string, axes: Axis[]}[]}
 */
export function outputsOf(layer, [batch, ...others]) {
  const { kind, units, returnState, backward, mergeMode } = layer;
  const places = others.slice(1, -1);
  const steps = lastOnly(layer) ? places : others.slice(0, -1);
  const apart = backward && mergeMode === null;
  const wide = apart ? 1 : sides(layer);
  const ways = backward ? ["forward ", "backward "] : [""];
  /** @type {Axis[]} */
  const axes = [batch, ...steps, [times(wide, "u"), wide * units]];
  const outputs = (apart ? ways : [""]).map((way) => ({ name: `${way}output`, axes }));
  if (!returnState) return outputs;
  const states = ways.flatMap((way) =>
    KINDS[kind].states.map((state) => `${way}${NAMES[state]} ${state}`),
  );
  return [
    ...outputs,
    ...states.map((name) => ({
      name,
      axes: /** @type {Axis[]} */ ([batch, ...places, ["u", units]]),
    })),
  ];
}

/** The shapes of a layer's arrays: (m, 4u), (u, 4u), (4u,). @param {Pick<import("./calls.js").Told, "kind" | "useBias" | "resetAfter" | "window">} layer */
export function inLetters(layer) {
  const wide = KINDS[layer.kind].gates.length;
  return shapesOf(layer).map(([, shape]) =>
    written(shape.map((axis) => (axis === "g" ? times(wide, "u") : axis))),
  );
}

/** How many numbers a layer has, with m numbers coming in. @param {import("./calls.js").Told} layer @param {number} m */
export function countOf(layer, m) {
  const size = sizes(layer, m);
  const arrays = shapesOf(layer).map(([, shape]) => shape.reduce((of, axis) => of * size(axis), 1));
  return (layer.backward ? 2 : 1) * arrays.reduce((sum, n) => sum + n);
}

/** What the letters of shapesOf stand for. @param {import("./calls.js").Told} layer @param {number} m */
const sizes =
  ({ kind, units: u, window: k = 1 }, m) =>
  (/** @type {import("./kinds.js").Letter} */ axis) =>
    axis === 2 ? 2 : { k, m, u, g: KINDS[kind].gates.length * u }[axis];

/** One layer of the stack, with m numbers coming in.
 * @param {Choice} choice @param {number} m @param {number} u @returns {Layer} */
function layerOf(choice, m, u) {
  const layer = told(choice, u);
  const shapes = shapesOf(layer);
  const directions = layer.backward ? 2 : 1;
  const blocks = [...lettersOf(layer.kind)].map((gate) => OWNER[gate]);
  const wide = KINDS[layer.kind].gates.length;
  const size = sizes(layer, m);
  const columns = blocks.map(
    (block, i) => `${block}: ${i * u}${u > 1 ? `–${(i + 1) * u - 1}` : ""}`,
  );
  const axis = layer.window ? "last axis" : "columns";
  const packed = wide > 1 ? `${axis} ${columns.join(", ")}` : "one column a unit";
  /** @param {string} name @param {number} rows */
  const holds = (name, rows) => {
    if (name !== "b") return packed;
    if (rows === 2) return `row 0 for the input, row 1 for the state; ${packed}`;
    return wide > 1 ? packed.replace(axis, "entries") : "one number a unit";
  };
  const symbols = inLetters(layer);
  /** @type {Weight[]} */
  const weights = shapes.map(([name, shape], k) => ({
    name: ARRAYS[name],
    symbols: symbols[k],
    shape: shape.map(size),
    holds: holds(name, shape.length),
  }));

  /** What one block of columns holds. @param {Record<string, number | string>} of */
  const block = (of) =>
    shapes.map(([, shape]) => shape.map((axis) => of[axis] ?? axis).join(" · ")).join(" + ");
  const letters = block({ g: "u" });
  const numbers = block({ k: choice.k, m, u, g: u });
  const factors = [directions, wide].filter((n) => n > 1).join(" · ");
  const count = countOf(layer, m);
  return {
    weights:
      directions === 1
        ? weights
        : ["forward", "backward"].flatMap((way) =>
            weights.map((weight) => ({ ...weight, name: `${way} ${weight.name}` })),
          ),
    symbols: factors ? `${factors} · (${letters})` : letters,
    numbers: factors
      ? `${factors} · (${numbers}) = ${factors} · ${count / directions / wide} = ${count}`
      : `${numbers} = ${count}`,
    count,
  };
}

/** How many places of n are left above all layers. @param {Choice} choice @param {number} n */
const left = ({ k, strides, same, units }, n) =>
  units.reduce((of) => Math.ceil((same ? of : of - k + 1) / strides), n);

/** How many places there must be, so that one is left. @param {Pick<Choice, "k" | "strides" | "same" | "units">} choice */
export const least = ({ k, strides, same, units }) =>
  units.reduce((of) => (same ? 1 : (of - 1) * strides + k), 1);

/** Rows and columns above all layers. @param {Choice} choice @returns {Axis[]} */
const placesOf = (choice) => [
  ["rows′", left(choice, choice.rows)],
  ["cols′", left(choice, choice.cols)],
];

/** @param {Choice} choice @returns {Output[]} */
function given(choice) {
  const { N, T, m, units } = choice;
  const layer = told(choice, units[units.length - 1]);
  const outputs = outputsOf(layer, [
    ["N", N],
    ["T", T],
    ...(looks(choice) ? placesOf(choice) : []),
    ["m", m],
  ]);
  return outputs.map(({ name, axes }) => ({
    name,
    symbols: written(axes.map(([letters]) => letters)),
    shape: axes.map(([, size]) => /** @type {number} */ (size)),
  }));
}

/** The Keras program that builds the model.
 * @param {Choice} choice */
function programOf(choice) {
  const { layer, T, m, units } = choice;
  const lines = ["import keras", "from keras import layers", ""];
  const { rows, cols, k, same, strides } = choice;
  const conv = looks(choice);
  const shape = [T, conv && rows, conv && cols, m].filter(Boolean);
  lines.push(`inputs = keras.Input((${shape.join(", ")}))`);
  const recurrent = layer !== "Dense";
  const window = conv && [k, same && 'padding="same"', strides > 1 && `strides=${strides}`];
  const state = recurrent && choice.return_state;
  for (const [k, u] of units.entries()) {
    const top = k === units.length - 1;
    const asked = told(choice, u);
    const flags = flagsOf(top ? asked : { ...asked, returnSequences: true, returnState: false });
    const made = `layers.${layer}(${[u, ...(window || []), ...flags].filter(Boolean).join(", ")})`;
    const result = state && top ? "x, *states" : "x";
    const from = k ? "x" : "inputs";
    const name = layer.toLowerCase();
    if (!recurrent) lines.push(`x = layers.TimeDistributed(${made})(${from})`);
    else if (!asked.backward) lines.push(`${result} = ${made}(${from})`);
    else lines.push(`${name} = ${made}`, `${result} = layers.Bidirectional(${name})(${from})`);
  }
  lines.push(`model = keras.Model(inputs, ${state ? "[x, *states]" : "x"})`);
  return lines.join("\n");
}

/** All that the calculator answers.
 * @param {Choice} choice */
export function describe(choice) {
  const layers = choice.units.map((u, k) => {
    const below = choice.units[k - 1];
    return layerOf(choice, k ? sides(told(choice, below)) * below : choice.m, u);
  });
  const counts = layers.map((layer) => layer.count);
  const count = counts.reduce((sum, n) => sum + n);
  return {
    outputs: given(choice),
    layers,
    count,
    total: counts.length > 1 ? `${counts.join(" + ")} = ${count}` : "",
    program: programOf(choice),
  };
}

// The numbers that an explorer starts with, which are those of its page, and others worth a look.
// tests/site/test_explorer.py holds the first of each to the snippet of the page.

/** @typedef {{x: number[], weights: Record<string, number>, activation: string}} Preset */
/**
 * What an explorer computes with; gates: their activation, before: the states before the first step,
 * more: what a lab computes with besides.
 * @typedef {Preset & {gates: string, before: Record<string, number>, more?: Record<string, number>}} Setting
 */

const LONG = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** @type {Preset} */
export const OF_SIMPLE_RNN = {
  x: [1, 2, 3],
  weights: { W: 1.4501959, U: -1, b: 0, W_y: 0.5759429, b_y: 0 },
  activation: "tanh",
};
export const SMALL = [0.1, 0.2, 0.3];
/** @type {Preset} */
export const OF_LSTM = {
  x: [1, 0, -1],
  weights: {
    ...{ W_i: 1, W_f: -0.5, W_c: 2, W_o: 0.5 },
    ...{ U_i: -0.5, U_f: 1, U_c: 0.5, U_o: 1.5 },
    ...{ b_i: 0.5, b_f: 1, b_c: 0.2, b_o: -0.2 },
  },
  activation: "tanh",
};
/** @type {Preset} */
export const OF_GRU = {
  x: [1, -1, 0.5],
  weights: {
    ...{ W_z: -1.5, W_r: 0.5, W_h: 1 },
    ...{ U_z: 0.4, U_r: -2, U_h: 1.2 },
    ...{ b_z: 0.3, b_r: 0.6, b_h: 0.1 },
    ...{ "b′_z": 0.2, "b′_r": 0.4, "b′_h": -0.8 },
  },
  activation: "tanh",
};

/**
 * The numbers of a page, and by name what differs from them.
 * @type {Record<string, {page: Preset, others: Record<string, Partial<Preset>>}>}
 */
export const PRESETS = {
  dense: {
    page: { x: [1, 0.8, 0.6, 0.2, 1, 0], weights: { W: 2.35, b: -1.36 }, activation: "σ" },
    others: {
      saturated: { weights: { W: 30, b: -15 } },
      "deaf to its input": { weights: { W: 0 } },
      "the other way round": { weights: { W: -2.35, b: 1.36 } },
    },
  },
  simple_rnn: {
    page: {
      x: [1, 0, -1],
      weights: { W: 0.8, U: 0.5, b: 0.1, W_y: 2, b_y: -0.5 },
      activation: "tanh",
    },
    others: {
      saturated: { weights: { W: 8, U: 5 } },
      forgetting: { weights: { U: 0 }, x: LONG },
      "a long memory": { weights: { U: 1.5, b: 0 }, x: LONG },
    },
  },
  simple_rnn_linear: {
    page: OF_SIMPLE_RNN,
    others: {
      saturated: { weights: { W: 10 } },
      "not saturated": { x: SMALL },
      forgetting: { weights: { U: 0 }, x: LONG },
      "a long memory": { weights: { U: 1 }, x: LONG },
    },
  },
  stacked_rnn: {
    page: {
      x: [1, 0, 2],
      weights: { W1: 0.8, U1: -0.5, b1: 0.1, W2: 1.2, U2: 0.6, b2: -0.2, W_y: 2, b_y: -0.5 },
      activation: "tanh",
    },
    others: {
      saturated: { weights: { W1: 8, W2: 12 } },
      forgetting: { weights: { U1: 0, U2: 0 }, x: LONG },
      "a long memory in layer 2": { weights: { U1: 0, b1: 0, U2: 1.6, b2: 0 }, x: LONG },
    },
  },
  lstm: {
    page: OF_LSTM,
    others: {
      saturated: { weights: { W_i: 20, W_f: -10, W_c: 40, W_o: 10 } },
      forgetting: { weights: { W_f: 0, U_f: 0, b_f: -4 }, x: LONG },
      "a long memory": {
        weights: { W_i: 8, U_i: 0, b_i: -4, W_f: 0, U_f: 0, b_f: 5, U_o: 0, b_o: 3 },
        x: LONG,
      },
    },
  },
  gru: {
    page: OF_GRU,
    others: {
      saturated: { weights: { W_z: -15, W_r: 5, W_h: 10 } },
      forgetting: { weights: { W_z: 0, U_z: 0, b_z: -4 }, x: LONG },
      "a long memory": { weights: { W_z: -10, U_z: 0, b_z: 5 }, x: LONG },
    },
  },
  slstm: {
    page: { ...OF_LSTM, x: [1, -1, 1] },
    others: {
      "sums of a thousand": { weights: { W_i: 1000 } },
      forgetting: { weights: { W_f: 0, U_f: 0, b_f: -4 }, x: LONG },
      "a long memory": { weights: { W_i: 8, U_i: 0, b_i: -4, W_f: 0, U_f: 0, b_f: 5 }, x: LONG },
    },
  },
  min_gru: {
    page: {
      x: [1, -1, 0.5],
      weights: { W_z: -1.5, W_h: 1, b_z: 0.5, b_h: 0.1 },
      activation: "linear",
    },
    others: {
      saturated: { weights: { W_z: -15 } },
      forgetting: { weights: { W_z: 0, b_z: -4 }, x: LONG },
      "a long memory": { weights: { W_z: -10, b_z: 5 }, x: LONG },
    },
  },
};

/** States that are not 0 before the first step: before it there is no exponent, as if it were −∞. */
/** @type {Record<string, Record<string, number>>} */
export const BEFORE = { slstm: { m: -10000 } };

/** Layers that have gates, whose activation can be chosen. */
export const GATED = ["lstm", "gru", "min_gru"];

/** Layers that have a variant, which a switch chooses: its label, and its cell. */
/** @type {Record<string, {label: string, cell: string}>} */
export const VARIANTS = {
  stacked_rnn: { label: "one layer only", cell: "stacked_rnn_one_layer" },
  gru: { label: "reset_after=False", cell: "gru_reset_before" },
};

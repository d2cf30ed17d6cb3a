// The order in which other frameworks have the gates of a layer.

/** By where Keras has each. @type {Record<string, Record<string, number[]>>} */
const ORDERS = {
  pytorch: { LSTM: [0, 1, 2, 3], GRU: [1, 0, 2] }, // i, f, g, o; r, z, n
  onnx: { LSTM: [0, 3, 1, 2], GRU: [0, 1, 2] }, // i, o, f, c; z, r, h
  tensorflow1: { LSTM: [0, 2, 1, 3] }, // i, j, f, o; the GRU has two kernels
};

/** @param {"pytorch" | "onnx" | "tensorflow1"} framework @param {string} kind */
export const orderOf = (framework, kind) => ORDERS[framework][kind] ?? [0];

/** @param {number[]} order */
export const inverse = (order) => order.map((_, at) => order.indexOf(at));

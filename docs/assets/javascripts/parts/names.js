// What each symbol is called. Beside a reset gate, z is the update gate.
/** @type {Record<string, string>} */
export const NAMES = {
  x: "input",
  h: "state",
  y: "output",
  W: "kernel",
  U: "recurrent kernel",
  b: "bias",
  z: "sum",
  c: "cell",
  c̃: "candidate",
  i: "input gate",
  f: "forget gate",
  o: "output gate",
  r: "reset gate",
  h̃: "candidate",
  σ: "sigmoid",
  tanh: "hyperbolic tangent",
  L: "loss",
  m: "stabiliser",
  n: "normaliser",
};
// Whose block W_i, W_f, … of the packed weights is.
/** @type {Record<string, string>} */
export const OWNER = { i: "i", f: "f", c: "c̃", o: "o", z: "z", r: "r", h: "h̃" };

/** SimpleRNN to simple_rnn, as Keras names a layer. @param {string} type */
export const inSnakeCase = (type) =>
  type
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

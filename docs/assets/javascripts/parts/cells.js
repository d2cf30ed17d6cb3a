// The forward step of each layer, one unit wide, in the notation of the pages: a line an equation.
//
// A subscript minus, as in h₋, marks the value of the step before. g is the activation that the
// reader chooses; so is σ where it is that of gates. The same lines are computed, shown with their numbers, and written as NumPy.

/** @typedef {{name: string}} Name @typedef {{number: number}} Digit */
/** @typedef {{call: string, of: Tree, and?: Tree}} Call */
/** @typedef {{product: Tree[], sign: string}} Product @typedef {{sum: [string, Tree][]}} Sum */
/** @typedef {Name | Digit | Call | Product | Sum} Tree */
/** @typedef {{line: string, name: string, tree: Tree, part: number}} Equation */
/** @typedef {Record<string, number>} Numbers */
/** @typedef {{g: string, σ: string}} Calls names in FUNCTIONS: the activation, and that of the gates */

export const WEIGHT = /^[WUb]/;

/** @type {string[][]} */
const SIMPLE_RNN = [
  ["from the input", "xW = x W"],
  ["from the state", "hU = h₋ U"],
  ["sum", "z = xW + hU + b"],
  ["activation: the state", "h = g(z)"],
];

/** @type {string[][]} */
export const SIMPLE_RNN_LINEAR = /* @__PURE__ */ SIMPLE_RNN.concat([["output", "y = h W_y + b_y"]]);
/** @type {string[][]} */
const SIMPLE_RNN_OUTPUT = /* @__PURE__ */ SIMPLE_RNN.concat([
  ["output", "hW_y = h W_y", "s = hW_y + b_y", "y = σ(s)"],
]);
/** @type {string[][]} */
export const LSTM = [
  ["from the input", "xW_i = x W_i", "xW_f = x W_f", "xW_c = x W_c", "xW_o = x W_o"],
  ["from the state", "hU_i = h₋ U_i", "hU_f = h₋ U_f", "hU_c = h₋ U_c", "hU_o = h₋ U_o"],
  [
    "sums",
    "z_i = xW_i + hU_i + b_i",
    "z_f = xW_f + hU_f + b_f",
    "z_c = xW_c + hU_c + b_c",
    "z_o = xW_o + hU_o + b_o",
  ],
  ["gates and candidate", "i = σ(z_i)", "f = σ(z_f)", "c̃ = g(z_c)", "o = σ(z_o)"],
  ["the new cell", "kept = f ⊙ c₋", "written = i ⊙ c̃", "c = kept + written"],
  ["the new state", "g_c = g(c)", "h = o ⊙ g_c"],
];

/** The LSTM up to its sums: where the sLSTM begins, too. */
const LSTM_SUMS = /* @__PURE__ */ LSTM.slice(0, 3);

/** @type {string[][]} */
export const GRU = [
  ["from the input", "p_z = x W_z + b_z", "p_r = x W_r + b_r", "p_h = x W_h + b_h"],
  ["from the state", "q_z = h₋ U_z + b′_z", "q_r = h₋ U_r + b′_r", "q_h = h₋ U_h + b′_h"],
  ["gates", "sum_z = p_z + q_z", "z = σ(sum_z)", "sum_r = p_r + q_r", "r = σ(sum_r)"],
  ["candidate", "reset = r ⊙ q_h", "sum_h = p_h + reset", "h̃ = g(sum_h)"],
  ["the new state", "kept = z ⊙ h₋", "taken = (1 − z) ⊙ h̃", "h = kept + taken"],
];
/** @type {string[][]} */
export const GRU_RESET_BEFORE = [
  [
    "from the input",
    "p_z = x W_z + b_z + b′_z",
    "p_r = x W_r + b_r + b′_r",
    "p_h = x W_h + b_h + b′_h",
  ],
  ["from the state", "q_z = h₋ U_z", "q_r = h₋ U_r"],
  ["gates", "sum_z = p_z + q_z", "z = σ(sum_z)", "sum_r = p_r + q_r", "r = σ(sum_r)"],
  ["candidate", "q_h = r ⊙ h₋", "reset = q_h U_h", "sum_h = p_h + reset", "h̃ = g(sum_h)"],
  ["the new state", "kept = z ⊙ h₋", "taken = (1 − z) ⊙ h̃", "h = kept + taken"],
];

/** @type {string[][]} */
const DENSE = [
  ["input times weight", "xW = x W"],
  ["sum", "z = xW + b"],
  ["activation", "y = g(z)"],
];

/** What is computed together, and how: [title, equation, equation, …] for each layer that Keras has. */
export const LAYERS = {
  dense: DENSE,
  simple_rnn_layer: SIMPLE_RNN,
  lstm: LSTM,
  gru: GRU,
  gru_reset_before: GRU_RESET_BEFORE,
};

/** The same, and what else pages show. Not made of the list above, which scripts would then fetch with it. */
export const CELLS = {
  dense: DENSE,
  simple_rnn_layer: SIMPLE_RNN,
  simple_rnn: SIMPLE_RNN_OUTPUT,
  simple_rnn_linear: SIMPLE_RNN_LINEAR,
  stacked_rnn: [
    ["layer 1: products", "xW1 = x W1", "hU1 = h1₋ U1"],
    ["layer 1: sum and activation", "z1 = xW1 + hU1 + b1", "h1 = g(z1)"],
    ["layer 2: products", "hW2 = h1 W2", "hU2 = h2₋ U2"],
    ["layer 2: sum and activation", "z2 = hW2 + hU2 + b2", "h2 = g(z2)"],
    ["output", "z = h2 W_y + b_y", "y = σ(z)"],
  ],
  stacked_rnn_one_layer: [
    ["layer 1: products", "xW1 = x W1", "hU1 = h1₋ U1"],
    ["layer 1: sum and activation", "z1 = xW1 + hU1 + b1", "h1 = g(z1)"],
    ["output", "z = h1 W_y + b_y", "y = σ(z)"],
  ],
  lstm: LSTM,
  gru: GRU,
  gru_reset_before: GRU_RESET_BEFORE,
  slstm: /* @__PURE__ */ LSTM_SUMS.concat([
    ["stabiliser", "log_f = logσ(z_f)", "faded = log_f + m₋", "m = max(faded, z_i)"],
    ["gates and candidate", "i = exp(z_i − m)", "f = exp(faded − m)", "c̃ = g(z_c)", "o = σ(z_o)"],
    ["the new cell", "kept = f ⊙ c₋", "written = i ⊙ c̃", "c = kept + written"],
    ["the new normaliser", "kept_n = f ⊙ n₋", "n = kept_n + i"],
    ["the new state", "mean = c ⊙ inverse(n)", "h = o ⊙ mean"],
  ]),
  min_gru: [
    ["from the input", "sum_z = x W_z + b_z", "z = σ(sum_z)", "h̃ = g(x W_h + b_h)"],
    ["the new state", "kept = z ⊙ h₋", "taken = (1 − z) ⊙ h̃", "h = kept + taken"],
  ],
};

/** What a reader may choose as an activation. @type {Record<string, (z: number) => number>} */
export const FUNCTIONS = {
  tanh: Math.tanh,
  σ: (z) => 1 / (1 + Math.exp(-z)),
  relu: (z) => Math.max(0, z),
  linear: (z) => z,
  hard_sigmoid: (z) => Math.min(1, Math.max(0, z / 6 + 0.5)),
  hard_sigmoid_2: (z) => Math.min(1, Math.max(0, 0.2 * z + 0.5)), // before Keras 3
};

/** What else a line may call. @type {Record<string, (...z: number[]) => number>} */
const INNER = {
  exp: Math.exp,
  inverse: (z) => 1 / z,
  logσ: (z) => Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z))),
  max: Math.max,
};

/** What a reader calls them. @type {Record<string, string>} */
export const NAMES = {
  tanh: "tanh",
  σ: "sigmoid",
  relu: "relu",
  linear: "none (linear)",
  hard_sigmoid: "hard sigmoid",
  hard_sigmoid_2: "hard sigmoid of Keras 2",
};

/**
 * The equations of a layer, in the order in which they are computed.
 * @param {keyof typeof CELLS} cell
 */
export const equations = (cell) => read(CELLS[cell]);

/**
 * Read what CELLS holds of a layer. Throws where a line makes no sense, with that line.
 * @param {string[][]} parts
 * @returns {Equation[]}
 */
export function read(parts) {
  const found = parts.flatMap(([, ...lines], part) =>
    lines.map((line) => ({ line, part, ...parse(line) })),
  );
  const all = new Set(found.map(({ name }) => name));
  const made = new Set(["x"]);
  for (const { line, name, tree } of found) {
    for (const used of names(tree)) {
      const known = used.endsWith("₋")
        ? all.has(used.slice(0, -1))
        : made.has(used) || WEIGHT.test(used);
      if (!known) throw fault(line, `no line before it makes ${used}`);
    }
    made.add(name);
  }
  return found;
}

/** @param {string} line @param {string} wrong */
const fault = (line, wrong) => new SyntaxError(`cells.js: ${line}: ${wrong}`);

/** The states of a layer: what its lines take from the step before. @param {Equation[]} lines */
export const states = (lines) => [
  ...new Set(
    lines
      .flatMap(({ tree }) => names(tree))
      .filter((name) => name.endsWith("₋"))
      .map((name) => name.slice(0, -1)),
  ),
];

/**
 * Every number of every step: for x_0, x_1, … a record {x, …, h} each.
 * @param {Equation[]} lines
 * @param {Numbers} weights
 * @param {number[]} x
 * @param {Calls} calls
 * @param {Numbers} start the states before the first step; those that are not given are 0
 * @returns {Numbers[]}
 */
export function run(lines, weights, x, { g, σ }, start = {}) {
  const functions = { ...INNER, ...FUNCTIONS, g: FUNCTIONS[g], σ: FUNCTIONS[σ] };
  let before = start;
  return x.map((x_t) => {
    /** @type {Numbers} */
    const now = { x: x_t };
    for (const { line, name, tree } of lines) {
      now[name] = value(tree, functions, (used) => {
        if (used.endsWith("₋")) return before[used.slice(0, -1)] ?? 0;
        const number = now[used] ?? weights[used];
        if (number === undefined) throw fault(line, `no weight ${used} is given`);
        return number;
      });
    }
    before = now;
    return now;
  });
}

/**
 * The names in an expression, in order.
 * @param {Tree} tree
 * @returns {string[]}
 */
export function names(tree) {
  if ("name" in tree) return [tree.name];
  if ("call" in tree) return [tree.of, ...(tree.and ? [tree.and] : [])].flatMap(names);
  if ("product" in tree) return tree.product.flatMap(names);
  if ("sum" in tree) return tree.sum.flatMap(([, term]) => names(term));
  return [];
}

/**
 * The number that an expression gives.
 * @param {Tree} tree
 * @param {Record<string, (...z: number[]) => number>} functions
 * @param {(name: string) => number} look
 * @returns {number}
 */
export function value(tree, functions, look) {
  if ("name" in tree) return look(tree.name);
  if ("number" in tree) return tree.number;
  if ("call" in tree) {
    const [of, and] = [tree.of, tree.and ?? tree.of].map((part) => value(part, functions, look));
    return functions[tree.call](of, and);
  }
  if ("product" in tree)
    return tree.product.reduce((all, factor) => all * value(factor, functions, look), 1);
  return tree.sum.reduce((all, [sign, term]) => {
    const number = value(term, functions, look);
    return sign === "−" ? all - number : all + number;
  }, 0);
}

/**
 * Read a line: a name, and a sum of products of names, numbers, functions and parentheses.
 * @param {string} line
 * @returns {{name: string, tree: Tree}}
 */
function parse(line) {
  const [name, equals, ...tokens] = line.match(/\p{L}[\p{L}\p{M}\d_′]*₋?|\d+(?:\.\d+)?|\S/gu) ?? [];
  if (!isName(name) || equals !== "=") throw fault(line, "it does not begin with name =");

  const sum = () => {
    /** @type {[string, Tree][]} */
    const terms = [["+", product()]];
    while (tokens[0] === "+" || tokens[0] === "−")
      terms.push([/** @type {string} */ (tokens.shift()), product()]);
    return terms.length > 1 ? { sum: terms } : terms[0][1];
  };
  const product = () => {
    const factors = [factor()];
    const signs = new Set();
    while (tokens[0] && !/^[+−),]$/.test(tokens[0])) {
      signs.add(tokens[0] === "⊙" ? tokens.shift() : "");
      factors.push(factor());
    }
    if (signs.size > 1)
      throw fault(line, "⊙ and a product without a sign: say by parentheses which comes first");
    const [sign] = signs;
    return factors.length > 1 ? { product: factors, sign } : factors[0];
  };
  /** @returns {Tree} */
  const factor = () => {
    const token = tokens.shift();
    if (token === "(") {
      const inner = sum();
      if (tokens.shift() !== ")") throw fault(line, "a parenthesis is not closed");
      return inner;
    }
    if (/^\d/.test(token ?? "")) return { number: Number(token) };
    if (!isName(token))
      throw fault(line, `a name or a number is missing before ${token ?? "its end"}`);
    if (tokens[0] !== "(") return { name: token };
    if (token !== "g" && !Object.hasOwn({ ...INNER, ...FUNCTIONS }, token))
      throw fault(line, `${token} is no function`);
    tokens.shift();
    const of = sum();
    const next = /** @type {string | undefined} */ (tokens[0]);
    const and = next === "," && tokens.shift() ? { and: sum() } : {};
    if (tokens.shift() !== ")") throw fault(line, "a parenthesis is not closed");
    return { call: token, of, ...and };
  };

  const tree = sum();
  if (tokens.length) throw fault(line, `${tokens.join(" ")} is left over`);
  return { name, tree };
}

/** @param {string | undefined} token @returns {token is string} */
const isName = (token) => /^\p{L}/u.test(token ?? "");

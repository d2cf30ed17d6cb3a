// Writes the lines of a layer as Python that computes whole layers: a step, and the loop over all.
//
// In NumPy every number is printed. In PyTorch the same is written for layers that torch.nn lacks.

import { linesOf } from "./engine.js";
import { arraysOf, isGated, isRecurrent, KINDS } from "./kinds.js";
import { filled } from "./literals.js";
import { inSnakeCase } from "./names.js";
import { ACTIVATIONS, code, plain } from "./numpy.js";

/** @typedef {import("./engine.js").Layer} Layer */
/** @typedef {import("./cells.js").Tree} Tree */
/**
 * How a library writes what both have.
 * @typedef {object} Library
 * @property {string} name
 * @property {Record<string, string>} activations what a function of z returns
 * @property {(array: string, count: number) => string} split into columns
 * @property {(parts: string[]) => string} joined side by side
 * @property {(sequence: string) => string} reversed in time
 * @property {boolean} prints every number of every step
 */

/** @type {Library} */
export const NUMPY = {
  name: "np",
  activations: {
    ...ACTIVATIONS,
    softmax: "e = np.exp(z - z.max(axis=-1, keepdims=True))\ne / e.sum(axis=-1, keepdims=True)",
  },
  split: (array, count) => `np.split(${array}, ${count}, axis=-1)`,
  joined: (parts) => `np.concatenate([${parts.join(", ")}], axis=-1)`,
  reversed: (sequence) => `${sequence}[:, ::-1]`,
  prints: true,
};

/** @type {Library} */
export const TORCH = {
  name: "torch",
  activations: {
    tanh: "torch.tanh(z)",
    σ: "torch.sigmoid(z)",
    relu: "torch.relu(z)",
    linear: "z",
    hard_sigmoid: "torch.nn.functional.hardsigmoid(z)",
    hard_sigmoid_2: "torch.clamp(0.2 * z + 0.5, 0, 1)",
    softmax: "torch.softmax(z, dim=-1)",
  },
  split: (array, count) => `torch.chunk(${array}, ${count}, dim=-1)`,
  joined: (parts) => `torch.cat([${parts.join(", ")}], dim=-1)`,
  reversed: (sequence) => `${sequence}.flip(1)`,
  prints: false,
};

/** The names of an activation and of that of the gates. @param {Layer} layer */
export const activationsOf = ({ kind, activation = "linear", recurrentActivation = "σ" }) =>
  isGated({ kind }) ? [activation, recurrentActivation] : [activation];

/**
 * An activation of something: as it is where the library has it, else as a function of its own.
 * @param {Library} library @param {string} name @param {string} of
 */
export function activated({ activations }, name, of) {
  const written = activations[name];
  if (written === undefined) throw new RangeError(`by-hand.js: no program has written ${name} yet`);
  if (isShort(written)) return written.replace(/\bz\b/, of);
  return `${plain(name)}(${of})`;
}

/** z itself, or one call of z. @param {string} written */
const isShort = (written) => /^(?:[\w.]+\(z\)|z|[\w.]+\(z, dim=-1\))$/.test(written);

/** The activations that become functions of their own. @param {Library} library @param {Layer[]} layers */
export function functionsOf({ activations }, layers) {
  const used = new Set(layers.flatMap(activationsOf));
  return [...used]
    .filter((name) => activations[name] && !isShort(activations[name]))
    .flatMap((name) => {
      const lines = activations[name].split("\n");
      const last = `return ${lines.pop()}`;
      return [`def ${plain(name)}(z):`, ...[...lines, last].map(indented), "", ""];
    });
}

/** @param {string} line */
const indented = (line) => (line ? `    ${line}` : line);

/** Lines with their comments in a column. @param {[code: string, comment: string][]} lines */
export function commented(lines) {
  const column = Math.max(...lines.map(([text]) => text.length)) + 2;
  return lines.map(([text, comment]) => (comment ? `${text.padEnd(column)}# ${comment}` : text));
}

/** The names of the arrays that a layer has. @param {Layer} layer */
export const arrayNames = ({ kind, weights }) => arraysOf(kind).slice(0, weights.length);

/** What the step of a layer is called. @param {Layer} layer @param {string} number of the layer, if there are several */
export const stepName = (layer, number) =>
  `${inSnakeCase(layer.kind)}_step${number.replace(/^(?=\d)/, "_")}`;

/**
 * A step of a layer: its lines, with shapes.
 * @param {Library} library @param {Layer} layer @param {string} number
 */
export function stepOf(library, layer, number) {
  const { gates, states } = KINDS[layer.kind];
  const { m, units: u } = layer;
  const arrays = arrayNames(layer);
  const bias = layer.weights[arrays.indexOf("b")];
  const two = bias?.shape.length === 2;
  const [g, σ] = activationsOf(layer);
  /** @param {string} name @param {string} of */
  const call = (name, of) => activated(library, { g, σ }[name] ?? name, of);

  /** @type {[string, string][]} */
  const cuts = [];
  /** @param {string} name @param {string} of @param {string} shape */
  const cut = (name, of, shape) => {
    const names = gates.map((gate) => plain(name + gate)).join(", ");
    cuts.push([`${names} = ${library.split(of, gates.length)}`, `${shape} each`]);
  };
  if (gates.length > 1)
    for (const name of arrays) {
      if (name !== "b") cut(name, name, `(${name === "W" ? m : u}, ${u})`);
      else if (!two) cut("b", "b", `(${u},)`);
      else for (const row of [0, 1]) cut(["b", "b′"][row], `b[${row}]`, `(${u},)`);
    }
  const lines = linesOf(layer).map(({ name, tree }) => {
    const kept = without(tree, (used) => /^b/.test(used) && !(bias && (two || !/′/.test(used))));
    return /** @type {[string, string]} */ ([
      `${plain(name)} = ${code(kept, "@", call)}`,
      `(N, ${u})`,
    ]);
  });
  const names = library.prints ? linesOf(layer).map(({ name }) => name) : states;
  const returned = names.map(plain).map((name) => `${name}=${name}`);
  const what =
    layer.kind === "LSTM" ? "an LSTM" : `a ${isRecurrent(layer) ? layer.kind : "dense layer"}`;
  const gives = library.prints ? "every number on the way" : "the new states";
  return [
    `def ${stepName(layer, number)}(${["x", ...states, ...arrays].join(", ")}):`,
    `    """One step of ${what} for x (N, ${m}): ${gives}."""`,
    ...commented([...cuts, ...lines]).map(indented),
    `    return dict(${filled(returned, 16)})`,
    "",
    "",
  ];
}

/**
 * Sums without some of their terms: those of a bias that a layer does not have.
 * @param {Tree} tree @param {(name: string) => boolean} missing @returns {Tree}
 */
function without(tree, missing) {
  if (!("sum" in tree)) return tree;
  const sum = tree.sum.filter(([, term]) => !("name" in term && missing(term.name)));
  return sum.length > 1 ? { sum } : sum[0][1];
}

/**
 * The loop over all steps.
 * @param {Library} library @param {boolean} masked whether a mask is given
 */
export function loop({ name, prints }, masked) {
  const zeros = prints ? "np.zeros_like" : "torch.zeros_like";
  const mask = masked ? ", mask=None, zeros=False" : "";
  return [
    `def run(step, x, states, arrays, backwards=False${mask}):`,
    `    """Return the outputs (N, T, u) for x (N, T, m)${prints ? "; print every number" : ""}.`,
    "",
    ...(masked
      ? [
          "    The mask (N, T) says which steps are read. Where one is not, the states stay, and the",
          "    output is that of the step before, or zero.",
          "",
        ]
      : []),
    "    They come in the order in which the steps are read.",
    '    """',
    "    outputs = []",
    "    steps = range(x.shape[1])",
    "    for t in reversed(steps) if backwards else steps:",
    "        now = step(x[:, t], **states, **arrays)",
    ...(masked
      ? [
          "        if mask is not None:",
          "            read = mask[:, t, None]  # (N, 1)",
          "            for name in states:",
          `                now[name] = ${name}.where(read, now[name], states[name])`,
        ]
      : []),
    ...(prints
      ? [
          '        print(f"t = {t}:")',
          "        for name, value in now.items():",
          '            print(f"  {name} =", np.array2string(value, prefix=f"  {name} = "))',
        ]
      : []),
    "        states = {name: now[name] for name in states}",
    `        output = ${prints ? "[*now.values()][-1]" : `now["h"]`}  # (N, u)`,
    ...(masked
      ? [
          "        if mask is not None:",
          `            before = outputs[-1] if outputs and not zeros else ${zeros}(output)`,
          `            output = ${name}.where(read, output, before)`,
        ]
      : []),
    "        outputs.append(output)",
    prints ? "    return np.stack(outputs, axis=1)" : "    return torch.stack(outputs, dim=1)",
    "",
    "",
  ];
}

/**
 * What a layer hands on, put together of what its two directions give, in the order of the input.
 * @param {Library} library @param {Layer} layer @param {string} forwards @param {string} backwards
 */
export function merged(library, layer, forwards, backwards) {
  const mode = layer.mergeMode ?? "concat";
  if (mode === "concat") return library.joined([forwards, backwards]);
  if (mode === "sum") return `${forwards} + ${backwards}`;
  if (mode === "mul") return `${forwards} * ${backwards}`;
  return `(${forwards} + ${backwards}) / 2`;
}

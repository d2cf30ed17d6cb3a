// The trained network of "RNN in action" writes strings: the engine of the workbench computes its two layers.

import { equations } from "./cells.js";
import { runModel } from "./engine.js";
import { HUNDREDTHS, SIZES } from "./next-symbol.js";
import { accepts, SYMBOLS } from "./reber.js";
import { drawn, drawnFrom, lot, softmax } from "./sampling.js";

/** @typedef {import("./engine.js").Layer} Layer @typedef {import("./sampling.js").Setting} Setting */
/** What happens at a step: the symbol that is read, the probabilities, the lot, the symbol that is drawn. */
/** @typedef {{read: string, p: number[], q: number[], lot: number, drawn: string}} Step */
/** @typedef {{written: number, legal: number, different: number, kinds: number}} Count kinds: also of those that are not legal */

export const LONGEST = 100; // symbols; what has no end by then is left
const LANES = 32; // strings that are written side by side
const END = SYMBOLS.indexOf("E");

const { symbols, m, units } = SIZES;
const numbers = HUNDREDTHS.split(/\s/).map((number) => Number(number) / 100);
/** The next array of the weights. @param {number[]} shape */
const taken = (...shape) => ({
  shape,
  data: numbers.splice(
    0,
    shape.reduce((a, b) => a * b),
  ),
});
const table = taken(symbols, m).data;
/** @type {Layer[]} */
const LAYERS = [
  {
    ...{ kind: "SimpleRNN", m, units, activation: "tanh" },
    lines: equations("simple_rnn_layer"), // read once: the machines for them are used again
    weights: [taken(m, units), taken(units, units), taken(units)],
  },
  {
    ...{ kind: "Dense", m: units, units: symbols, activation: "linear" },
    lines: equations("dense"),
    weights: [taken(units, symbols), taken(symbols)],
  },
];

/** Some strings side by side, each with a state of its own. */
class Network {
  /** @param {number} N */
  constructor(N) {
    this.h = new Float64Array(N * units);
    this.machines = new Map();
  }

  /** Read a symbol each, and give the sums of what may follow: N · 7. @param {number[]} read their numbers */
  sums(read) {
    const N = read.length;
    const data = read.flatMap((k) => table.slice(k * m, (k + 1) * m));
    const { runs, output } = runModel(
      LAYERS,
      { N, T: 1, m, data },
      { states: [[{ shape: [N, units], data: this.h }]], machines: this.machines },
    );
    this.h.set(runs[0].forward.values.h);
    return output.data;
  }

  /** @param {number} lane that begins anew */
  forget(lane) {
    this.h.fill(0, lane * units, (lane + 1) * units);
  }
}

/**
 * A string of a seed, step by step.
 * @param {Setting} setting @param {number} n its number, from 0
 * @returns {Step[]}
 */
export function string(setting, n) {
  const network = new Network(1);
  /** @type {Step[]} */
  const steps = [];
  for (let k = 0; k !== END && steps.length < LONGEST - 1; ) {
    const read = SYMBOLS[k];
    const sums = network.sums([k]);
    const q = drawnFrom(sums, setting);
    const fallen = lot(setting.seed, n, steps.length);
    k = drawn(q, fallen);
    steps.push({ read, p: softmax(sums, 1), q, lot: fallen, drawn: SYMBOLS[k] });
  }
  return steps;
}

/**
 * Write the first strings of a seed, with a pause behind each symbol of some of them: who takes what is given
 * decides when to go on.
 * @param {Setting} setting @param {number} count
 * @returns {Generator<Count, Count>}
 */
export function* many(setting, count) {
  const lanes = Math.min(LANES, count);
  const network = new Network(lanes);
  const strings = Array.from({ length: lanes }, (_, n) => ({ n, text: SYMBOLS[0] }));
  const read = strings.map(() => 0);
  const [good, all] = [new Set(), new Set()];
  let [begun, legal, written] = [lanes, 0, 0];
  const now = () => ({ written, legal, different: good.size, kinds: all.size });
  while (written < count) {
    const sums = Array.from(network.sums(read));
    for (const [lane, one] of strings.entries()) {
      if (one.n >= count) continue; // nothing is left to be written here
      const q = drawnFrom(sums.slice(lane * symbols, (lane + 1) * symbols), setting);
      read[lane] = drawn(q, lot(setting.seed, one.n, one.text.length - 1));
      one.text += SYMBOLS[read[lane]];
      if (read[lane] !== END && one.text.length < LONGEST) continue;
      written += 1;
      all.add(one.text);
      if (accepts(one.text)) {
        legal += 1;
        good.add(one.text);
      }
      Object.assign(one, { n: begun++, text: SYMBOLS[0] });
      read[lane] = 0;
      network.forget(lane);
    }
    yield now();
  }
  return now();
}

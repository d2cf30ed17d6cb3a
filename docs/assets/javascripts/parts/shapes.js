// What comes out of a layer, which weights it has and how many numbers they
// hold, in the notation of the site: the arithmetic of the calculator.

/**
 * @typedef {object} Choice
 * @property {"Dense" | "SimpleRNN" | "LSTM" | "GRU"} layer Dense works at each time step.
 * @property {number} N samples
 * @property {number} T time steps
 * @property {number} m numbers in one input
 * @property {number[]} units of each layer of the stack, from the bottom
 * @property {boolean} return_sequences of the top layer; those below must
 * @property {boolean} return_state of the top layer
 * @property {boolean} bidirectional with both directions side by side
 * @property {boolean} use_bias
 * @property {boolean} reset_after of a GRU
 */
/** @typedef {{ name: string, symbols: string, shape: number[] }} Output */
/** @typedef {{ name: string, symbols: string, shape: number[], holds: string }} Weight */
/** @typedef {{ weights: Weight[], symbols: string, numbers: string, count: number }} Layer */

// The blocks of columns in which Keras packs the weights of a layer.
const BLOCKS = { Dense: [""], SimpleRNN: [""], LSTM: ["i", "f", "c̃", "o"], GRU: ["z", "r", "h̃"] };

/** @param {Choice} choice */
function settingsOf({ layer, bidirectional, use_bias, reset_after }) {
  return {
    blocks: BLOCKS[layer],
    recurrent: layer !== "Dense",
    directions: bidirectional && layer !== "Dense" ? 2 : 1,
    biases: use_bias ? (layer === "GRU" && reset_after ? 2 : 1) : 0,
  };
}

/** @param {number | string} factor @param {number | string} of */
const times = (factor, of) => (factor === 1 ? `${of}` : `${factor}${of}`);

/** One layer of the stack, with m numbers coming in.
 * @param {Choice} choice @param {number} m @param {number} u @returns {Layer} */
function layerOf(choice, m, u) {
  const { blocks, recurrent, directions, biases } = settingsOf(choice);
  const wide = blocks.length;
  const width = times(wide, "u");
  const columns = blocks.map(
    (block, i) => `${block}: ${i * u}${u > 1 ? `–${(i + 1) * u - 1}` : ""}`,
  );
  const packed = wide > 1 ? `columns ${columns.join(", ")}` : "one column a unit";
  /** @type {Weight[]} */
  const weights = [
    { name: "kernel", symbols: `(m, ${width})`, shape: [m, wide * u], holds: packed },
  ];
  if (recurrent) {
    weights.push({
      name: "recurrent_kernel",
      symbols: `(u, ${width})`,
      shape: [u, wide * u],
      holds: packed,
    });
  }
  if (biases === 2) {
    const holds = `row 0 for the input, row 1 for the state; ${packed}`;
    weights.push({ name: "bias", symbols: `(2, ${width})`, shape: [2, wide * u], holds });
  } else if (biases) {
    const holds = wide > 1 ? packed.replace("columns", "entries") : "one number a unit";
    weights.push({ name: "bias", symbols: `(${width},)`, shape: [wide * u], holds });
  }

  /** @param {number | string} m @param {number | string} u */
  const block = (m, u) =>
    [`${m} · ${u}`, recurrent && `${u} · ${u}`, biases && (biases === 2 ? `2 · ${u}` : u)]
      .filter(Boolean)
      .join(" + ");
  const factors = [directions, wide].filter((n) => n > 1).join(" · ");
  const one = m * u + (recurrent ? u * u : 0) + biases * u;
  const count = directions * wide * one;
  return {
    weights:
      directions === 1
        ? weights
        : ["forward", "backward"].flatMap((way) =>
            weights.map((weight) => ({ ...weight, name: `${way} ${weight.name}` })),
          ),
    symbols: factors ? `${factors} · (${block("m", "u")})` : block("m", "u"),
    numbers: factors
      ? `${factors} · (${block(m, u)}) = ${factors} · ${one} = ${count}`
      : `${block(m, u)} = ${count}`,
    count,
  };
}

/** @param {Choice} choice @returns {Output[]} */
function outputsOf(choice) {
  const { N, T, units, return_sequences, return_state } = choice;
  const { recurrent, directions } = settingsOf(choice);
  const u = units[units.length - 1];
  const width = times(directions, "u");
  const outputs = [
    !recurrent || return_sequences
      ? { name: "output", symbols: `(N, T, ${width})`, shape: [N, T, directions * u] }
      : { name: "output", symbols: `(N, ${width})`, shape: [N, directions * u] },
  ];
  if (recurrent && return_state) {
    const states = choice.layer === "LSTM" ? ["state h", "cell c"] : ["state h"];
    for (const way of directions === 2 ? ["forward ", "backward "] : [""]) {
      outputs.push(
        ...states.map((state) => ({ name: way + state, symbols: "(N, u)", shape: [N, u] })),
      );
    }
  }
  return outputs;
}

/** The Keras program that builds the model.
 * @param {Choice} choice */
function programOf(choice) {
  const { layer, T, m, units, use_bias } = choice;
  const { recurrent, directions } = settingsOf(choice);
  const lines = ["import keras", "from keras import layers", ""];
  lines.push(`inputs = keras.Input((${T}, ${m}))`);
  for (const [k, u] of units.entries()) {
    const top = k === units.length - 1;
    const state = recurrent && top && choice.return_state;
    const options = [
      u,
      recurrent && (!top || choice.return_sequences) && "return_sequences=True",
      state && "return_state=True",
      !use_bias && "use_bias=False",
      layer === "GRU" && !choice.reset_after && "reset_after=False",
    ];
    const name = layer.toLowerCase();
    const made = `layers.${layer}(${options.filter(Boolean).join(", ")})`;
    const result = state ? "x, *states" : "x";
    const from = k ? "x" : "inputs";
    if (!recurrent) lines.push(`x = layers.TimeDistributed(${made})(${from})`);
    else if (directions === 1) lines.push(`${result} = ${made}(${from})`);
    else lines.push(`${name} = ${made}`, `${result} = layers.Bidirectional(${name})(${from})`);
  }
  lines.push(
    `model = keras.Model(inputs, ${recurrent && choice.return_state ? "[x, *states]" : "x"})`,
  );
  return lines.join("\n");
}

/** All that the calculator answers.
 * @param {Choice} choice */
export function describe(choice) {
  const { directions } = settingsOf(choice);
  const layers = choice.units.map((u, k) =>
    layerOf(choice, k ? directions * choice.units[k - 1] : choice.m, u),
  );
  const counts = layers.map((layer) => layer.count);
  const count = counts.reduce((sum, n) => sum + n);
  return {
    outputs: outputsOf(choice),
    layers,
    count,
    total: counts.length > 1 ? `${counts.join(" + ")} = ${count}` : "",
    program: programOf(choice),
  };
}

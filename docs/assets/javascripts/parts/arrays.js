// Arrays of numbers, and how to read them in text as Python prints it: NumPy, Keras, TensorFlow,
// PyTorch, JSON. Nothing of the text is executed.

import { written } from "./written.js";

/** @typedef {{shape: number[], data: Float64Array}} NDArray its numbers in rows, as C has them */
/**
 * An array with its name, where it has one. Of a text, also the most digits behind the point that one
 * of its numbers has: PyTorch prints four, which is less than it computes with.
 * @typedef {{name?: string, array: NDArray, decimals?: number}} NamedArray
 */

/** What a reader brought cannot be used; the message is a sentence for the reader. */
export class InputError extends Error {
  name = "InputError";
}

/** How many bytes a file may have, also when it is unpacked. */
export const LIMIT = 200e6;

/** How many numbers a shape has. @param {number[]} shape */
export const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

/** @param {NDArray} array a matrix @returns {NDArray} */
export function transposed({ shape: [rows, columns], data }) {
  const turned = new Float64Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = data[row * columns + column];
  return { shape: [columns, rows], data: turned };
}

/**
 * Refuse NaN and infinity, which no layer can be checked with.
 * @param {NDArray} array @param {string} what it is called in the sentence
 */
export function refuseNotFinite({ shape, data }, what) {
  const at = data.findIndex((number) => !Number.isFinite(number));
  if (at < 0) return;
  /** @type {number[]} */
  const place = [];
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  throw new InputError(
    `${what} holds ${data[at]} at [${place.join(", ")}]: bring arrays without NaN and infinity.`,
  );
}

// Kinds of numbers -----------------------------------------------------------------------------

/** The float64 of a float16, given by its 16 bits. @param {number} bits */
export function fromFloat16(bits) {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size =
    exponent === 31
      ? fraction
        ? Number.NaN
        : Number.POSITIVE_INFINITY
      : exponent
        ? 2 ** (exponent - 15) * (1 + fraction / 1024)
        : 2 ** -24 * fraction;
  return bits >> 15 ? -size : size;
}

const four = new DataView(new ArrayBuffer(4));

/** The float64 of a bfloat16, the upper half of a float32. @param {number} bits */
export function fromBfloat16(bits) {
  four.setUint32(0, bits << 16);
  return four.getFloat32(0);
}

/**
 * The nearest float with so many bits behind its first one.
 * @param {number} number @param {number} bits @param {number} least the smallest exponent
 */
function roundedTo(number, bits, least) {
  if (!number) return number;
  const unit = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(number))), least) - bits);
  return Math.round(number / unit) * unit;
}

/** The number that was printed, by the kind of number that it was. @type {Record<string, (n: number) => number>} */
const EXACT = {
  float32: Math.fround,
  float16: (number) => roundedTo(number, 10, -14),
  bfloat16: (number) => roundedTo(number, 7, -126),
};

// Reading text ---------------------------------------------------------------------------------

/** @typedef {{shape: number[], data: Float64Array, decimals: number}} Block numbers in brackets */
/**
 * What stands between two brackets, or in a call such as array(…): a block, or several things.
 * @typedef {{at: number, name?: string, whole?: boolean, block?: Block, items?: Thing[]}} Thing
 */

const HOW = "Paste arrays as Python prints them, such as [[0.1, -0.2], [0.3, 0.4]].";
const DEEPEST = 32; // brackets in each other: NumPy has at most so many axes
const NUMBER = /[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+−]?\d+)?(?![\w.])/iy;
const EXPONENT = /e/i;
const SIGNS = "[](){}<>,;:=";
const TOKEN = new RegExp(
  [
    String.raw`(?<odd>[-+−]?(?:nan|inf(?:inity)?)(?!\w))`,
    String.raw`(?<dots>\.{3}|…)`,
    String.raw`(?<word>[^\W\d][\w./-]*(?::\d+)?)`,
    String.raw`"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'`,
    String.raw`(?<other>\S[^\s,;[\](){}<>]*)`,
  ].join("|"),
  "iuy",
);
// Spaces, and comments.
const GAP = /(?:\s|#.*)+/uy;
// What Python and Jupyter print around arrays: questions go, answers stay.
const AROUND = /^>>> .*|^In \[\d+\]:.*|^Out\[\d+\]:|\bParameter containing:/gm;

/**
 * Read all arrays of a text: lists, what NumPy and PyTorch print, JSON, names before or beside them.
 * @param {string} text @returns {NamedArray[]}
 * @throws {InputError} says the line, what is wrong there and what to do
 */
export function readArrays(text) {
  return new Reader(text.replace(AROUND, "")).everything();
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.end = 0; // of the token that was read last
    this.torch = /\btensor\(/.test(text);
    this.kind = "";
    this.value = "";
    this.depth = 0; // of brackets
    this.at = 0;
    this.next();
  }

  /** Go to the next token: its kind, its text, where it begins. */
  next() {
    GAP.lastIndex = this.end;
    this.at = GAP.test(this.text) ? GAP.lastIndex : this.end;
    NUMBER.lastIndex = this.at;
    if (NUMBER.test(this.text)) {
      this.kind = "number";
      this.end = NUMBER.lastIndex;
      this.value = this.text.slice(this.at, this.end);
      return;
    }
    const first = this.text[this.at] ?? "";
    if (first && SIGNS.includes(first)) {
      this.kind = this.value = first;
      this.end = this.at + 1;
      return;
    }
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    if (!found) {
      this.kind = "end";
      this.value = "";
      return;
    }
    this.end = TOKEN.lastIndex;
    const g = /** @type {Record<string, string | undefined>} */ (found.groups);
    this.value = found[0];
    if (g.word) this.kind = "word";
    else if (g.odd) throw this.oddNumber();
    else if (g.dots) throw this.truncated();
    else if (g.double !== undefined || g.single !== undefined) {
      this.kind = "string";
      this.value = g.double ?? g.single ?? "";
    } else this.kind = "other";
  }

  /** Whether the token is of one of these kinds. @param {string[]} kinds */
  is(...kinds) {
    return kinds.includes(this.kind);
  }

  /** Step over a token if it is of one of these kinds. @param {string[]} kinds */
  skip(...kinds) {
    const is = this.is(...kinds);
    if (is) this.next();
    return is;
  }

  /** @param {string} what is wrong, and what to do @param {number} [at] */
  fault(what, at = this.at) {
    const line = this.text.slice(0, at).split("\n").length;
    return new InputError(`Line ${line}: ${what}`);
  }

  oddNumber() {
    return this.fault(`${this.value} is no finite number: bring arrays without NaN and infinity.`);
  }

  truncated() {
    const again = this.torch
      ? "torch.set_printoptions(threshold=torch.inf)"
      : "np.set_printoptions(threshold=sys.maxsize)";
    return this.fault(
      `numbers are left out here (${this.value}): print them again after ${again}.`,
    );
  }

  /** How many digits behind its point a number was printed with. */
  get decimals() {
    const point = this.value.indexOf(".");
    const exponent = this.value.search(EXPONENT);
    return point < 0 ? 0 : (exponent < 0 ? this.value.length : exponent) - point - 1;
  }

  /** What stands here is nothing to compute with. */
  noNumber() {
    if (this.is("]", ")", "}", ">")) return this.fault(`this ${this.value} closes nothing. ${HOW}`);
    if (this.is("end")) return this.fault(`the text ends where a number should be. ${HOW}`);
    return this.fault(`"${this.value}" is no number. ${HOW}`);
  }

  /** @returns {NamedArray[]} */
  everything() {
    /** @type {NamedArray[]} */
    const found = [];
    while (!this.is("end")) {
      if (this.is(",", ";")) this.next();
      else if (this.is("number")) found.push(this.bareRows());
      else this.collect(this.named(), found);
    }
    if (!found.length) throw new InputError(`There are no numbers. ${HOW}`);
    return found;
  }

  /** Numbers in no brackets: a row a line, as in a CSV. @returns {NamedArray} */
  bareRows() {
    /** @type {number[][]} */
    const rows = [];
    let [begins, decimals] = [this.at, 0];
    for (let last = 0; this.is("number"); ) {
      if (!rows.length || this.text.slice(last, this.at).includes("\n")) {
        this.sameLength(rows, begins);
        begins = this.at;
        rows.push([]);
      }
      decimals = Math.max(decimals, this.decimals);
      last = this.end;
      rows[rows.length - 1].push(this.number());
      while (this.skip(",", ";"));
    }
    this.sameLength(rows, begins);
    const shape = rows.length > 1 ? [rows.length, rows[0].length] : [rows[0].length];
    return { array: { shape, data: Float64Array.from(rows.flat()) }, decimals };
  }

  /** @param {number[][]} rows @param {number} at where the last begins */
  sameLength(rows, at) {
    const [first, last] = [rows[0], rows[rows.length - 1]];
    if (first?.length !== last?.length) throw this.ragged(last.length, first.length, at);
  }

  /** @param {number} is @param {number} should @param {number} at */
  ragged(is, should, at) {
    const what = `this row has ${is} ${is === 1 ? "number" : "numbers"}, the first of its array ${should}`;
    return this.fault(`${what}: all rows of an array are equally long.`, at);
  }

  number() {
    const number = Number(this.value.replaceAll("−", "-"));
    if (!Number.isFinite(number)) throw this.oddNumber();
    this.next();
    return number;
  }

  /** A thing with its name, if there is one: W = …, "W": …, W …, <tf.Variable 'W' …>. @returns {Thing} */
  named() {
    if (this.is("string")) {
      const [name, at] = [this.value, this.at];
      this.next();
      if (!this.skip(",", ":")) throw this.fault(`"${name}" is no number. ${HOW}`, at);
      return { ...this.thing(), name };
    }
    const [first, at] = [this.value, this.at];
    let [name, joined] = ["", false];
    while (this.is("word")) {
      const [word, from] = [this.value, this.at];
      this.next();
      if (this.is("(")) return { ...(name && { name }), ...this.called(word, from) };
      joined = this.skip("=", ":");
      name = word; // of several words the last
    }
    if (!name) return this.thing();
    if (!this.is("[", "{", "<") && !(joined && this.is("number")))
      throw this.fault(`"${first}" is no number. ${HOW}`, at);
    return { name, ...this.thing() };
  }

  /** @returns {Thing} */
  thing() {
    const at = this.at;
    if (this.is("[")) return this.list("]");
    if (this.is("(")) return this.list(")");
    if (this.is("{")) return this.list("}");
    if (this.is("<")) return this.variable();
    if (this.is("number")) return this.single();
    if (!this.is("word")) throw this.noNumber();
    const word = this.value;
    this.next();
    if (!this.is("(")) throw this.fault(`"${word}" is no number. ${HOW}`, at);
    return this.called(word, at);
  }

  /** @returns {Thing} */
  single() {
    const { at, decimals } = this;
    return { at, block: { shape: [], data: Float64Array.of(this.number()), decimals } };
  }

  /** What stands in brackets, from the first one on. @param {string} closing @returns {Thing} */
  list(closing) {
    const at = this.at;
    /** @type {number[]} */
    const numbers = [];
    /** @type {Thing[]} */
    const items = [];
    let decimals = 0;
    if (++this.depth > DEEPEST) throw this.fault("so many brackets hold no array.");
    this.next();
    while (!this.skip(closing)) {
      if (this.is("number")) {
        decimals = Math.max(decimals, this.decimals);
        numbers.push(this.number());
      } else if (this.is("end")) {
        throw this.fault("this bracket is not closed: the text was cut off.", at);
      } else if (!this.is(",", ";")) {
        const thing = this.named();
        const one = thing.block?.shape.length === 0 && !thing.name;
        if (one) numbers.push(/** @type {Block} */ (thing.block).data[0]);
        else items.push(thing);
      } else this.next();
      if (numbers.length && items.length)
        throw this.fault(
          "a number stands beside a list: all rows of an array are equally long.",
          at,
        );
    }
    this.depth--;
    if (items.length === 1 && items[0].name && closing === ")") return items[0]; // ('W', tensor(…))
    if (items.length) return { at, ...together(items) };
    return { at, block: { shape: [numbers.length], data: Float64Array.from(numbers), decimals } };
  }

  /** array(…), tensor(…), OrderedDict(…), from the bracket on. @param {string} word @param {number} at @returns {Thing} */
  called(word, at) {
    const opens = this.at;
    /** @type {Thing | undefined} */
    let thing;
    // PyTorch names other kinds only; np.float32(0.1) is its own.
    let kind = /tensor$/.test(word) ? "float32" : (word.split(".").pop() ?? "");
    this.next();
    while (!this.skip(")")) {
      if (this.is("end"))
        throw this.fault("this bracket is not closed: the text was cut off.", opens);
      if (this.skip(",")) continue;
      if (this.is("word") && /^\s*=/.test(this.text.slice(this.end))) {
        const option = this.value;
        this.next();
        this.next();
        const value = this.option();
        if (option === "dtype") kind = value;
      } else if (thing) throw this.noNumber();
      else thing = this.named();
    }
    if (!thing) throw this.fault(`${word}() holds no numbers. ${HOW}`, at);
    if (!thing.block) {
      if (/(?:array|tensor)$/i.test(word)) throw this.raggedIn(thing);
      return thing; // OrderedDict, list
    }
    return { ...thing, at, whole: true, block: exact(thing.block, kind) };
  }

  /** <tf.Variable 'W:0' shape=(2, 3) dtype=float32, numpy=array(…)>, <Variable path=…, value=[[…]]>. @returns {Thing} */
  variable() {
    const at = this.at;
    /** @type {Thing | undefined} */
    let thing;
    let [name, kind] = ["", ""];
    this.next();
    const what = this.value;
    while (!this.skip(">")) {
      if (this.is("end")) throw this.fault(`this < is not closed: the text was cut off.`, at);
      if (this.is("string")) name ||= this.value;
      const option = this.is("word") ? this.value : "";
      this.next();
      if (!option || !this.skip("=")) continue;
      if (option === "value" || option === "numpy") thing = this.named();
      else {
        const value = this.option();
        if (option === "dtype") kind = value;
        if (option === "path" || option === "name") name = value;
      }
    }
    if (!thing)
      throw this.fault(
        `<${what} …> holds no numbers: print its values, such as layer.get_weights().`,
        at,
      );
    if (!thing.block) throw this.raggedIn(thing);
    const given = name ? { name } : {};
    return { ...thing, ...given, at, whole: true, block: exact(thing.block, kind) };
  }

  /** Step over the value of an option, such as dtype=torch.float64. @returns {string} its last word */
  option() {
    const value = this.value.split(".").pop() ?? "";
    let open = 0;
    do {
      if (this.is("[", "(", "{", "<")) open++;
      if (this.is("]", ")", "}", ">")) open--;
      this.next();
    } while (open > 0 && !this.is("end"));
    return value;
  }

  /**
   * Put the arrays of a thing into those that were found.
   * @param {Thing} thing @param {NamedArray[]} found
   */
  collect({ at, name, block, items }, found) {
    if (block) {
      if (!block.data.length) throw this.fault(`this array is empty. ${HOW}`, at);
      const { shape, data, decimals } = block;
      found.push({ ...(name && { name }), array: { shape, data }, decimals });
      return;
    }
    const several = /** @type {Thing[]} */ (items);
    if (!areArrays(several)) throw this.raggedIn({ at, items });
    for (const item of several) {
      const empty = item.block && !item.block.data.length && several.length > 1;
      if (!empty || item.whole) this.collect(prefixed(item, name), found);
    }
  }

  /** The row that does not fit the first one. @param {Thing} thing @returns {InputError} */
  raggedIn({ at, items = [] }) {
    const inner = items.find((item) => item.items);
    if (inner) return this.raggedIn(inner);
    const [first, ...rest] = items.map((item) => item.block?.shape ?? []);
    const odd = rest.findIndex((shape) => written(shape) !== written(first)) + 1;
    const shape = items[odd]?.block?.shape ?? [];
    if (shape.length === 1 && first?.length === 1)
      return this.ragged(shape[0], first[0], items[odd].at);
    const [is, should] = [written(shape), written(first ?? [])];
    return this.fault(
      `this has the shape ${is}, what stands before it ${should}.`,
      items[odd]?.at ?? at,
    );
  }
}

/** Lists of lists are one block where their shapes agree. @param {Thing[]} items @returns {{block: Block} | {items: Thing[]}} */
function together(items) {
  const [first] = items;
  const alike = items.every(
    ({ block, whole, name }) =>
      block && !whole && !name && written(block.shape) === written(first.block?.shape ?? []),
  );
  if (!alike) return { items };
  const blocks = items.map((item) => /** @type {Block} */ (item.block));
  const shape = [blocks.length, ...blocks[0].shape];
  const data = new Float64Array(sizeOf(shape));
  let [filled, decimals] = [0, 0];
  for (const block of blocks) {
    data.set(block.data, filled);
    filled += block.data.length;
    decimals = Math.max(decimals, block.decimals);
  }
  return { block: { shape, data, decimals } };
}

/**
 * Whether the things of a list are arrays of their own: called so, or lists of unlike depth or of
 * unlike matrices, as JSON has the weights of a layer. Unlike rows are none.
 * @param {Thing[]} items
 */
function areArrays(items) {
  if (items.some(({ whole, name, items }) => whole || name || items)) return true;
  const depths = new Set(items.map(({ block }) => block?.shape.length));
  return depths.size > 1 || !depths.has(1);
}

/** @param {Thing} thing @param {string} [name] of what it stands in @returns {Thing} */
const prefixed = (thing, name) =>
  name && thing.name ? { ...thing, name: `${name}/${thing.name}` } : thing;

/** The numbers that were printed. @param {Block} block @param {string} kind @returns {Block} */
function exact(block, kind) {
  const { [kind]: by } = EXACT;
  return by ? { ...block, data: block.data.map(by) } : block;
}

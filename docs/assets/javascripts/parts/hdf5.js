// Weights in HDF5: what Keras 3 writes (model.weights.h5, also in .keras), what Keras 2 wrote (.h5), and
// any other file of arrays. jsfive, which is given, knows the format.

import { fromBfloat16, InputError, LIMIT, sizeOf } from "./arrays.js";

/** @typedef {import("./arrays.js").NDArray} NDArray @typedef {{name: string, array: NDArray}} Named */
/** @typedef {{File: any, Filters: Map<number, (packed: ArrayBuffer) => ArrayBuffer>, Unzlib: typeof import("fflate").Unzlib}} Hdf5 what formats-hdf5.js gives */

const CONTIGUOUS = 1;
const [LAYOUT, SYMBOL_TABLE] = [8, 17]; // messages that say how a dataset is stored, where a group's names are
const NOT_OF_LAYERS = /^(?:optimizer|optimizer_weights|metrics)$|^seed_generator/;
const OLDER_LAYERS = "_layer_checkpoint_dependencies";
const DEEPEST = 50;
const GZIP = 1; // a filter
const PIECE = 2 ** 16; // it may grow a thousandfold

/**
 * The arrays of a file, in the order in which they were written, and the model's config, if it is there.
 * @param {ArrayBuffer} buffer @param {Hdf5} hdf5 @param {string} file its name, for sentences
 * @returns {{arrays: Named[], config: any}}
 */
export function readHdf5(buffer, { File, Filters, Unzlib }, file) {
  const [declared, unpacked] = [0, 1].map(() => ({ left: LIMIT, file }));
  Filters.set(GZIP, (packed) => inflated(new Uint8Array(packed), Unzlib, unpacked));
  try {
    const root = new File(buffer, file);
    const { model_config: model, keras_version: version } = root.attrs;
    const config = typeof model === "string" ? JSON.parse(trimmed(model)) : null;
    const group = root.keys.includes("model_weights") ? root.get("model_weights") : root;
    const known = version ?? group.attrs.keras_version;
    const layers = listed(group.attrs, "layer_names");
    const named = nameOf(root) !== undefined;
    const datasets = layers.length
      ? ofLayers(group, layers)
      : renamed([...inTree(root, "", named, 0)]);
    const arrays = datasets.flatMap(([name, dataset]) => arrayOf(dataset, name, buffer, declared));
    return {
      arrays,
      config: config && { ...config, ...(known && { keras_version: trimmed(known) }) },
    };
  } catch (reason) {
    if (reason instanceof InputError) throw reason;
    throw new InputError(
      `${file} is broken, cut off, or an HDF5 file of an unusual kind (${reason}). ` +
        'Save it again with model.save("model.keras").',
    );
  }
}

/** As Keras 2 wrote it: attributes list the layers, and the weights of each. @param {any} group @param {string[]} layers */
const ofLayers = (group, layers) =>
  layers.flatMap((layer) => {
    const inner = group.get(layer);
    return listed(inner.attrs, "weight_names").map((name) => [`${layer}/${name}`, inner.get(name)]);
  });

/** A list among the attributes; a long one goes on under name0, name1, … @param {any} attributes @param {string} name @returns {string[]} */
function listed(attributes, name) {
  const list = [...(attributes[name] ?? [])];
  for (let i = 0; attributes[`${name}${i}`]; i++) list.push(...attributes[`${name}${i}`]);
  return list.map(trimmed);
}

/**
 * As Keras 3 writes it: the weights of an object in a group vars, those of its parts in groups beside it.
 * Newer versions tell the name of each object. Then it takes the place of its class, and a weight is called
 * both/forward_gru/gru_cell/0 instead of layers/bidirectional/forward_layer/cell/vars/0.
 * @param {any} group @param {string} path @param {boolean} named @param {number} depth
 * @returns {Generator<[string, any]>}
 */
function* inTree(group, path, named, depth) {
  if (depth > DEEPEST) throw new Error("groups lie in each other without end");
  /** @type {[string, any][]} */
  const members = keysOf(group).map((key) => [key, group.get(key)]);
  const names = members.map(([key, member]) => nameOf(member) ?? key);
  for (const [i, [key, member]] of members.entries()) {
    if (!member || NOT_OF_LAYERS.test(key)) continue;
    const own = names.indexOf(names[i]) === names.lastIndexOf(names[i]) ? names[i] : key;
    if (Array.isArray(member)) yield [path + own, member];
    else if (named && (key === "layers" || key === "vars"))
      yield* inTree(member, path, named, depth + 1);
    else yield* inTree(member, `${path}${own}/`, named, depth + 1);
  }
}

/**
 * The names in a group in the order in which they were given. HDF5 sorts them, but the heap that holds them
 * has grown by one after the other.
 * @param {any} group @returns {string[]}
 */
function keysOf({ keys, file, _dataobjects: objects }) {
  const [table] = objects.find_msg_type(SYMBOL_TABLE);
  if (!table || /^\d+$/.test(keys[0])) return keys;
  const view = new DataView(file._fh);
  const heap = Number(view.getBigUint64(table.get("offset_to_message") + 8, true));
  const [size, at] = [8, 24].map((by) => Number(view.getBigUint64(heap + by, true)));
  const names = new TextDecoder().decode(new Uint8Array(file._fh, at, size));
  const place = (/** @type {string} */ key) => names.indexOf(`\0${key}\0`);
  return keys.sort((/** @type {string} */ a, /** @type {string} */ b) => place(a) - place(b));
}

/**
 * Keras 2.13 to 2.15 call the group layers otherwise, on Windows with another stroke in one long name, and count
 * each layer of a kind twice: _layer_checkpoint_dependencies\\lstm_2 is layers/lstm_1.
 * @param {[string, any][]} datasets @returns {[string, any][]}
 */
function renamed(datasets) {
  const paths = datasets.map(([path]) => path.replaceAll("\\", "/").split("/"));
  for (let depth = 0; paths.some((parts) => parts.length > depth); depth++) {
    const inside = paths.filter((parts) => parts[depth] === OLDER_LAYERS);
    for (const parts of inside) parts[depth] = "layers";
    // Of each kind in each model, the numbers that there are.
    /** @type {Map<string, Set<number>>} */
    const counts = new Map();
    const kind = (/** @type {string[]} */ parts) => {
      const [, name, number = "0"] = /^(.*?)(?:_(\d+))?$/.exec(parts[depth + 1]) ?? [];
      return { name, number: Number(number), key: [...parts.slice(0, depth), name].join("/") };
    };
    for (const parts of inside) {
      const { key, number } = kind(parts);
      counts.set(key, (counts.get(key) ?? new Set()).add(number));
    }
    for (const parts of inside) {
      const { key, name, number } = kind(parts);
      const place = [...(counts.get(key) ?? [])].filter((other) => other < number).length;
      parts[depth + 1] = place ? `${name}_${place}` : name;
    }
  }
  return datasets.map(([, dataset], i) => [paths[i].join("/"), dataset]);
}

/** @param {any} group @returns {string | undefined} the name of the layer whose weights a group holds */
function nameOf(group) {
  if (!group || Array.isArray(group) || !group.keys.includes("vars")) return undefined;
  const { name } = group.get("vars").attrs;
  return name && trimmed(name);
}

/** How many bytes may still be unpacked. @typedef {{left: number, file: string}} Room */

/** @param {Room} room @param {number} bytes */
function take(room, bytes) {
  room.left -= bytes;
  if (room.left < 0)
    throw new InputError(
      `${room.file} would take more than ${LIMIT / 1e6} MB when it is unpacked. Bring the weights of one layer.`,
    );
}

/** Unpack a chunk, and stop as soon as there is more than may be. @param {Uint8Array} packed @param {Hdf5["Unzlib"]} Unzlib @param {Room} room */
function inflated(packed, Unzlib, room) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  const before = room.left;
  const unzlib = new Unzlib((piece) => {
    take(room, piece.length);
    pieces.push(piece);
  });
  for (let at = 0; at < packed.length; at += PIECE)
    unzlib.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  const whole = new Uint8Array(before - room.left);
  let filled = 0;
  for (const piece of pieces) {
    whole.set(piece, filled);
    filled += piece.length;
  }
  const check = new DataView(packed.buffer).getUint32(packed.length - 4);
  if (check !== adler32(whole)) throw new Error("a chunk is damaged");
  return whole.buffer;
}

/** The checksum of zlib, which fflate does not look at. @param {Uint8Array} bytes */
function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** A dataset's numbers, or nothing where it holds none. @param {any} dataset @param {string} name @param {ArrayBuffer} buffer @param {Room} room @returns {Named[]} */
function arrayOf(dataset, name, buffer, room) {
  const { file } = room;
  const { shape } = dataset;
  const size = sizeOf(shape);
  const ofHalf = dataset.attrs.dtype === "bfloat16"; // HDF5 has no name for it
  const bytes = ofHalf ? 2 : Number(/\d+$/.exec(dataset.dtype)?.[0] ?? 1);
  take(room, size * Math.max(bytes, 4)); // in the page each takes eight
  if (ofHalf) return [{ name, array: { shape, data: ofBfloat16(dataset, size, buffer, file) } }];
  if (!/^[<>|]?[fiu]\d$/.test(dataset.dtype)) return []; // a text
  const data = new Float64Array(size).fill(Number(dataset.fillvalue ?? 0));
  dataset.value.forEach((/** @type {number} */ number, /** @type {number} */ i) => {
    data[i] = number;
  });
  return [{ name, array: { shape, data } }];
}

/** HDF5 has no bfloat16: Keras stores its bytes, and says so. @param {any} dataset @param {number} size @param {ArrayBuffer} buffer @param {string} file */
function ofBfloat16({ _dataobjects: objects }, size, buffer, file) {
  const [message] = objects.find_msg_type(LAYOUT);
  const [, , layout, at] = objects._get_data_message_properties(message.get("offset_to_message"));
  if (layout !== CONTIGUOUS)
    throw new InputError(`${file} holds packed bfloat16: save the model in float32.`);
  const view = new DataView(buffer);
  const begins = Number(view.getBigUint64(at, true));
  return Float64Array.from({ length: size }, (_, i) =>
    fromBfloat16(view.getUint16(begins + 2 * i, true)),
  );
}

/** Texts of fixed length end in zeros. @param {string} text */
const trimmed = (text) => String(text).replace(/\0+$/, "");

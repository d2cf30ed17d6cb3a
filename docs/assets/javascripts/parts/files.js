// The arrays of a file that a reader brings, whatever its name is: its first bytes tell what it is.
// Nothing of it is executed, and nothing is sent anywhere.

import { InputError, LIMIT, readArrays, refuseNotFinite } from "./arrays.js";
import { readHdf5 } from "./hdf5.js";
import { isNpy, readNpy, startsWith } from "./npy.js";
import { isSafetensors, readSafetensors } from "./safetensors.js";
import { entriesOf, unpack } from "./zip.js";

/** @typedef {import("./arrays.js").NamedArray} NamedArray */
/** What a file holds; config is that of a Keras model, with keras_version in it. @typedef {{arrays: NamedArray[], config: any}} Contents */
/** @typedef {(format: "zip" | "hdf5") => Promise<any>} FetchFormat gets what formats-….js gives */

const ARRAYS = 'np.savez("weights.npz", *model.get_weights())';
const PICKLE =
  "is a pickle, which could run a program: save the weights with " +
  'safetensors.torch.save_file(model.state_dict(), "model.safetensors"), or print model.state_dict() and paste it.';
const SAVED_MODEL =
  "is a part of a SavedModel of TensorFlow: bring its arrays, " +
  'np.savez("weights.npz", *[v.numpy() for v in tf.saved_model.load(folder).variables]).';
const PACKED = "is packed: unpack it, and bring what is in it.";

/** What a file is that cannot be read, by its first bytes, and what to do instead. @type {[(bytes: Uint8Array) => boolean, string][]} */
const REFUSED = [
  [(bytes) => bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5, PICKLE],
  [
    (bytes) => startsWith(bytes.subarray(4), "TFL3"),
    `is a model of TensorFlow Lite: bring the Keras model that it was made of, or ${ARRAYS}.`,
  ],
  [(bytes) => startsWith(bytes, "\x08\x01\x12"), SAVED_MODEL],
  [
    (bytes) => bytes[0] === 8 && bytes[1] > 1 && bytes[1] < 32 && (bytes[2] & 7) === 2,
    "is a model of ONNX: bring its arrays, " +
      'np.savez("weights.npz", **{a.name: onnx.numpy_helper.to_array(a) for a in onnx.load(file).graph.initializer}).',
  ],
  [
    (bytes) => startsWith(bytes, "GGUF"),
    `is a GGUF file, which holds no recurrent layers: bring ${ARRAYS}.`,
  ],
  ...["\x1f\x8b", "BZh", "\xfd7zXZ", "7z\xbc\xaf", "Rar!"].map(
    /** @returns {[(bytes: Uint8Array) => boolean, string]} */
    (start) => [(bytes) => startsWith(bytes, start), PACKED],
  ),
];
/** The same by its name, where the bytes do not tell. @type {[RegExp, string][]} */
const NAMED = [
  [/\.(?:pkl|pickle|pt|pth|ckpt|joblib)$/i, PICKLE],
  [/\.(?:pb|index|data-\d+-of-\d+)$/i, SAVED_MODEL],
];

/**
 * Read a file of weights, inputs or results.
 * @param {File} file @param {FetchFormat} fetchFormat
 * @returns {Promise<Contents>}
 * @throws {InputError} says what is wrong with it and what to bring instead
 */
export async function readFile(file, fetchFormat) {
  const { name, size } = file;
  if (size > LIMIT)
    throw new InputError(
      `${name} has ${Math.ceil(size / 1e6)} MB, more than ${LIMIT / 1e6} MB: bring the weights of one layer, ` +
        'np.savez("layer.npz", *layer.get_weights()).',
    );
  const bytes = await bytesOf(file);
  if (!bytes.length) throw new InputError(`${name} is empty.`);
  const contents = await contentsOf(bytes, name, fetchFormat);
  if (!contents.arrays.length) throw new InputError(`${name} holds no arrays: bring ${ARRAYS}.`);
  for (const { name: inner, array } of contents.arrays)
    refuseNotFinite(array, inner && inner !== stem(name) ? `${name}: ${inner}` : name);
  return contents;
}

/** @param {File} file */
async function bytesOf(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new InputError(
      `${file.name} cannot be read. Is it a folder, such as a SavedModel? Bring a file: model.save("model.keras").`,
    );
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} file @param {FetchFormat} fetchFormat @returns {Promise<Contents>} */
async function contentsOf(bytes, file, fetchFormat) {
  if (isNpy(bytes)) return only([{ name: stem(file), array: readNpy(bytes, file) }]);
  if (startsWith(bytes, "PK\x03\x04") || startsWith(bytes, "PK\x05\x06"))
    return ofZip(bytes, file, fetchFormat);
  if (startsWith(bytes, "\x89HDF\r\n\x1a\n"))
    return readHdf5(bytes.buffer, await given(fetchFormat, "hdf5", file), file);
  if (isSafetensors(bytes)) return only(readSafetensors(bytes, file));
  const [, why] = REFUSED.find(([is]) => is(bytes)) ?? NAMED.find(([is]) => is.test(file)) ?? [];
  if (why) throw new InputError(`${file} ${why}`);
  return only(ofText(bytes, file));
}

/** A .npz, or a .keras. @param {Uint8Array} bytes @param {string} file @param {FetchFormat} fetchFormat @returns {Promise<Contents>} */
async function ofZip(bytes, file, fetchFormat) {
  const entries = entriesOf(bytes, file);
  const find = (/** @type {string} */ end) => entries.find(({ name }) => name.endsWith(end));
  if (find("data.pkl")) throw new InputError(`${file} ${PICKLE}`);
  if (find("saved_model.pb")) throw new InputError(`${file} ${SAVED_MODEL}`);
  const zip = await given(fetchFormat, "zip", file);
  let left = LIMIT;
  const unpacked = (/** @type {import("./zip.js").Entry} */ entry) => {
    left -= entry.size;
    return unpack(bytes, entry, zip, file, left + entry.size);
  };
  const json = (/** @type {string} */ name) => {
    const entry = entries.find((entry) => entry.name === name);
    return entry && parsed(new TextDecoder().decode(unpacked(entry)), `${file}: ${name}`);
  };

  const weights = entries.filter(({ name }) => name.endsWith(".weights.h5")); // a large model has several
  if (weights.length) {
    const config = json("config.json");
    const { keras_version } = json("metadata.json") ?? {};
    const hdf5 = await given(fetchFormat, "hdf5", file);
    const arrays = weights.flatMap((entry) => readHdf5(unpacked(entry).buffer, hdf5, file).arrays);
    return { arrays, config: config && { ...config, keras_version } };
  }
  const arrays = entries.filter(({ name }) => name.endsWith(".npy"));
  if (!arrays.length)
    throw new InputError(
      `${file} is a zip that holds neither a Keras model nor arrays of NumPy: unpack it, or bring ${ARRAYS}.`,
    );
  return only(
    arrays.map((entry) => ({
      name: stem(entry.name),
      array: readNpy(unpacked(entry), `${file}: ${entry.name}`),
    })),
  );
}

/** @param {Uint8Array} bytes @param {string} file */
function ofText(bytes, file) {
  const text = decoded(bytes);
  if (text === null)
    throw new InputError(
      `${file} is of a kind that is not known here. Bring .npy, .npz, .keras, .h5, .safetensors, or text.`,
    );
  if (/^\s*\{.*"class_name"/s.test(text))
    throw new InputError(
      `${file} holds a model's config without its weights: bring model.save("model.keras").`,
    );
  return readArrays(text);
}

/** @param {Uint8Array} bytes @returns {string | null} their text, if they are one */
function decoded(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** @param {string} text @param {string} what it is called in the sentence */
function parsed(text, what) {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${what} is broken: it is no JSON. Save the model again.`);
  }
}

/** @param {FetchFormat} fetchFormat @param {"zip" | "hdf5"} format @param {string} file */
async function given(fetchFormat, format, file) {
  try {
    return await fetchFormat(format);
  } catch {
    throw new InputError(
      `What reads ${file} could not be fetched: try again when the network is there.`,
    );
  }
}

/** @param {NamedArray[]} arrays @returns {Contents} */
const only = (arrays) => ({ arrays, config: null });

/** A file's name without its ending. @param {string} name */
const stem = (name) => name.replace(/\.[^./]*$/, "");

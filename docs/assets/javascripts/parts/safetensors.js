// .safetensors: the length of a header, the header in JSON, then the numbers.
// https://huggingface.co/docs/safetensors/index#format

import { InputError, sizeOf } from "./arrays.js";
import { decoded, KINDS } from "./npy.js";

/** @typedef {import("./arrays.js").NDArray} NDArray */

/** @type {Record<string, string>} */
const TYPES = {
  F64: "f8",
  F32: "f4",
  F16: "f2",
  BF16: "V2",
  I64: "i8",
  I32: "i4",
  I16: "i2",
  I8: "i1",
  U64: "u8",
  U32: "u4",
  U16: "u2",
  U8: "u1",
  BOOL: "b1",
};

/** Whether bytes begin as a header does: its length, then a brace. @param {Uint8Array} bytes */
export const isSafetensors = (bytes) => bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0;

/** @param {Uint8Array} bytes @param {string} file its name, for sentences @returns {{name: string, array: NDArray}[]} */
export function readSafetensors(bytes, file) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = 8 + Number(view.getBigUint64(0, true));
  if (begins > bytes.length) throw broken(file, "its header goes beyond its end");
  const { __metadata__: _, ...header } = parsed(bytes.subarray(8, begins), file);
  return Object.entries(header).map(([name, entry]) => {
    const { dtype, shape, data_offsets: offsets } = entry ?? {};
    if (typeof dtype !== "string" || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2)
      throw broken(file, `its header does not say where ${name} lies`);
    const kind = KINDS[TYPES[dtype]];
    if (!kind)
      throw new InputError(
        `${file}: ${name} holds numbers of the kind ${dtype}: save it as float32, with ${name}.float().`,
      );
    const [from, to] = offsets;
    if (to - from !== sizeOf(shape) * kind[0] || begins + to > bytes.length)
      throw broken(file, `the numbers of ${name} do not lie where its header says`);
    const numbers = new DataView(bytes.buffer, bytes.byteOffset + begins + from, to - from);
    return { name, array: decoded(numbers, kind, shape, true) };
  });
}

/** @param {Uint8Array} bytes @param {string} file @returns {Record<string, any>} */
function parsed(bytes, file) {
  try {
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (header && typeof header === "object" && !Array.isArray(header)) return header;
  } catch {} // said below
  throw broken(file, "its header is no JSON");
}

/** @param {unknown} list @returns {list is number[]} */
const areSizes = (list) =>
  Array.isArray(list) && list.every((size) => Number.isSafeInteger(size) && size >= 0);

/** @param {string} file @param {string} why */
const broken = (file, why) =>
  new InputError(
    `${file} is broken: ${why}. Save it again with safetensors.torch.save_file(model.state_dict(), file).`,
  );

// What lies in a zip: .npz, .keras. The list at its end says where; fflate, which is given, unpacks.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16

import { InputError } from "./arrays.js";

/** @typedef {{name: string, encrypted: boolean, method: number, check: number, packed: number, size: number, at: number}} Entry */
/** @typedef {{Inflate: typeof import("fflate").Inflate}} Zip what formats-zip.js gives */

const [LOCAL, LISTED, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [STORED, DEFLATED] = [0, 8];
const PIECE = 2 ** 16; // it may grow a thousandfold

/** @param {Uint8Array} bytes @param {string} file its name, for sentences @returns {Entry[]} */
export function entriesOf(bytes, file) {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw broken(file, "its end is missing");
  /** @type {Entry[]} */
  const entries = [];
  try {
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      const number = (/** @type {number} */ by) => view.getUint32(at + by, true);
      const [name, extra, comment] = [28, 30, 32].map((by) => view.getUint16(at + by, true));
      if (number(0) !== LISTED) throw broken(file, "its list of files is damaged");
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        check: number(16),
        packed: number(20),
        size: number(24),
        at: number(42),
      });
      at += 46 + name + extra + comment;
    }
  } catch (error) {
    throw error instanceof InputError ? error : broken(file, "its list of files is damaged");
  }
  return entries;
}

/**
 * One file of a zip.
 * @param {Uint8Array} bytes of the zip @param {Entry} entry @param {Zip} zip
 * @param {string} file the zip's name, for sentences @param {number} limit how many bytes it may have
 */
export function unpack(
  bytes,
  { name, encrypted, method, check, packed, size, at },
  zip,
  file,
  limit,
) {
  if (encrypted) throw new InputError(`${file} is encrypted: unpack it and bring ${name}.`);
  if (size > limit)
    throw new InputError(
      `${file}: ${name} would take ${Math.ceil(size / 1e6)} MB, more than ${limit / 1e6} MB. Bring the weights of one layer.`,
    );
  if (method !== STORED && method !== DEFLATED)
    throw new InputError(
      `${file} is packed in an unusual way (${method}): unpack it and bring ${name}.`,
    );
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL)
    throw broken(file, `${name} does not lie where its list says`);
  const begins = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const stored = bytes.subarray(begins, begins + packed);
  const whole = method === STORED ? stored.slice() : inflated(stored, size, zip);
  if (whole?.length !== size || crc32(whole) !== check) throw broken(file, `${name} is damaged`);
  return whole;
}

/** Stops as soon as there is more than was said. @param {Uint8Array} packed @param {number} size @param {Zip} zip */
function inflated(packed, size, { Inflate }) {
  const whole = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((piece) => {
    whole.set(piece, filled); // throws where it does not fit
    filled += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE)
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  } catch {
    return null;
  }
  return whole; // too little has another checksum
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** The checksum of a zip, which fflate does not look at. @param {Uint8Array} bytes */
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {string} file @param {string} why */
const broken = (file, why) => new InputError(`${file} is broken: ${why}. Save or copy it again.`);

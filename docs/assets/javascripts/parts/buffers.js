// What goes from a worker to the page, or back, without being copied.

/**
 * The buffers of all typed arrays in something, each once.
 * @param {any} thing @param {Set<ArrayBuffer>} [found] @returns {Set<ArrayBuffer>}
 */
export function buffersOf(thing, found = new Set()) {
  if (ArrayBuffer.isView(thing)) found.add(/** @type {ArrayBuffer} */ (thing.buffer));
  else if (thing && typeof thing === "object")
    for (const part of Object.values(thing)) buffersOf(part, found);
  return found;
}

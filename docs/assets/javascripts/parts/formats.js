// Fetches what reads a format, which few readers need.

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/**
 * Fetch the script of a format once, and get what it gives. Not import(), which a browser refuses to what was
 * opened from a disk: the script tells its own element.
 * @param {string} address of formats-zip.js or formats-hdf5.js
 * @returns {Promise<any>}
 */
export function fetchFormat(address) {
  const known = fetched.get(address);
  if (known) return known;
  const element = document.createElement("script");
  element.src = address;
  const given = new Promise((give, fail) => {
    element.addEventListener("format", (event) => give(/** @type {CustomEvent} */ (event).detail));
    element.addEventListener("error", () => {
      fetched.delete(address); // who asks next tries again
      element.remove();
      fail(new Error(`${address} could not be fetched`));
    });
  });
  fetched.set(address, given);
  document.head.append(element);
  return given;
}

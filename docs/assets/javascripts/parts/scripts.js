// Fetches scripts that few readers need, when they are needed.

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/** Give what a script of its own has, to the page or the worker that fetched it. @param {any} detail */
export function tell(detail) {
  const to = globalThis.document?.currentScript ?? globalThis;
  to.dispatchEvent(new CustomEvent("given", { detail }));
}

/**
 * Fetch a script once, and get what it gives. Not import(), which a browser refuses to what was
 * opened from a disk: the script tells its own element.
 * @param {string} address
 * @returns {Promise<any>}
 */
export function fetchScript(address) {
  const known = fetched.get(address);
  if (known) return known;
  const given = globalThis.document ? toPage(address) : toWorker(address);
  fetched.set(address, given);
  given.catch(() => fetched.delete(address)); // who asks next tries again
  return given;
}

/** @param {string} address @returns {Promise<any>} */
function toPage(address) {
  const element = document.createElement("script");
  element.src = address;
  const given = new Promise((give, fail) => {
    element.addEventListener("given", (event) => give(/** @type {CustomEvent} */ (event).detail));
    element.addEventListener("error", () => {
      element.remove();
      fail(new Error(`${address} could not be fetched`));
    });
  });
  document.head.append(element);
  return given;
}

/** @param {string} address @returns {Promise<any>} */
async function toWorker(address) {
  /** @type {any} */
  let given;
  const note = (/** @type {any} */ { detail }) => {
    given = detail;
  };
  addEventListener("given", note, { once: true });
  /** @type {any} */ (globalThis).importScripts(address); // throws where it cannot be fetched
  return given;
}

/**
 * Where a script lies that the script of an explorer or a lab fetches: beside it.
 * @param {string} own name of the one that is there @param {string} name
 */
export function beside(own, name) {
  const script = /** @type {HTMLScriptElement} */ (
    document.querySelector(`script[src$="/${own}"]`)
  );
  return new URL(name, script.src).href;
}

// Keeps what an explorer shows in the page's address, so that a view can be shared.

import { plain } from "./numpy.js";

/** @typedef {import("./presets.js").Setting} Setting */
/** @typedef {{setting: Setting, variant: boolean, t: number, part: number}} State */

export const MOST_STEPS = 12;
const LARGEST = 1000;

/**
 * Read what somebody typed.
 * @param {string} text
 * @returns {number} not a number where it is none between −1000 and 1000
 */
export function read(text) {
  const typed = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed) && Math.abs(Number(typed)) <= LARGEST
    ? Number(typed)
    : Number.NaN;
}

/** @param {string} text in words, what is wrong with it */
export const complaint = (text) =>
  text.trim() === ""
    ? "Empty: write a number."
    : `${text.trim().slice(0, 12)}: write a number from −${LARGEST} to ${LARGEST}.`;

/** @param {State} state @param {State} page what the page starts with */
export function write(state, page) {
  const query = new URLSearchParams();
  const put = (
    /** @type {string} */ name,
    /** @type {unknown} */ now,
    /** @type {unknown} */ before,
  ) => {
    if (String(now) !== String(before)) query.set(name, String(now));
  };
  put("x", state.setting.x.join("_"), page.setting.x.join("_"));
  for (const [name, weight] of Object.entries(state.setting.weights))
    put(plain(name), weight, page.setting.weights[name]);
  put("g", state.setting.activation, page.setting.activation);
  put("variant", state.variant, page.variant);
  if (query.size || state.t !== page.t || state.part !== page.part) {
    query.set("t", String(state.t));
    query.set("part", String(state.part + 1));
  }
  try {
    const question = query.size ? `?${query}#explorer` : location.hash;
    history.replaceState(history.state, "", location.pathname + question);
  } catch {
    // Opened from the file system, a page may not change its address.
  }
}

/**
 * The state in the address. What makes no sense there is left as the page has it.
 * @param {State} page
 * @param {string[]} activations
 * @param {boolean} switches whether the layer can be switched to another
 * @returns {State}
 */
export function restore(page, activations, switches) {
  const query = new URLSearchParams(location.search);
  const state = structuredClone(page);
  const x = query.get("x")?.split("_").map(read) ?? [];
  if (x.length && x.length <= MOST_STEPS && !x.some(Number.isNaN)) state.setting.x = x;
  for (const name of Object.keys(state.setting.weights)) {
    const weight = read(query.get(plain(name)) ?? "");
    if (!Number.isNaN(weight)) state.setting.weights[name] = weight;
  }
  const activation = query.get("g") ?? "";
  if (activations.includes(activation)) state.setting.activation = activation;
  const variant = query.get("variant") ?? query.get("otherwise"); // in addresses of old
  state.variant = switches && variant === "true";
  const step = read(query.get("t") ?? "");
  if (Number.isInteger(step) && step >= 0) state.t = step;
  const part = read(query.get("part") ?? "");
  if (Number.isInteger(part) && part >= 1) state.part = part - 1;
  return state;
}

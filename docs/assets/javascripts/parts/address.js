// Keeps what an explorer shows in the page's address, so that a view can be shared.

import { remember } from "./lab.js";
import { plain } from "./numpy.js";

/** @typedef {import("./presets.js").Setting} Setting */
/** @typedef {{setting: Setting, variant: boolean, t: number, part: number}} State */

export const MOST_STEPS = 12;

/**
 * Read what somebody typed, such as 0,5 or 1.45e−05.
 * @param {string} text
 * @returns {number} not a number where it is none, or larger than float64 holds
 */
export function read(text) {
  const typed = text.trim().replaceAll("−", "-").replace(",", ".");
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(typed);
  return isNumber && Number.isFinite(Number(typed)) ? Number(typed) : Number.NaN;
}

/** @param {string} text in words, what is wrong with it */
export const complaint = (text) =>
  text.trim() === ""
    ? "Empty: write a number."
    : `${text.trim().slice(0, 12)}: write a number, such as 0.5 or 1.45e−5, below 1.8e308.`;

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
  for (const [name, number] of Object.entries(state.setting.before))
    put(`${name}_before`, number, page.setting.before[name]);
  put("g", state.setting.activation, page.setting.activation);
  put("gates", state.setting.gates, page.setting.gates);
  put("variant", state.variant, page.variant);
  if (query.size || state.t !== page.t || state.part !== page.part) {
    query.set("t", String(state.t));
    query.set("part", String(state.part + 1));
  }
  remember(query, "explorer");
}

/**
 * The state in the address. What makes no sense there is left as the page has it.
 * @param {State} page
 * @param {string[]} activations
 * @param {boolean} gated whether the layer has gates
 * @param {boolean} switches whether the layer can be switched to another
 * @returns {State}
 */
export function restore(page, activations, gated, switches) {
  const query = new URLSearchParams(location.search);
  const state = structuredClone(page);
  const x = query.get("x")?.split("_").map(read) ?? [];
  if (x.length && x.length <= MOST_STEPS && !x.some(Number.isNaN)) state.setting.x = x;
  for (const name of Object.keys(state.setting.weights)) {
    const weight = read(query.get(plain(name)) ?? "");
    if (!Number.isNaN(weight)) state.setting.weights[name] = weight;
  }
  for (const name of Object.keys(state.setting.before)) {
    const number = read(query.get(`${name}_before`) ?? "");
    if (!Number.isNaN(number)) state.setting.before[name] = number;
  }
  const activation = query.get("g") ?? "";
  if (activations.includes(activation)) state.setting.activation = activation;
  const gates = query.get("gates") ?? "";
  if (gated && activations.includes(gates)) state.setting.gates = gates;
  const variant = query.get("variant") ?? query.get("otherwise"); // in addresses of old
  state.variant = switches && variant === "true";
  const step = read(query.get("t") ?? "");
  if (Number.isInteger(step) && step >= 0) state.t = step;
  const part = read(query.get("part") ?? "");
  if (Number.isInteger(part) && part >= 1) state.part = part - 1;
  return state;
}

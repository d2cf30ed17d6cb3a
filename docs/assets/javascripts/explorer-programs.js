// What an explorer copies as NumPy. Fetched by parts/formats.js when a reader wants it.

import { oneUnit } from "./parts/one-unit.js";
import { program } from "./parts/programs.js";

/** @typedef {import("./parts/presets.js").Setting} Setting */

const detail = {
  /** @param {string} cell @param {Setting} setting @param {number} digits */
  program: (cell, setting, digits) => program(oneUnit(cell, setting, digits), "numpy"),
};
document.currentScript?.dispatchEvent(new CustomEvent("format", { detail }));

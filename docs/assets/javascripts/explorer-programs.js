// What an explorer copies as NumPy. Fetched by parts/scripts.js when a reader wants it.

import { byLines } from "./parts/by-lines.js";
import { isKeras, oneUnit } from "./parts/one-unit.js";
import { program } from "./parts/programs.js";
import { tell } from "./parts/scripts.js";

/** @typedef {import("./parts/presets.js").Setting} Setting */

const detail = {
  /** @param {string} cell @param {Setting} setting @param {number} digits */
  program: (cell, setting, digits) =>
    isKeras(cell)
      ? program(oneUnit(cell, setting, digits), "numpy")
      : byLines(cell, setting, digits),
};
tell(detail);

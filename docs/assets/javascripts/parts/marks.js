// Which numbers of an explorer stand out: those in question, and those which they are made of.

import { names } from "./cells.js";

/** @typedef {import("./cells.js").Equation} Equation */
/** @typedef {import("./cells.js").Numbers} Numbers */
/** @typedef {{name: string, t: number}} Place */
/** What drawing, table and controls show: all steps, the present one, and what is picked. */
/** @typedef {{steps: Numbers[], lines: Equation[], weights: Numbers, t: number, part: number, picked: Place | null, calls: import("./cells.js").Calls, before: Numbers, asPrinted: boolean}} View */

/** @param {Element} element @param {View} view @param {string} name @param {number} t */
export function mark(element, view, name, t) {
  element.classList.toggle("explorer-now", isNow(view, name, t));
  element.classList.toggle("explorer-made", isSource(view, name, t));
}

/** @param {View} view @param {string} name @param {number} t */
function isNow({ picked, lines, part, ...view }, name, t) {
  if (picked) return picked.name === name && picked.t === t;
  return t === view.t && lines.some((line) => line.name === name && line.part === part);
}

/** @param {View} view @param {string} name @param {number} t */
function isSource({ picked, lines }, name, t) {
  const line = picked && lines.find((line) => line.name === picked.name);
  if (!line) return false;
  const made = names(line.tree);
  return picked.t === t ? made.includes(name) : picked.t === t + 1 && made.includes(`${name}₋`);
}

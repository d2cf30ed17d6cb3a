// The numbers of an explorer's drawing, and the frame around the present step.
//
// In the drawing, data-q="f 0" marks the number f of the first step that is drawn, data-q="f -1" the
// one before it, and data-q="t 0" the index of that step. A drawing of three steps shows three of a
// longer sequence, so that the present one is among them.

import { mark } from "./marks.js";
import { brief, exact, given, rounded } from "./notation.js";

/** @typedef {import("./marks.js").View} View */

const SIZE = 12; // of a number that fills its room; a longer one is smaller

export class Drawing {
  /** @param {SVGElement} svg @param {number} first the step that a drawing of one step shows */
  constructor(svg, first) {
    const numbers = /** @type {SVGElement[]} */ ([...svg.querySelectorAll("[data-q]")]);
    this.numbers = numbers.map((element) => {
      element.querySelector("title")?.remove(); // it says that the number is the recorded one
      const [name, column] = element.getAttribute("data-q")?.split(" ") ?? [];
      const decimals = element.textContent?.split(".")[1]?.length;
      const digits = decimals ?? Number(element.getAttribute("data-digits") ?? 4);
      const tie = element.getAttribute("data-v");
      return { element, name, column: Number(column), digits, tie, room: roomOf(element, name) };
    });
    this.columns = 1 + Math.max(...this.numbers.map(({ column }) => column));
    this.first = this.columns === 1 ? first : 0;
    this.frame = /** @type {SVGElement | null} */ (svg.querySelector(".explorer-frame"));
  }

  /** The step in the first column. @param {View} view */
  from({ t, steps }) {
    return this.columns === 1 ? t : Math.max(0, Math.min(t - 1, steps.length - this.columns));
  }

  /** @param {View} view */
  show(view) {
    const from = this.from(view);
    for (const { element, name, column, digits, tie, room } of this.numbers) {
      const text = written(view, name, from + column, digits, room);
      if (element.textContent !== text) {
        element.textContent = text;
        element.style.fontSize = text.length > room ? `${(SIZE * room) / text.length}px` : "";
      }
      if (tie && view.asPrinted && from === this.first) element.setAttribute("data-v", tie);
      else element.removeAttribute("data-v");
      if (name !== "t") mark(element, view, name, from + column);
    }
    if (this.frame) {
      const pitch = Number(this.frame.getAttribute("data-pitch"));
      this.frame.style.transform = `translateX(${(view.t - from) * pitch}px)`;
    }
  }

  /** The number under a click. @param {Element} element @param {View} view */
  at(element, view) {
    const found = this.numbers.find((number) => number.element === element.closest("[data-q]"));
    if (!found) return null;
    const { name } = found;
    const t = this.from(view) + found.column;
    return view.steps[t]?.[name] === undefined ? null : { name, t };
  }
}

/** How many characters there is room for: least in a circle, and little at a weight or an input. @param {Element} element @param {string} name */
function roomOf(element, name) {
  const isChosen = !element.hasAttribute("data-v") || /^(x|[WUb])/.test(name);
  const least = element.hasAttribute("data-digits") ? 3.5 : isChosen ? 4 : 7;
  return Math.max(least, element.textContent?.length ?? 0);
}

/**
 * A number at its place, in three digits where it would be too long.
 * @param {View} view @param {string} name @param {number} t @param {number} digits @param {number} room
 */
function written({ steps, weights, before }, name, t, digits, room) {
  if (name === "t") return exact(t);
  const isGiven = name in weights || name === "x" || t < 0;
  const value = weights[name] ?? (t < 0 ? before[name] : steps[t]?.[name]);
  if (value === undefined) return "–"; // after the last step, or not computed
  const text = isGiven ? given(value) : rounded(value, digits);
  return text.length > room ? brief(value) : text;
}

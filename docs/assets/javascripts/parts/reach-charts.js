// The two figures of the laboratory of long sequences, drawn anew in the places that snippets/recording/drawing.py gave them.

import { put } from "./lab.js";

/** @typedef {[number, number]} Point */
/** @typedef {import("./reach.js").Answer} Answer */

const [LEFT, BOTTOM, TOP, RIGHT] = [46, 254, 24, 272]; // of the first figure
const LEVELS = 5; // spaces between its lines
const LOWEST = -14;
const HIGHEST = 1;
const LINE = 16; // between two labels
const OWN = { stroke: "currentColor", "stroke-linejoin": "round" };
const UPRIGHT = { "stroke-width": 1.2, "stroke-dasharray": "5 3" };
const SVG = "http://www.w3.org/2000/svg";

/** @param {number} place */
const place = (place) => Math.round(10 * place) / 10;

/** @param {Point[]} points */
const path = (points) => `M${points.map(([x, y]) => `${place(x)},${place(y)}`).join(" ")}`;

/** @param {number} power of ten @returns {string} */
const signed = (power) => String(power).replace("-", "−");

/** @param {Element} svg @param {string} name @param {Record<string, string | number>} attributes */
function added(svg, name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  svg.append(element);
  return element;
}

/** The points of a path, as they are drawn. @param {Element} element @returns {Point[]} */
const drawn = (element) =>
  (element.getAttribute("d") ?? "")
    .slice(1)
    .split(" ")
    .map((pair) => /** @type {Point} */ (pair.split(",").map(Number)));

/** The text that says how far an axis goes. @param {Element} svg @param {number} last */
const noteOf = (svg, last) =>
  /** @type {Element} */ (
    [...svg.querySelectorAll(".note")].find(({ textContent }) => textContent === String(last))
  );

/** The norms of six layers, which stay, and those of the reader's before them. */
export class Ladder {
  /** @param {Element} svg @param {number} last step back that it shows */
  constructor(svg, last) {
    this.svg = svg;
    /** @param {Point} point what it means: steps back, log10 */
    const meant = ([x, y]) =>
      /** @type {Point} */ ([
        1 + ((x - LEFT) / (RIGHT - LEFT)) * (last - 1),
        HIGHEST - ((y - TOP) / (BOTTOM - TOP)) * (HIGHEST - LOWEST),
      ]);
    this.curves = [...svg.querySelectorAll(".curve, .range")].map((element) => {
      const points = drawn(element);
      element.setAttribute("opacity", "0.55");
      return { element, points: points.map(meant), bar: element.matches(".range") };
    });
    this.keys = [...svg.querySelectorAll(".key")];
    this.lines = [...svg.querySelectorAll(".grid")];
    this.labels = this.lines.map((line) => /** @type {Element} */ (line.nextElementSibling));
    this.last = last;
    this.end = noteOf(svg, last);
    const own = added(svg, "g", OWN);
    this.window = added(own, "path", UPRIGHT);
    this.limit = added(own, "path", { "stroke-width": 1.2, "stroke-dasharray": "1.5 2.5" });
    this.lengths = added(own, "path", { "stroke-width": 1.6, "stroke-dasharray": "4 2" });
    this.cut = added(own, "path", { "stroke-width": 5, opacity: 0.3 });
    this.norms = added(own, "path", { "stroke-width": 3.4 });
    this.low = this.high = this.wide = Number.NaN;
  }

  /** @param {Answer} answer @param {number} window @param {number} limit */
  show({ lengths }, window, limit) {
    const { low, high, wide } = this;
    const clip = Math.log10(limit);
    const [x] = this.at(window, low);
    this.window.setAttribute("d", path([this.at(window, low), [x, TOP - 8]]));
    const shown = clip <= high && clip >= low;
    this.limit.setAttribute("d", shown ? path([this.at(1, clip), this.at(wide, clip)]) : "M0,0");
    const above = lengths.map((log) => Math.max(log, clip));
    this.cut.setAttribute("d", lengths.some((log) => log > clip) ? this.curve(above) : "M0,0");
  }

  /** @param {Answer} answer */
  draw({ norms, lengths }) {
    const most = Math.max(...norms, ...lengths, HIGHEST);
    const least = Math.min(...norms, LOWEST + 1);
    const high = HIGHEST + LEVELS * Math.ceil((most - HIGHEST) / LEVELS);
    const low = LOWEST - LEVELS * Math.ceil(Math.max(0, LOWEST - least) / LEVELS);
    const wide = Math.max(this.last, norms.length);
    const same = low === this.low && high === this.high && wide === this.wide;
    [this.low, this.high, this.wide] = [low, high, wide];
    if (!same) this.scale();
    this.norms.setAttribute("d", this.curve(norms));
    this.lengths.setAttribute("d", this.curve(lengths));
  }

  /** @param {number} k @param {number} log @returns {Point} */
  at(k, log) {
    const { low, high, wide } = this;
    return [
      LEFT + ((k - 1) / (wide - 1)) * (RIGHT - LEFT),
      BOTTOM - ((Math.max(log, low) - low) / (high - low)) * (BOTTOM - TOP),
    ];
  }

  /** @param {Float64Array} logs of 1, 2, … steps back */
  curve(logs) {
    return path(Array.from(logs, (log, k) => this.at(k + 1, log)));
  }

  /** Draw what stays in another scale. */
  scale() {
    const { low, high, wide } = this;
    const step = (high - low) / LEVELS;
    for (const [k, line] of this.lines.entries()) {
      const power = high - k * step;
      const [, y] = this.at(1, power);
      line.setAttribute("d", `M${LEFT},${place(y)} ${RIGHT},${place(y)}`);
      this.labels[k].setAttribute("y", String(place(y + 4)));
      this.labels[k].innerHTML = power
        ? `10<tspan class="sub" dy="-5">${signed(power)}</tspan>`
        : "1";
    }
    for (const { element, points } of this.curves)
      element.setAttribute("d", path(points.map((point) => this.at(...point))));
    put(this.end, String(wide));
    const ends = this.curves
      .filter(({ bar }) => !bar)
      .map(({ points }, k) => ({
        key: this.keys[k],
        y: this.at(...points[points.length - 1])[1] + 4,
      }))
      .sort((a, b) => a.y - b.y);
    let last = 0;
    for (const end of ends) last = end.y = Math.max(end.y, last + LINE);
    const over = Math.max(0, last - BOTTOM);
    for (const { key, y } of ends) key.setAttribute("y", String(place(y - over)));
  }
}

/** Two cosines, from −1 to 1, against the steps back. */
export class Cosines {
  /** @param {Element} svg @param {number} last step back that it shows */
  constructor(svg, last) {
    this.curves = [1, 2].map((k) => /** @type {Element} */ (svg.querySelector(`.curve-${k}`)));
    this.end = noteOf(svg, last);
    this.window = added(added(svg, "g", OWN), "path", UPRIGHT);
  }

  /** @param {Answer} answer */
  draw({ turned, kept }) {
    for (const [k, cosines] of [turned, kept].entries())
      this.curves[k].setAttribute(
        "d",
        path(Array.from(cosines, (cosine, back) => point(back + 1, cosine, turned.length))),
      );
    put(this.end, String(turned.length));
  }

  /** @param {Answer} answer @param {number} window */
  show({ turned: { length } }, window) {
    this.window.setAttribute("d", path([point(window, -1, length), point(window, 1.12, length)]));
  }
}

/** @param {number} k @param {number} cosine @param {number} last @returns {Point} */
const point = (k, cosine, last) => [46 + ((k - 1) / (last - 1)) * 302, 92 - 68 * cosine];

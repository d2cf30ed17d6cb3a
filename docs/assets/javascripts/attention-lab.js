// <attention-lab>: a trained network reads a string and writes it again, and shows where each step looks.
//
// The element wraps what the page shows anyway: the heat map of the weights, and the sum of one step. What computes is
// fetched when the reader uses the lab: attention-reader.js.

import { changed, define, later, mark, put, remember, renew, slide } from "./parts/lab.js";
import { LateLab } from "./parts/late-lab.js";
import { rounded } from "./parts/notation.js";
import { fault, SYMBOLS, spelled } from "./parts/reber.js";
import { largest } from "./parts/vectors.js";

/** @typedef {import("./parts/attention.js").Seen} Seen */
/** @typedef {Seen & {map: string}} Known what was computed, and drawn */
/** @typedef {{look: typeof import("./parts/attention.js").look}} Reader */
/** @typedef {{string: string, step: number, unit: number, reads: string}} State */

/** @type {State} */
const FIRST = { string: "BTSXXVPSE", step: 4, unit: 0, reads: "right" };
const UNITS = 8;
/** The drawing, as snippets/recording/drawing.py makes heat maps. */
const MAP = { width: 360, left: 46, top: 22, pitch: 32, widest: 52, number: 27 };

/** The state that a query asks for. What makes no sense in it is as at first. @param {string} query @returns {State} */
function asked(query) {
  const found = new URLSearchParams(query);
  const state = { ...FIRST };
  const text = spelled(found.get("string") ?? "");
  if (!fault(text)) state.string = text;
  for (const name of /** @type {const} */ (["step", "unit"])) {
    const number = found.get(name) ?? "";
    if (/^\d{1,2}$/.test(number)) state[name] = Number(number);
  }
  if (found.get("reads") === "own") state.reads = "own";
  return within(state);
}

/** A step and a unit that there are. @param {State} state */
const within = (state) => ({
  ...state,
  step: Math.min(state.step, state.string.length - 1),
  unit: Math.min(state.unit, UNITS - 1),
});

/** @extends {LateLab<Reader>} */
class Lab extends LateLab {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "attention-lab.js", "attention-reader.js");
    this.state = asked(location.search);
    this.map = this.find("figure svg");
    const table = root.querySelector("table");
    this.body = /** @type {HTMLTableSectionElement} */ (table?.tBodies[0]);
    // What the page itself shows, for a reader who comes back to it: its numbers are tied.
    this.first = [this.map, this.body, this.find(".lab-told")].map(({ innerHTML }) => innerHTML);
    /** @type {Map<string, Known>} for who changes there and back */
    this.known = new Map();
    this.frame();
    this.listen();
    this.find(".lab-panel").removeAttribute("inert");
    if (this.query().size) this.show();
  }

  // Showing -------------------------------------------------------------------------------------

  /** @param {Partial<State>} change */
  set(change) {
    this.state = within({ ...this.state, ...change });
    return this.show();
  }

  async show() {
    later(this.root, () => this.showFields());
    remember(this.query(), this.root.id);
    if (!this.query().size) return this.write(this.first);
    const reader = await this.fetched();
    if (!reader || !this.query().size) return; // or taken back meanwhile
    const seen = this.seen(reader);
    return this.write([seen.map, this.sum(seen), this.told(seen)]);
  }

  /** What is told at once, then fields, the map and the sum. @param {string[]} parts in HTML */
  write([map, body, told]) {
    renew(this.find(".lab-told"), told);
    return later(
      this.root,
      () => this.showFields(),
      () => {
        renew(this.map, map);
        const box = `0 0 ${MAP.width} ${MAP.top + MAP.pitch * this.state.string.length}`;
        mark(this.map, "viewBox", box);
        this.frame();
      },
      () => renew(this.body, body),
    );
  }

  /** @param {Reader} reader */
  compute(reader) {
    return this.seen(reader);
  }

  /** @param {Reader} reader */
  seen({ look }) {
    const { string, reads } = this.state;
    const key = `${string} ${reads}`;
    let known = this.known.get(key);
    if (!known) {
      const own = string === FIRST.string && reads === FIRST.reads; // then the page's map is right, and tied
      const seen = look(string, reads === "right");
      known = { ...seen, map: own ? this.first[0] : this.drawn(seen) };
    }
    if (this.known.size > 20) this.known.clear();
    this.known.set(key, known);
    return known;
  }

  showFields() {
    const { string, step, unit, reads } = this.state;
    const input = this.field("string");
    // What is wrong there stays, and what was said of it.
    if (input.ariaInvalid !== "true" && spelled(input.value) !== string) input.value = string;
    const slider = this.field("step");
    slide(slider, step, string.length - 1);
    put(this.find(".lab-steps b"), String(step));
    this.field("unit").value = String(unit);
    this.field("reads").value = reads;
  }

  /** How wide a column is. */
  side() {
    const room = MAP.width - MAP.left - 4;
    return Math.min(MAP.widest, Math.floor(room / this.state.string.length));
  }

  /** The heat map. Where columns are too narrow for numbers it has none. @param {Seen} seen */
  drawn({ steps }) {
    const { string } = this.state;
    const side = this.side();
    const [title, desc] = ["title", "desc"].map((name) => this.map.querySelector(name)?.outerHTML);
    const above = Array.from(
      string,
      (symbol, t) =>
        `<text class="note" x="${MAP.left + side * (t + 0.5)}" y="14">${symbol}</text>`,
    );
    const rows = steps.map(({ alpha }, k) => {
      const y = MAP.top + MAP.pitch * k;
      const cells = alpha.map((weight, t) => {
        const x = MAP.left + side * t;
        const fill = (0.55 * Math.min(1, weight)).toFixed(2);
        const number = `<text class="num" x="${x + side / 2 - 1}" y="${y + 20}">${rounded(weight, 2)}</text>`;
        return `<rect class="cell" x="${x}" y="${y}" width="${side - 2}" height="30" fill-opacity="${fill}"/>${side > MAP.number ? number : ""}`;
      });
      return `<text class="row" x="${MAP.left - 8}" y="${y + 20}" text-anchor="end">${k} ${string[k]}</text>${cells.join("")}`;
    });
    return `${title}${desc}${above.join("")}${rows.join("")}`;
  }

  /** Frame the row of the step. A frame that is there is moved, which costs a fifth of another one. */
  frame() {
    if (!this.map.querySelector(".lab-row"))
      this.map.insertAdjacentHTML(
        "beforeend",
        `<rect class="lab-row" x="${MAP.left - 2}" height="${MAP.pitch}"/>`,
      );
    const frame = /** @type {Element} */ (this.map.querySelector(".lab-row"));
    frame.setAttribute("y", String(MAP.top + MAP.pitch * this.state.step - 1));
    frame.setAttribute("width", String(this.side() * this.state.string.length + 2));
  }

  /** The sum that a unit of the context is. @param {Seen} seen */
  sum({ h, steps }) {
    const { string, step, unit } = this.state;
    const { e, alpha } = steps[step];
    const products = alpha.map((weight, t) => weight * h[t][unit]);
    const rows = Array.from(string, (symbol, t) => [
      `${t} ${symbol}`,
      rounded(e[t], 2),
      rounded(alpha[t], 4),
      rounded(h[t][unit], 4),
      rounded(products[t], 4),
    ]);
    const total = products.reduce((a, b) => a + b);
    rows.push(["sum", "", "1", "", rounded(total, 4)]);
    return rows.map((row) => `<tr><td>${row.join("</td><td>")}</td></tr>`).join("");
  }

  /** @param {Seen} seen */
  told({ steps }) {
    const { string, step } = this.state;
    const { alpha, p } = steps[step];
    const [place, best] = [largest(alpha), largest(p)];
    const own = place === step ? "its own place" : `place ${place}`;
    const wrong = SYMBOLS[best] === string[step] ? "" : `, but ${string[step]} was read there`;
    return `Step ${step} writes ${SYMBOLS[best]}, with ${rounded(p[best], 3)}${wrong}. Its largest weight, ${rounded(alpha[place], 4)}, lies on ${own}, ${string[place]}.`;
  }

  // What a reader does --------------------------------------------------------------------------

  /** What differs from the first state. */
  query() {
    return changed(this.state, FIRST);
  }

  /** For links in the prose. @param {number} _ @param {string} [query] */
  go(_, query = "") {
    this.complain("");
    this.state = asked(query);
    return this.show();
  }

  /** @param {string} what a button does */
  act(what) {
    const { step } = this.state;
    if (what === "reset") return this.go(0);
    return this.set({ step: Math.max(0, what === "on" ? step + 1 : step - 1) });
  }

  /** @param {string} name @returns {HTMLInputElement & HTMLSelectElement} */
  field(name) {
    return this.find(`#lab-${name}`);
  }

  /** @param {string} text empty if nothing is wrong */
  complain(text) {
    put(this.find(".lab-fault"), text);
    mark(this.field("string"), "aria-invalid", String(Boolean(text)));
  }

  /** The row that is pointed at. @param {MouseEvent} event */
  point({ clientY }) {
    const { top, height } = this.map.getBoundingClientRect();
    const rows = this.state.string.length;
    const y = ((clientY - top) / height) * (MAP.top + MAP.pitch * rows) - MAP.top;
    const step = Math.floor(y / MAP.pitch);
    if (step >= 0 && step < rows && step !== this.state.step) this.set({ step });
  }

  listen() {
    const input = this.field("string");
    input.addEventListener("input", () => {
      const text = spelled(input.value);
      this.complain(fault(text));
      if (!fault(text)) this.set({ string: text });
    });
    const slider = this.field("step");
    slider.addEventListener("input", () => this.set({ step: Number(slider.value) }));
    const [unit, reads] = [this.field("unit"), this.field("reads")];
    unit.addEventListener("change", () => this.set({ unit: Number(unit.value) }));
    reads.addEventListener("change", () => this.set({ reads: reads.value }));
    for (const button of this.root.querySelectorAll("button"))
      button.addEventListener("click", () => this.act(button.dataset.do ?? ""));
    this.map.addEventListener("click", (event) => this.point(event));
    this.map.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") this.point(event);
    });
    this.fetchSoon();
  }
}

define("attention-lab", Lab);

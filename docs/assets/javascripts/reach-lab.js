// <reach-lab>: the figure of norms of the page on long sequences, with a layer of the reader's before it.
//
// The element wraps two figures of data, the controls of overrides/partials/reach.html, and a table with a row for some
// steps back. Without this script all of it but the controls stays as it is.

import { read } from "./parts/address.js";
import { complain } from "./parts/complaint.js";
import { changed, define, enable, later, mark, put, remember, renew, settle } from "./parts/lab.js";
import { reach } from "./parts/reach.js";
import { Cosines, Ladder } from "./parts/reach-charts.js";

/** @typedef {import("./parts/reach.js").Setting & {window: number, limit: number}} State */
/** @typedef {"seed" | "scale" | "bias" | "T" | "window" | "limit"} NumberName */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** @type {State} what the page shows */
const FIRST = {
  kind: "LSTM",
  noise: false,
  seed: 0,
  scale: 1,
  bias: 1,
  T: 61,
  window: 20,
  limit: 1,
};
/** From where to where. @type {Record<NumberName, [number, number]>} */
const RANGES = {
  seed: [0, 9999],
  scale: [0.1, 3],
  bias: [-3, 8],
  T: [6, 81],
  window: [1, 81],
  limit: [0.000001, 1000000],
};
const WHOLE = ["seed", "T", "window"];
/** What the bias is called; one of this name alone keeps nothing. */
const GATE = { SimpleRNN: "bias", GRU: "update bias", LSTM: "forget bias" };
const USUAL = { SimpleRNN: 0, GRU: 0, LSTM: 1 }; // biases, as Keras has them
/** What links in the prose set. @type {Record<string, Partial<State>>} */
const SETTINGS = {
  open: { bias: 5 },
  turned: { kind: "SimpleRNN", bias: 0 },
  large: { kind: "SimpleRNN", bias: 0, scale: 2 },
};

/** @param {number} value @param {number} digits */
const written = (value, digits) => {
  const text = value.toFixed(digits);
  return (/[1-9]/.test(text) ? text : text.replace("-", "")).replace("-", "−");
};
/** @param {number} log */
const power = (log) => `10<sup>${Number.isFinite(log) ? written(log, 2) : "−∞"}</sup>`;

class Lab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.state = restored();
    const [norms, cosines] = root.querySelectorAll("figure > svg");
    this.ladder = new Ladder(norms, FIRST.T);
    this.cosines = new Cosines(cosines, FIRST.T);
    this.controls = /** @type {Control[]} */ ([...root.querySelectorAll("[data-of]")]);
    this.cells = [.../** @type {HTMLTableElement} */ (root.querySelector("table")).tBodies[0].rows]
      .map(({ cells: [head, ...cells] }) => ({ k: Number(head.textContent), cells }))
      .map(({ k, cells }) => ({ k, shown: cells.map(inside) }));
    const told = this.find(".explorer-equations");
    told.replaceChildren(...[1, 2, 3].map(() => document.createElement("p")));
    this.lines = [...told.children];
    this.reached = reach(this.state);
    /** The answers that its parts show. @type {Record<string, object>} */
    this.shown = {};
    for (const control of this.controls) {
      control.addEventListener("input", () => this.typed(control));
      control.addEventListener("change", () => this.settled());
    }
    this.find(".reach-draw").addEventListener("click", () =>
      this.choose({ seed: (this.state.seed + 1) % (RANGES.seed[1] + 1) }),
    );
    this.find(".explorer-reset").addEventListener("click", () => this.choose(FIRST));
    this.show();
    settle(root);
    this.find(".explorer-panel").inert = false;
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  /** The window, which is no longer than the way. */
  get window() {
    return Math.min(this.state.window, this.state.T);
  }

  /** For links in the prose. @param {number} _ @param {string} name */
  go(_, name) {
    this.choose({ ...FIRST, ...SETTINGS[name] });
  }

  /** @param {Partial<State>} change */
  choose(change) {
    this.set(change);
    this.settled();
  }

  /** @param {Partial<State>} change */
  set(change) {
    Object.assign(this.state, change);
    const only = Object.keys(change);
    const anew = only.some((name) => name !== "window" && name !== "limit");
    if (anew) this.reached = reach(this.state);
    this.show();
  }

  /** A change is made: tell it, and keep it in the address. */
  settled() {
    later(this.root, ...this.parts(), () => {
      this.showCurves();
      // Read aloud, a raised number is no power by itself.
      const said = this.find(".explorer-equations").innerHTML;
      this.find(".explorer-status").innerHTML = said.replaceAll("<sup>", "<sup> to the power ");
    });
    const usual = { ...FIRST, bias: USUAL[this.state.kind] };
    remember(changed(this.state, usual), this.root.id);
  }

  // Fields --------------------------------------------------------------------------------------

  /** @param {Control} control */
  typed(control) {
    const of = control.dataset.of ?? "";
    if (of === "kind") {
      const kind = /** @type {State["kind"]} */ (control.value);
      return this.set({ kind, bias: USUAL[kind] });
    }
    if (of === "noise") return this.set({ noise: control.value === "true" });
    const name = /** @type {NumberName} */ (of);
    const slid = control.type === "range";
    const value = slid && name === "limit" ? raised(Number(control.value)) : read(control.value);
    const fault = slid ? "" : wrong(name, value, name === "window" ? this.state.T : undefined);
    complain(control, fault);
    if (!fault) this.set({ [name]: value });
  }

  showFields() {
    const { state } = this;
    const bias = GATE[state.kind];
    for (const control of this.controls) {
      const of = /** @type {keyof State} */ (control.dataset.of);
      if (of === "bias") {
        enable(control, bias !== "bias");
        if (control.type === "range") mark(control, "aria-label", bias);
        const name = control.closest(".explorer-field")?.querySelector("span");
        if (name) put(name, bias);
      }
      if (of === "window" && control instanceof HTMLInputElement && control.type === "range")
        mark(control, "max", String(state.T));
      if (control === document.activeElement && control.type === "text") continue; // being typed in
      let value = String(state[of]);
      if (control.type === "text") value = text(of === "window" ? this.window : state[of]);
      else if (of === "limit") value = String(Math.log10(state.limit));
      if (control.value !== value) control.value = value;
      complain(control, "");
      if (control.type === "range" && of === "limit")
        mark(control, "aria-valuetext", text(state.limit));
    }
  }

  // Showing -------------------------------------------------------------------------------------

  /** The norm at the first step at once, or the window and the limit, which touch neither curves nor table; then the rest. */
  show() {
    if (this.shown.curves === this.reached) this.showWindow();
    else this.sayNorm();
    later(this.root, ...this.parts());
  }

  parts() {
    return [
      () => this.showFields(),
      () => this.showCurves(),
      () => this.showCosines(),
      () => this.fill(),
    ];
  }

  /** Whether a part shows another answer than this one. It does from now on. @param {string} part */
  isStale(part) {
    const before = this.shown[part];
    this.shown[part] = this.reached;
    return before !== this.reached;
  }

  showCurves() {
    if (this.isStale("curves")) this.ladder.draw(this.reached.all());
    this.showWindow();
  }

  showCosines() {
    if (this.isStale("cosines")) this.cosines.draw(this.reached.all());
    this.cosines.show(this.reached.all(), this.window);
  }

  showWindow() {
    this.ladder.show(this.reached.all(), this.window, this.state.limit);
    this.sayWindow();
  }

  /** Write the table. */
  fill() {
    if (!this.isStale("table")) return;
    const { state } = this;
    const answer = this.reached.all();
    const { window: _, limit: __, ...layer } = FIRST;
    const asPrinted = JSON.stringify({ ...state, ...layer }) === JSON.stringify(state);
    for (const { k, shown } of this.cells)
      for (const [column, { element, tie }] of shown.entries()) {
        const values = [answer.norms, answer.turned, answer.lengths, answer.kept][column];
        put(element, k > state.T ? "–" : written(values[k - 1], 2));
        mark(element, "data-v", asPrinted ? tie : null);
      }
  }

  sayNorm() {
    const far = power(this.reached.norm);
    const html = `A gradient of length 1 leaves step ${this.state.T}. At step 0 its length is at most <b>${far}</b>.`;
    renew(this.lines[0], html);
  }

  sayWindow() {
    const { limit } = this.state;
    const { lengths, kept } = this.reached.all();
    const { window } = this;
    const length = 10 ** lengths[window - 1];
    const share = limit / length;
    renew(
      this.lines[1],
      `The last ${window} steps give a gradient of <i>U</i> of length ${power(lengths[window - 1])}. Its cosine to that of all steps is <b>${written(kept[window - 1], 3)}</b>.`,
    );
    const part = share < 1 ? `<b>${text(Number(share.toPrecision(2)))}</b>` : "all";
    renew(this.lines[2], `Clipped at ${text(limit)} it keeps ${part} of its length.`);
  }
}

/** A number in a field. @param {unknown} value */
const text = (value) => String(value).replace("-", "−");

/** A limit from its power of ten. @param {number} log */
const raised = (log) => Number((10 ** log).toPrecision(3));

/** What is wrong with a number, if anything. @param {NumberName} name @param {number} value @param {number} [most] */
function wrong(name, value, most = RANGES[name][1]) {
  const [low] = RANGES[name];
  const whole = WHOLE.includes(name);
  const good = value >= low && value <= most && (!whole || Number.isInteger(value));
  return good ? "" : `Write a ${whole ? "whole " : ""}number from ${text(low)} to ${text(most)}.`;
}

/** The setting in the address. What makes no sense there is left as the page has it. */
function restored() {
  const query = new URLSearchParams(location.search);
  const state = { ...FIRST };
  const kind = query.get("kind") ?? "";
  if (Object.hasOwn(GATE, kind)) {
    state.kind = /** @type {State["kind"]} */ (kind);
    state.bias = USUAL[state.kind];
  }
  state.noise = query.get("noise") === "true";
  for (const name of /** @type {NumberName[]} */ (Object.keys(RANGES))) {
    const value = read(query.get(name) ?? "");
    if (!wrong(name, value)) state[name] = value;
  }
  return state;
}

/** The number of a cell, and what it is tied to. @param {HTMLTableCellElement} cell */
function inside(cell) {
  const element = cell.querySelector("span") ?? cell;
  element.removeAttribute("title"); // it says that the number is the recorded one
  return { element, tie: element.getAttribute("data-v") };
}

define("reach-lab", Lab);

// <cell-explorer cell="lstm" step="2">: a page's own drawing and table, with live numbers.
//
// The element wraps what the page shows anyway: a drawing whose numbers say which they are
// (parts/drawing.js), the controls of overrides/partials/explorer.html, and a table with a row a
// quantity and a column a step. Without this script all of it stays as it is.

import { restore, write } from "./parts/address.js";
import { CELLS, equations, FUNCTIONS, run, states } from "./parts/cells.js";
import { copyText } from "./parts/clipboard.js";
import { Drawing } from "./parts/drawing.js";
import { Fields } from "./parts/fields.js";
import { given, inNumbers, left, right, rounded } from "./parts/notation.js";
import { BEFORE, GATED, PRESETS, VARIANTS } from "./parts/presets.js";
import { beside, fetchScript } from "./parts/scripts.js";
import { Table } from "./parts/table.js";

/** @typedef {keyof typeof CELLS} Layer */
/** @typedef {import("./parts/marks.js").Place} Place */
/** @typedef {import("./parts/address.js").State} State */

class Explorer {
  /** @param {HTMLElement} root */
  constructor(root) {
    const layer = /** @type {Layer} */ (root.getAttribute("cell"));
    const first = Number(root.getAttribute("step") ?? 0);
    this.root = root;
    this.layer = layer;
    this.digits = Number(root.getAttribute("digits") ?? 4);
    /** @type {State} what the page itself shows */
    this.page = { setting: this.preset(), variant: false, t: first, part: 0 };
    this.state = restore(
      this.page,
      Object.keys(FUNCTIONS),
      GATED.includes(layer),
      Object.hasOwn(VARIANTS, layer),
    );
    /** @type {Place | null} */
    this.picked = null;
    const lines = equations(layer);
    const calls = callsOf(this.page.setting);
    this.drawing = new Drawing(/** @type {SVGElement} */ (this.find("figure svg")), first);
    this.table = new Table(this.find("table"), { lines, calls }, this.digits);
    this.fields = new Fields(
      this.find(".explorer-fields"),
      { steps: true, gated: GATED.includes(layer), variant: VARIANTS[layer] },
      () => this.state,
      (change) => this.set(change),
    );
    this.settle();
    this.view = this.look();
    this.listen();
    this.show();
    this.find(".explorer-panel").inert = false;
  }

  /** @template {Element} [E=HTMLElement] @param {string} selector @returns {E} */
  find(selector) {
    return /** @type {E} */ (this.root.querySelector(selector));
  }

  /** The layer that is computed, with its switch turned or not. */
  get cell() {
    return /** @type {Layer} */ (this.state.variant ? VARIANTS[this.layer].cell : this.layer);
  }

  /**
   * Take over a change of numbers or place, and show it.
   * @param {Partial<State>} change
   * @param {Place | null} picked the number in question, if it is one
   */
  set(change, picked = null) {
    Object.assign(this.state, change);
    this.settle();
    this.picked = picked;
    this.show();
    write(this.state, this.page);
  }

  /** Keep the present step and part within what there is. */
  settle() {
    const { state } = this;
    state.t = Math.min(state.t, state.setting.x.length - 1);
    state.part = Math.min(state.part, CELLS[this.cell].length - 1);
  }

  /** All that follows from the state. */
  look() {
    const { state, page } = this;
    const { x, weights, before } = state.setting;
    const calls = callsOf(state.setting);
    const lines = equations(this.cell);
    const same = JSON.stringify([state.setting, state.variant]);
    return {
      lines,
      weights,
      calls,
      before,
      steps: run(lines, weights, x, calls, before),
      t: state.t,
      part: state.part,
      picked: this.picked,
      asPrinted: same === JSON.stringify([page.setting, page.variant]),
    };
  }

  show() {
    this.view = this.look();
    this.drawing.show(this.view);
    this.table.show(this.view);
    this.showWhere();
    this.showEquations();
    this.showChoice();
    if (this.find(".explorer-change").hasAttribute("open")) this.fields.show();
  }

  showWhere() {
    const { t, part } = this.state;
    const titles = CELLS[this.cell].map(([title]) => title);
    const where = `part ${part + 1} of ${titles.length}: ${titles[part]}`;
    this.find(".explorer-step").textContent = `t = ${t}`;
    this.find(".explorer-part").textContent = where;
    this.find(".explorer-status").textContent = `Step ${t}, ${where}`;
    // Not disabled, which would take the focus away from under the reader's fingers.
    for (const button of this.moves())
      button.ariaDisabled = String(!this.target(button.dataset.move ?? ""));
  }

  showEquations() {
    const { lines, steps, calls, before, picked, t: present, part } = this.view;
    const t = picked?.t ?? present;
    const shown = lines.filter((line) => (picked ? line.name === picked.name : line.part === part));
    const look = (/** @type {string} */ name) => {
      if (name in this.state.setting.weights) return given(this.state.setting.weights[name]);
      const state = name.endsWith("₋") && name.slice(0, -1);
      if (state && !t) return given(before[state]);
      if (state) return rounded(steps[t - 1][state], this.digits);
      return name === "x" ? given(steps[t].x) : rounded(steps[t][name], this.digits);
    };
    const written = shown.map(({ name, tree }) => {
      const [letter, side] = [left(name, t, lines, calls), right(tree, t, lines, calls)];
      const numbers = inNumbers(tree, look, calls);
      return `<p>${letter === side ? side : `${letter} = ${side}`}
        <span>= ${numbers} = <b>${rounded(steps[t][name], this.digits)}</b></span></p>`;
    });
    if (picked?.name === "x")
      written.push(
        `<p>${left("x", t, lines, calls)} = ${given(steps[t].x)} <span>an input</span></p>`,
      );
    this.find(".explorer-equations").innerHTML = written.join("");
  }

  // Moving about --------------------------------------------------------------------------------

  /** @returns {HTMLButtonElement[]} */
  moves() {
    return [...this.root.querySelectorAll("button")].filter((button) => button.dataset.move);
  }

  /** Where a move leads, or null at the end. @param {string} move such as "part on" */
  target(move) {
    const { t, part, setting } = this.state;
    const [what, way] = move.split(" ");
    const by = way === "on" ? 1 : -1;
    const count = CELLS[this.cell].length;
    const at = what === "step" ? (t + by) * count + part : t * count + part + by;
    const inside = at >= 0 && at < setting.x.length * count;
    return inside ? { t: Math.floor(at / count), part: at % count } : null;
  }

  /** @param {string} move */
  move(move) {
    const target = this.target(move);
    if (target) this.set(target);
  }

  /** @param {Place | null} place a number; its step and part become the present ones */
  pick(place) {
    if (!place) return;
    const line = this.view.lines.find(({ name }) => name === place.name);
    const again = this.picked?.name === place.name && this.picked.t === place.t;
    this.set({ t: place.t, part: line?.part ?? this.state.part }, again ? null : place);
  }

  /** For links in the prose. @param {number} step @param {string} [name] the number to pick */
  go(step, name) {
    const t = Math.min(step, this.state.setting.x.length - 1);
    if (name) this.pick({ name, t });
    else this.set({ t, part: 0 });
  }

  /** Ready-made numbers: those of the page, with what differs from them. @param {string} [name] */
  preset(name = "") {
    const { page, others } = PRESETS[this.layer];
    const { x, weights, activation } = { ...page, ...others[name] };
    const zeros = states(equations(this.layer)).map((state) => [state, 0]);
    const before = { ...Object.fromEntries(zeros), ...BEFORE[this.layer] };
    const all = { ...page.weights, ...weights };
    return structuredClone({ x, weights: all, activation, gates: "σ", before });
  }

  /** @param {string} name of ready-made numbers */
  choose(name) {
    const t = name in PRESETS[this.layer].others ? 0 : this.page.t;
    this.set({ setting: this.preset(name), variant: false, t, part: 0 });
  }

  /** Let the list name the numbers that are shown. */
  showChoice() {
    const list = /** @type {HTMLSelectElement} */ (this.find(".explorer-presets"));
    const now = JSON.stringify(this.state.setting);
    const at = [...list.options].findIndex(({ text }) => JSON.stringify(this.preset(text)) === now);
    list.selectedIndex = at < 0 ? list.length - 1 : at; // the last is "your own"
  }

  async copy() {
    const button = this.find(".explorer-copy");
    const { program } = await fetchScript(beside("explorer.js", "explorer-programs.js"));
    const text = program(this.cell, this.state.setting, this.digits);
    if (!(await copyText(text))) return this.showProgram(text);
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy as NumPy";
    }, 2000);
  }

  /** Where the clipboard is not to be had: the reader copies it. @param {string} text */
  showProgram(text) {
    const shown = this.find(".explorer-program") ?? document.createElement("textarea");
    const area = /** @type {HTMLTextAreaElement} */ (shown);
    area.className = "explorer-program";
    area.readOnly = true;
    area.ariaLabel = "The program";
    area.value = text;
    this.find(".explorer-tools").after(area);
    area.select();
  }

  // Listening -----------------------------------------------------------------------------------

  listen() {
    for (const button of this.moves())
      button.addEventListener("click", () => this.move(button.dataset.move ?? ""));
    this.root.addEventListener("click", ({ target }) => {
      const element = /** @type {Element} */ (target);
      this.pick(this.table.at(element) ?? this.drawing.at(element, this.view));
    });
    this.find("table").addEventListener("keydown", (event) => {
      const place = event.key === "Enter" || event.key === " " ? this.table.at(event.target) : null;
      if (place) event.preventDefault();
      this.pick(place);
    });
    this.find(".explorer-panel").addEventListener("keydown", (event) => this.key(event));
    this.find(".explorer-change").addEventListener("toggle", () => this.fields.show());
    const presets = /** @type {HTMLSelectElement} */ (this.find(".explorer-presets"));
    const own = new Option("your own");
    own.disabled = true;
    presets.append(...Object.keys(PRESETS[this.layer].others).map((name) => new Option(name)), own);
    presets.addEventListener("change", () => this.choose(presets.value));
    this.find(".explorer-reset").addEventListener("click", () => this.choose(""));
    this.find(".explorer-copy").addEventListener("click", () => this.copy());
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (/** @type {Element} */ (event.target).closest("input, select")) return;
    const move = {
      ArrowRight: "step on",
      ArrowLeft: "step back",
      ArrowDown: "part on",
      ArrowUp: "part back",
    }[event.key];
    if (!move) return;
    event.preventDefault();
    this.move(move);
  }
}

/** What the lines call. @param {import("./parts/presets.js").Setting} setting */
const callsOf = ({ activation, gates }) => ({ g: activation, σ: gates });

customElements.define(
  "cell-explorer",
  class extends HTMLElement {
    /** @type {Explorer | undefined} */
    explorer;

    connectedCallback() {
      this.explorer ??= new Explorer(this);
    }
  },
);

// <sampling-lab>: a trained network writes strings, and the automaton judges them.
//
// The element wraps what the page shows anyway: the drawing of the automaton, the probabilities of the first
// step, and what became of 1000 strings for some settings. What computes is fetched when the reader uses the
// lab: sampling-writer.js. A string follows from the setting, the seed and its number, so each view has an address.

import { read } from "./parts/address.js";
import { changed, define, enable, later, mark, put, remember, renew } from "./parts/lab.js";
import { LateLab } from "./parts/late-lab.js";
import { rounded } from "./parts/notation.js";
import { accepts, GRAMMAR, SYMBOLS, walk } from "./parts/reber.js";
import { wilson } from "./parts/wilson.js";

/** @typedef {import("./parts/writer.js").Step} Step @typedef {import("./parts/writer.js").Count} Count */
/** @typedef {import("./parts/sampling.js").Setting} Setting */
/** What a reader sees: string and step count from 1. @typedef {Setting & {string: number, step: number}} State */
/** @typedef {Pick<typeof import("./parts/writer.js"), "many" | "string">} Writer */
/** @typedef {"tau" | "k" | "p" | "seed"} Name of a field */

/** @type {State} */
const FIRST = { tau: 2, draw: "sample", k: 2, p: 0.8, seed: 1, string: 1, step: 1 };
const STRINGS = 1000;
const SLICE = 10; // milliseconds, behind which a pause is made
/** @type {Setting["draw"][]} */
const WAYS = ["sample", "argmax", "top-k", "top-p"];
/** From, to, and by how much an arrow key changes it. @type {Record<Name, [number, number, number]>} */
const BOUNDS = { tau: [0.01, 100, 0.1], k: [1, 7, 1], p: [0.01, 1, 0.05], seed: [0, 999999, 1] };
const NAMES = /** @type {Name[]} */ (Object.keys(BOUNDS));

/** @param {number} number @param {Name} name whether a field may hold it */
function fits(number, name) {
  const [from, to, by] = BOUNDS[name];
  return number >= from && number <= to && (by < 1 || Number.isInteger(number));
}

/** A setting as the table of counts names it. @param {Setting} setting */
function words({ tau, draw, k, p, seed }) {
  const way = {
    sample: "",
    argmax: "",
    "top-k": `, top-k, k = ${k}`,
    "top-p": `, top-p, p = ${p}`,
  };
  const drawn = draw === "argmax" ? "argmax" : `τ = ${tau}${way[draw]}`;
  return seed === FIRST.seed ? drawn : `${drawn}, seed ${seed}`;
}

/** The state that a query asks for. What makes no sense in it is as at first. @param {string} query */
function asked(query) {
  const found = new URLSearchParams(query);
  const state = { ...FIRST };
  for (const name of NAMES) {
    const number = read(found.get(name) ?? "");
    if (fits(number, name)) state[name] = number;
  }
  state.draw = WAYS.find((way) => way === found.get("draw")) ?? FIRST.draw;
  for (const name of /** @type {const} */ (["string", "step"])) {
    const number = read(found.get(name) ?? "");
    if (Number.isInteger(number) && number >= 1 && number <= STRINGS) state[name] = number;
  }
  return state;
}

/** @returns {Promise<void>} when the page has done what waited meanwhile */
const pause = () => new Promise((go) => setTimeout(go));

/** @extends {LateLab<Writer>} */
class Lab extends LateLab {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "sampling-lab.js", "sampling-writer.js");
    this.state = asked(location.search);
    const [steps, counts] = root.querySelectorAll("tbody");
    this.rows = [...steps.rows];
    this.counts = counts;
    /** @type {Map<string, Step[]>} */
    this.known = new Map();
    this.atFirst = this.shownAtFirst();
    this.counting = Promise.resolve();
    for (const row of this.rows)
      this.bars(
        row,
        [2, 3].map((cell) => row.cells[cell].textContent),
      );
    for (const row of counts.rows) this.band(row);
    this.showAutomaton("BT");
    this.rows[1].classList.add("lab-now");
    this.listen();
    for (const panel of root.querySelectorAll(".lab-panel")) panel.removeAttribute("inert");
    if (this.query().size) this.show();
  }

  /** What the page itself shows, for a reader who comes back to it: its numbers are tied. */
  shownAtFirst() {
    const told = [...this.find(".lab-told").childNodes];
    return {
      told,
      cells: this.rows.map((row) => [1, 2, 3].map((k) => [...row.cells[k].childNodes])),
    };
  }

  // Showing -------------------------------------------------------------------------------------

  /** @param {Partial<State>} change */
  set(change) {
    Object.assign(this.state, change);
    return this.show();
  }

  /** The steps of the present string. @param {Writer} writer @param {number} [number] of another */
  steps(writer, number = this.state.string) {
    const { tau, draw, k, p, seed } = this.state;
    const key = [tau, draw, k, p, seed, number].join();
    const known = this.known.get(key) ?? writer.string(this.state, number - 1);
    if (this.known.size > 50) this.known.clear();
    this.known.set(key, known);
    return known;
  }

  /** @param {Writer} writer */
  compute(writer) {
    return this.steps(writer);
  }

  /** The string at once, then fields and probabilities. */
  async show() {
    later(this.root, () => this.showFields());
    this.remember();
    const writer = await this.fetched();
    if (!writer) return;
    const { state } = this;
    const steps = this.steps(writer);
    state.step = Math.min(state.step, steps.length);
    this.remember();
    const step = steps[state.step - 1];
    const text = steps.slice(0, state.step).reduce((all, { drawn }) => all + drawn, SYMBOLS[0]);
    const whole = state.step === steps.length;
    this.showString(text, whole);
    this.showAutomaton(text);
    await later(
      this.root,
      () => this.showFields(),
      () => this.showSteps(step, text),
      () => this.tell(step, text, whole),
    );
  }

  showFields() {
    const { state } = this;
    const slider = /** @type {HTMLInputElement} */ (this.find("#lab-slider"));
    for (const name of NAMES) {
      const input = this.field(name);
      const text = String(state[name]);
      if (input.ariaInvalid === "true") continue; // what is wrong there stays, and what was said of it
      if (input !== document.activeElement || read(input.value) !== state[name]) input.value = text;
      mark(input, "aria-valuenow", text);
    }
    enable(this.field("k"), state.draw === "top-k");
    enable(this.field("p"), state.draw === "top-p");
    for (const field of [this.field("tau"), slider]) enable(field, state.draw !== "argmax");
    /** @type {HTMLSelectElement} */ (this.find("#lab-draw")).value = state.draw;
    if (slider !== document.activeElement) slider.value = String(state.tau);
  }

  /** @param {string} text as far as it is written @param {boolean} whole */
  showString(text, whole) {
    const right = walk(text).length - 1; // symbols that are legal
    renew(this.find(".lab-written"), `${text.slice(0, right)}<u>${text.slice(right)}</u>`);
    put(this.find(".lab-number"), `string ${this.state.string}`);
    const verdict = accepts(text) ? "legal" : right < text.length ? "not legal" : "cut off";
    put(this.find(".lab-verdict"), whole || right < text.length ? verdict : "");
  }

  /** @param {Step} step @param {string} text */
  showSteps({ p, q, drawn }, text) {
    const before = text.slice(0, -1);
    const nodes = walk(before);
    const ways = nodes.length > before.length ? GRAMMAR[nodes[before.length]] : {};
    const isFirst = this.isFirst();
    for (const [k, row] of this.rows.entries()) {
      const [, legal, all, from] = row.cells;
      if (isFirst) {
        for (const [at, cell] of [legal, all, from].entries())
          cell.replaceChildren(...this.atFirst.cells[k][at]);
      } else {
        put(legal, SYMBOLS[k] in ways ? "yes" : "no");
        put(all, rounded(p[k], 4));
        put(from, q[k] ? rounded(q[k], 4) : "cut off");
      }
      this.bars(row, [p[k], q[k]]);
      row.classList.toggle("lab-now", SYMBOLS[k] === drawn);
    }
  }

  /** @param {HTMLTableRowElement} row @param {(number | string | null)[]} parts */
  bars(row, parts) {
    for (const [at, part] of parts.entries())
      row.cells[at + 2].style.setProperty("--part", String(part));
  }

  /** Say what happens at the step. @param {Step} step @param {string} text @param {boolean} whole */
  tell({ read: last, q, lot, drawn }, text, whole) {
    const told = this.find(".lab-told");
    if (this.isFirst()) {
      told.replaceChildren(...this.atFirst.told);
      return;
    }
    const k = SYMBOLS.indexOf(drawn);
    const from = q.slice(0, k).reduce((sum, part) => sum + part, 0);
    const chosen =
      q[k] === 1
        ? `Only ${drawn} is left to draw.`
        : `The lot ${rounded(lot, 4)} falls on ${drawn}, whose part reaches from ${rounded(from, 4)} to ${rounded(from + q[k], 4)}.`;
    const nodes = walk(text);
    const right = nodes.length - 1;
    const at =
      right < text.length - 1 ? "" : `, the automaton is at node ${nodes[text.length - 1]}`;
    put(told, `${last} was read${at}. ${chosen} ${this.judged(text, nodes, whole)}`);
  }

  /** @param {string} text @param {number[]} nodes @param {boolean} whole */
  judged(text, nodes, whole) {
    const right = nodes.length - 1;
    const symbol = text[text.length - 1];
    if (accepts(text)) return `${symbol} is legal and leads to the end: the string is legal.`;
    if (right === text.length - 1)
      return `${symbol} is not legal: the automaton stops. The network is not told, and ${whole ? "is done" : "writes on"}.`;
    if (right < text.length)
      return `The automaton has stopped at node ${nodes[right]}, with ${text[right]}: the string is not legal.`;
    if (whole) return `After ${text.length} symbols the string is cut off.`;
    return `${symbol} is legal and leads to node ${nodes[right]}.`;
  }

  /** Light the node from which the last symbol was drawn, and the way that it took. @param {string} text */
  showAutomaton(text) {
    const nodes = walk(text);
    const legal = nodes.length > text.length;
    const node = nodes[legal ? text.length - 1 : nodes.length - 1];
    const drawn = text[text.length - 1];
    for (const one of this.root.querySelectorAll("[data-node], [data-way]")) {
      const { node: here, way } = /** @type {any} */ (one).dataset;
      one.classList.toggle("lab-now", here === String(node));
      one.classList.toggle("lab-way", legal && way === `${node}${drawn}`);
    }
    this.find("figure").classList.toggle("lab-stopped", !legal);
  }

  /** Whether the reader sees what the page shows at first. */
  isFirst() {
    return !this.query().size;
  }

  // The address ---------------------------------------------------------------------------------

  /** What differs from the first state. */
  query() {
    return changed(this.state, FIRST);
  }

  remember() {
    remember(this.query(), this.root.id);
  }

  // What a reader does --------------------------------------------------------------------------

  /** For links in the prose and in the table. @param {number} _ @param {string} [query] */
  go(_, query = "") {
    for (const name of NAMES) this.complain(name, "");
    return this.set(asked(query));
  }

  /** @param {string} what a button does */
  async act(what) {
    const { state } = this;
    if (what === "reset") return this.reset();
    if (what === "many") return this.count();
    const writer = await this.fetched();
    if (!writer) return;
    const { length } = this.steps(writer);
    const next = (state.string % STRINGS) + 1;
    if (what === "back" && state.step > 1) this.set({ step: state.step - 1 });
    else if (what === "back" && state.string > 1)
      this.set({ string: state.string - 1, step: this.steps(writer, state.string - 1).length });
    if (what === "step")
      this.set(state.step < length ? { step: state.step + 1 } : { string: next, step: 1 });
    if (what === "string")
      this.set(state.step < length ? { step: length } : { string: next, step: STRINGS });
  }

  reset() {
    for (const row of this.root.querySelectorAll(".lab-own")) row.remove();
    for (const name of ["status", "live"]) this.find(`.lab-${name}`).textContent = "";
    return this.go(0);
  }

  /** @param {Name} name @returns {HTMLInputElement} */
  field(name) {
    return this.find(`#lab-${name}`);
  }

  /** @param {Name} name @param {string} fault empty if there is none */
  complain(name, fault) {
    put(this.find(`#lab-${name}-fault`), fault);
    mark(this.field(name), "aria-invalid", String(Boolean(fault)));
  }

  /** Take over what is typed, or say at the field why not. @param {Name} name */
  typed(name) {
    const number = read(this.field(name).value);
    const [from, to, by] = BOUNDS[name];
    const fault = `Write a ${by < 1 ? "" : "whole "}number from ${from} to ${to}.`;
    this.complain(name, fits(number, name) ? "" : fault);
    if (fits(number, name)) this.set({ [name]: number });
  }

  listen() {
    for (const name of NAMES) {
      const input = this.field(name);
      input.addEventListener("input", () => this.typed(name));
      input.addEventListener("keydown", (event) => {
        const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!way) return;
        event.preventDefault();
        this.complain(name, "");
        const [from, to, by] = BOUNDS[name];
        const number = Number((this.state[name] + way * by).toFixed(2));
        this.set({ [name]: Math.min(to, Math.max(from, number)) });
      });
    }
    const slider = /** @type {HTMLInputElement} */ (this.find("#lab-slider"));
    slider.addEventListener("input", () => this.set({ tau: Number(slider.value) }));
    const list = /** @type {HTMLSelectElement} */ (this.find("#lab-draw"));
    list.addEventListener("change", () =>
      this.set({ draw: WAYS.find((way) => way === list.value) ?? FIRST.draw }),
    );
    this.fetchSoon();
    for (const button of this.root.querySelectorAll("button"))
      button.addEventListener("click", () => this.act(button.dataset.do ?? ""));
  }

  // 1000 strings --------------------------------------------------------------------------------

  count() {
    const setting = { ...this.state };
    this.counting = this.counting.then(() => this.counted(setting));
    return this.counting;
  }

  /** Write 1000 strings in slices, and count the legal ones. @param {Setting} setting */
  async counted(setting) {
    const row = this.rowOf(words(setting));
    const [status, live] = [this.find(".lab-status"), this.find(".lab-live")];
    const writer = await this.fetched(".lab-status");
    if (!writer) return;
    const writing = writer.many(setting, STRINGS);
    let next = writing.next();
    while (!next.done) {
      const until = performance.now() + SLICE;
      while (!next.done && performance.now() < until) next = writing.next();
      // A row of the page keeps what it shows: nothing else can come out.
      if (row.matches(".lab-own")) this.fill(row, next.value);
      live.textContent = `${next.value.legal} of ${next.value.written} are legal`;
      await pause();
    }
    this.fill(row, next.value);
    status.textContent = `${words(setting)}: ${next.value.legal} of ${STRINGS} strings are legal.`;
  }

  /** The row of a setting: one that is there, or a new one at the top. @param {string} name */
  rowOf(name) {
    const rows = [...this.counts.rows];
    const there = rows.find((row) => row.cells[0].textContent === name);
    if (there) return there;
    const row = /** @type {HTMLTableRowElement} */ (rows[0].cloneNode());
    row.className = "lab-own";
    row.append(...Array.from({ length: 4 }, () => document.createElement("td")));
    row.cells[0].textContent = name;
    this.counts.prepend(row);
    return row;
  }

  /** @param {HTMLTableRowElement} row @param {Count} count */
  fill(row, { written, legal, different, kinds }) {
    const whole = written === STRINGS;
    const [low, high] = wilson(legal, written || 1).map((share) => rounded(100 * share, 1));
    const texts = [
      String(legal),
      whole && kinds === 1 ? "no chance in it" : `${low} to ${high}`,
      String(different),
    ];
    for (const [k, text] of texts.entries()) {
      const cell = row.cells[k + 1];
      if (cell.textContent !== text) cell.textContent = text; // tied numbers stay if they are the same
    }
    this.band(row);
  }

  /** Draw the interval as a band. @param {HTMLTableRowElement} row */
  band(row) {
    const [low, high] = (row.cells[2].textContent ?? "").match(/[\d.]+/g) ?? ["0", "0"];
    row.cells[2].style.setProperty("--low", `${low}%`);
    row.cells[2].style.setProperty("--high", `${high}%`);
  }
}

define("sampling-lab", Lab);

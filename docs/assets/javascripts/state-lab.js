// <state-lab>: a trained network reads two strings, and a reader changes the state of one.
//
// The element wraps what the page shows anyway: the ways of two strings through the plane of PCA, what is seen after
// one step, and the state after each. What computes is fetched when the reader uses the lab: state-reader.js.

import { changed, define, enable, later, mark, put, remember, renew, slide } from "./parts/lab.js";
import { LateLab } from "./parts/late-lab.js";
import { rounded } from "./parts/notation.js";
import { fault, GRAMMAR, SYMBOLS, spelled, walk } from "./parts/reber.js";
import { largest } from "./parts/vectors.js";

/** @typedef {import("./parts/reader.js").Step} Step */
/** @typedef {{read: typeof import("./parts/reader.js").read}} Reader */
/** @typedef {{a: string, b: string, step: number, off: string, held: string, take: string, at: number}} State */

/** @type {State} */
const FIRST = { a: "BTXXVVE", b: "BTSSXSE", step: 2, off: "", held: "mean", take: "none", at: 2 };
const UNITS = "01234567";
const ENDED = "–"; // where a string is over, or an automaton has stopped

/** The drawn plane: its place, and the numbers at its edges (snippets/what_the_state_remembers/lab.py). */
const PLANE = { left: 46, right: 348, bottom: 290, low: [-2, -2], high: [2.4, 2] };
const UNIT = (PLANE.right - PLANE.left) / (PLANE.high[0] - PLANE.low[0]);

/** @param {number[]} point its place in the drawing; what lies outside is at the edge */
function placed(point) {
  const [x, y] = point.map((one, k) => Math.min(PLANE.high[k], Math.max(PLANE.low[k], one)));
  const tenth = (/** @type {number} */ place) => Number(place.toFixed(1));
  return [
    tenth(PLANE.left + UNIT * (x - PLANE.low[0])),
    tenth(PLANE.bottom - UNIT * (y - PLANE.low[1])),
  ];
}

/** The state that a query asks for. What makes no sense in it is as at first. @param {string} query */
function asked(query) {
  const found = new URLSearchParams(query);
  const state = { ...FIRST };
  for (const name of /** @type {const} */ (["a", "b"])) {
    const text = spelled(found.get(name) ?? "");
    if (!fault(text)) state[name] = text;
  }
  for (const name of /** @type {const} */ (["step", "at"])) {
    const text = found.get(name) ?? "";
    if (/^\d{1,2}$/.test(text)) state[name] = Number(text);
  }
  state.off = [...UNITS].filter((unit) => found.get("off")?.includes(unit)).join("");
  if (found.get("held") === "zero") state.held = "zero";
  const take = found.get("take") ?? "";
  if (take === "all" || (take.length === 1 && UNITS.includes(take))) state.take = take;
  return within(state);
}

/** Steps that there are. @param {State} state */
function within(state) {
  const [a, b] = [state.a.length - 1, state.b.length - 1];
  return { ...state, step: Math.min(state.step, a), at: Math.min(state.at, a, b) };
}

/** What may follow at a node. @param {number} node */
const following = (node) => Object.keys(GRAMMAR[node]).join(", ");

/** @param {HTMLElement} cell @param {string} part of it */
function fill(cell, part) {
  if (cell.style.getPropertyValue("--part") !== part) cell.style.setProperty("--part", part);
}

/** @type {Step[]} no way before */
const NONE = [];

/** @extends {LateLab<Reader>} */
class Lab extends LateLab {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "state-lab.js", "state-reader.js");
    this.state = asked(location.search);
    const [seen, heat] = root.querySelectorAll("table");
    this.seen = seen;
    this.heat = heat;
    // What the page itself shows, for a reader who comes back to it: its numbers are tied.
    this.told = [...this.find(".lab-told").childNodes];
    this.colourHeat();
    this.colourSeen();
    this.rows = [seen, heat]
      .flatMap((table) => [...table.rows])
      .map((row) => ({ row, cells: [...row.cells] }));
    this.inside = new Map(
      this.rows.flatMap(({ cells }) => cells.map((cell) => [cell, [...cell.childNodes]])),
    );
    /** @type {Map<string, Step[]>} for who changes there and back */
    this.known = new Map();
    this.mark();
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

  /** The ways at once, then fields and tables. */
  async show() {
    later(this.root, () => this.showFields());
    this.remember();
    const reader = await this.fetched();
    if (!reader) return;
    const [own, now, other] = this.compute(reader);
    this.showWays(own, now, other);
    const isFirst = !this.query().size;
    await later(
      this.root,
      () => this.showFields(),
      () => (isFirst ? this.restore() : this.showSeen([own, now, other])),
      () => this.colourSeen(),
      () => isFirst || this.showHeat(now),
      () => this.colourHeat(),
      () => this.mark(),
      () => isFirst || this.tell(own, now),
    );
  }

  /** What is read of A, of A changed, of B; anew only what is another. @param {Reader} reader */
  compute({ read }) {
    const { a, b, off, held, take, at } = this.state;
    const own = this.once(a, () => read(a));
    const other = this.once(b, () => read(b));
    if (!this.isChanged()) return [own, own, other];
    const all = [...UNITS].map(Number);
    const change = {
      off: [...off].map(Number),
      held: /** @type {"mean" | "zero"} */ (held),
      take: take === "all" ? all : take === "none" ? [] : [Number(take)],
      at,
    };
    const key = JSON.stringify([a, b, change]);
    return [own, this.once(key, () => read(a, change, other)), other];
  }

  /** @param {string} key @param {() => Step[]} made */
  once(key, made) {
    const way = this.known.get(key) ?? made();
    if (this.known.size > 50) this.known.clear();
    this.known.set(key, way);
    return way;
  }

  isChanged() {
    return this.state.off !== "" || this.state.take !== "none";
  }

  /** Put back what the page itself shows: it is the same, and tied. */
  restore() {
    for (const { row, cells } of this.rows)
      if (row.cells.length !== cells.length || !cells.every((cell, k) => cell === row.cells[k]))
        row.replaceChildren(...cells);
    for (const [cell, nodes] of this.inside)
      if (cell.firstChild !== nodes[0]) cell.replaceChildren(...nodes);
    this.find(".lab-told").replaceChildren(...this.told);
  }

  showFields() {
    const { a, b, step, off, held, take, at } = this.state;
    for (const [name, text] of [
      ["a", a],
      ["b", b],
    ]) {
      const input = this.field(name);
      if (input.ariaInvalid === "true") continue; // what is wrong there stays, and what was said of it
      if (spelled(input.value) !== text) input.value = text;
    }
    const slider = this.field("step");
    slide(slider, step, a.length - 1);
    put(this.find(".lab-steps b"), String(step));
    const steps = Array.from({ length: Math.min(a.length, b.length) }, (_, t) => String(t));
    const list = this.field("at");
    if (list.options.length !== steps.length)
      list.replaceChildren(...steps.map((t) => new Option(t, t)));
    list.value = String(at);
    enable(list, take !== "none");
    this.field("take").value = take;
    this.field("held").value = held;
    enable(this.field("held"), off !== "");
    for (const box of this.boxes()) box.checked = off.includes(box.dataset.unit ?? "");
  }

  /** @param {Step[][]} ways of A, of A changed, of B */
  showSeen(ways) {
    const { a, b, step } = this.state;
    const texts = ways.map((way, k) => {
      const text = k === 2 ? b : a;
      const seen = way[step];
      if (!seen) return Array(this.seen.rows.length).fill(ENDED);
      const node = walk(text)[step + 1];
      const next = node === undefined ? ENDED : `${node}: ${following(node) || "the end"}`;
      return [
        next,
        ...seen.plane.map((one) => rounded(one, 2)),
        ...seen.p.map((one) => rounded(one, 3)),
        ...seen.probes.map((one) => rounded(one, 2)),
      ];
    });
    put(this.seen.rows[0].cells[0], `after step ${step}`);
    for (const [k, row] of [...this.seen.rows].slice(1).entries())
      for (const [column, column_texts] of texts.entries())
        put(row.cells[column + 1], column_texts[k]);
  }

  /** @param {Step[]} way */
  showHeat(way) {
    const { a } = this.state;
    const nodes = walk(a);
    for (const [k, row] of [...this.heat.rows].entries()) {
      while (row.cells.length > a.length + 1) row.lastElementChild?.remove();
      while (row.cells.length < a.length + 1) row.append(document.createElement(k ? "td" : "th"));
      for (const [t, { h }] of way.entries())
        put(row.cells[t + 1], k ? rounded(h[k - 1], 2) : `${a[t]} ${nodes[t + 1] ?? ENDED}`);
    }
  }

  /** Draw the ways of both strings, and under that of a changed A what it was. @param {Step[]} own @param {Step[]} now @param {Step[]} other */
  showWays(own, now, other) {
    const { a, b } = this.state;
    this.draw(".lab-b", b, other, NONE);
    this.draw(".lab-a", a, now, this.isChanged() ? own : NONE);
  }

  /** @param {string} selector @param {string} text @param {Step[]} way @param {Step[]} before */
  draw(selector, text, way, before) {
    const { step } = this.state;
    /** @param {string} kind @param {Step[]} steps */
    const line = (kind, steps) => {
      const points = steps.map(({ plane }) => placed(plane)).join(" ");
      return `<path class="${kind}" d="${points && `M${points}`}"/>`;
    };
    const order = [...way.keys()].filter((t) => t !== step);
    if (step < way.length) order.push(step); // above the others
    const nodes = order.map((t) => {
      const [x, y] = placed(way[t].plane);
      const now = t === step ? " lab-now" : "";
      const node =
        selector === ".lab-a"
          ? `<circle class="node${now}" cx="${x}" cy="${y}" r="8"/>`
          : `<rect class="node${now}" x="${x - 7}" y="${y - 7}" width="14" height="14"/>`;
      return `${node}<text class="note${now}" x="${x}" y="${y + 4.6}">${text[t]}</text>`;
    });
    const lines = [line("wire lab-before", before), line("wire", way)];
    renew(this.find(selector), [...lines, ...nodes].join(""));
  }

  /** Say what is seen. @param {Step[]} own @param {Step[]} now */
  tell(own, now) {
    const { a, step } = this.state;
    const nodes = walk(a);
    const read = a.slice(0, step + 1);
    const node = nodes[step + 1];
    const stopped = nodes.length - 1; // symbols that are legal
    const where =
      node === undefined
        ? `After ${read} the automaton has stopped: ${a[stopped]} is not legal at node ${nodes[stopped]}.`
        : `After ${read} the automaton is at node ${node}: ${following(node) ? `${following(node)} may follow` : "the end"}.`;
    /** @param {Step} seen */
    const says = ({ p, probes }) =>
      `predicts ${SYMBOLS[largest(p)]}, with ${rounded(Math.max(...p), 3)}; its largest probe is that of node ${largest(probes) + 1}.`;
    const change = this.isChanged() ? `Changed, it ${says(now[step])}` : "Nothing is changed.";
    put(this.find(".lab-told"), `${where} A ${says(own[step])} ${change}`);
  }

  /** Fill each cell by its number: one colour for positive ones, another for negative ones. */
  colourHeat() {
    for (const row of this.heat.tBodies[0].rows)
      for (const cell of [...row.cells].slice(1)) {
        const text = cell.textContent ?? "";
        cell.classList.toggle("lab-negative", text.startsWith("−"));
        fill(cell, text.replace("−", ""));
      }
  }

  /** Fill what is seen by probabilities, and mark the probes that say yes. */
  colourSeen() {
    for (const row of this.seen.tBodies[0].rows) {
      const [name, ...cells] = row.cells;
      const isNext = name.textContent?.endsWith("is next");
      for (const cell of cells) {
        const text = (cell.textContent ?? "").replace("−", "-");
        fill(cell, isNext ? text : "0");
        cell.classList.toggle(
          "lab-yes",
          (name.textContent ?? "").startsWith("probe") && Number(text) > 0,
        );
      }
    }
  }

  /** Mark the step that is looked at, the units that are off, and what was taken over. */
  mark() {
    const { step, off, take, at } = this.state;
    for (const [k, row] of [...this.heat.rows].entries())
      for (const [t, cell] of [...row.cells].entries()) {
        const unit = String(k - 1);
        cell.classList.toggle("lab-now", t === step + 1);
        cell.classList.toggle("lab-held", k > 0 && t > 0 && off.includes(unit));
        const taken = t === at + 1 && (take === "all" || take === unit);
        cell.classList.toggle("lab-taken", k > 0 && taken);
      }
    for (const [k, row] of [...this.heat.tBodies[0].rows].entries())
      put(row.cells[0], off.includes(String(k)) ? `${k} off` : String(k));
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

  /** For links in the prose. @param {number} _ @param {string} [query] */
  go(_, query = "") {
    for (const name of ["a", "b"]) this.complain(name, "");
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

  /** @returns {NodeListOf<HTMLInputElement>} */
  boxes() {
    return this.root.querySelectorAll("[data-unit]");
  }

  /** @param {string} name @param {string} fault empty if there is none */
  complain(name, fault) {
    put(this.find(`#lab-${name}-fault`), fault);
    mark(this.field(name), "aria-invalid", String(Boolean(fault)));
  }

  listen() {
    for (const name of ["a", "b"])
      this.field(name).addEventListener("input", () => {
        const text = spelled(this.field(name).value);
        this.complain(name, fault(text));
        if (!fault(text)) this.set({ [name]: text });
      });
    const slider = this.field("step");
    slider.addEventListener("input", () => this.set({ step: Number(slider.value) }));
    for (const name of ["take", "held"])
      this.field(name).addEventListener("change", () =>
        this.set({ [name]: this.field(name).value }),
      );
    this.field("at").addEventListener("change", () =>
      this.set({ at: Number(this.field("at").value) }),
    );
    for (const box of this.boxes())
      box.addEventListener("change", () => {
        const on = [...this.boxes()].filter(({ checked }) => checked);
        this.set({ off: on.map(({ dataset }) => dataset.unit).join("") });
      });
    this.heat.addEventListener("click", ({ target }) => {
      const cell = target instanceof Element && target.closest("td, th");
      const at = cell ? /** @type {HTMLTableCellElement} */ (cell).cellIndex : 0;
      if (at) this.set({ step: at - 1 });
    });
    for (const button of this.root.querySelectorAll("button"))
      button.addEventListener("click", () => this.act(button.dataset.do ?? ""));
    this.fetchSoon();
  }
}

define("state-lab", Lab);

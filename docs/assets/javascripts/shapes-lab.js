// <shapes-lab>: layers one after the other, what each gives, and what Keras says where one does not take it.
//
// The page shows its own composition as a table and as Keras's lines; what is chosen in the form is written there.

import {
  axesOf,
  BLOCKS,
  codeOf,
  FLAGS,
  follow,
  inputCode,
  letters,
  MOST,
  MOST_BLOCKS,
  packed,
  plainBlock,
  programOf,
  shape,
  takes,
  unpacked,
  wholeOf,
} from "./parts/compositions.js";
import { escaped } from "./parts/escaped.js";
import { MERGE_MODES } from "./parts/kinds.js";
import { enable, later, mark, put, remember, renew, settle } from "./parts/lab.js";

/** @typedef {import("./parts/compositions.js").Block} Block */
/** @typedef {import("./parts/compositions.js").BlockKind} BlockKind */
/** @typedef {import("./parts/compositions.js").Flag} Flag */
/** @typedef {import("./parts/compositions.js").Composition} Composition */

const UNITS = { Embedding: "output_dim", RepeatVector: "n" };

class ShapesLab extends HTMLElement {
  first = /** @type {Composition} */ (unpacked(this.getAttribute("first") ?? ""));
  composition = structuredClone(this.first);
  followed = follow(this.composition);
  at = Number(this.getAttribute("block")) - 1;
  form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
  status = /** @type {Element} */ (this.querySelector("[role=status]"));
  outcome = /** @type {Element} */ (this.querySelector(".lab-outcome"));
  rows = /** @type {HTMLTableSectionElement} */ (this.querySelector("tbody"));
  program = /** @type {Element} */ (this.querySelector("pre > code"));

  connectedCallback() {
    this.select("kind").replaceChildren(...Object.keys(BLOCKS).map((kind) => new Option(kind)));
    const query = new URLSearchParams(location.search);
    const asked = query.get("layers");
    const found = asked === null ? null : unpacked(asked);
    if (found) this.composition = found;
    const at = wholeOf(query.get("block") ?? "");
    if (at && at <= this.composition.blocks.length) this.at = at - 1;
    this.at = Math.min(this.at, this.composition.blocks.length - 1);

    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("[data-do]");
      if (button instanceof HTMLElement && button.ariaDisabled !== "true")
        this.rearrange(button.dataset.do ?? "");
    });
    this.rows.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("[data-at]");
      if (button instanceof HTMLElement) this.pick(Number(button.dataset.at));
    });
    this.fill();
    // What the page shows at first is the answer to its own composition.
    if (packed(this.composition) === packed(this.first)) {
      this.tell();
      this.showRows();
    } else {
      this.rows.replaceChildren(); // all is new, and nothing moves to another place
      this.show();
      settle(this);
    }
    if (asked !== null && !found)
      this.say("The address holds no layers that this page can read: these are the page's own.");
    this.form.inert = false;
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.form.querySelector(`#lab-${name}`));
  }

  /** @param {string} name @returns {HTMLSelectElement} */
  select(name) {
    return /** @type {HTMLSelectElement} */ (this.form.querySelector(`#lab-${name}`));
  }

  /** @returns {Block} */
  get block() {
    return this.composition.blocks[this.at];
  }

  // What the reader does -------------------------------------------------------------------------

  /** @param {EventTarget | null} target */
  changed(target) {
    if (target === this.select("block")) {
      this.pick(this.select("block").selectedIndex);
      return;
    }
    const { composition, block } = this;
    if (target === this.select("kind")) {
      const kind = /** @type {BlockKind} */ (this.select("kind").value);
      const next = plainBlock(kind, block.units);
      for (const [flag] of flags()) if (takes(next, flag)) next[flag] = block[flag];
      if (takes(next, "both"))
        Object.assign(next, { backward: block.backward, mergeMode: block.mergeMode });
      composition.blocks[this.at] = next;
    } else if (target === this.select("both")) {
      const mode = this.select("both").value;
      block.backward = mode !== "";
      block.mergeMode = MERGE_MODES.find((one) => (one ?? "None") === mode);
    } else if (target instanceof HTMLInputElement && target.type === "checkbox") {
      block[/** @type {Flag} */ (target.dataset.flag)] = target.checked;
    } else if (!this.typed()) return; // the last good answer stays
    this.update();
  }

  /** Take what stands in the fields for numbers, if all is well. */
  typed() {
    const { input } = this.composition;
    enable(this.field("m"), this.select("in").value !== "codes");
    const names = ["n", "t", "m", "units", "codes"];
    const wrong = names.map((name) => this.check(name)).find(Boolean);
    if (wrong) {
      this.say(wrong);
      return false;
    }
    const whole = (/** @type {string} */ name) => wholeOf(this.field(name).value.trim());
    input.N = whole("n") || null;
    input.T = whole("t") || null;
    input.m = this.field("m").disabled ? null : whole("m");
    if (takes(this.block, "units")) this.block.units = whole("units");
    if (takes(this.block, "codes")) this.block.codes = whole("codes");
    return true;
  }

  /** Say at a field what is wrong with it, and return that. @param {string} name */
  check(name) {
    const field = this.field(name);
    const open = name === "n" || name === "t";
    const text = field.value.trim();
    const good = field.disabled || wholeOf(text) || (open && /^(none)?$/i.test(text));
    const fault = good ? "" : `A whole number from 1 to ${MOST}${open ? ", or None" : ""}.`;
    const told = /** @type {HTMLElement} */ (this.form.querySelector(`#lab-${name}-fault`));
    put(told, fault);
    mark(told, "hidden", fault ? null : "");
    mark(field, "aria-invalid", String(Boolean(fault)));
    return fault && `${field.labels?.[0].textContent}: ${fault}`;
  }

  /** @param {string} what */
  rearrange(what) {
    const { blocks } = this.composition;
    const { block, at } = this;
    if (what === "reset") {
      this.composition = structuredClone(this.first);
      this.at = Number(this.getAttribute("block")) - 1;
    } else if (what === "add") {
      blocks.splice(at + 1, 0, plainBlock("LSTM", 4));
      this.at++;
    } else if (what === "remove") {
      blocks.splice(at, 1);
      this.at = Math.min(at, blocks.length - 1);
    } else {
      this.at += what === "up" ? -1 : 1;
      blocks.splice(at, 1);
      blocks.splice(this.at, 0, block);
    }
    this.fill(true);
    this.update();
  }

  /** @param {number} at */
  pick(at) {
    settle(this);
    this.at = at;
    this.fill(true);
    this.showRows();
    this.remember();
    this.say(`Block ${at + 1} of ${this.composition.blocks.length}: ${codeOf(this.block)}`);
  }

  update() {
    this.show();
    this.remember();
  }

  // What is shown --------------------------------------------------------------------------------

  /**
   * Let the form say what is chosen. What is being typed, or was typed wrong, stays as it is.
   * @param {boolean} [anew] not even that
   */
  fill(anew = false) {
    const { composition, block, at } = this;
    const { N, T, m } = composition.input;
    const set = (/** @type {string} */ name, /** @type {string | number} */ value) => {
      const field = this.field(name);
      const kept = field === document.activeElement || field.ariaInvalid === "true";
      if (anew || !kept || field.disabled) field.value = String(value);
    };
    set("n", N ?? "None");
    set("t", T ?? "None");
    this.select("in").value = m === null ? "codes" : "rows";
    enable(this.field("m"), m !== null);
    if (m !== null) set("m", m);
    const { length } = composition.blocks;
    const list = this.select("block");
    list.length = length;
    for (const [k, { kind }] of composition.blocks.entries()) {
      list.options[k] ??= new Option();
      put(list.options[k], `${k + 1}: ${kind}`);
    }
    list.selectedIndex = at;
    this.select("kind").value = block.kind;
    const mode = block.mergeMode === undefined ? "concat" : (block.mergeMode ?? "None");
    this.select("both").value = block.backward ? mode : "";
    enable(this.select("both"), takes(block, "both"));
    /** @type {Record<string, string>} */
    const called = UNITS;
    const label = /** @type {Element} */ (this.form.querySelector("[for=lab-units]"));
    put(label, called[block.kind] ?? "units");
    for (const name of /** @type {const} */ (["units", "codes"]))
      enable(this.field(name), takes(block, name));
    set("units", block.units);
    if (takes(block, "codes")) set("codes", block.codes ?? 8);
    for (const name of ["n", "t", "m", "units", "codes"]) this.check(name);
    for (const [flag] of flags()) {
      const box = /** @type {HTMLInputElement} */ (
        this.form.querySelector(`[data-flag="${flag}"]`)
      );
      enable(box, takes(block, flag));
      box.checked = Boolean(block[flag]);
    }
    const idle = {
      up: at === 0,
      down: at === length - 1,
      add: length === MOST_BLOCKS,
      remove: length === 1,
    };
    for (const [what, is] of Object.entries(idle)) {
      const button = /** @type {Element} */ (this.form.querySelector(`[data-do="${what}"]`));
      mark(button, "aria-disabled", String(is));
    }
  }

  /** The outcome at once, then fields, what each block gives, and Keras's lines. */
  show() {
    this.tell();
    later(
      this,
      () => this.fill(),
      () => this.showRows(),
      () => this.showProgram(),
    );
  }

  /** Tell the outcome in short. */
  tell() {
    this.followed = follow(this.composition);
    const { steps, error } = this.followed;
    const last = steps[steps.length - 1]?.tensors.map((tensor) => shape(tensor.axes)).join(", ");
    const output = `Output ${last}, ${grouped(totalOf(steps))} parameters.`;
    put(this.outcome, error ? `Keras refuses block ${error.at + 1}, in the words below.` : output);
  }

  /** Write Keras's lines, and say what comes of them. */
  showProgram() {
    const { blocks } = this.composition;
    const { error } = this.followed;
    this.program.textContent = programOf(this.composition);
    const told = this.outcome.textContent ?? "";
    this.say(error ? `Block ${error.at + 1}, ${codeOf(blocks[error.at])}: ${error.words}` : told);
  }

  /** Write what each block gives; each is a button that picks it. */
  showRows() {
    const { input, blocks } = this.composition;
    const { steps, error } = this.followed;
    const axes = axesOf(input);
    const rows = [row(code(inputCode(input)), `${letters(axes)} = ${shape(axes)}`, "", "")];
    for (const [k, block] of blocks.entries()) {
      const now = k === this.at;
      const name = `<button type="button" class="lab-pick" data-at="${k}" aria-pressed="${now}">${code(codeOf(block))}</button>`;
      const step = steps[k];
      let cells = ["not reached", "", ""];
      if (error?.at === k) cells = ["", "", ""];
      else if (step) {
        const masked = step.tensors.some((tensor) => tensor.masked);
        cells = [gives(step), grouped(step.count), masked ? "yes" : "no"];
      }
      const made = row(name, ...cells);
      rows.push(now ? made.replace("<tr", '<tr class="lab-now"') : made);
      const words = error?.at === k ? error.words : step?.destroys;
      if (words) rows.push(`<tr><td colspan="4" class="lab-says">${escaped(words)}</td></tr>`);
    }
    rows.push(row("all", error ? "no model" : "", error ? "" : grouped(totalOf(steps)), ""));
    renew(this.rows, rows.join("")); // a button that stays keeps the focus
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }

  /** Keep the choice in the address, as far as it is not the page's own. */
  remember() {
    const now = packed(this.composition);
    const own = now === packed(this.first);
    remember(new URLSearchParams(own ? {} : { layers: now, block: String(this.at + 1) }), this.id);
  }
}

/** A whole number as Keras writes it: 1,162. @param {number} number */
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

const flags = () => /** @type {[Flag, unknown][]} */ (Object.entries(FLAGS));

/** @param {import("./parts/compositions.js").Step[]} steps */
const totalOf = (steps) => steps.reduce((sum, { count }) => sum + count, 0);

/** What a layer hands on, a line each. @param {import("./parts/compositions.js").Step} step */
function gives({ tensors }) {
  const lines = tensors.map(({ axes }) => `${letters(axes)} = ${shape(axes)}`);
  if (lines.length === 1) return lines[0];
  return lines.map((line, k) => `<div>${tensors[k].name} ${line}</div>`).join("");
}

/** @param {string} text */
const code = (text) => `<code>${escaped(text)}</code>`;

/** @param {string[]} cells in HTML */
const row = (...cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;

customElements.define("shapes-lab", ShapesLab);

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
import { MERGE_MODES } from "./parts/kinds.js";
import { become, later, put, remember, settle } from "./parts/lab.js";

/** @typedef {import("./parts/compositions.js").Block} Block */
/** @typedef {import("./parts/compositions.js").BlockKind} BlockKind */
/** @typedef {import("./parts/compositions.js").Flag} Flag */
/** @typedef {import("./parts/compositions.js").Composition} Composition */

const UNITS = { Embedding: "output_dim", RepeatVector: "n" };

class ShapesLab extends HTMLElement {
  first = /** @type {Composition} */ (unpacked(this.getAttribute("first") ?? ""));
  composition = structuredClone(this.first);
  at = Number(this.getAttribute("block")) - 1;
  form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
  status = /** @type {Element} */ (this.querySelector("[role=status]"));
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
    if (packed(this.composition) === packed(this.first)) this.decorate();
    else {
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
    this.field("m").disabled = this.select("in").value === "codes";
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
    told.hidden = !fault;
    field.ariaInvalid = String(Boolean(fault));
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
    this.decorate();
    this.remember();
    this.say(`Block ${at + 1} of ${this.composition.blocks.length}: ${codeOf(this.block)}`);
  }

  update() {
    this.fill();
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
    this.field("m").disabled = m === null;
    if (m !== null) set("m", m);
    const { length } = composition.blocks;
    const list = this.select("block");
    list.length = length;
    for (const [k, { kind }] of composition.blocks.entries()) {
      list.options[k] ??= new Option();
      list.options[k].text = `${k + 1}: ${kind}`;
    }
    list.selectedIndex = at;
    this.select("kind").value = block.kind;
    const mode = block.mergeMode === undefined ? "concat" : (block.mergeMode ?? "None");
    this.select("both").value = block.backward ? mode : "";
    this.select("both").disabled = !takes(block, "both");
    /** @type {Record<string, string>} */
    const called = UNITS;
    const label = /** @type {Element} */ (this.form.querySelector("[for=lab-units]"));
    put(label, called[block.kind] ?? "units");
    this.field("units").disabled = !takes(block, "units");
    this.field("codes").disabled = !takes(block, "codes");
    set("units", block.units);
    if (takes(block, "codes")) set("codes", block.codes ?? 8);
    for (const name of ["n", "t", "m", "units", "codes"]) this.check(name);
    for (const [flag] of flags()) {
      const box = /** @type {HTMLInputElement} */ (
        this.form.querySelector(`[data-flag="${flag}"]`)
      );
      box.disabled = !takes(block, flag);
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
      button.ariaDisabled = String(is);
    }
  }

  /** The shapes at once, then Keras's lines. */
  show() {
    const { input, blocks } = this.composition;
    const { steps, error } = follow(this.composition);
    const axes = axesOf(input);
    const rows = [row(code(inputCode(input)), `${letters(axes)} = ${shape(axes)}`, "", "")];
    for (const [k, block] of blocks.entries()) {
      const step = steps[k];
      if (error?.at === k) rows.push(row(code(codeOf(block)), "", "", ""), said(error.words));
      else if (!step) rows.push(row(code(codeOf(block)), "not reached", "", ""));
      else {
        const masked = step.tensors.some((tensor) => tensor.masked);
        rows.push(
          row(code(codeOf(block)), gives(step), grouped(step.count), masked ? "yes" : "no"),
        );
        if (step.destroys) rows.push(said(step.destroys));
      }
    }
    const total = steps.reduce((sum, { count }) => sum + count, 0);
    rows.push(row("all", error ? "no model" : "", error ? "" : grouped(total), ""));
    this.decorate(rows);
    // A row that says the same stays, and so does the focus in it.
    const before = [...this.rows.rows];
    for (const [k, made] of rows.entries()) {
      if (!before[k]) this.rows.append(made);
      else become(before[k], made);
    }
    for (const left of before.slice(rows.length)) left.remove();
    const last = steps[steps.length - 1]?.tensors.map((tensor) => shape(tensor.axes)).join(", ");
    const outcome = error
      ? `Block ${error.at + 1}, ${codeOf(blocks[error.at])}: ${error.words}`
      : `Output ${last}, ${total} parameters.`;
    later(this, () => {
      this.program.textContent = programOf(this.composition);
      this.say(outcome);
    });
  }

  /** Let each block be a button that picks it. @param {HTMLTableRowElement[]} rows */
  decorate(rows = [...this.rows.rows]) {
    const names = rows.flatMap((row) => row.querySelector("td:first-child code") ?? []);
    for (const [k, name] of names.slice(1).entries()) {
      let button = name.closest("button");
      if (!button) {
        button = document.createElement("button");
        button.type = "button";
        button.className = "lab-pick";
        button.dataset.at = String(k);
        name.replaceWith(button);
        button.append(name);
      }
      button.ariaPressed = String(k === this.at);
      button.closest("tr")?.classList.toggle("lab-now", k === this.at);
    }
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

/** What a layer hands on, a line each. @param {import("./parts/compositions.js").Step} step */
function gives({ tensors }) {
  const lines = document.createDocumentFragment();
  for (const { name, axes } of tensors) {
    const line = document.createElement("div");
    const told = tensors.length > 1 ? `${name} ` : "";
    line.textContent = `${told}${letters(axes)} = ${shape(axes)}`;
    lines.append(line);
  }
  return tensors.length > 1 ? lines : (lines.textContent ?? "");
}

/** @param {string} text */
function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

/** @param {(string | Node)[]} cells */
function row(...cells) {
  const made = document.createElement("tr");
  for (const cell of cells) made.insertCell().append(cell);
  return made;
}

/** What Keras says, below the block. @param {string} words */
function said(words) {
  const made = document.createElement("tr");
  const cell = made.insertCell();
  cell.colSpan = 4;
  cell.className = "lab-says";
  cell.textContent = words;
  return made;
}

customElements.define("shapes-lab", ShapesLab);

// <padding-lab>: a batch of the reader's own strings, with padding, a mask, the states and the loss.
//
// The page holds the form and the answer to its first choice; without this script the answer stays as it is.

import { define, enable, later, remember, renew, settle } from "./parts/lab.js";
import { complaint, look } from "./parts/padding.js";
import { PARTS } from "./parts/padding-view.js";

/** @typedef {import("./parts/padding.js").Choice} Choice */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const STRINGS = 4;
const OTHERS = ["layer", "padding", "loss", "unit", "mask", "both", "even"];

/** @param {Field} field */
const said = (field) => (field.type === "checkbox" ? String(isOn(field)) : field.value);
/** @param {Field} field */
const isOn = (field) => field instanceof HTMLInputElement && field.checked;

/** @param {Field} field @param {string} value */
function set(field, value) {
  const before = said(field);
  if (field instanceof HTMLInputElement && field.type === "checkbox")
    field.checked = value === "true";
  else field.value = value;
  if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = before;
}

class Lab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.texts = Array.from({ length: STRINGS }, (_, k) => this.field(`s${k}`));
    this.others = OTHERS.map((name) => this.field(name));
    this.fields = [...this.texts, ...this.others];
    this.page = this.fields.map(said);
    /** What the page shows by itself, to come back to. @type {Map<HTMLElement, string>} */
    this.first = new Map();
    for (const part of this.parts()) this.first.set(part, part.innerHTML);
    this.restore();
    this.listen();
    const form = /** @type {HTMLFormElement} */ (this.find("form"));
    form.inert = false;
    // What the address asks for is all new: nothing of the page's own answer moves to other places.
    if (this.isChanged()) {
      for (const part of this.parts()) part.replaceChildren();
      this.show();
      settle(root);
    } else setTimeout(() => look(this.choice())); // what is compiled and known by then is quick to answer
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  /** @param {string} name @returns {Field} */
  field(name) {
    return /** @type {Field} */ (this.find(`#pad-${name}`));
  }

  /** What lives. @returns {HTMLElement[]} */
  parts() {
    return [...this.root.querySelectorAll("[data-part]")].map(
      (part) => /** @type {HTMLElement} */ (part),
    );
  }

  isChanged() {
    return this.fields.some((field, k) => said(field) !== this.page[k]);
  }

  /** @returns {Choice} */
  choice() {
    const [layer, padding, loss] = this.others.map(said);
    const [mask, both, even] = this.others.slice(4).map(isOn);
    const strings = this.texts.map(typed).filter(Boolean);
    return { strings, layer, padding, loss, mask, both, even };
  }

  /** Take over what the fields say, or tell at a field why not. */
  show() {
    enable(this.field("even"), this.field("loss").value !== "last");
    const faults = this.texts.map((field) => this.check(field)).filter(Boolean);
    if (faults.length) return this.say(faults[0]); // the last good answer stays
    if (this.isChanged()) this.answer();
    else this.write((part) => this.first.get(part) ?? "");
    this.remember();
  }

  /** Write the answer to what the fields say. */
  answer() {
    const choice = this.choice();
    const seen = look(choice);
    const unit = Number(this.field("unit").value);
    this.write(
      (part) => PARTS[part.dataset.part ?? ""](choice, seen, unit),
      () =>
        this.say(
          ["told", "kernel"].map((name) => this.find(`[data-part=${name}]`).textContent).join(" "),
        ),
    );
  }

  /** Write what is told in short, then all that it is about. @param {(part: HTMLElement) => string} html @param {() => void} [end] */
  write(html, end) {
    const [told, ...others] = this.parts();
    renew(told, html(told));
    const parts = others.map((part) => () => renew(part, html(part)));
    later(this.root, ...parts, () => end?.());
  }

  /** What is wrong with a string: said at its field, and returned. @param {Field} field */
  check(field) {
    const none = !this.texts.some(typed) && field === this.texts[0];
    const fault = none ? "Type at least one string." : complaint(typed(field));
    if (!fault && field.ariaInvalid !== "true") return "";
    const told = this.find(`#${field.id}-fault`);
    told.textContent = fault;
    told.hidden = !fault;
    field.ariaInvalid = String(Boolean(fault));
    return fault && `String ${this.texts.indexOf(field) + 1}: ${fault}`;
  }

  /** @param {string} text */
  say(text) {
    this.find("[role=status]").textContent = text;
  }

  /** Keep the choice in the address, as far as it is not the page's own. */
  remember() {
    const query = new URLSearchParams();
    const [now, page] = [this.texts.map(typed), this.page.slice(0, STRINGS)];
    if (now.join("_") !== page.join("_")) query.set("strings", now.filter(Boolean).join("_"));
    for (const [k, name] of OTHERS.entries())
      if (said(this.others[k]) !== this.page[STRINGS + k]) query.set(name, said(this.others[k]));
    remember(query, this.root.id);
  }

  /** Take what the address asks for; what makes no sense there is left as the page has it. */
  restore() {
    const query = new URLSearchParams(location.search);
    const strings = query.get("strings")?.toUpperCase().split("_").filter(Boolean) ?? [];
    const good = strings.length <= STRINGS && !strings.some(complaint);
    if (strings.length && good)
      for (const [k, field] of this.texts.entries()) field.value = strings[k] ?? "";
    for (const [k, name] of OTHERS.entries()) {
      const value = query.get(name);
      if (value !== null) set(this.others[k], value);
    }
  }

  /** For links in the prose: turn a switch on or off, or choose from a list. @param {number} which @param {string} [name] */
  go(which, name = "") {
    if (!OTHERS.includes(name)) return;
    const field = this.field(name);
    if (field instanceof HTMLSelectElement) field.selectedIndex = which;
    else field.checked = Boolean(which);
    this.show();
  }

  reset() {
    for (const [k, field] of this.fields.entries()) set(field, this.page[k]);
    this.show();
    settle(this.root);
    this.say("All is as on the page.");
  }

  listen() {
    const form = this.find("form");
    form.addEventListener("input", () => this.show());
    form.addEventListener("submit", (event) => event.preventDefault());
    this.find("#pad-reset").addEventListener("click", () => this.reset());
  }
}

/** @param {Field} field */
const typed = (field) => field.value.trim().toUpperCase();

define("padding-lab", Lab);

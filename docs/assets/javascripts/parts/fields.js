// The fields in which a reader changes an explorer's numbers.

import { complaint, MOST_STEPS, read } from "./address.js";
import { FUNCTIONS, NAMES } from "./cells.js";
import { complain } from "./complaint.js";
import { exact, left } from "./notation.js";

/** @typedef {import("./presets.js").Setting} Setting */
/** @typedef {{setting: Setting, variant: boolean}} Change */
/**
 * What can be chosen beside the numbers.
 * @typedef {{steps?: boolean, gated: boolean, variant?: {label: string}}} Offers
 */

/** By how much the buttons change what is no weight and no input. @type {Record<string, number>} */
const STEPS = { T: 1, rate: 0.01 };
/** What is no letter of a layer. @type {Record<string, string>} */
const WORDS = { T: "<i>T</i>", target: "target", s: "<i>s</i>", rate: "rate" };
const PLAIN = { g: "g", σ: "σ" }; // letters alone: nothing is called

export class Fields {
  /**
   * @param {Element} place
   * @param {Offers} offers
   * @param {() => Change} now
   * @param {(change: Change) => void} changed
   */
  constructor(place, offers, now, changed) {
    this.place = place;
    this.offers = offers;
    this.now = now;
    this.changed = changed;
    this.steps = -1;
  }

  /** Offer other choices from now on. @param {Offers} offers */
  offer(offers) {
    this.offers = offers;
    this.steps = -1; // the fields are others
  }

  /** Build the fields, if they are to be others. */
  make() {
    const { setting } = this.now();
    if (this.steps !== setting.x.length) this.build(setting);
    this.steps = setting.x.length;
  }

  /** Let the fields show the numbers. */
  show() {
    this.make();
    const { setting, variant } = this.now();
    for (const input of this.place.querySelectorAll("input, select")) {
      if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) continue;
      if (input === document.activeElement && input.type === "text") continue; // being typed in
      const of = input.dataset.of ?? "";
      if (input.type === "checkbox") {
        /** @type {HTMLInputElement} */ (input).checked =
          of === "variant" ? variant : setting.weights.b_f === 1;
      } else if (of === "g") input.value = setting.activation;
      else if (of === "σ") input.value = setting.gates;
      else {
        input.value = exact(this.value(setting, of));
        this.accept(/** @type {HTMLInputElement} */ (input));
      }
    }
  }

  /** @param {Setting} setting @param {string} of */
  value({ x, weights, before, more }, of) {
    if (of === "T") return x.length;
    if (more && of in more) return more[of];
    if (of.endsWith("₋")) return before[of.slice(0, -1)];
    return of in weights ? weights[of] : x[Number(of.slice(1))];
  }

  /** @param {Setting} setting */
  build({ x, weights, before, more }) {
    const { steps, gated, variant } = this.offers;
    const numbers = (/** @type {string[]} */ of) => of.map((name) => this.number(name)).join("");
    const activations = Object.keys(FUNCTIONS).map(
      (name) => `<option value="${name}">${NAMES[name]}</option>`,
    );
    const choice = (/** @type {string} */ of, /** @type {string} */ label) =>
      `<label>${label} <select data-of="${of}">${activations.join("")}</select></label>`;
    const states = Object.keys(before).map((name) => `${name}₋`);
    const check = (/** @type {string} */ of, /** @type {string} */ label) =>
      `<label class="explorer-check"><input type="checkbox" data-of="${of}"> ${label}</label>`;
    const focused = document.activeElement;
    const kept =
      focused instanceof HTMLElement && this.place.contains(focused) && focused.dataset.of;
    this.place.innerHTML = `
      <fieldset><legend>Sequence</legend>${numbers([...(steps ? ["T"] : []), ...x.map((_, t) => `x${t}`)])}</fieldset>
      ${states.length ? `<fieldset><legend>Before the first step</legend>${numbers(states)}</fieldset>` : ""}
      <fieldset><legend>Weights</legend>${numbers(Object.keys(weights))}</fieldset>
      ${more ? `<fieldset><legend>Loss and steps</legend>${numbers(Object.keys(more))}</fieldset>` : ""}
      <fieldset><legend>Switches</legend>
        ${choice("g", "activation")}
        ${gated ? choice("σ", "activation of the gates") : ""}
        ${"b_f" in weights ? check("b_f = 1", "forget bias 1, else 0") : ""}
        ${variant ? check("variant", variant.label) : ""}
      </fieldset>`;
    for (const label of this.place.querySelectorAll(".explorer-field")) this.wire(label);
    for (const input of this.place.querySelectorAll("select, [type=checkbox]"))
      input.addEventListener("change", () =>
        this.switched(/** @type {HTMLInputElement} */ (input)),
      );
    if (kept) /** @type {HTMLElement} */ (this.place.querySelector(`[data-of="${kept}"]`))?.focus();
  }

  /** A field with its name and its steppers. @param {string} of */
  number(of) {
    const t = /^x\d/.test(of) ? Number(of.slice(1)) : "t";
    const start = of.endsWith("₋");
    const name = WORDS[of] ?? left(t === "t" ? of : "x", start ? 0 : t, [], PLAIN);
    return `<div class="explorer-field"><label><span>${name}</span>
      <span class="explorer-box"><input type="text" inputmode="${of === "T" ? "numeric" : "text"}" role="spinbutton" autocomplete="off" data-of="${of}"></span></label>
      <button type="button" tabindex="-1" aria-hidden="true" data-by="-1">−</button>
      <button type="button" tabindex="-1" aria-hidden="true" data-by="1">+</button></div>`;
  }

  /** @param {Element} field */
  wire(field) {
    const input = /** @type {HTMLInputElement} */ (field.querySelector("input"));
    const of = input.dataset.of ?? "";
    const step = (/** @type {number} */ by) => {
      const now = this.value(this.now().setting, of);
      const value = of === "s" ? now * 10 ** by : now + by * (STEPS[of] ?? 0.1);
      input.value = exact(Number(value.toPrecision(12)));
      this.typed(input);
    };
    input.addEventListener("input", () => this.typed(input));
    input.addEventListener("blur", () => {
      if (input.ariaInvalid !== "true") this.show();
    });
    input.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (by) step(by);
      if (by) event.preventDefault();
    });
    for (const button of field.querySelectorAll("button"))
      button.addEventListener("click", () => step(Number(button.dataset.by)));
  }

  /** Take a number over, or say at the field why not. @param {HTMLInputElement} input */
  typed(input) {
    const of = input.dataset.of ?? "";
    const value = read(input.value);
    if (Number.isNaN(value)) return complain(input, complaint(input.value));
    const { setting, variant } = this.now();
    const { x, weights, before, more } = structuredClone(setting);
    if (of === "T") {
      if (!Number.isInteger(value) || value < 1 || value > MOST_STEPS)
        return complain(input, `Write a whole number from 1 to ${MOST_STEPS}.`);
      while (x.length < value) x.push(0);
      x.length = value;
    } else if (more && of in more) {
      if (of !== "target" && value <= 0) return complain(input, "Write a number above 0.");
      more[of] = value;
    } else if (of.endsWith("₋")) before[of.slice(0, -1)] = value;
    else if (of in weights) weights[of] = value;
    else x[Number(of.slice(1))] = value;
    this.accept(input);
    this.changed({ setting: { ...setting, x, weights, before, ...(more && { more }) }, variant });
  }

  /** All is well with what stands in a field. @param {HTMLInputElement} input */
  accept(input) {
    complain(input, "");
    input.ariaValueNow = input.value.replaceAll("−", "-");
  }

  /** @param {HTMLInputElement} input */
  switched(input) {
    const { setting, variant } = structuredClone(this.now());
    if (input.dataset.of === "g") setting.activation = input.value;
    if (input.dataset.of === "σ") setting.gates = input.value;
    if (input.dataset.of === "b_f = 1") setting.weights.b_f = input.checked ? 1 : 0;
    this.changed({
      setting,
      variant: input.dataset.of === "variant" ? input.checked : variant,
    });
  }
}

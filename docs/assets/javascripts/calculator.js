// The calculator of shapes and parameters: reads its form, writes the answer
// into the tables and the program of the page, and keeps the choice in the URL.

import { describe, least } from "./parts/shapes.js";
import { written } from "./parts/written.js";

/** @typedef {import("./parts/shapes.js").Choice} Choice */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const SIZES = ["k", "rows", "cols", "strides", "N", "T", "m", "u1", "u2", "u3"];
const RECURRENT = ["return_sequences", "return_state", "bidirectional"];

/** @param {Field} field */
const said = (field) =>
  field instanceof HTMLInputElement && field.type === "checkbox"
    ? String(Number(field.checked))
    : field.value;

/** What a field says as long as nobody has touched it.
 * @param {Field} field */
function saidAtFirst(field) {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  }
  return field.type === "checkbox" ? String(Number(field.defaultChecked)) : field.defaultValue;
}

/** @param {Field} field @param {string} value */
function set(field, value) {
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === "1";
  else field.value = value;
}

class ShapesCalculator extends HTMLElement {
  form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
  fields = /** @type {Field[]} */ ([...this.form.querySelectorAll("input, select")]);
  defaults = new Map(this.fields.map((field) => [field.name, saidAtFirst(field)]));
  window = /** @type {HTMLFieldSetElement} */ (this.querySelector("fieldset"));
  status = /** @type {Element} */ (this.querySelector("[role=status]"));
  answer = /** @type {Element} */ (document.getElementById(this.getAttribute("answer") ?? ""));
  bodies = this.answer.querySelectorAll("tbody");
  program = /** @type {Element} */ (this.answer.querySelector("pre > code"));

  connectedCallback() {
    const asked = new URLSearchParams(location.search);
    for (const field of this.fields) {
      const value = asked.get(field.name);
      // What a reader has chosen before this script was there counts more than the address.
      if (value !== null && !this.isChosen(field)) set(field, value);
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) {
        set(field, this.defaults.get(field.name) ?? "");
      }
    }
    // What the page shows at first is the answer to the defaults.
    if (this.fields.some((field) => this.isChosen(field))) this.update();
    this.form.addEventListener("input", () => this.update());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.update()));
    this.form.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement} */ (target).closest(".stepper button");
      if (!(button instanceof HTMLButtonElement)) return;
      const input = /** @type {HTMLInputElement} */ (button.parentElement?.querySelector("input"));
      input.valueAsNumber = Math.round(input.valueAsNumber || 0) + Number(button.value);
      this.update();
    });
  }

  /** @param {Field} field */
  isChosen(field) {
    return said(field) !== this.defaults.get(field.name);
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  update() {
    const layer = /** @type {Choice["layer"]} */ (this.field("layer").value);
    const stack = Number(this.field("stack").value);
    for (const name of RECURRENT) this.field(name).disabled = layer === "Dense";
    this.window.hidden = this.window.disabled = layer !== "ConvLSTM2D";
    this.field("reset_after").disabled = layer !== "GRU";
    for (const k of [2, 3]) {
      const stepper = this.field(`u${k}`).parentElement?.querySelectorAll("input, button") ?? [];
      for (const control of stepper) control.toggleAttribute("disabled", k > stack);
    }
    const used = SIZES.slice(0, 7 + stack);
    const [k, rows, cols, strides, N, T, m, ...units] = used.map((name) => +this.field(name).value);
    const same = this.field("same").checked;
    const fewest = `${least({ k, strides, same, units }) || 1}`;
    this.field("rows").min = this.field("cols").min = fewest;
    const faults = SIZES.map((name) => this.check(this.field(name))).filter(Boolean);
    if (faults.length) {
      this.say(faults[0]);
      return; // the last good answer stays
    }
    const [return_sequences, return_state, bidirectional, use_bias, reset_after] = [
      ...RECURRENT,
      "use_bias",
      "reset_after",
    ].map((name) => this.field(name).checked);
    this.show(
      describe({
        ...{ layer, N, T, m, units, k, rows, cols, strides, same },
        ...{ return_sequences, return_state, bidirectional, use_bias, reset_after },
      }),
    );
    this.remember();
  }

  /** Say at a field what is wrong with it, and return that.
   * @param {HTMLInputElement} input */
  check(input) {
    const number = Number(input.value);
    const good =
      input.matches(":disabled") ||
      (input.value && Number.isInteger(number) && number >= +input.min && number <= +input.max);
    const fault = good ? "" : `Type a whole number from ${input.min} to ${input.max}.`;
    const told = /** @type {HTMLElement} */ (document.getElementById(`${input.id}-fault`));
    told.textContent = fault;
    told.hidden = !fault;
    input.setAttribute("aria-invalid", String(Boolean(fault)));
    return fault && `${input.labels?.[0].textContent}: ${fault}`;
  }

  /** @param {ReturnType<typeof describe>} answer */
  show({ outputs, layers, count, total, program }) {
    /** @param {number} k */
    const layer = (k) => (layers.length > 1 ? `layer ${k + 1} ` : "");
    const [first, second, third] = this.bodies;
    fill(
      first,
      outputs.map(({ name, symbols, shape }) => [name, `${symbols} = ${written(shape)}`]),
    );
    fill(
      second,
      layers.flatMap(({ weights }, k) =>
        weights.map(({ name, symbols, shape, holds }) => [
          code(layer(k) + name),
          `${symbols} = ${written(shape)}`,
          holds,
        ]),
      ),
    );
    fill(third, [
      ...layers.map(({ symbols, numbers }, k) => [k + 1, `${symbols} = ${numbers}`]),
      ...(total ? [["all", total]] : []),
    ]);
    this.program.textContent = program;
    this.say(`Output ${written(outputs[0].shape)}, ${count} parameters.`);
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }

  /** Keep the choice in the URL, as far as it differs from the page's own. */
  remember() {
    const url = new URL(location.href);
    for (const field of this.fields) {
      if (this.isChosen(field)) url.searchParams.set(field.name, said(field));
      else url.searchParams.delete(field.name);
    }
    history.replaceState(null, "", url);
  }
}

/** @param {string} text */
function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

/** @param {HTMLTableSectionElement} body @param {(string | number | Node)[][]} rows */
function fill(body, rows) {
  body.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      for (const cell of cells) row.insertCell().append(cell instanceof Node ? cell : `${cell}`);
      return row;
    }),
  );
}

customElements.define("shapes-calculator", ShapesCalculator);

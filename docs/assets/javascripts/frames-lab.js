// <frames-lab>: the windows of a ConvLSTM at a place and a step that the reader picks, in a film that the reader draws.
//
// The element wraps what the page shows anyway: both windows, the map of states, the products of each gate.

import { SIDE, watch } from "./parts/frames.js";
import { changed, define, later, mark, put, remember, renew, settle } from "./parts/lab.js";
import { given, rounded } from "./parts/notation.js";

/** @typedef {ReturnType<typeof watch>[number]["places"]} Places */

const FIRST = { film: "0 1 0 2 0 0 0 0 0 0 0 1 0 2 0 0 0 0", step: 1, place: 4 };
const MOST = 9;

/** Four decimals, where there are so many. @param {number} number */
const written = (number) => (Number.isInteger(number * 10) ? given(number) : rounded(number, 4));

/** The products of a window, those with a zero left out. @param {import("./parts/frames.js").Seen} seen */
function spelled({ products, sum }) {
  const terms = products.filter(([, number]) => number !== 0);
  if (!terms.length) return "0";
  const text = terms
    .map(([weight, number], k) => {
      const sign = weight < 0 ? (k ? " − " : "−") : k ? " + " : "";
      return `${sign}${Math.abs(weight)} · ${number < 0 ? `(${written(number)})` : written(number)}`;
    })
    .join("");
  return `${text} = <b>${written(sum)}</b>`;
}

/** The numbers of a film, if they are numbers. @param {string[]} texts */
function pixels(texts) {
  const numbers = texts.map((text) => (text.trim() ? Number(text.replace("−", "-")) : Number.NaN));
  return texts.length === 2 * SIDE * SIDE && numbers.every((n) => Math.abs(n) <= MOST)
    ? numbers
    : null;
}

class Lab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const query = new URLSearchParams(location.search);
    const film = pixels((query.get("film") ?? FIRST.film).split(" "));
    this.film = film ?? FIRST.film.split(" ").map(Number);
    this.step = query.get("step") === "0" ? 0 : FIRST.step;
    const place = query.get("place") ?? "";
    this.place = /^[0-8]$/.test(place) ? Number(place) : FIRST.place;
    this.fields = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[data-pixel]")]);
    this.form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    this.picks = [...this.form.querySelectorAll("[data-place]")];
    const [states, products] = root.querySelectorAll("table tbody");
    this.states = states;
    this.products = products;

    this.form.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.step = Number(target.value);
      this.changed();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      if (!button) return;
      if (button.dataset.place) this.place = Number(button.dataset.place);
      else {
        this.film = FIRST.film.split(" ").map(Number);
        Object.assign(this, { step: FIRST.step, place: FIRST.place });
        this.fill();
      }
      this.changed();
    });
    this.fill();
    if (this.query().size) {
      this.show();
      settle(root);
    }
    this.form.inert = false;
  }

  fill() {
    for (const [k, field] of this.fields.entries()) field.value = given(this.film[k]);
    /** @type {HTMLSelectElement} */ (this.form.querySelector("select")).value = String(this.step);
    for (const field of this.fields) field.removeAttribute("aria-invalid");
  }

  query() {
    const now = { film: this.film.join(" "), step: this.step, place: this.place };
    return changed(now, FIRST);
  }

  changed() {
    for (const field of this.fields) {
      const good = pixels(Array(2 * SIDE * SIDE).fill(field.value));
      mark(field, "aria-invalid", String(!good));
    }
    const film = pixels(this.fields.map(({ value }) => value));
    const fault = film ? "" : `A pixel is a number from −${MOST} to ${MOST}.`;
    put(/** @type {Element} */ (this.root.querySelector(".lab-fault")), fault);
    if (!film) return; // the last good answer stays
    this.film = film;
    this.show();
    remember(this.query(), "windows");
  }

  /** The drawing at once, the tables after it. */
  show() {
    const half = SIDE * SIDE;
    const { before, places } = watch([this.film.slice(0, half), this.film.slice(half)])[this.step];
    const at = { row: Math.floor(this.place / SIDE), col: this.place % SIDE };
    this.draw(before, at);
    return later(
      this.root,
      () => this.showStates(places, at),
      () => this.showProducts(places),
      () => this.tell(places, at),
    );
  }

  /** @param {{x: number[], h: number[]}} before @param {{row: number, col: number}} at */
  draw(before, { row, col }) {
    const { step, place, root } = this;
    for (const element of root.querySelectorAll("[data-q]")) {
      const [name, at] = (element.getAttribute("data-q") ?? "").split(" ");
      element.removeAttribute("data-v"); // it may be another number now
      if (name === "t") put(element, given(step + Number(at)));
      else if (name === "x") put(element, given(before.x[Number(at)]));
      else put(element, rounded(before.h[Number(at)], 2));
    }
    for (const element of root.querySelectorAll(".window")) {
      const [left, top, wide, high] = (element.getAttribute("data-at") ?? "")
        .split(" ")
        .map(Number);
      mark(element, "x", String(left + wide * col));
      mark(element, "y", String(top + high * row));
    }
    for (const [k, button] of this.picks.entries())
      mark(button, "aria-pressed", String(k === place));
  }

  /** @param {Places} places @param {{row: number, col: number}} at */
  showStates(places, { row, col }) {
    renew(
      this.states,
      Array.from({ length: SIDE }, (_, r) => {
        const cells = places
          .slice(SIDE * r, SIDE * (r + 1))
          .map(
            ({ h }, q) =>
              `<td${r === row && q === col ? ' class="lab-now"' : ""}>${rounded(h, 4)}</td>`,
          );
        return `<tr><td>row ${r}</td>${cells.join("")}</tr>`;
      }).join(""),
    );
  }

  /** @param {Places} places */
  showProducts(places) {
    renew(
      this.products,
      places[this.place].gates
        .map(
          ({ gate, fromX, fromH, b, sum, value }) =>
            `<tr><td><i data-sym="${gate}">${gate}</i></td><td>${spelled(fromX)}</td><td>${spelled(fromH)}</td><td>${given(b)}</td><td>${written(sum)}</td><td>${rounded(value, 4)}</td></tr>`,
        )
        .join(""),
    );
  }

  /** @param {Places} places @param {{row: number, col: number}} at */
  tell(places, { row, col }) {
    const { step, place, root } = this;
    const here = places[place];
    const [kept, added, c, h] = [here.kept, here.written, here.c, here.h].map((n) => rounded(n, 4));
    put(
      /** @type {Element} */ (root.querySelector("[role=status]")),
      `Row ${row}, column ${col}, step ${step}: kept ${kept}, written ${added}, cell ${c}, state ${h}.`,
    );
  }
}

define("frames-lab", Lab);

// An explorer's table: a row a quantity, a column a step. Each number can be picked.

import { mark } from "./marks.js";
import { given, left, right, rounded } from "./notation.js";

/** @typedef {import("./marks.js").View} View */
/** @typedef {{element: HTMLElement, tie: string | null}} Shown */

export class Table {
  /**
   * @param {HTMLTableElement} table
   * @param {{lines: import("./cells.js").Equation[], calls: import("./cells.js").Calls}} page what the page computes
   * @param {number} digits
   */
  constructor(table, page, digits) {
    this.head = /** @type {HTMLTableRowElement} */ (table.tHead?.rows[0]);
    this.page = page;
    this.digits = digits;
    const quantities = ["x", ...page.lines.map(({ name }) => name)];
    this.rows = [...table.tBodies[0].rows].map((row, i) => {
      const [head, ...cells] = row.cells;
      return { row, head, written: head.innerHTML, name: quantities[i], shown: cells.map(inside) };
    });
    this.heads = new Map(this.rows.map(({ head, written }) => [head, written]));
    table.addEventListener("keydown", (event) => this.walk(event));
  }

  /** @param {View} view */
  show(view) {
    const count = view.steps.length;
    while (this.head.cells.length <= count) {
      const head = /** @type {HTMLElement} */ (this.head.cells[1].cloneNode());
      head.textContent = `t = ${this.head.cells.length - 1}`;
      this.head.append(head);
    }
    [...this.head.cells].forEach((cell, i) => {
      cell.hidden = i > count;
      cell.classList.toggle("explorer-now", i === view.t + 1);
    });
    for (const { row, shown, name } of this.rows) {
      while (shown.length < count) {
        const cell = /** @type {HTMLTableCellElement} */ (row.cells[1].cloneNode());
        row.append(cell);
        shown.push(inside(cell));
      }
      [...row.cells].forEach((cell, i) => {
        cell.hidden = i > count;
      });
      for (let t = 0; t < count; t++) this.write(shown[t], view, name, t);
    }
    this.showHeads(view);
    this.bringIntoView(view.t);
    const { name, t } = view.picked ?? this.start(view);
    const row = this.rows.find((row) => row.name === name) ?? this.rows[0];
    row.shown[t].element.tabIndex = 0; // one Tab stop: the arrow keys go on from there
  }

  /** Let a table that is wider than its place show the present step. @param {number} t */
  bringIntoView(t) {
    const place = this.head.closest(".md-typeset__scrollwrap");
    const cell = this.head.cells[t + 1];
    if (!place || place.scrollWidth <= place.clientWidth) return;
    const left = cell.offsetLeft - this.head.cells[0].offsetWidth;
    const right = cell.offsetLeft + cell.offsetWidth - place.clientWidth;
    place.scrollLeft = Math.max(right, Math.min(left, place.scrollLeft));
  }

  /** @param {Shown} shown @param {View} view @param {string} name @param {number} t */
  write({ element, tie }, view, name, t) {
    const value = view.steps[t][name];
    const text =
      value === undefined ? "–" : name === "x" ? given(value) : rounded(value, this.digits);
    if (element.textContent !== text) element.textContent = text;
    if (tie && view.asPrinted) element.setAttribute("data-v", tie);
    else element.removeAttribute("data-v");
    mark(element, view, name, t);
    const { picked } = view;
    element.setAttribute("aria-pressed", String(picked?.name === name && picked.t === t));
    element.tabIndex = -1;
  }

  /** Where the reader has changed an equation, the head of its row changes too. @param {View} view */
  showHeads({ lines, calls }) {
    const { page } = this;
    for (const { row, head, written, name } of this.rows) {
      const line = lines.find((line) => line.name === name);
      const own = page.lines.find((line) => line.name === name);
      row.classList.toggle("explorer-off", name !== "x" && !line);
      const text = JSON.stringify(line?.tree);
      const same =
        text === JSON.stringify(own?.tree) &&
        (calls.g === page.calls.g || !text?.includes('"g"')) &&
        (calls.σ === page.calls.σ || !text?.includes('"σ"'));
      const [letter, side] = [
        left(name, "t", lines, calls),
        line ? right(line.tree, "t", lines, calls) : "",
      ];
      const html = !line || same ? written : letter === side ? side : `${letter} = ${side}`;
      if (this.heads.get(head) !== html) head.innerHTML = html;
      this.heads.set(head, html);
    }
  }

  /** @param {View} view @returns {import("./marks.js").Place} */
  start({ lines, part, t }) {
    return { name: lines.find((line) => line.part === part)?.name ?? "x", t };
  }

  /** The number under a click, or the one that has the focus. @param {EventTarget | null} target */
  at(target) {
    for (const { name, shown } of this.rows) {
      const t = shown.findIndex(({ element }) => element === target);
      if (t >= 0) return { name, t };
    }
    return null;
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const place = this.at(event.target);
    const [down, across] =
      { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key] ??
      [];
    if (!place || down === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const row = this.rows.findIndex(({ name }) => name === place.name) + down;
    const next = this.rows[row]?.shown[place.t + across]?.element;
    if (!next?.offsetParent) return;
    /** @type {HTMLElement} */ (event.target).tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/** The number of a cell, which can be pressed. @param {HTMLTableCellElement} cell @returns {Shown} */
function inside(cell) {
  let element = cell.querySelector("span");
  if (!element) {
    element = document.createElement("span");
    element.append(...cell.childNodes);
    cell.append(element);
  }
  element.classList.add("explorer-number");
  element.setAttribute("role", "button");
  element.removeAttribute("title"); // it says that the number is the recorded one
  return { element, tie: element.getAttribute("data-v") };
}

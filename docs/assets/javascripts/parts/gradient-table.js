// A table of the lab: rows of numbers that can be picked. The page's own rows serve its own layer, with their ties.

import { mark, put } from "./lab.js";

/** @typedef {{element: HTMLElement, tie: string | null}} Cell */
/** @typedef {{key: string, head: string, places: (string | null)[]}} Row what stands in its cells: their places */

export class Rows {
  /** @param {HTMLTableElement} table @param {string} layer that of the page @param {Row[]} own the rows that the page has */
  constructor(table, layer, own) {
    this.body = table.tBodies[0];
    /** @type {Map<string, Cell>} by place */
    this.cells = new Map();
    this.shown = this.take([...this.body.rows], own);
    /** The rows of each layer that was shown, which stay as they are until it is shown again. */
    this.ofLayers = new Map([[layer, this.shown]]);
    table.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Let rows hold numbers that can be pressed. @param {HTMLTableRowElement[]} rows @param {Row[]} wanted */
  take(rows, wanted) {
    /** @type {Map<string, Cell>} */
    const cells = new Map();
    for (const [at, { places }] of wanted.entries())
      for (const [column, place] of places.entries()) {
        const cell = rows[at].cells[column + 1];
        if (place === null) continue;
        const found = cell.querySelector("span");
        const element = found ?? document.createElement("span");
        if (!found) {
          element.append(...cell.childNodes);
          cell.append(element);
        }
        element.classList.add("explorer-number");
        element.role = "button";
        element.tabIndex = -1;
        element.removeAttribute("title"); // it says that the number is the recorded one
        cells.set(place, { element, tie: element.getAttribute("data-v") });
      }
    return { rows, cells };
  }

  /** Have the rows of a layer. @param {string} layer @param {() => Row[]} wanted gives them, if it is new */
  use(layer, wanted) {
    const known = this.ofLayers.get(layer);
    if (known === this.shown) return;
    const rows = known ? [] : wanted();
    this.shown = known ?? this.take(made(rows), rows);
    this.ofLayers.set(layer, this.shown);
    this.body.replaceChildren(...this.shown.rows);
  }

  /**
   * @param {Map<string, string>} texts by place
   * @param {boolean} asPrinted whether these are the page's own numbers
   * @param {Set<string>} now @param {Set<string>} from @param {string | null} picked
   */
  show(texts, asPrinted, now, from, picked) {
    const { cells } = this.shown;
    for (const [place, { element, tie }] of cells) {
      const text = texts.get(place) ?? "–";
      put(element, text);
      mark(element, "data-v", asPrinted ? tie : null);
      element.classList.toggle("explorer-now", now.has(place));
      element.classList.toggle("explorer-made", from.has(place) && !now.has(place));
      mark(element, "aria-pressed", String(place === picked));
      if (element.tabIndex === 0) element.tabIndex = -1;
    }
    const first = [...cells].find(([place]) => now.has(place)) ?? [...cells][0];
    first[1].element.tabIndex = 0; // one Tab stop: the arrow keys go on from there
  }

  /** The place of what was pressed. @param {EventTarget | null} target */
  at(target) {
    for (const [place, { element }] of this.shown.cells) if (element === target) return place;
    return null;
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const [down, across] =
      { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key] ??
      [];
    const here = /** @type {HTMLElement} */ (event.target);
    if (down === undefined || !this.at(here)) return;
    event.preventDefault();
    const { rows } = this.shown;
    let [row, column] = [
      rows.findIndex((row) => row.contains(here)),
      /** @type {HTMLTableCellElement} */ (here.closest("td")).cellIndex,
    ];
    do {
      [row, column] = [row + down, column + across];
      const next = rows[row]?.cells[column]?.querySelector("span");
      if (!next) continue;
      here.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      return;
    } while (rows[row]?.cells[column]);
  }
}

/** @param {Row[]} wanted @returns {HTMLTableRowElement[]} read in one go, which is the quickest way to make so many */
function made(wanted) {
  const body = document.createElement("tbody");
  const cells = (/** @type {Row["places"]} */ places) =>
    places.map((place) => (place === null ? "<td></td>" : "<td><span></span></td>")).join("");
  body.innerHTML = wanted
    .map(({ head, places }) => `<tr><td>${head}</td>${cells(places)}</tr>`)
    .join("");
  return [...body.rows];
}

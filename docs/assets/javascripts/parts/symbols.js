// Lights a symbol wherever it stands in its section: in equations, drawings,
// code and tables of numbers. A section reaches from one h2 to the next.
//
// Pointing lights; a click or tap keeps the light until a second one, one
// elsewhere, or Escape. `[the forget gate](#lstm-cell){data-light="f"}` lights
// f where the link stands and, when followed, where it leads.

import { NAMES, OWNER } from "./names.js";

/** @typedef {HTMLElement} Shown An element, or an SVGElement that is used alike. */
/** @typedef {Map<string | undefined, (Shown | Range)[]>} Section Its symbols, and where they stand. */
/** @typedef {[symbol?: string, section?: Section]} Light */

const LETTER = /^(mi|mover|msub|msup|msubsup)$/; // with its indices
const CODE = ":not(pre) > code";
const root = /** @type {HTMLElement} */ (document.querySelector(".md-content"));

/** @param {string} selector @param {Element} within @returns {Shown[]} */
const all = (selector, within) => /** @type {any} */ ([...within.querySelectorAll(selector)]);

/** @param {string} symbol @param {Set<string | undefined>} beside */
function nameOf(symbol, beside) {
  /** @param {string} one */
  const name = (one) => (one === "z" && beside.has("r") ? "update gate" : NAMES[one]);
  const [base, part] = symbol.split("_");
  if (!part) return `${name(base)} ${base}`;
  const owner = part === "y" ? "output layer" : name(OWNER[part]);
  return `${name(base)} ${base} of ${owner ? `the ${owner}` : `layer ${part[1]}`}`;
}

/** The symbol that a word of code stands for: x of x_t, c̃ of c_new, W_(1) of W1, W_f.
 * @param {string} word */
function symbolOf(word) {
  if (word === "sigmoid") return "σ";
  if (/^[ch]_new$/.test(word)) return `${word[0]}̃`;
  if (/^[WUbz]_[ifcozrhy]$/.test(word)) return word;
  const [, base, layer] = /^(tanh|[a-zA-Z])(\d?)(?:_(?:t|\d|new|before))?$/.exec(word) ?? [];
  return layer && /[WUb]/.test(base) ? `${base}_(${layer})` : base;
}

/** The symbol that an element stands for, which is none of its section's if it is no symbol.
 * @param {Shown} element */
const symbolAt = ({ dataset, textContent }) =>
  dataset.light ?? dataset.sym ?? symbolOf(textContent ?? "");

/** The symbol that a row or column is about: its header cell says x_t, input x_t or h_t = ….
 * @param {Shown} cell */
function headOf(cell) {
  const [symbol] = all("[data-sym]", cell);
  const [letter, next] = cell.querySelector("math")?.children ?? [];
  const before = cell.firstChild instanceof Text ? cell.firstChild.data : "";
  if (!symbol || !/^\w* ?$/.test(before)) return;
  if (letter && !LETTER.test(letter.localName)) return;
  if (!next || next.textContent === "=") return symbolAt(symbol);
}

/** @type {WeakMap<Element, Section>} */
const sections = new WeakMap(); // by their first block

/** @param {Element} element */
function sectionOf(element) {
  let first = element.closest(".md-typeset > *");
  while (first?.previousElementSibling && first.tagName !== "H2") {
    first = first.previousElementSibling;
  }
  if (first && !sections.has(first)) sections.set(first, read(first));
  return first ? sections.get(first) : undefined;
}

/** @param {Element} first */
function read(first) {
  /** @type {Section} */
  const found = new Map();
  const blocks = [first];
  for (
    let next = first.nextElementSibling;
    next && next.tagName !== "H2";
    next = next.nextElementSibling
  ) {
    blocks.push(next);
  }
  /** @param {string} selector */
  const within = (selector) => blocks.flatMap((block) => all(selector, block));

  for (const element of within("[data-sym]")) {
    const symbol = symbolAt(element);
    if (!found.has(symbol)) found.set(symbol, []);
    found.get(symbol)?.push(element);
  }
  // A word is a symbol only if an equation or a drawing shows it: elsewhere i may count rows.
  for (const code of within(".language-python code")) addWords(code, found);
  for (const word of within(CODE)) found.get(symbolAt(word))?.push(word);
  for (const cell of /** @type {HTMLTableCellElement[]} */ (within("th, td:first-child"))) {
    const column = `tr > :nth-child(${cell.cellIndex + 1})`;
    const table = cell.closest("table");
    const row = /** @type {Shown} */ (cell.parentElement);
    const about = table && cell.closest("thead") ? all(column, table) : [row];
    found.get(headOf(cell))?.push(...about);
  }
  return found;
}

/** Add the words of a block of code that are symbols of the section. They get no elements of their
 * own: divided, a line is set a hair's breadth longer.
 * @param {Element} code @param {Section} section */
function addWords(code, section) {
  for (const text of code.childNodes) {
    if (!(text instanceof Text)) continue;
    for (const { 0: word, index } of text.data.matchAll(/\w+/g)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      section.get(symbolOf(word))?.push(range);
    }
  }
}

/** @param {Light} light */
function litBy([symbol, section]) {
  if (!symbol || !section) return [];
  /** @param {string} [other] */
  const kin = (other = "") =>
    other === symbol || holds(other, symbol, section) || holds(symbol, other, section);
  const found = [...section].flatMap(([other, elements]) => (kin(other) ? elements : []));
  // An explorer writes its equations anew at each step.
  const live = all("i[data-sym]", root);
  return found.concat(live.filter((e) => kin(symbolAt(e)) && sectionOf(e) === section));
}

/** A packed array and its blocks light each other: W and W_f.
 * @param {string} whole @param {string} part @param {Section} section */
function holds(whole, part, section) {
  const [base, block] = part.split("_");
  return base === whole && block && (block[0] === "(" || section.has(OWNER[block]));
}

// The words of code that are lit. A browser that knows no highlights leaves them as they are.
const words = globalThis.Highlight && new Highlight();
if (words) CSS.highlights.set("lit", words);
/** @type {Shown[]} */
let lit = [];
/** @type {Element[]} */
let boxes = []; // around what is lit in equations: CSS has no outline for it
/** @type {Light} */
let shown = [];
/** @type {Light} */
let kept = []; // stays when the pointer goes

/** @param {Light} one @param {Light} other */
const same = (one, other) => one[0] === other[0] && one[1] === other[1];

/** @param {Light} light */
function show(light) {
  if (same(light, shown)) return;
  shown = light;
  for (const box of boxes) box.remove();
  for (const element of lit) delete element.dataset.lit;
  words?.clear();
  lit = [];
  for (const place of litBy(light)) {
    if (place instanceof Range) words?.add(place);
    else lit.push(place);
  }
  // All is measured before anything is changed: the page is laid out once.
  const drawn = lit.filter((e) => e.matches(".arithmatex g") && e.getClientRects().length);
  boxes = drawn.map((group) => boxAround(/** @type {any} */ (group).getBBox()));
  for (const [i, box] of boxes.entries()) drawn[i].prepend(box);
  for (const element of lit) element.dataset.lit = "";
}

/** @param {DOMRect} area In thousandths of the letters' height. */
function boxAround({ x, y, width, height }) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "path");
  box.setAttribute("class", "lit-box");
  box.setAttribute("d", `M${x - 60} ${y - 90}h${width + 120}v${height + 180}h${-width - 120}z`);
  return box;
}

/** What is lit by what is at an element.
 * @param {Element} element @returns {Light} */
function lightAt(element) {
  /** @type {Shown?} */
  const near = element.closest(`[data-light], [data-sym], ${CODE}`);
  const section = near ? sectionOf(near) : undefined;
  const symbol = near ? symbolAt(near) : undefined;
  return section?.has(symbol) || near?.dataset.light ? [symbol, section] : [];
}

/** What is lit by what is under the pointer; in a block of code that is a word.
 * @param {MouseEvent} event @returns {Light} */
function lightUnder({ target, clientX: x, clientY: y }) {
  const element = /** @type {Element} */ (target);
  if (!element.matches("pre code")) return lightAt(element);
  const section = sectionOf(element);
  const isUnder = (/** @type {Shown | Range} */ place) =>
    place instanceof Range &&
    element.contains(place.startContainer) &&
    [...place.getClientRects()].some(
      ({ left, right, top, bottom }) => left <= x && x < right && top <= y && y < bottom,
    );
  const [symbol] = [...(section ?? [])].find(([, places]) => places.some(isUnder)) ?? [];
  return [symbol, section];
}

/** @param {PointerEvent} event */
function point(event) {
  if (event.pointerType === "touch") return; // its click follows
  const light = lightUnder(event);
  show(light[0] ? light : kept);
}
root.addEventListener("pointerover", point);
root.addEventListener("pointermove", (event) => {
  if (/** @type {Element} */ (event.target).matches("pre code")) point(event); // from word to word
});
root.addEventListener("pointerleave", () => show(kept));
root.addEventListener("focusin", ({ target }) => {
  const element = /** @type {Element} */ (target);
  if (element.matches("[data-light]")) show(lightAt(element));
});
root.addEventListener("focusout", () => show(kept));
root.addEventListener("click", (event) => {
  const light = lightUnder(event);
  /** @type {HTMLAnchorElement?} */
  const link = /** @type {Element} */ (event.target).closest("a[data-light]");
  const goal = link && document.getElementById(link.hash.slice(1));
  if (goal) light[1] = sectionOf(goal);
  kept = !link && same(light, kept) ? [] : light;
  show(kept);
});

// With the keyboard: one Tab stop a drawing, arrow keys go from symbol to symbol.
// For whom the drawing is read out it is one image, so the symbols stand beside it.
setTimeout(() => {
  for (const figure of all("figure.diagram", root)) {
    const symbols = new Set(all("[data-sym]", figure).map(symbolAt));
    if (!symbols.size) continue;
    const list = document.createElement("div");
    Object.assign(list, {
      className: "sr-only",
      role: "listbox",
      ariaLabel: "Symbols of this drawing",
    });
    for (const symbol of symbols) {
      const option = document.createElement("div");
      Object.assign(option, { role: "option", tabIndex: list.childElementCount ? -1 : 0 });
      option.dataset.light = symbol;
      option.textContent = nameOf(symbol ?? "", symbols);
      list.append(option);
    }
    figure.prepend(list);
  }
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    kept = [];
    show(kept);
  }
  const from = /** @type {HTMLElement} */ (event.target);
  if (!from.matches("[role=option]")) return;
  const { previousElementSibling: before, nextElementSibling: after } = from;
  /** @type {Record<string, Element?>} */
  const ways = { ArrowLeft: before, ArrowUp: before, ArrowRight: after, ArrowDown: after };
  if (!(event.key in ways)) return;
  event.preventDefault(); // the page stays where it is
  const to = /** @type {HTMLElement?} */ (ways[event.key]);
  if (!to) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
});

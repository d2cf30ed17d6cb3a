// Lights a symbol wherever it stands in its section: in equations, drawings,
// code and tables of numbers. A section reaches from one h2 to the next.
//
// Pointing lights; a click or tap keeps the light until a second one, one
// elsewhere, or Escape. `[the forget gate](#lstm-cell){data-light="f"}` lights
// f where the link stands and, when followed, where it leads.

/** @typedef {Map<string, Element[]>} Section The symbols of a section, and where they stand. */
/** @typedef {[symbol?: string, section?: Section]} Light */

// What each symbol is called. Beside a reset gate, z is the update gate.
/** @type {Record<string, string>} */
const NAMES = {
  x: "input",
  h: "state",
  y: "output",
  W: "kernel",
  U: "recurrent kernel",
  b: "bias",
  z: "sum",
  c: "cell",
  c̃: "candidate",
  i: "input gate",
  f: "forget gate",
  o: "output gate",
  r: "reset gate",
  h̃: "candidate",
  σ: "sigmoid",
  tanh: "hyperbolic tangent",
  L: "loss",
};
// Whose block W_i, W_f, … of the packed weights is.
/** @type {Record<string, string>} */
const OWNER = { i: "i", f: "f", c: "c̃", o: "o", z: "z", r: "r", h: "h̃" };

const EQUALS = "-3D"; // how the names of its glyphs end
const WORDS = "pre .n, :not(pre) > code";
const root = /** @type {HTMLElement} */ (document.querySelector(".md-content"));

/** @param {string} symbol @param {Set<string>} beside */
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

/** The symbol that a row or column is about: its header cell says x_t, input x_t or h_t = ….
 * @param {HTMLTableCellElement} cell */
function headOf(cell) {
  const symbol = cell.querySelector("[data-sym]");
  const glyphs = cell.querySelectorAll("use");
  const own = symbol?.querySelectorAll("use") ?? [];
  const next = glyphs[own.length]?.getAttribute("href") ?? EQUALS;
  const before = cell.firstChild instanceof Text ? cell.firstChild.data : "";
  const said = own[0] && own[0] === glyphs[0] && next.endsWith(EQUALS) && /^\w* ?$/.test(before);
  return said ? symbol?.getAttribute("data-sym") : null;
}

/** @type {WeakMap<Element, Section>} */
const sections = new WeakMap(); // by their first block

/** @param {Element} element */
function sectionOf(element) {
  let first = element.closest(".md-typeset > *");
  while (first?.previousElementSibling && first.tagName !== "H2") {
    first = first.previousElementSibling;
  }
  if (!first) return;
  let section = sections.get(first);
  if (!section) {
    section = read(first);
    sections.set(first, section);
  }
  return section;
}

/** @param {Element} first */
function read(first) {
  const blocks = [first];
  let next = first.nextElementSibling;
  for (; next && next.tagName !== "H2"; next = next.nextElementSibling) blocks.push(next);
  /** @param {string} selector */
  const all = (selector) => blocks.flatMap((block) => [...block.querySelectorAll(selector)]);

  /** @type {Section} */
  const found = new Map();
  for (const element of all("[data-sym]")) {
    const symbol = element.getAttribute("data-sym") ?? "";
    if (!found.has(symbol)) found.set(symbol, []);
    found.get(symbol)?.push(element);
  }
  // A word is a symbol only if an equation or a drawing shows it: elsewhere i may count rows.
  for (const code of all(".language-python code")) markWords(code, found);
  for (const word of all(WORDS)) found.get(symbolOf(word.textContent ?? "") ?? "")?.push(word);
  for (const cell of /** @type {HTMLTableCellElement[]} */ (all("th, td:first-child"))) {
    const about = cell.closest("thead")
      ? (cell.closest("table")?.querySelectorAll(`tr > :nth-child(${cell.cellIndex + 1})`) ?? [])
      : [/** @type {Element} */ (cell.parentElement)];
    found.get(headOf(cell) ?? "")?.push(...about);
  }
  return found;
}

/** Give the words of code that are symbols of the section elements of their own.
 * @param {Element} code @param {Section} section */
function markWords(code, section) {
  for (const text of [...code.childNodes]) {
    if (!(text instanceof Text)) continue;
    const parts = text.data.split(/(\w+)/).map((part) => {
      if (!section.has(symbolOf(part) ?? "")) return part;
      const word = document.createElement("span");
      word.className = "n";
      word.textContent = part;
      return word;
    });
    if (parts.some((part) => part instanceof Element)) text.replaceWith(...parts);
  }
}

/** A packed array and its blocks light each other: W and W_f.
 * @param {string} whole @param {string} part @param {Section} section */
function holds(whole, part, section) {
  const [base, block] = part.split("_");
  return base === whole && block && (block[0] === "(" || section.has(OWNER[block]));
}

/** @type {Element[]} */
let lit = [];
/** @type {Element[]} */
let boxes = []; // around what is lit in equations: CSS has no outline for it
/** @type {Light} */
let shown = [];
/** @type {Light} */
let kept = []; // stays when the pointer goes

/** @param {Light} light */
function show([symbol, section]) {
  if (symbol === shown[0] && section === shown[1]) return;
  shown = [symbol, section];
  for (const box of boxes) box.remove();
  for (const element of lit) element.removeAttribute("data-lit");
  boxes = lit = [];
  if (!symbol || !section) return;
  lit = [...section].flatMap(([other, elements]) =>
    other === symbol || holds(other, symbol, section) || holds(symbol, other, section)
      ? elements
      : [],
  );
  // All is measured before anything is changed: the page is laid out once.
  const drawn = /** @type {SVGGElement[]} */ (
    lit.filter((e) => e.matches(".arithmatex g") && e.getClientRects().length)
  );
  boxes = drawn.map((group) => boxAround(group.getBBox()));
  for (const [i, box] of boxes.entries()) drawn[i].prepend(box);
  for (const element of lit) element.setAttribute("data-lit", "");
}

/** @param {DOMRect} area In thousandths of the letters' height. */
function boxAround({ x, y, width, height }) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "path");
  box.setAttribute("class", "lit-box");
  box.setAttribute("d", `M${x - 60} ${y - 90}h${width + 120}v${height + 180}h${-width - 120}z`);
  return box;
}

/** @param {EventTarget | null} target @returns {Light} */
function lightAt(target) {
  const near = /** @type {Element?} */ (target)?.closest(`[data-light], [data-sym], ${WORDS}`);
  const named = near?.getAttribute("data-light") ?? near?.getAttribute("data-sym");
  const symbol = named ?? symbolOf(near?.textContent ?? "");
  const section = near && symbol && sectionOf(near);
  return section && (named || section.has(symbol)) ? [symbol, section] : [];
}

/** What is under the pointer; in code, once the section is read, a word.
 * @param {MouseEvent} event */
function under({ target, clientX, clientY }) {
  const element = /** @type {Element} */ (target);
  if (!element.matches("pre code")) return element;
  sectionOf(element);
  return document.elementFromPoint(clientX, clientY);
}

root.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // its click follows
  const light = lightAt(under(event));
  show(light[0] ? light : kept);
});
root.addEventListener("pointerleave", () => show(kept));
root.addEventListener("focusin", ({ target }) => {
  if (/** @type {Element} */ (target).matches("[data-light]")) show(lightAt(target));
});
root.addEventListener("focusout", () => show(kept));
root.addEventListener("click", (event) => {
  const target = under(event);
  const light = lightAt(target);
  const link = /** @type {HTMLAnchorElement?} */ (target?.closest("a[data-light]") ?? null);
  const goal = link && document.getElementById(link.hash.slice(1));
  if (goal) light[1] = sectionOf(goal);
  kept = !link && light[0] === kept[0] && light[1] === kept[1] ? [] : light;
  show(kept);
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  kept = [];
  show(kept);
});

// With the keyboard: one Tab stop a drawing, arrow keys go from symbol to symbol.
// For whom the drawing is read out it is one image, so the symbols stand beside it.
for (const figure of root.querySelectorAll("figure.diagram")) {
  const symbols = new Set(
    [...figure.querySelectorAll("[data-sym]")].map((e) => e.getAttribute("data-sym") ?? ""),
  );
  if (!symbols.size) continue;
  const options = [...symbols].map(
    (symbol) =>
      `<div role="option" tabindex="-1" data-light="${symbol}">${nameOf(symbol, symbols)}</div>`,
  );
  figure.insertAdjacentHTML(
    "afterbegin",
    `<div class="sr-only" role="listbox" aria-label="Symbols of this drawing">${options.join("")}</div>`,
  );
  /** @type {HTMLElement} */ (figure.querySelector("[role=option]")).tabIndex = 0;
}
root.addEventListener("keydown", (event) => {
  const from = /** @type {HTMLElement} */ (event.target);
  if (from.role !== "option") return;
  const forward = /^Arrow(Right|Down)$/.test(event.key);
  if (!forward && !/^Arrow(Left|Up)$/.test(event.key)) return;
  event.preventDefault(); // the page stays where it is
  const to = /** @type {HTMLElement?} */ (
    forward ? from.nextElementSibling : from.previousElementSibling
  );
  if (!to) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
});

// Lets a tied number tell, under the pointer and under keyboard focus, which
// value it is, which module computed it and with which versions it was checked.
// Without this script the number's title and the last line of the page do.

const content = /** @type {HTMLElement} */ (document.querySelector(".md-content"));
const verified = document.querySelector("#__verified")?.textContent;

const tip = document.createElement("div");
tip.id = "__number-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

const TIED = "[data-v]:not(math *)";
const ALIVE = ":is(cell-explorer, gradient-lab) td *"; // whose tables see to their numbers themselves
// In an equation or a drawing single numbers cannot take the focus: it goes to
// the whole, or to the symbols of a drawing, and the tip tells all of its numbers.
const WHOLE = ".arithmatex, figure.diagram";
// One Tab stop a paragraph or table: arrow keys go on from there.
const GROUP = "table, p, li, dd, article";
/** @type {Element?} */
let described = null;

/** @typedef {HTMLElement} Tied An element with tied numbers, or an SVGElement that is used alike. */

/** @type {WeakMap<Element, string>} */
const told = new WeakMap();

/**
 * Take the title off a number: the browser would show it beside the tip.
 * @param {Tied} number
 */
function takeTitle(number) {
  const element = number.querySelector(":scope > title");
  const title = element?.textContent ?? number.getAttribute("title");
  element?.remove();
  number.removeAttribute("title");
  return title;
}

/**
 * What a number tells.
 * @param {Tied} number
 */
function tell(number) {
  const known = told.get(number);
  if (known) return known;
  const name = number.getAttribute("data-v") ?? "";
  // An explorer, which writes into a drawing, has taken the title off.
  const text =
    takeTitle(number) ?? `${name}, computed by snippets/${name.split(".", 2).join("/")}.py`;
  const all = text.includes("computed by") ? `${text}, ${verified}` : text;
  told.set(number, all);
  return all;
}

/** @param {Element} element @param {Tied[]} numbers */
function show(element, numbers) {
  hide();
  tip.textContent = numbers.map(tell).join("\n");
  tip.hidden = false;
  described = element;
  element.setAttribute("aria-describedby", tip.id);
  place(element);
}

/** @param {Element} element */
function place(element) {
  const at = element.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const above = at.top - tip.offsetHeight - 8;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above > 56 ? above : at.bottom + 8}px`;
}

function hide() {
  tip.hidden = true;
  described?.removeAttribute("aria-describedby");
  described = null;
}

/** @param {Element} around @returns {Tied[]} */
const numbersIn = (around) => [.../** @type {NodeListOf<Tied>} */ (around.querySelectorAll(TIED))];

// One number of each group can be reached with the Tab key.
setTimeout(() => {
  const groups = new Set();
  for (const number of numbersIn(content)) {
    if (number.matches(ALIVE)) continue;
    const whole = number.closest(WHOLE);
    const around = whole ?? number.closest(GROUP);
    if (groups.has(around)) continue;
    groups.add(around);
    const stop = /** @type {Tied} */ (whole ?? number);
    if (!whole?.querySelector("[tabindex]")) stop.tabIndex = 0;
  }
});

content.addEventListener("pointerover", ({ target }) => {
  const number = /** @type {Tied?} */ (/** @type {Element} */ (target).closest(TIED));
  if (number) show(number, [number]);
  else if (!described?.contains(document.activeElement)) hide();
});
content.addEventListener("pointerleave", hide);
content.addEventListener("focusin", ({ target }) => {
  const element = /** @type {Element} */ (target);
  const whole = element.closest(WHOLE);
  const numbers = whole ? numbersIn(whole) : [/** @type {Tied} */ (element)];
  if (numbers[0]?.matches(TIED)) show(whole ?? element, numbers);
});
content.addEventListener("focusout", hide);

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const number = /** @type {Tied} */ (event.target);
  if (!STEPS[event.key] || !number.matches(`${TIED}:not(${ALIVE})`)) return;
  const group = numbersIn(number.closest(GROUP) ?? content).filter((one) => !one.closest(WHOLE));
  const next = group[group.indexOf(number) + STEPS[event.key]];
  if (!next) return;
  event.preventDefault();
  number.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
// What takes the focus is scrolled into sight, and so is what a reader is about to point at: the tip
// goes with it. When something else has come below the pointer, the browser says so.
addEventListener(
  "scroll",
  () => {
    if (described) place(described);
  },
  { passive: true },
);

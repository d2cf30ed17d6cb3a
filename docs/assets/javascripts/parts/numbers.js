// Lets a tied number tell, under the pointer and under keyboard focus, which
// value it is, which module computed it and with which versions it was checked.
// Without this script the same words are the number's title.

const tip = document.createElement("div");
tip.id = "number-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

// In an equation or a drawing single numbers cannot take the focus: it goes to
// the whole, and the tip tells all of its numbers.
const WHOLE = ".arithmatex, figure.diagram";
/** @type {Element?} */
let described = null;

/** @typedef {HTMLElement} Tied An element with tied numbers, or an SVGElement that is used alike. */

/** What each tells. @type {Map<Tied, string>} */
const told = new Map();

/** @param {Element} element @param {Tied[]} numbers */
function show(element, numbers) {
  hide();
  tip.textContent = numbers.map((number) => told.get(number)).join("\n");
  tip.hidden = false;
  described = element;
  element.setAttribute("aria-describedby", tip.id);
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

/**
 * The title is taken off: the browser would show it beside the tip.
 * @param {Tied} number
 */
function takeTitle(number) {
  const element = number.querySelector(":scope > title");
  const text = element?.textContent ?? number.getAttribute("title") ?? "";
  element?.remove();
  number.removeAttribute("title");
  return text;
}

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * One Tab stop a paragraph or table: arrow keys go on from there.
 * @param {Tied[]} group
 */
function makeFocusable(group) {
  const [first, ...others] = group;
  first.tabIndex = 0;
  for (const number of others) number.tabIndex = -1;
  for (const number of group) {
    number.addEventListener("focus", () => show(number, [number]));
    number.addEventListener("blur", hide);
    number.addEventListener("keydown", (event) => {
      const next = group[group.indexOf(number) + STEPS[event.key]];
      if (!next) return;
      event.preventDefault();
      number.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
}

/** Equations and drawings, and what else holds numbers, with them. @type {Map<Tied, Tied[]>} */
const groups = new Map();
/** @type {NodeListOf<Tied>} */
const numbers = document.querySelectorAll("article [data-v]");
for (const number of numbers) {
  if (number.closest("math")) continue;
  told.set(number, takeTitle(number));
  number.addEventListener("pointerenter", () => show(number, [number]));
  number.addEventListener("pointerleave", hide);
  /** @type {Tied?} */
  const around = number.closest(WHOLE) ?? number.closest("table, p, li, dd, article");
  if (around) groups.set(around, [...(groups.get(around) ?? []), number]);
}
for (const [around, group] of groups) {
  if (around.matches(WHOLE)) {
    around.tabIndex = 0;
    around.addEventListener("focus", () => show(around, group));
    around.addEventListener("blur", hide);
  } else {
    makeFocusable(group);
  }
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("scroll", hide, { passive: true });

// Lets a tied number tell, under the pointer and under keyboard focus, which
// value it is, which module computed it and with which versions it was checked.
// Without this script the number's title and the last line of the page do.

const tip = document.createElement("div");
tip.id = "number-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

// In an equation or a drawing single numbers cannot take the focus: it goes to
// the whole, or to the symbols of a drawing, and the tip tells all of its numbers.
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

const verified = document.querySelector("#verified")?.textContent;

/**
 * The title is taken off: the browser would show it beside the tip.
 * @param {Tied} number
 */
function takeTitle(number) {
  const element = number.querySelector(":scope > title");
  const text = element?.textContent ?? number.getAttribute("title") ?? "";
  element?.remove();
  number.removeAttribute("title");
  return text.includes("computed by") ? `${text}, ${verified}` : text;
}

/**
 * Whether an element still prints the recorded number: an explorer takes the tie off another.
 * @param {Tied} number
 */
const tied = (number) => number.hasAttribute("data-v");

/**
 * @param {Tied} element
 * @param {Tied[]} group
 * @param {"focus" | "focusin" | "pointerenter"} enter
 * @param {"blur" | "focusout" | "pointerleave"} leave
 */
function listen(element, group, enter, leave) {
  element.addEventListener(enter, () => tied(group[0]) && show(element, group.filter(tied)));
  element.addEventListener(leave, hide);
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
    listen(number, [number], "focus", "blur");
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
const numbers = document.querySelectorAll(".md-content [data-v]");
for (const number of numbers) {
  if (number.closest("math")) continue;
  told.set(number, takeTitle(number));
  listen(number, [number], "pointerenter", "pointerleave");
  if (number.matches("cell-explorer td *")) {
    listen(number, [number], "focus", "blur"); // its own arrow keys lead to it
    continue;
  }
  /** @type {Tied?} */
  const around = number.closest(WHOLE) ?? number.closest("table, p, li, dd, article");
  if (around) groups.set(around, [...(groups.get(around) ?? []), number]);
}
for (const [around, group] of groups) {
  if (around.matches(WHOLE)) {
    if (!around.querySelector("[tabindex]")) around.tabIndex = 0;
    listen(around, group, "focusin", "focusout");
  } else {
    makeFocusable(group);
  }
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("scroll", hide, { passive: true });

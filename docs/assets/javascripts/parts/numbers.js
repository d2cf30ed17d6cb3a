// Lets a tied number tell, under the pointer and under keyboard focus, which
// value it is, which module computed it and with which versions it was checked.
// Without this script the number's title and the last line of the page do.

const tip = document.createElement("div");
tip.id = "number-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

// In an equation or a drawing single numbers cannot take the focus: it goes to
// the whole, and the tip tells all of its numbers.
const WHOLE = ".arithmatex, figure.diagram";
let described = null;

function show(element, text) {
  hide();
  tip.textContent = text;
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

// The title is taken off: the browser would show it beside the tip.
function takeTitle(number) {
  const element = number.querySelector(":scope > title");
  const text = element?.textContent ?? number.getAttribute("title");
  element?.remove();
  number.removeAttribute("title");
  return text.includes("computed by") ? `${text}, ${verified}` : text;
}

// An explorer takes the tie off a number that is no longer the recorded one.
const told = new Map();
const tied = (number) => number.hasAttribute("data-v");

function listen(number, enter, leave) {
  number.addEventListener(enter, () => tied(number) && show(number, told.get(number)));
  number.addEventListener(leave, hide);
}

function makeFocusable(group) {
  const [first, ...others] = group;
  first.tabIndex = 0;
  for (const number of others) number.tabIndex = -1;
  for (const number of group) {
    listen(number, "focus", "blur");
    number.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = group[group.indexOf(number) + step];
      if (!next) return;
      event.preventDefault();
      number.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
}

const groups = new Map(); // one Tab stop a paragraph or table: arrow keys go on from there
const wholes = new Map();
for (const number of document.querySelectorAll(".md-content [data-v]")) {
  if (number.closest("math")) continue;
  told.set(number, takeTitle(number));
  listen(number, "pointerenter", "pointerleave");
  if (number.matches("cell-explorer td *")) {
    listen(number, "focus", "blur"); // its own arrow keys lead to it
    continue;
  }
  const whole = number.closest(WHOLE);
  const [members, key] = whole
    ? [wholes, whole]
    : [groups, number.closest("table, p, li, dd, article")];
  members.set(key, [...(members.get(key) ?? []), number]);
}
for (const group of groups.values()) makeFocusable(group);
for (const [whole, numbers] of wholes) {
  whole.tabIndex = 0;
  const all = () =>
    numbers
      .filter(tied)
      .map((number) => told.get(number))
      .join("\n");
  whole.addEventListener("focus", () => tied(numbers[0]) && show(whole, all()));
  whole.addEventListener("blur", hide);
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("scroll", hide, { passive: true });

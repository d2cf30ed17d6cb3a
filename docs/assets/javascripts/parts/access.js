// What is wider than the screen can be scrolled with the keys only if it takes the focus.

const TABLE = { role: "region", "aria-label": "Table, can be scrolled sideways" };

// Tells the size of each when it is laid out, and whenever it changes.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const wide = target.scrollWidth > target.clientWidth;
    for (const [name, value] of Object.entries({
      tabindex: "0",
      ...(target.tagName === "DIV" && TABLE),
    })) {
      if (wide) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});
for (const block of document.querySelectorAll(".md-typeset__scrollwrap, pre > code")) {
  sizes.observe(block);
}
// The last blocks are laid out (unrolled.css). A rule for the last ones would lay out whatever comes last so far, again
// and again, while a page is coming.
setTimeout(() => {
  for (const block of document.querySelectorAll(
    ".md-content__inner > :nth-child(n + 22):nth-last-child(-n + 11)",
  ))
    block.classList.add("at-end");
});
// Who walks through a page with the keys comes to all of them: now all of it is laid out (unrolled.css).
addEventListener("keydown", ({ key }) => {
  if (key === "Tab") document.documentElement.classList.remove("from-top");
});

// In what the search finds, the tags of each page come in a <nav> without a name: a landmark
// that leads nowhere.
const results = document.querySelector(".md-search-result__list");
if (results) {
  new MutationObserver(() => {
    for (const nav of results.querySelectorAll("nav:not([role])")) nav.setAttribute("role", "none");
  }).observe(results, { childList: true, subtree: true });
}

// Answers are printed, folded or not.
/** @type {HTMLDetailsElement[]} */
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details")].filter((answer) => !answer.open);
  for (const answer of folded) answer.open = true;
});
addEventListener("afterprint", () => {
  for (const answer of folded) answer.open = false;
});

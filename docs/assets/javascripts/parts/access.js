// What is wider than the screen can be scrolled with the keys only if it takes the focus.

function mend() {
  const blocks = [...document.querySelectorAll(".md-typeset__scrollwrap, pre > code")];
  // All are measured before any is changed: the browser lays out the page once.
  const wide = blocks.map((block) => block.scrollWidth > block.clientWidth);
  blocks.forEach((block, i) => {
    const table = block.tagName === "DIV";
    for (const [name, value] of [
      ["tabindex", "0"],
      ...(table
        ? [
            ["role", "region"],
            ["aria-label", "Table, can be scrolled sideways"],
          ]
        : []),
    ]) {
      if (wide[i]) block.setAttribute(name, value);
      else block.removeAttribute(name);
    }
  });
}

// When the page has been laid out: to measure before would have it laid out twice.
addEventListener("load", () => setTimeout(mend));
addEventListener("resize", mend);
addEventListener("toggle", mend, true); // an answer was unfolded

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

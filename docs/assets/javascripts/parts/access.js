// Two things that Material's own script leaves unsaid to those who do not see
// the page or have no mouse.

function mend() {
  // Each copy button, and in what the search finds the tags of each page, come in
  // a <nav> without a name: a landmark that leads nowhere.
  const navs = "nav.md-code__nav:not([role]), .md-search-result nav:not([role])";
  for (const nav of document.querySelectorAll(navs)) {
    nav.setAttribute("role", "none");
  }
  // A table wider than the screen can be scrolled with the keys only if it takes the focus.
  /** @type {NodeListOf<HTMLElement>} */
  const tables = document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])");
  for (const table of tables) {
    if (table.scrollWidth <= table.clientWidth) continue;
    table.tabIndex = 0;
    table.setAttribute("role", "region");
    table.setAttribute("aria-label", "Table, can be scrolled sideways");
  }
}

mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", mend);

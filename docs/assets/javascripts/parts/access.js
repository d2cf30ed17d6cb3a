// Two things that Material's own script leaves unsaid to those who do not see
// the page or have no mouse.

function mend() {
  // Each copy button comes in a <nav> without a name: a landmark that leads nowhere.
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) {
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

// Lays out what lies below the first screen, which unrolled.css leaves out until
// the page is shown: bit by bit, so that a reader can scroll and point meanwhile.

const BIT = 5; // milliseconds, of a computer: a phone takes four times as long

/** @type {HTMLElement[]} */
let blocks = [];

function layOut() {
  const end = performance.now() + BIT;
  while (blocks.length && performance.now() < end) {
    const block = /** @type {HTMLElement} */ (blocks.shift());
    block.style.contentVisibility = "visible";
    block.getBoundingClientRect();
  }
  if (blocks.length) setTimeout(layOut);
  else document.documentElement.dataset.laidOut = ""; // tests wait for it
}

addEventListener("load", () =>
  setTimeout(() => {
    blocks = /** @type {HTMLElement[]} */ ([
      ...document.querySelectorAll(".from-top .md-content__inner > *"),
    ]).filter((block) => getComputedStyle(block).contentVisibility === "auto");
    layOut();
  }),
);

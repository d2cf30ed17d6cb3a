// Lays out what lies below the first screen, which unrolled.css leaves out until
// the page is shown: a few blocks a frame, so that a reader can scroll and point
// meanwhile.

const FEW = 6;

/** @type {HTMLElement[]} */
let blocks = [];

function layOut() {
  for (const block of blocks.splice(0, FEW)) block.style.contentVisibility = "visible";
  if (blocks.length) requestAnimationFrame(layOut);
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

// Lays out what lies below the first screen, which unrolled.css leaves out until
// the page is shown: a few blocks a frame, so that a reader can scroll and point
// meanwhile.

const FEW = 6;

/** @param {HTMLElement[]} blocks @param {() => void} done */
function layOut(blocks, done) {
  for (const block of blocks.splice(0, FEW)) block.style.contentVisibility = "visible";
  if (blocks.length) requestAnimationFrame(() => layOut(blocks, done));
  else done();
}

/** Kept when all of the page is laid out. @type {Promise<void>} */
export const laidOut = new Promise((done) => {
  addEventListener("load", () =>
    setTimeout(() => {
      const below = /** @type {HTMLElement[]} */ ([
        ...document.querySelectorAll(".from-top .md-content__inner > *"),
      ]).filter((block) => getComputedStyle(block).contentVisibility === "auto");
      layOut(below, done);
    }),
  );
});

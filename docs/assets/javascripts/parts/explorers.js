// Fetches the explorer's script when the reader comes near one, or asks it for a step.

const explorer = document.querySelector("cell-explorer");

if (explorer) {
  // All parts are in one script, which is no module: it has no import.meta.
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const load = () => import(new URL("explorer.js", here).href);
  if (new URLSearchParams(location.search).has("t")) load(); // a shared view
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      load();
    },
    { rootMargin: "100%" },
  );
  near.observe(explorer);
  // [at t = 1](#explorer){data-step=1 data-pick=f} in the prose
  addEventListener("click", async ({ target }) => {
    const link = /** @type {Element} */ (target).closest("[data-step]");
    if (!(link instanceof HTMLElement)) return;
    await load();
    /** @type {any} */ (explorer).explorer.go(Number(link.dataset.step), link.dataset.pick);
  });
}

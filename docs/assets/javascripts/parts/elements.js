// Fetches the script of an explorer or a calculator when the reader comes near it, or needs it.

const SCRIPTS = { "cell-explorer": "explorer.js", "shapes-calculator": "calculator.js" };

for (const [name, script] of Object.entries(SCRIPTS)) {
  const element = document.querySelector(name);
  if (element) fetchWhenNear(element, new URL(script, import.meta.url).href);
}

/** @param {Element} element @param {string} script */
function fetchWhenNear(element, script) {
  if (location.search) import(script); // a shared view
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      import(script);
    },
    { rootMargin: "100%" },
  );
  near.observe(element);
  // [at t = 1](#explorer){data-step=1 data-pick=f} in the prose
  addEventListener("click", async ({ target }) => {
    const link = target instanceof Element && target.closest("a[data-step]");
    if (!(link instanceof HTMLElement)) return;
    await import(script);
    /** @type {any} */ (element).explorer.go(Number(link.dataset.step), link.dataset.pick);
  });
}

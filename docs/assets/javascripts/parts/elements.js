// Fetches the script of an explorer or a calculator when the reader comes near it, or needs it.

const SCRIPTS = { "cell-explorer": "explorer.js", "shapes-calculator": "calculator.js" };

/** @type {Map<string, Promise<unknown>>} */
const fetched = new Map();

/** @param {string} script */
function fetchOnce(script) {
  if (!fetched.has(script)) {
    const element = document.createElement("script");
    element.src = script;
    fetched.set(script, new Promise((loaded) => element.addEventListener("load", loaded)));
    document.head.append(element);
  }
  return fetched.get(script);
}

// Not import(), which a browser refuses to what was opened from a disk.
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
for (const [name, script] of Object.entries(SCRIPTS)) {
  const element = document.querySelector(name);
  if (element) fetchWhenNear(element, new URL(script, here).href);
}

/** @param {Element} element @param {string} script */
function fetchWhenNear(element, script) {
  if (location.search) fetchOnce(script); // a shared view
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      fetchOnce(script);
    },
    { rootMargin: "100%" },
  );
  near.observe(element);
  // [at t = 1](#explorer){data-step=1 data-pick=f} in the prose
  addEventListener("click", async ({ target }) => {
    const link = target instanceof Element && target.closest("a[data-step]");
    if (!(link instanceof HTMLElement)) return;
    await fetchOnce(script);
    /** @type {any} */ (element).explorer.go(Number(link.dataset.step), link.dataset.pick);
  });
}

// Fetches the script of an explorer or a calculator when the reader comes near it, or needs it.

const SCRIPTS = {
  "cell-explorer": "explorer.js",
  "attention-lab": "attention-lab.js",
  "state-lab": "state-lab.js",
  "windows-lab": "windows-lab.js",
  "shapes-calculator": "calculator.js",
  "layer-workbench": "workbench.js",
  "sampling-lab": "sampling-lab.js",
  "padding-lab": "padding-lab.js",
  "gradient-lab": "gradient-lab.js",
  "reach-lab": "reach-lab.js",
  "shapes-lab": "shapes-lab.js",
  "frames-lab": "frames-lab.js",
};
const NEAR = { rootMargin: "100%" };

/** @type {Map<string, Promise<unknown>>} */
const fetched = new Map();

/** @param {string} script */
function fetchOnce(script) {
  const known = fetched.get(script);
  if (known) return known;
  const element = document.createElement("script");
  element.src = script;
  const done = new Promise((loaded, failed) => {
    element.addEventListener("load", loaded);
    element.addEventListener("error", failed);
  });
  fetched.set(script, done);
  document.head.append(element);
  return done;
}

/**
 * Let an element come alive. Without its script it stays as a page without scripts shows it.
 * @param {Element} element @param {string} script
 */
async function enliven(element, script) {
  try {
    await fetchOnce(script);
    element.removeAttribute("data-failed");
  } catch {
    fetched.delete(script); // who asks next tries again
    element.setAttribute("data-failed", "");
  }
}

// Not import(), which a browser refuses to what was opened from a disk.
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
/** @type {[Element, string][]} */
const elements = [];
for (const [name, script] of Object.entries(SCRIPTS)) {
  const element = document.querySelector(name);
  if (element) elements.push([element, new URL(script, here).href]);
}
for (const [element, script] of elements) enlivenWhenNear(element, script);

/** @param {Element} element @param {string} script */
function enlivenWhenNear(element, script) {
  if (location.search) enliven(element, script); // a shared view
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    enliven(element, script);
  }, NEAR);
  near.observe(element);
  // [at t = 1](#explorer){data-step=1 data-pick=f} in the prose
  addEventListener("click", async ({ target }) => {
    const link = target instanceof Element && target.closest("a[data-step]");
    if (!(link instanceof HTMLElement)) return;
    await enliven(element, script);
    /** @type {any} */ (element).explorer?.go(Number(link.dataset.step), link.dataset.pick);
  });
}

/** @param {Element} element @returns {Promise<boolean>} whether the reader is near it now */
const isNear = (element) =>
  new Promise((tell) => {
    const once = new IntersectionObserver(([entry]) => {
      once.disconnect();
      tell(entry.isIntersecting);
    }, NEAR);
    once.observe(element);
  });

/** Wait until all elements that the reader is near, and all that were asked for, are alive. */
export async function nearAlive() {
  await Promise.all(
    elements.map(async ([element, script]) => {
      if (await isNear(element)) await enliven(element, script);
    }),
  );
  await Promise.allSettled(fetched.values());
}

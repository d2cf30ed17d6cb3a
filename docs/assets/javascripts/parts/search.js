// The search is the theme's. Its script, index and worker weigh more than all the rest of a page, and most readers
// never search: they are fetched when the search is opened.

const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
const later = /** @type {HTMLTemplateElement | null} */ (document.getElementById("__later"));
let begun = false;

/** Whether the theme's script is there, or on its way: then keys are its own. */
export const searching = () => begun;

function begin() {
  const script = later?.content.querySelector("script")?.getAttribute("src");
  if (begun || !script) return;
  begun = true;
  // What frame.js does, that script leaves alone.
  for (const name of ["header-title", "sidebar", "toc", "top"]) {
    for (const part of document.querySelectorAll(`[data-md-component=${name}]`)) {
      part.removeAttribute("data-md-component");
    }
  }
  // As it begins it shuts the search if the address names a place in the page: so for now it names none.
  const { href, pathname, search } = location;
  history.replaceState(history.state, "", pathname + search);
  const theme = document.createElement("script");
  theme.src = script;
  theme.addEventListener("load", () => {
    history.replaceState(history.state, "", href);
    input?.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })); // what has been typed meanwhile
  });
  theme.addEventListener("error", () => {
    history.replaceState(history.state, "", href);
    begun = false; // who opens the search again tries again
  });
  document.body.append(theme);
}

function open() {
  begin();
  input?.focus();
  if (toggle && !toggle.checked) toggle.click();
}

if (location.protocol === "file:") {
  // A page that is opened from a disk may fetch nothing: there is no search.
  for (const part of document.querySelectorAll(".md-search, [for=__search]")) part.remove();
} else {
  input?.addEventListener("focus", open);
  toggle?.addEventListener("change", () => toggle.checked && open());
  if (new URLSearchParams(location.search).has("q")) begin();
  addEventListener("keydown", (event) => {
    const { key, target, metaKey, ctrlKey, altKey } = event;
    if (begun || metaKey || ctrlKey || altKey || !["f", "s", "/"].includes(key)) return;
    if (!(target instanceof HTMLElement) || target.isContentEditable) return;
    if (target.matches("input:not([type=radio]), select, textarea")) return;
    event.preventDefault();
    open();
    input?.select();
  });
}

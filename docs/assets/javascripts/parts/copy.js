// A button that copies a block of code. The theme has one as well, but measures
// the page after each one that it puts in: on a long page that takes a phone
// a quarter of a second.

const notice = document.querySelector(".md-dialog");

/** @param {HTMLElement} code */
async function copy(code) {
  await navigator.clipboard.writeText(code.textContent ?? "");
  const words = notice?.querySelector(".md-dialog__inner");
  if (!notice || !words) return;
  words.textContent = "Copied to clipboard";
  notice.setAttribute("role", "status");
  notice.classList.add("md-dialog--active");
  setTimeout(() => notice.classList.remove("md-dialog--active"), 2000);
}

setTimeout(() => {
  // A browser lends the clipboard only to pages that came over a safe connection.
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll("pre > code")) {
    const button = document.createElement("button");
    button.className = "md-code__button";
    button.type = "button";
    button.title = "Copy to clipboard";
    button.dataset.mdType = "copy";
    button.addEventListener("click", () => copy(/** @type {HTMLElement} */ (code)));
    const place = document.createElement("div");
    place.className = "md-code__nav";
    place.append(button);
    code.before(place);
  }
});

// A button that copies a block of code. The theme puts in such buttons as well, but measures the page after each
// one: on a long page that takes a phone a quarter of a second.

import { copyText } from "./clipboard.js";

const dialog = document.querySelector(".md-dialog");
dialog?.setAttribute("role", "status"); // read out

/** @param {Element} code */
async function copy(code) {
  const text = code.textContent?.replace(/\n$/, "") ?? "";
  if (!(await copyText(text))) {
    // Who forbids pages the clipboard can still copy what is selected.
    getSelection()?.selectAllChildren(code);
    document.execCommand("copy");
    getSelection()?.removeAllRanges();
  }
  if (!dialog?.firstElementChild) return;
  dialog.firstElementChild.textContent = "Copied to clipboard";
  dialog.classList.add("md-dialog--active");
  setTimeout(() => dialog.classList.remove("md-dialog--active"), 2000);
}

setTimeout(() => {
  for (const code of document.querySelectorAll("pre > code")) {
    const button = document.createElement("button");
    button.className = "md-code__button";
    button.type = "button";
    button.title = "Copy to clipboard";
    button.dataset.mdType = "copy";
    button.addEventListener("click", () => copy(code));
    const place = document.createElement("div");
    place.className = "md-code__nav";
    place.append(button);
    code.before(place);
  }
});

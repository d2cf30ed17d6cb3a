// A button that copies a block of code. The theme has one as well, but measures
// the page after each one that it puts in: on a long page that takes a phone
// a quarter of a second.

import { copyText } from "./clipboard.js";

const notice = document.querySelector(".md-dialog");

/** @param {string} text */
function say(text) {
  const words = notice?.querySelector(".md-dialog__inner");
  if (!notice || !words) return;
  words.textContent = text;
  notice.setAttribute("role", "status");
  notice.classList.add("md-dialog--active");
  setTimeout(() => notice.classList.remove("md-dialog--active"), 2000);
}

/** @param {Element} code */
async function copy(code) {
  if (await copyText(code.textContent ?? "")) return say("Copied to clipboard");
  getSelection()?.selectAllChildren(code);
  say("Not copied, but selected: copy it with the keys");
}

setTimeout(() => {
  if (!navigator.clipboard) return;
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

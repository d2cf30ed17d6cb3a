// A button that copies a block of code. What it does when it is pressed is the theme's. The theme puts in such
// buttons as well, but measures the page after each one: on a long page that takes a phone a quarter of a second.

document.querySelector(".md-dialog")?.setAttribute("role", "status"); // read out

setTimeout(() => {
  for (const [i, code] of document.querySelectorAll("pre > code").entries()) {
    code.id ||= `__code_${i}`;
    const button = document.createElement("button");
    button.className = "md-code__button";
    button.type = "button";
    button.title = "Copy to clipboard";
    Object.assign(button.dataset, { mdType: "copy", clipboardTarget: `#${code.id}` });
    const place = document.createElement("div");
    place.className = "md-code__nav";
    place.append(button);
    code.before(place);
  }
});

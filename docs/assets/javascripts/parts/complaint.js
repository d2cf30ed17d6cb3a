// What is wrong with a number in a field, said below it.

/**
 * Say it, or that all is well.
 * @param {HTMLElement} input in an .explorer-field, if it may ever be wrong @param {string} message empty if all is well
 */
export function complain(input, message) {
  if (!message && input.ariaInvalid !== "true") return; // nothing was said
  const field = /** @type {Element} */ (input.closest(".explorer-field"));
  input.ariaInvalid = String(Boolean(message));
  let told = field.querySelector(".explorer-complaint");
  if (!told) {
    told = document.createElement("span");
    told.className = "explorer-complaint";
    told.role = "alert";
    field.append(told);
  }
  told.textContent = message;
}

// A lab whose computing is fetched when a reader uses it.

import { beside, fetchScript } from "./scripts.js";

/** @template R what computes */
export class LateLab {
  /** @param {HTMLElement} root @param {string} own script @param {string} late the one beside it that computes */
  constructor(root, own, late) {
    this.root = root;
    this.late = beside(own, late);
  }

  /** @template {Element} [E=HTMLElement] @param {string} selector @returns {E} */
  find(selector) {
    return /** @type {E} */ (this.root.querySelector(selector));
  }

  /** @returns {Promise<R>} */
  reader() {
    return fetchScript(this.late);
  }

  /** What computes; nothing where it could not be fetched, which a place of the lab then tells. @param {string} place @returns {Promise<R | undefined>} */
  async fetched(place = ".lab-told") {
    try {
      return await this.reader();
    } catch {
      this.find(place).textContent =
        "What computes here could not be fetched. Change something to try again.";
    }
  }

  /** What computes is there before something is changed, and has computed what is shown: the first time takes longest. */
  fetchSoon() {
    const fetched = () => this.reader().then((reader) => this.compute(reader));
    for (const event of ["pointerenter", "focusin"])
      this.root.addEventListener(event, () => fetched().catch(() => {}), { once: true });
  }

  /** What is shown. @param {R} _ @returns {unknown} */
  compute(_) {
    return undefined;
  }
}

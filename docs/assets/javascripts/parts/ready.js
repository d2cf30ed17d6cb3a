// Says that a page has come to rest: it is loaded, the parts have done what they do to all of it, and what is
// near its reader is alive. Tests wait for it.

import { nearAlive } from "./elements.js";

addEventListener("load", () =>
  setTimeout(async () => {
    await nearAlive();
    document.documentElement.dataset.ready = "";
  }),
);

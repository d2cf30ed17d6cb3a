// Says that a page has come to rest: it is laid out, and what is near its reader is alive. Tests
// wait for it.

import { nearAlive } from "./elements.js";
import { laidOut } from "./laying-out.js";

laidOut.then(nearAlive).then(() => {
  document.documentElement.dataset.ready = "";
});

// The engine for a page without a worker, as one that was opened from a disk. Fetched by parts/formats.js.

import { runModel } from "./parts/engine.js";

document.currentScript?.dispatchEvent(new CustomEvent("format", { detail: { runModel } }));

// The engine for a page without a worker, as one that was opened from a disk. Fetched by parts/scripts.js.

import { runModel } from "./parts/engine.js";
import { tell } from "./parts/scripts.js";

tell({ runModel });

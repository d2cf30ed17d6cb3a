// The fields of the lab of backpropagation. Fetched by gradient-lab.js when a reader wants them.

import { Fields } from "./parts/fields.js";

document.currentScript?.dispatchEvent(new CustomEvent("format", { detail: { Fields } }));

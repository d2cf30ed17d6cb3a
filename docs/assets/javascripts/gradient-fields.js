// The fields of the lab of backpropagation. Fetched by gradient-lab.js when a reader wants them.

import { Fields } from "./parts/fields.js";
import { tell } from "./parts/scripts.js";

tell({ Fields });

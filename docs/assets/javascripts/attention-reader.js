// Computes for the lab of attention: the engine and the weights of the network. Fetched when a reader uses the lab.

import { look } from "./parts/attention.js";
import { tell } from "./parts/scripts.js";

tell({ look });

// Computes for the lab of sampling: the engine and the weights of the network. Fetched when a reader uses the lab.

import { tell } from "./parts/scripts.js";
import { many, string } from "./parts/writer.js";

tell({ many, string });

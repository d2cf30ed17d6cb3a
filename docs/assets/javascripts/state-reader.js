// Computes for the lab of states: the engine and the weights of the network. Fetched when a reader uses the lab.

import { read } from "./parts/reader.js";
import { tell } from "./parts/scripts.js";

tell({ read });

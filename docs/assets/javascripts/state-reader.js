// Computes for the lab of states: the engine and the weights of the network. Fetched when a reader uses the lab.

import { tell } from "./parts/formats.js";
import { read } from "./parts/reader.js";

tell({ read });

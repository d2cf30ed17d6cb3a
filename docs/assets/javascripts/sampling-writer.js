// Computes for the lab of sampling: the engine and the weights of the network. Fetched when a reader uses the lab.

import { many, string } from "./parts/writer.js";

document.currentScript?.dispatchEvent(new CustomEvent("format", { detail: { many, string } }));

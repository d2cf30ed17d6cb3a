// What reads weights that a reader brings, in text or as a file. Fetched by parts/formats.js when the first come.

import { readFile } from "./parts/files.js";
import { layersOf } from "./parts/layers.js";

document.currentScript?.dispatchEvent(
  new CustomEvent("format", { detail: { readFile, layersOf } }),
);

// What reads HDF5. Fetched by parts/formats.js when a reader brings such a file.

// @ts-expect-error: it brings no types
import { File } from "jsfive";
import { tell } from "./parts/formats.js";

tell({ File });

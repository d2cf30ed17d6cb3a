// What reads HDF5. Fetched by parts/scripts.js when a reader brings such a file.

import { Unzlib } from "fflate";
// @ts-expect-error: it brings no types
import { File, Filters } from "jsfive";
import { tell } from "./parts/scripts.js";

tell({ File, Filters, Unzlib });

// Programs, conversions and downloads of the workbench. Fetched by parts/scripts.js when a reader wants one.

import { zipSync } from "fflate";
import { check, convert } from "./parts/convert.js";
import { computedArrays, csv, givenArrays, npz } from "./parts/download.js";
import { FILE, program } from "./parts/programs.js";
import { tell } from "./parts/scripts.js";

const detail = { check, convert, computedArrays, csv, givenArrays, npz, zipSync, FILE, program };
tell(detail);

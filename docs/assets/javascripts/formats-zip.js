// What unpacks a zip. Fetched by parts/scripts.js when a reader brings one.

import { Inflate } from "fflate";
import { tell } from "./parts/scripts.js";

tell({ Inflate });

// What unpacks a zip. Fetched by parts/formats.js when a reader brings one.

import { Inflate } from "fflate";
import { tell } from "./parts/formats.js";

tell({ Inflate });

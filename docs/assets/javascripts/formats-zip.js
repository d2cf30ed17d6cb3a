// What unpacks a zip. Fetched by parts/formats.js when a reader brings one.

import { Inflate } from "fflate";

document.currentScript?.dispatchEvent(new CustomEvent("format", { detail: { Inflate } }));

// What every page of the site loads; hooks/scripts.py puts it into one file.

import "./parts/access.js";
import "./parts/copy.js";
import "./parts/from-disk.js";
import "./parts/symbols.js";
import "./parts/numbers.js"; // after the symbols, beside which it tells the numbers of a drawing
import "./parts/elements.js";

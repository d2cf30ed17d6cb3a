// What every page of the site loads; hooks/bundles.py puts it into one file.
//
// What a part does to a whole page it does in a task of its own, by setTimeout:
// a phone takes long for all of it, and a reader who scrolls meanwhile waits for
// one task only.

import "./parts/access.js";
import "./parts/copy.js";
import "./parts/frame.js";
import "./parts/from-disk.js";
import "./parts/symbols.js";
import "./parts/numbers.js"; // after the symbols, beside which it tells the numbers of a drawing
import "./parts/ready.js"; // last: it waits for the elements that come alive

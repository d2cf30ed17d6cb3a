// What every page of the site loads; hooks/scripts.py puts it into one file.

import "./parts/access.js";
import "./parts/copy.js";
import "./parts/from-disk.js";
import "./parts/numbers.js";
import "./parts/explorers.js";

// At an old address of a page: go on to where it is now, and to the place in it that was asked for.

import "./parts/from-disk.js";

const [link] = document.links;
location.replace(link.href + location.hash);

// What frames a page follows its reader: the contents mark what is read, the header has the title of a page whose
// heading has gone, a button leads back to the top, and keys to the pages before and after. The theme's script does
// that, too, but weighs a third of a visit: search.js fetches it for the search alone.

import { searching } from "./search.js";

const root = document.documentElement;
/** @param {string} id */
const toggle = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id));

// Contents and title ----------------------------------------------------------

/** @type {Map<Element, Element[]>} headings: the links to each, in both lists of contents */
const contents = new Map();
/** @type {Set<Element>} */
const passed = new Set();
let ended = false; // the page cannot be scrolled on: its last section is read

// Told of each heading that comes to the line below the header, or leaves it: nothing is measured by the way.
const line = 3.7 * Number.parseFloat(getComputedStyle(root).fontSize);
const headings = new IntersectionObserver(
  (entries) => {
    for (const { target, boundingClientRect, rootBounds, isIntersecting } of entries) {
      const above = boundingClientRect.top < (rootBounds?.top ?? line);
      if (target.tagName === "H1") {
        const title = document.querySelector(".md-header__title");
        title?.classList.toggle("md-header__title--active", above && !isIntersecting);
      } else if (above) passed.add(target);
      else passed.delete(target);
    }
    mark();
  },
  { rootMargin: `-${line}px 0px 9999999px`, threshold: [0, 1] },
);
const end = new IntersectionObserver(
  ([{ isIntersecting }]) => {
    ended = isIntersecting && scrollY > 0;
    mark();
  },
  { threshold: 1 },
);

function mark() {
  const all = [...contents.keys()];
  const last = ended ? all.length - 1 : all.findLastIndex((heading) => passed.has(heading));
  for (const link of contents.get(all[last]) ?? []) follow(link);
  for (const [i, heading] of all.entries()) {
    for (const { classList } of contents.get(heading) ?? []) {
      classList.toggle("md-nav__link--passed", i <= last);
      classList.toggle("md-nav__link--active", i === last);
    }
  }
}

/** Keep the section that is read in the middle of a long list. @param {Element} link */
function follow(link) {
  const list = link.closest(".md-sidebar--secondary .md-sidebar__scrollwrap");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const { top, height } = list.getBoundingClientRect();
  list.scrollTop += link.getBoundingClientRect().top - top - height / 2;
}

setTimeout(() => {
  for (const link of document.querySelectorAll("[data-md-component=toc] a.md-nav__link")) {
    const { hash } = /** @type {HTMLAnchorElement} */ (link);
    const heading = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (heading) contents.set(heading, [...(contents.get(heading) ?? []), link]);
  }
  for (const heading of [...contents.keys(), document.querySelector(".md-content h1")]) {
    if (heading) headings.observe(heading);
  }
  const last = document.querySelector(".md-footer > :last-child");
  if (last) end.observe(last);
});

// The page's own line in the navigation at the side: in the middle of its list, if that is long.
if (matchMedia("(min-width: 76.25em)").matches) {
  const own = document.querySelector(".md-sidebar--primary .md-nav__link--active[href]");
  const list = own?.closest(".md-sidebar__scrollwrap");
  const once = new IntersectionObserver(([{ boundingClientRect: place, isIntersecting }]) => {
    once.disconnect();
    if (list && !isIntersecting) list.scrollTop = place.top - innerHeight / 2;
  });
  if (own) once.observe(own);
}

// Back to the top -------------------------------------------------------------

const back = /** @type {HTMLElement | null} */ (document.querySelector(".md-top"));
let [above, below] = [0, 0];

/** @param {boolean} shown */
function showBack(shown) {
  if (!back) return;
  back.hidden = !shown;
  if (!shown) back.blur();
}
// The button is there while its reader scrolls up: then less is above, and more below. If only one of the two
// changes, the browser keeps what is read in its place while something else grows.
function scrolled() {
  const [wasAbove, wasBelow] = [above, below];
  [above, below] = [scrollY, root.scrollHeight - scrollY];
  if (above > wasAbove && below < wasBelow) showBack(false);
  if (above < wasAbove && below > wasBelow) showBack(above > 0);
}
addEventListener("scroll", scrolled, { passive: true });
back?.addEventListener("click", () => scrollTo({ top: 0 }));

// Keys and links --------------------------------------------------------------

// Who follows a link into the page looks at that place, not at the drawer that had the link.
addEventListener("hashchange", () => {
  scrolled();
  showBack(false);
  const drawer = toggle("__drawer");
  if (drawer) drawer.checked = false;
});

const NEIGHBOURS = { p: "prev", ",": "prev", n: "next", ".": "next" };

addEventListener("keydown", ({ key, target, metaKey, ctrlKey, altKey }) => {
  if (metaKey || ctrlKey || altKey || searching() || !(target instanceof HTMLElement)) return;
  if (key === "Enter" && target.tagName === "LABEL") target.click(); // a browser does so for buttons only
  if (target.matches("input, select, textarea") || target.isContentEditable) return;
  const rel = NEIGHBOURS[/** @type {keyof typeof NEIGHBOURS} */ (key)];
  const link = /** @type {HTMLLinkElement | null} */ (
    rel && document.querySelector(`link[rel=${rel}]`)
  );
  if (link) location.assign(link.href);
});

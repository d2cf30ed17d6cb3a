// What labs have in common: an element that comes alive once, and an address for what a reader sees.

/**
 * Let elements of a name be labs. Links in the prose ask their `explorer` to go where they lead: elements.js.
 * @param {string} name @param {new (root: HTMLElement) => any} Lab
 */
export function define(name, Lab) {
  customElements.define(
    name,
    class extends HTMLElement {
      /** @type {any} */
      explorer;

      connectedCallback() {
        this.explorer ??= new Lab(this);
      }
    },
  );
}

/** What of a state is not as at first. @param {Record<string, unknown>} state @param {Record<string, unknown>} first */
export function changed(state, first) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state))
    if (value !== first[name]) query.set(name, String(value));
  return query;
}

/**
 * Let an element say a text. One that says it already is not touched, and nothing is laid out for its sake.
 * @param {Element} element without others in it @param {string} text
 */
export function put(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/**
 * Let an element hold other HTML. What is as before stays untouched, and of the rest its texts and attributes change
 * where they can: a browser styles and lays out the less.
 * @param {Element} element @param {string} html
 */
export function renew(element, html) {
  if (written.get(element) === html) return;
  written.set(element, html);
  const made = /** @type {Element} */ (element.cloneNode());
  made.innerHTML = html;
  become(element, made);
}

/** The HTML in an element of the page, to come back to. @param {Element} element */
export function htmlOf(element) {
  written.set(element, element.innerHTML);
  return element.innerHTML;
}

/** @type {WeakMap<Element, string>} */
const written = new WeakMap();

/** Let a node that is shown be as one that was made. @param {Node} old @param {Node} made */
export function become(old, made) {
  if (old.isEqualNode(made)) return;
  if (old instanceof Text && made instanceof Text) old.data = made.data;
  else if (old instanceof Element && made instanceof Element && old.tagName === made.tagName) {
    for (const name of old.getAttributeNames())
      if (!made.hasAttribute(name)) old.removeAttribute(name);
    for (const name of made.getAttributeNames()) {
      const value = made.getAttribute(name) ?? "";
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    let here = shown(old.firstChild);
    for (let next = shown(made.firstChild); next; ) {
      const [node, after] = [next, shown(here?.nextSibling)];
      next = shown(next.nextSibling);
      if (here) become(here, node);
      else old.appendChild(node);
      here = after;
    }
    for (let next = here; next; next = here) {
      here = shown(next.nextSibling);
      old.removeChild(next);
    }
  } else old.parentNode?.replaceChild(made, old);
}

/** The first from a node on that is no line break of the page's source. @param {Node | null} [node] */
const shown = (node) => (node?.nodeValue === "\n" ? node.nextSibling : node);

/**
 * Show the rest of an answer after the frame that shows its beginning, so that who drags a slider waits for that alone.
 * Of several in a row the last one counts. Meanwhile the lab says that it is busy.
 * @param {Element} lab @param {() => void} show what brings the rest up to date @returns {Promise<void>} when it is shown
 */
export function later(lab, show) {
  const done = waiting.get(lab)?.done ?? painted().then(() => settle(lab));
  waiting.set(lab, { show, done });
  lab.ariaBusy = "true";
  return done;
}

/** Show now what waits. @param {Element} lab */
export function settle(lab) {
  const rest = waiting.get(lab);
  waiting.delete(lab);
  lab.ariaBusy = null;
  rest?.show();
}

/** @type {WeakMap<Element, {show: () => void, done: Promise<void>}>} */
const waiting = new WeakMap();

const PAUSE = 200; // ms
/** @type {number | undefined} */
let writing;

/**
 * Keep a query in the page's address, with the place that it is about, once a reader pauses. An empty one is taken out of it.
 * With each address a browser draws the page's icon anew, and some refuse more than three a second.
 * @param {URLSearchParams} query @param {string} id of the element
 */
export function remember(query, id) {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const rest = query.size ? `?${query}#${id}` : location.hash;
    try {
      history.replaceState(history.state, "", location.pathname + rest);
    } catch {
      // Opened from the file system, a page may not change its address.
    }
  }, PAUSE);
}

/** When the next frame has been painted. @returns {Promise<void>} */
const painted = () => new Promise((tell) => requestAnimationFrame(() => setTimeout(tell)));

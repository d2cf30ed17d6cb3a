// What labs have in common: an element that comes alive once, writing only what has changed, the rest after its frame, and
// an address for what a reader sees.

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

/** Texts that were put, which may change: those of the page come back. @type {WeakSet<Node>} */
const own = new WeakSet();

/**
 * Let an element say a text and no more. One that says it already is not touched, and nothing is laid out for its sake.
 * @param {Element} element @param {string} text
 */
export function put(element, text) {
  const { firstChild: there } = element;
  if (there && own.has(there)) {
    if (there.nodeValue !== text) there.nodeValue = text;
  } else if (element.textContent !== text || element.childElementCount) {
    const made = new Text(text);
    own.add(made);
    element.replaceChildren(made);
  }
}

/** Let an element have an attribute, or not have it. @param {Element} element @param {string} name @param {string | null} value */
export function mark(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Let a field be of use, or not. @param {{disabled: boolean}} field @param {boolean} is */
export function enable(field, is) {
  if (field.disabled === is) field.disabled = !is;
}

/** Move a slider. One that is there already is not laid out anew. @param {HTMLInputElement} slider @param {number} value @param {number} most */
export function slide(slider, value, most) {
  if (slider.max !== String(most)) slider.max = String(most);
  if (slider.value !== String(value)) slider.value = String(value);
}

const PIECE = /<(\/?)([\w-]+)([^>]*?)(\/?)>|[^<]+/g; // a tag or a text

/**
 * Let an element hold other HTML. Elements that are there stay where the new ones have the same names, and only what is
 * another text or attribute changes: a browser parses nothing, and has the less to style and lay out.
 * @param {Element} element @param {string} html with every element closed, and no ">" in an attribute
 */
export function renew(element, html) {
  if (written.get(element) === html) return;
  written.set(element, html);
  let parent = element;
  let here = shown(element.firstChild); // what is there and not yet gone through
  for (const [piece, end, name, attributes, closed] of html.matchAll(PIECE)) {
    if (piece === "\n") continue;
    if (end) {
      cut(here);
      here = shown(parent.nextSibling);
      parent = /** @type {Element} */ (parent.parentElement);
      continue;
    }
    let node = /** @type {Element & Text} */ (here);
    if (!node || node.localName !== name) {
      node = made(name, parent);
      if (here) parent.replaceChild(node, here);
      else parent.append(node);
    }
    if (!name) {
      const text = read(piece);
      if (node.data !== text) node.data = text;
    } else dress(node, attributes);
    if (name && !closed) {
      parent = node;
      here = shown(node.firstChild);
    } else here = shown(node.nextSibling);
  }
  cut(here);
}

/** @type {WeakMap<Element, string>} */
const written = new WeakMap();

/** The first from a node on that is no line break of the page's source. @param {Node | null} node */
const shown = (node) => (node?.nodeValue === "\n" ? node.nextSibling : node);

/** Remove a node and all that follow it. @param {Node | null} node */
function cut(node) {
  while (node) {
    const next = node.nextSibling;
    node.parentNode?.removeChild(node);
    node = next;
  }
}

/** A text, or an element of a name. @param {string | undefined} name @param {Element} parent @returns {any} */
const made = (name, parent) =>
  name ? document.createElementNS(parent.namespaceURI, name) : new Text();

/** Let an element have the attributes of a tag and no others. @param {Element} element @param {string} tag */
function dress(element, tag) {
  if (dressed.get(element) === tag) return;
  dressed.set(element, tag);
  const attributes = [...tag.matchAll(/([\w-]+)="([^"]*)"/g)];
  for (const name of element.getAttributeNames())
    if (!attributes.some(([, kept]) => kept === name)) element.removeAttribute(name);
  for (const [, name, value] of attributes) mark(element, name, read(value));
}

/** @type {WeakMap<Element, string>} */
const dressed = new WeakMap();

/** A text as HTML has it, read. @param {string} text */
function read(text) {
  if (!text.includes("&")) return text;
  const reader = document.createElement("p");
  reader.innerHTML = text;
  return reader.textContent ?? "";
}

/**
 * Show the rest of an answer after the frame that shows its beginning, part by part, a frame each: who drags a slider
 * waits for the beginning alone. Of several answers in a row the last one counts. Meanwhile the lab says that it is
 * busy. Whoever goes on with the keys goes on from all of it.
 * @param {Element} lab @param {(() => void)[]} parts what brings each up to date, in whichever order
 * @returns {Promise<void>} when all is shown
 */
export function later(lab, ...parts) {
  const { at, done } = waiting.get(lab) ?? { at: 0, done: framed().then(() => finish(lab)) };
  waiting.set(lab, { parts, at, left: parts.length, done });
  lab.ariaBusy = "true";
  for (const kind of ["focusin", "keydown"]) lab.addEventListener(kind, goOn, true);
  return done;
}

/** @typedef {{parts: (() => void)[], at: number, left: number, done: Promise<void>}} Rest at: the next part */
/** @type {WeakMap<Element, Rest>} */
const waiting = new WeakMap();

/** @param {Element} lab */
async function finish(lab) {
  for (; waiting.has(lab); await framed()) showNext(lab);
}

/** @param {Element} lab */
function showNext(lab) {
  const rest = /** @type {Rest} */ (waiting.get(lab));
  if (!--rest.left) {
    waiting.delete(lab);
    lab.ariaBusy = null;
  }
  rest.parts[rest.at++ % rest.parts.length]();
}

/** Show now what waits. @param {Element} lab */
export function settle(lab) {
  while (waiting.has(lab)) showNext(lab);
}

/** @param {Event} event */
const goOn = ({ currentTarget }) => settle(/** @type {Element} */ (currentTarget));

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
const framed = () => new Promise((tell) => requestAnimationFrame(() => setTimeout(tell)));

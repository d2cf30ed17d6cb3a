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
 * Keep a query in the page's address, with the place that it is about. An empty one is taken out of it. The frame that
 * shows an answer comes first: a browser holds the page up while it takes an address over.
 * @param {URLSearchParams} query @param {string} id of the element
 */
export function remember(query, id) {
  const write = () => {
    const rest = query.size ? `?${query}#${id}` : location.hash;
    try {
      history.replaceState(history.state, "", location.pathname + rest);
    } catch {
      // Opened from the file system, a page may not change its address.
    }
  };
  requestAnimationFrame(() => setTimeout(write));
}

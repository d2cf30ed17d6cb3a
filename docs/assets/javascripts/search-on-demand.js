// Fetches the search's own script and its index when the search is opened.
// Material asks for both with every page; together they weigh as much as all
// the rest, and most readers never search. It also asks for the site's map, to
// find a page in other languages: there are none.

/** @type {Promise<void>} */
const opened = new Promise((open) => {
  for (const event of ["focusin", "change"]) {
    addEventListener(event, ({ target }) => {
      if (target instanceof Element && target.closest(".md-search, #__search")) open();
    });
  }
});

window.XMLHttpRequest = class extends XMLHttpRequest {
  /** @param {[method: string, url: string | URL]} args */
  open(...args) {
    this.asked = String(args[1]);
    super.open(...args);
  }
  /** @param {XMLHttpRequestBodyInit | null} [body] */
  send(body) {
    if (this.asked?.endsWith("sitemap.xml")) return;
    if (this.asked?.endsWith("search/search_index.json")) opened.then(() => super.send(body));
    else super.send(body);
  }
};

// Of the site's workers only that of the search waits.
const Started = Worker;
class SearchWorker extends EventTarget {
  /** @param {string | URL} url */
  constructor(url) {
    super();
    this.started = opened.then(() => {
      const worker = new Started(url);
      worker.addEventListener("message", ({ data }) => {
        this.dispatchEvent(new MessageEvent("message", { data }));
      });
      return worker;
    });
  }
  /** @param {unknown} message */
  postMessage(message) {
    this.started.then((worker) => worker.postMessage(message));
  }
}
window.Worker = new Proxy(Started, {
  construct: (_, [url]) =>
    String(url).includes("/workers/search.") ? new SearchWorker(url) : new Started(url),
});

// A page that is opened from a disk may fetch nothing: there is no search.
if (location.protocol === "file:") {
  for (const part of document.querySelectorAll(".md-search, [for=__search]")) part.remove();
}

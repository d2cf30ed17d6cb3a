// Fetches the search's own script and its index when the search is opened.
// Material asks for both with every page; together they weigh as much as all
// the rest, and most readers never search.

{
  /** @type {Promise<void>} */
  const opened = new Promise((open) => {
    for (const event of ["focusin", "change"]) {
      addEventListener(event, ({ target }) => {
        if (target instanceof Element && target.closest(".md-search, #__search")) open();
      });
    }
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    /** @param {[method: string, url: string | URL]} request */
    open(...request) {
      this.forSearch = String(request[1]).endsWith("search/search_index.json");
      super.open(...request);
    }
    /** @param {XMLHttpRequestBodyInit?} [body] */
    send(body) {
      if (this.forSearch) opened.then(() => super.send(body));
      else super.send(body);
    }
  };

  const Started = Worker;

  // The search is the only worker of the site. It uses no more of a Worker than this:
  // @ts-expect-error
  window.Worker = class extends EventTarget {
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
  };
}

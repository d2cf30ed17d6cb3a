// Fetches the search's own script and its index when the search is opened.
// Material asks for both with every page; together they weigh as much as all
// the rest, and most readers never search.

{
  const opened = new Promise((open) => {
    for (const event of ["focusin", "change"]) {
      addEventListener(event, ({ target }) => {
        if (target.closest?.(".md-search, #__search")) open();
      });
    }
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url, ...rest) {
      this.forSearch = String(url).endsWith("search/search_index.json");
      super.open(method, url, ...rest);
    }
    send(body) {
      if (this.forSearch) opened.then(() => super.send(body));
      else super.send(body);
    }
  };

  // The search is the only worker of the site.
  const Started = Worker;
  window.Worker = class extends EventTarget {
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
    postMessage(message) {
      this.started.then((worker) => worker.postMessage(message));
    }
  };
}

// Looks, beside the page, for what yields the numbers that a reader got: parts/explain.js.

import { explain } from "./parts/explain.js";

addEventListener("message", async ({ data: { question, got } }) => {
  try {
    const answer = await explain(question, got, { progress: (now) => postMessage({ now }) });
    postMessage({ answer });
  } catch (error) {
    postMessage({ wrong: /** @type {Error} */ (error).message });
  }
});

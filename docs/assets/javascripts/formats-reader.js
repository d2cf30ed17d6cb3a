// Reads what a reader brings, in text or as a file: beside the page, as a worker, or in it where a browser
// allows none. Then parts/scripts.js fetches it.

import { brings } from "./parts/brings.js";
import { buffersOf } from "./parts/buffers.js";
import { fetchScript, tell } from "./parts/scripts.js";

const element = /** @type {HTMLScriptElement | undefined} */ (globalThis.document?.currentScript);
const here = element?.src ?? location.href;

const library = (/** @type {string} */ format) =>
  fetchScript(new URL(`formats-${format}.js`, here).href);

/** @param {{source: File | string, of: string, turn: number}} asked */
async function bring({ source, of, turn }) {
  const file = typeof source !== "string";
  return { of, turn, file, ...(await brings(source, of, library)) };
}

if (element) tell({ bring });
else
  addEventListener("message", async ({ data }) => {
    if (!data.of) return void Promise.allSettled(["zip", "hdf5"].map(library)); // will be needed
    const answer = await bring(data);
    postMessage(answer, { transfer: [...buffersOf(answer)] });
  });

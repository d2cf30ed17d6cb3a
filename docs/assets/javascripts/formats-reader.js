// Reads what a reader brings, in text or as a file: beside the page, as a worker, or in it where a browser
// allows none. Then parts/formats.js fetches it.

import { brings } from "./parts/brings.js";
import { buffersOf } from "./parts/buffers.js";
import { fetchFormat } from "./parts/formats.js";

const element = /** @type {HTMLScriptElement | undefined} */ (globalThis.document?.currentScript);
const here = element?.src ?? location.href;

/** @param {{source: File | string, of: string, turn: number}} asked */
async function bring({ source, of, turn }) {
  const library = (/** @type {string} */ format) =>
    fetchFormat(new URL(`formats-${format}.js`, here).href);
  const file = typeof source !== "string";
  return { of, turn, file, ...(await brings(source, of, library)) };
}

if (element) element.dispatchEvent(new CustomEvent("format", { detail: { bring } }));
else
  addEventListener("message", async ({ data }) => {
    const answer = await bring(data);
    postMessage(answer, { transfer: [...buffersOf(answer)] });
  });

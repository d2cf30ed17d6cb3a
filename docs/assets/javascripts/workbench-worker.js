// Computes beside the page, so that a long sequence does not freeze it.

import { runModel } from "./parts/engine.js";

addEventListener("message", ({ data: { id, setting } }) => {
  try {
    const { layers, input, options } = setting;
    postMessage({ id, model: runModel(layers, input, options) });
  } catch (error) {
    postMessage({ id, wrong: /** @type {Error} */ (error).message });
  }
});

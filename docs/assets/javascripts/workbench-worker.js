// Computes beside the page, so that a long sequence does not freeze it.

import { buffersOf } from "./parts/buffers.js";
import { runModel } from "./parts/engine.js";

addEventListener("message", ({ data: { id, setting } }) => {
  try {
    const { layers, input, options } = setting;
    const model = runModel(layers, input, options);
    postMessage({ id, model }, { transfer: [...buffersOf(model)] });
  } catch (error) {
    postMessage({ id, wrong: /** @type {Error} */ (error).message });
  }
});

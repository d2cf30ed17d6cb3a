// <layer-workbench>: a reader's own layer, with every number on the way.
//
// Weights, an input and, if there is one, another program's result come in as text or as files; the
// engine computes in a worker; parts/terms.js tells what a number is made of. Nothing is sent anywhere.

import { readArrays } from "./parts/arrays.js";
import {
  assembled,
  made,
  parameters,
  printed,
  readMask,
  readSequence,
  readStates,
  remarks,
  sequenceOf,
} from "./parts/brought.js";
import { CELLS, FUNCTIONS, NAMES } from "./parts/cells.js";
import { copyText } from "./parts/clipboard.js";
import { callsOf, cellOf, outputOf } from "./parts/engine.js";
import { escaped } from "./parts/escaped.js";
import { EXAMPLES } from "./parts/examples.js";
import { colours, drawing, sizeOf } from "./parts/heat.js";
import { isGated, isRecurrent, MERGE_MODES, usual } from "./parts/kinds.js";
import { left, rounded } from "./parts/notation.js";
import { fetchScript } from "./parts/scripts.js";
import { packed, unpacked } from "./parts/share.js";
import { Terms } from "./parts/terms.js";
import { written } from "./parts/written.js";

/** @typedef {import("./parts/engine.js").Layer} Layer */
/** @typedef {import("./parts/engine.js").Run} Run */
/** @typedef {import("./parts/engine.js").Sequence} Sequence */
/** @typedef {import("./parts/arrays.js").NamedArray} NamedArray */
/** @typedef {import("./parts/terms.js").Place} Place */
/** @typedef {ReturnType<typeof import("./parts/engine.js").runModel>} Model */
/** @typedef {import("./parts/explain.js").Answer} Answer */
/** @typedef {import("./parts/engine.js").Options} Options */
/** @typedef {import("./parts/engine.js").NDArray} NDArray */

const DIGITS = 6;
const WAIT = 250; // milliseconds without a key before a text is read
const FIRST = "lstm"; // of the examples
const MOST_TERMS = 12;
const MOST_PRINTED = 10_000; // numbers of an input: a field with more would hold the page up
const SLICE = 12; // milliseconds that are drawn for, before the page answers
const PATIENCE = 300; // milliseconds before the page says that it computes
const WINDOW = { steps: 6, units: 10 };
const MERGE = MERGE_MODES.filter((mode) => typeof mode === "string"); // one array, not two
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const BASE = new URL("../../", here).href; // the home page of the site

const FORM = `
<form class="workbench-bring" autocomplete="off" aria-label="Your layer, its input, and what you got">
<fieldset><legend>1. The layer</legend>
<label>begin with <select data-of="example"></select></label>
<label>weights, as <code>print(model.get_weights())</code> shows them
<textarea data-of="weights" rows="6" spellcheck="false" autocapitalize="off"></textarea></label>
<label>or a file: .keras, .weights.h5, .h5, .npz, .npy, .safetensors <input type="file" data-of="file" data-file="weights"></label>
<p class="fault" data-fault="weights" role="alert"></p>
<label hidden>these arrays can be <select data-of="reading"></select></label>
<div class="workbench-layers"></div>
</fieldset>
<fieldset><legend>2. The input</legend>
<label>(T, m) or (N, T, m) <textarea data-of="input" rows="4" spellcheck="false"></textarea></label>
<label>or a file: .npy, .npz <input type="file" data-file="input"></label>
<div class="workbench-made"><label>T <input data-of="T" type="number" min="1" max="1000" value="8"></label>
<label>N <input data-of="N" type="number" min="1" max="64" value="1"></label>
<label>seed <input data-of="seed" type="number" min="0" max="9999" value="1"></label>
<button type="button" data-make="zeros">zeros</button><button type="button" data-make="impulse">impulse</button><button type="button" data-make="random">random</button></div>
<p class="fault" data-fault="input" role="alert"></p>
<details class="workbench-more"><summary>first states, a mask, float32</summary>
<label>states before the first step, of layer 1: an LSTM has h and c, (u,) or (N, u) each <textarea data-of="states" rows="2" spellcheck="false"></textarea></label>
<p class="fault" data-fault="states" role="alert"></p>
<label>mask, (T,) or (N, T): 0 where a step is left out <textarea data-of="mask" rows="2" spellcheck="false"></textarea></label>
<p class="fault" data-fault="mask" role="alert"></p>
<label><input type="checkbox" data-of="float32"> round each operation to float32, as Keras computes</label>
</details>
</fieldset>
<fieldset><legend>3. What you got, if it differs</legend>
<label>the output that your own program gives: (u,) of the last step, (T, u) or (N, T, u)
<textarea data-of="got" rows="3" spellcheck="false"></textarea></label>
<label>or a file: .npy, .npz <input type="file" data-file="got"></label>
<p class="fault" data-fault="got" role="alert"></p>
<div class="workbench-why" role="status"></div>
<button type="button" class="workbench-stop" hidden>Stop looking</button>
</fieldset>
</form>
<div class="workbench-results">
<p class="workbench-status" role="status"></p>
<button type="button" class="workbench-cancel" hidden>Cancel</button>
<button type="button" class="workbench-share">Copy a link to this</button>
<div class="workbench-summary"></div>
<h2>Every number</h2>
<div class="workbench-choice"><label>values of <select data-of="run"></select></label>
<label>sample <input data-of="n" type="number" min="0" value="0"></label></div>
<div class="workbench-values"></div>
<details class="workbench-more workbench-take"><summary>Programs and downloads</summary>
<div class="workbench-made"><label>program for <select data-of="framework"><option value="numpy">NumPy</option><option value="keras">Keras</option><option value="pytorch">PyTorch</option></select></label>
<button type="button" class="workbench-write">Write it</button>
<button type="button" class="workbench-copy">Copy it</button>
<button type="button" data-save="npz">All numbers as .npz</button>
<button type="button" data-save="csv">All numbers as .csv</button></div>
<textarea class="workbench-program" rows="14" readonly spellcheck="false" aria-label="The program"></textarea>
<div class="workbench-made"><label>weights for <select data-of="target"><option value="pytorch">PyTorch</option><option value="keras3">Keras 3</option><option value="keras2">Keras 2</option><option value="onnx">ONNX</option><option value="tensorflow1">TensorFlow 1</option></select></label>
<button type="button" data-save="weights">Convert and save as .npz</button></div>
<ul class="workbench-notes"></ul>
</details>
<div class="workbench-number" tabindex="-1"></div>
</div>`;

class Workbench {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    root.innerHTML = FORM;
    /** @type {Layer[]} */
    this.layers = [];
    /** @type {{name: string, layers: Layer[]}[]} */
    this.readings = [];
    /** @type {Sequence} */
    this.input = { N: 1, T: 1, m: 1, data: [0] };
    /** @type {Model | undefined} */
    this.model = undefined;
    /** @type {NDArray | undefined} what another program gave, from a file */
    this.got = undefined;
    /** @type {Worker | null | undefined} */
    this.reader = undefined;
    /** @type {Record<string, number>} how often each was brought */
    this.turns = { weights: 0, input: 0, got: 0 };
    /** @type {Worker | null | undefined} */
    this.worker = undefined;
    /** @type {Worker | null | undefined} */
    this.looking = undefined;
    /** @type {Place} */
    this.picked = { name: "", t: 0, n: 0, j: 0 };
    /** @type {Options} */
    this.options = {};
    /** @type {{name: string, layer: Layer}[]} all layers of a file */
    this.others = [];
    /** @type {string[]} what is said of a file */
    this.notes = [];
    /** @type {IterableIterator<void>} what is still to be drawn */
    this.drawn = [].values();
    this.answeredTo = ""; // what of the reader's numbers has been looked through
    this.asked = 0;
    this.fill(
      "example",
      Object.values(EXAMPLES).map(({ name }) => name),
    );
    this.listen();
    this.begin();
  }

  /** @template {Element} [E=HTMLElement] @param {string} selector @returns {E} */
  find(selector) {
    return /** @type {E} */ (this.root.querySelector(selector));
  }

  /** @param {string} of @returns {HTMLInputElement} a field; those of lists and texts are used alike */
  field(of) {
    return this.find(`[data-of="${of}"]`);
  }

  /** @param {string} of @param {string[]} names */
  fill(of, names) {
    const options = names.map((name, k) => new Option(name, String(k)));
    /** @type {HTMLSelectElement} */ (this.find(`[data-of="${of}"]`)).replaceChildren(...options);
  }

  /** Say at a field what is wrong, or that nothing is. @param {string} of @param {string} [wrong] */
  complain(of, wrong = "") {
    this.find(`[data-fault="${of}"]`).textContent = wrong;
    this.field(of).setAttribute("aria-invalid", String(Boolean(wrong)));
  }

  /** Do what may find a mistake in a field; then the last good state stays. @param {string} of @param {() => void} act */
  attempt(of, act) {
    try {
      act();
      this.complain(of);
      return true;
    } catch (error) {
      if (!isOfReader(error)) throw error;
      this.complain(of, /** @type {Error} */ (error).message);
      return false;
    }
  }

  // What comes in --------------------------------------------------------------------------------

  /** Begin with what the address holds or names, ?layer=… or ?example=lstm. */
  begin() {
    const asked = new URLSearchParams(location.search);
    const names = Object.keys(EXAMPLES);
    const at = names.indexOf(asked.get("example") ?? "");
    this.example(at < 0 ? names.indexOf(FIRST) : at);
    const shared = asked.get("layer");
    if (shared) this.attempt("weights", () => this.open(unpacked(shared)));
  }

  /** Show what another reader has shared. @param {{layers: Layer[], input: Sequence}} setting */
  open({ layers, input }) {
    this.readings = [{ name: "", layers }];
    this.field("weights").value = "";
    this.takeInput(input);
    this.read(0);
  }

  /** @param {number} at */
  example(at) {
    const { layers, weights, x } = Object.values(EXAMPLES)[at];
    this.field("example").value = String(at);
    this.field("weights").value = weights;
    this.field("input").value = x;
    const arrays = readArrays(weights).map(({ array }) => array);
    this.readings = [{ name: "", layers: assembled(layers, arrays) }];
    this.notes = [];
    this.others = [];
    this.complain("weights");
    this.field("got").value = "";
    this.got = undefined;
    this.turns.weights++; // a file that is still being read comes too late
    this.read(0);
  }

  /** What a script of its own gives, fetched when it is needed first. @param {string} name */
  part(name) {
    return fetchScript(new URL(`${name}.js`, here).href);
  }

  /** Start what reads. */
  startReader() {
    this.reader ??= newWorker("formats-reader.js", (answer) => this.brought(answer));
  }

  /** A file is on its way: fetch what most need. */
  prepare() {
    if (this.reader) return;
    this.startReader();
    /** @type {Worker | null | undefined} */ (this.reader)?.postMessage({});
  }

  /** Have a text or a file read beside the page. @param {string} of @param {File | string} source */
  async bring(of, source) {
    const asked = { source, of, turn: ++this.turns[of] };
    this.startReader();
    if (this.reader) return this.reader.postMessage(asked);
    const { bring } = await this.part("formats-reader");
    this.brought(await bring(asked));
  }

  /** @param {{of: string, turn: number, file: boolean} & import("./parts/brings.js").Found} answer */
  brought({ of, turn, file, wrong, weights, array }) {
    if (turn !== this.turns[of]) return; // brought anew meanwhile
    if (wrong) return this.complain(of, wrong);
    if (weights) {
      this.complain(of);
      if (file) this.field(of).value = "";
      ({ readings: this.readings, others: this.others, notes: this.notes } = weights);
      this.read(0);
    } else if (of === "got") {
      this.got = array;
      this.field("got").value = "";
      this.why();
    } else {
      const { m } = this.layers[0];
      const fits = this.attempt(of, () =>
        this.takeInput(sequenceOf(/** @type {NDArray} */ (array), m)),
      );
      if (fits) this.compute();
    }
  }

  /** Take an input, and print it in its field, unless it is too long for one. @param {Sequence} input */
  takeInput(input) {
    this.input = input;
    const { N, T, m } = input;
    const field = this.field("input");
    const long = N * T * m > MOST_PRINTED;
    field.value = long ? "" : printed(input);
    field.placeholder = long ? `${written([N, T, m])}: too many numbers to print here` : "";
    this.complain("input");
  }

  /** Take one of what the arrays can be. @param {number} at */
  read(at) {
    this.layers = this.readings[at].layers;
    this.fill(
      "reading",
      this.readings.map(({ name }) => name),
    );
    this.field("reading").value = String(at);
    const label = /** @type {HTMLElement} */ (this.field("reading").parentElement);
    label.hidden = this.readings.length < 2;
    for (const of of ["states", "mask"]) this.field(of).value = "";
    this.options = { float32: this.options.float32 };
    this.showLayers();
    const { m } = this.layers[0];
    const text = this.field("input").value;
    const kept = !text && this.input.m === m; // from a file
    const fits = kept || this.attempt("input", () => this.readInput());
    if (fits) this.compute();
    else this.make("random");
  }

  readInput() {
    this.input = readSequence(this.field("input").value, this.layers[0].m);
    this.turns.input++;
  }

  inputChanged() {
    if (this.attempt("input", () => this.readInput())) this.compute();
  }

  /** @param {"zeros" | "impulse" | "random"} kind */
  make(kind) {
    const [N, T, seed] = ["N", "T", "seed"].map((of) => {
      const { min, max, value } = this.field(of);
      return Math.min(Number(max), Math.max(Number(min), Math.round(Number(value) || 0)));
    });
    this.takeInput(made(kind, { N, T, m: this.layers[0].m, seed }));
    this.compute();
  }

  // What is computed -----------------------------------------------------------------------------

  /** Compute in the worker, or here where a browser allows none, as from a disk. */
  compute() {
    const id = ++this.asked;
    const setting = { layers: this.layers, input: this.input, options: this.options };
    this.worker ??= newWorker("workbench-worker.js", (answer) => this.answered(answer));
    if (!this.worker) return this.computeHere(id);
    // In a task of its own, since large weights take a while to be copied.
    setTimeout(() => id === this.asked && this.worker?.postMessage({ id, setting }));
    setTimeout(() => this.showWaiting(id), PATIENCE);
  }

  /** @param {number} id */
  async computeHere(id) {
    const { runModel } = await this.part("workbench-engine");
    if (id === this.asked)
      this.answered({ id, model: runModel(this.layers, this.input, this.options) });
  }

  /** Say that it takes long, and let the reader stop it. @param {number} id of what is computed */
  showWaiting(id) {
    const waiting = id === this.asked && id !== this.last;
    this.find(".workbench-cancel").hidden = !waiting;
    if (waiting) this.say("Computing …");
  }

  cancel() {
    this.worker?.terminate();
    this.worker = undefined;
    this.asked++;
    this.find(".workbench-cancel").hidden = true;
    this.say("Stopped. What is shown is what was computed before.");
  }

  /** @param {string} text */
  say(text) {
    this.find(".workbench-status").textContent = text;
  }

  /** Take the states, the mask and the rounding that the reader wants. */
  optionsChanged() {
    const { N, T } = this.input;
    const [layer] = this.layers;
    const text = (/** @type {string} */ of) => this.field(of).value.trim();
    /** @type {Options} */
    const options = { float32: this.field("float32").checked };
    const good = ["states", "mask"].map((of) =>
      this.attempt(of, () => {
        if (!text(of)) return;
        const arrays = readArrays(text(of)).map(({ array }) => array);
        if (of === "mask") options.mask = readMask(arrays, N, T);
        else options.states = [readStates(arrays, layer, N)];
      }),
    );
    if (!good.every(Boolean)) return;
    this.options = options;
    this.compute();
  }

  /** @param {{id: number, model?: Model, wrong?: string}} answer */
  answered({ id, model, wrong }) {
    if (id !== this.asked) return; // asked anew meanwhile
    this.find(".workbench-cancel").hidden = true;
    if (!model) return this.complain("input", wrong);
    this.model = model;
    this.terms = undefined;
    this.ways = this.layers.flatMap((layer, k) =>
      ["forward", ...(layer.backward ? ["backward"] : [])].map((way) => ({ layer, k, way })),
    );
    const name = (/** @type {{layer: Layer, k: number, way: string}} */ { layer, k, way }) =>
      `layer ${k + 1}: ${layer.kind}${layer.backward ? `, ${way}` : ""}`;
    const before = this.field("run").value;
    this.fill("run", this.ways.map(name));
    if (Number(before) < this.ways.length && before) this.field("run").value = before;
    this.field("n").max = String(this.input.N - 1);
    this.showSummary();
    // In tasks of their own, so that the page answers in between.
    const next = (/** @type {() => void} */ act) => setTimeout(() => id === this.asked && act());
    next(() => {
      this.showRun();
      this.why();
      next(() => {
        this.drawAll(() => {
          this.last = id;
        });
      });
    });
    const program = /** @type {HTMLTextAreaElement} */ (this.find(".workbench-program"));
    if (program.value) this.showProgram();
  }

  // Why yours differ -----------------------------------------------------------------------------

  /** Look for what yields the numbers that the reader got. */
  why() {
    this.stopLooking();
    const text = this.field("got").value.trim();
    const place = this.find(".workbench-why");
    place.replaceChildren();
    this.complain("got");
    let { got } = this;
    if (text)
      this.attempt("got", () => {
        got = undefined;
        [{ array: got }] = readArrays(text);
      });
    if (!got) return;
    const used = new Set(this.layers.map(({ weights }) => weights[0]));
    const others = this.others.filter(({ layer }) => !used.has(layer.weights[0]));
    const question = { ...this.setting, others };
    this.looking = newWorker("workbench-explain.js", ({ now, answer, wrong }) => {
      if (now) place.textContent = `Looking: ${now.stage} ${now.done} of ${now.of} …`;
      if (wrong) this.complain("got", wrong);
      if (answer) {
        this.stopLooking();
        this.showAnswer(answer);
        this.answeredTo = text;
      }
    });
    if (!this.looking)
      return this.complain(
        "got",
        "A page that was opened from a disk cannot look: open it online.",
      );
    this.looking.postMessage({ question, got });
    this.find(".workbench-stop").hidden = false;
  }

  stopLooking() {
    this.looking?.terminate();
    this.looking = undefined;
    this.find(".workbench-stop").hidden = true;
  }

  /** @param {Answer} answer */
  showAnswer({ verdict, off, float32, explanations, perhaps, few, nearest }) {
    const clause = (/** @type {import("./parts/explain.js").Explanation} */ { says, links }) =>
      says
        .map((text, k) => `${text} (<a href="${escaped(BASE + links[k])}">explained here</a>)`)
        .join(", and ");
    const list = (/** @type {import("./parts/explain.js").Explanation[]} */ found) =>
      `<ul>${found.map((one) => `<li>${clause(one)}.</li>`).join("")}</ul>`;
    const far = (/** @type {number} */ number) =>
      (number >= 0.01 ? number.toFixed(2) : number.toExponential(1)).replace("-", "−");
    const told = [];
    if (verdict === "right")
      told.push(
        `<p><b>Your numbers are right.</b> They differ by ${far(off)} at most; float32 may differ by ${far(float32)} here.</p>`,
      );
    else if (verdict === "explained")
      told.push(`<p><b>Your numbers are what comes out if</b></p>${list(explanations)}`);
    else {
      told.push("<p><b>None of what this page knows yields your numbers.</b></p>");
      if (few) told.push("<p>There are too few of them to tell.</p>");
      if (perhaps.length) told.push(`<p>By chance, or because</p>${list(perhaps)}`);
      if (nearest)
        told.push(
          `<p>The nearest is ${nearest.ids.length ? `what comes out if ${clause(nearest)}` : "the right result"}, off by ${far(nearest.off)}.</p>`,
        );
    }
    this.find(".workbench-why").innerHTML = told.join("");
  }

  // Programs and downloads -----------------------------------------------------------------------

  get setting() {
    return { layers: this.layers, input: this.input, options: this.options };
  }

  async showProgram() {
    const { program } = await this.part("workbench-programs");
    /** @type {HTMLTextAreaElement} */ (this.find(".workbench-program")).value = program(
      this.setting,
      this.field("framework").value,
    );
  }

  /** @param {string | undefined} what npz, csv or weights */
  async save(what) {
    const parts = await this.part("workbench-programs");
    const { layers, setting, model } = this;
    if (what === "csv") return download("your-own-layer.csv", parts.csv(model, this.input.N));
    if (what === "npz") {
      const arrays = [...parts.givenArrays(setting), ...parts.computedArrays(setting, model)];
      return download(parts.FILE, [parts.npz(arrays, parts)]);
    }
    const target = this.field("target").value;
    const told = layers.map((layer, k) => {
      const { arrays, notes } = parts.convert(layer, target);
      const { input } = k ? { input: /** @type {Model} */ (model).sequences[k - 1] } : this;
      const changed = parts.check(layer, target, input);
      const name = `layer${k + 1}`;
      const same =
        changed === undefined ? [] : [`The conversion changes the output by ${changed}.`];
      return { name, arrays, notes: [...notes, ...same] };
    });
    this.find(".workbench-notes").replaceChildren(
      ...told.flatMap(({ name, notes }) => notes.map((note) => listItem(`${name}: ${note}`))),
    );
    const all = told.flatMap(({ name, arrays }) =>
      arrays.map((/** @type {NamedArray} */ one) => ({ ...one, name: `${name}.${one.name}` })),
    );
    if (all.length) download(`${target}.npz`, [parts.npz(all, parts)]);
  }

  /** The run that is looked at. */
  get way() {
    const ways = /** @type {{layer: Layer, k: number, way: string}[]} */ (this.ways);
    return ways[Number(this.field("run").value)];
  }

  get run() {
    const { k, way } = this.way;
    const { runs } = /** @type {Model} */ (this.model);
    return /** @type {Run} */ (runs[k][/** @type {"forward" | "backward"} */ (way)]);
  }

  /** Put what is shown into the address, if it is short, and into the clipboard. */
  async share() {
    const text = packed(this.layers, this.input);
    if (!text) return this.say("This is too large for a link: send the file and the input.");
    const url = new URL(location.href);
    url.search = new URLSearchParams({ layer: text }).toString();
    history.replaceState(null, "", url);
    const copied = await copyText(url.href);
    this.say(
      copied ? "The link is copied." : "The link stands in the address line: copy it from there.",
    );
  }

  // What is shown --------------------------------------------------------------------------------

  showLayers() {
    const choice = (
      /** @type {string} */ of,
      /** @type {string} */ label,
      /** @type {string[]} */ names,
    ) =>
      `<label>${label} <select data-option="${of}">${names
        .map((name) => `<option value="${name}">${NAMES[name] ?? name}</option>`)
        .join("")}</select></label>`;
    const check = (/** @type {string} */ of) =>
      `<label><input type="checkbox" data-option="${of}"> <code>${KERAS[of]}</code></label>`;
    this.find(".workbench-layers").innerHTML = this.layers
      .map((layer, k) => {
        const recurrent = isRecurrent(layer);
        const functions = [...Object.keys(FUNCTIONS), ...(recurrent ? [] : ["softmax"])];
        const options = [choice("activation", "activation", functions)];
        if (isGated(layer))
          options.push(
            choice("recurrentActivation", "recurrent activation", Object.keys(FUNCTIONS)),
          );
        if (layer.backward) options.push(choice("mergeMode", "merge_mode", MERGE));
        if (recurrent) options.push(check("returnSequences"));
        if (recurrent && !layer.backward) options.push(check("goBackwards"));
        const name = layer.backward ? `Bidirectional ${layer.kind}` : layer.kind;
        return `<fieldset data-layer="${k}"><legend>layer ${k + 1}: ${name}, m = ${layer.m}, u = ${layer.units}</legend>${options.join("")}</fieldset>`;
      })
      .join("");
    for (const [k, layer] of this.layers.entries())
      for (const field of this.find(`[data-layer="${k}"]`).querySelectorAll("[data-option]")) {
        const input = /** @type {HTMLInputElement} */ (field);
        const of = /** @type {keyof typeof KERAS} */ (input.dataset.option);
        const value = { ...defaults(layer), ...layer }[of];
        if (input.type === "checkbox") input.checked = Boolean(value);
        else input.value = String(value);
      }
  }

  /** @param {HTMLInputElement} field */
  optionChanged(field) {
    const k = Number(/** @type {HTMLElement} */ (field.closest("[data-layer]")).dataset.layer);
    const value = field.type === "checkbox" ? field.checked : field.value;
    this.layers[k] = { ...this.layers[k], [field.dataset.option ?? ""]: value };
    this.compute();
  }

  showSummary() {
    const { output } = /** @type {Model} */ (this.model);
    const rows = this.layers.map((layer, k) => {
      const arrays = [...layer.weights, ...(layer.backward ?? [])].map(({ shape }) =>
        written(shape),
      );
      return `<tr><th scope="row">${k + 1}: ${layer.kind}</th><td>${arrays.join(" ")}</td><td>${parameters(layer)}</td></tr>`;
    });
    const told = this.layers.flatMap((layer, k) =>
      remarks(layer).map((text) => `<li>Layer ${k + 1}: ${text}</li>`),
    );
    told.push(...this.notes.map((note) => `<li>${escaped(note)}</li>`));
    const { N, T, m } = output;
    this.find(".workbench-summary").innerHTML = `<div class="workbench-scroll"><table>
      <thead><tr><th>layer</th><th>arrays</th><th>parameters</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
      ${told.length ? `<ul>${told.join("")}</ul>` : ""}`;
    this.say(
      `Computed: the output has the shape (${N}, ${T}, ${m}), its last numbers are ${Array.prototype.slice
        .call(output.data, -Math.min(m, 4))
        .map((number) => rounded(number, DIGITS))
        .join(", ")}.`,
    );
  }

  /** Every value of the run: a heat map each, in the parts in which they are computed. */
  showRun() {
    const { layer, k } = this.way;
    const { run } = this;
    const { weights } = run;
    const calls = callsOf(layer);
    const parts = CELLS[cellOf(layer)];
    this.terms = new Terms(run, weights, sizeOfBatch(this, k).N, calls);
    const figure = (/** @type {string} */ name, /** @type {string} */ kind) =>
      `<figure><figcaption>${left(name, "t", run.lines, calls)}</figcaption><canvas data-${kind}="${name}" role="img"></canvas></figure>`;
    const groups = parts.map(
      ([title], part) =>
        `<section><h3>${title}</h3><div class="workbench-maps">${run.lines
          .filter((line) => line.part === part)
          .map(({ name }) => figure(name, "value"))
          .join("")}</div></section>`,
    );
    const panel = this.find(".workbench-number"); // may stand among them
    this.find(".workbench-values").innerHTML =
      `<section><h3>weights</h3><div class="workbench-maps">${inOrder(Object.keys(weights))
        .map((name) => figure(name, "weight"))
        .join(
          "",
        )}</div></section><section><h3>input</h3><div class="workbench-maps">${figure("x", "value")}</div></section>${groups.join("")}`;
    this.find(".workbench-values").append(panel);
    for (const canvas of this.root.querySelectorAll("canvas")) {
      const { told, map } = this.mapOf(canvas);
      [canvas.width, canvas.height] = sizeOf(map);
      canvas.ariaLabel = told;
      canvas.style.setProperty("--rows", String(map.rows));
    }
    if (!run.widths[this.picked.name]) this.picked = { name: outputOf(layer), t: 0, n: 0, j: 0 };
    this.show(this.picked);
  }

  /** The numbers of a heat map, and what is said of them. @param {HTMLCanvasElement} canvas */
  mapOf({ dataset: { value, weight } }) {
    const { run } = this;
    if (value) {
      const { N, T } = sizeOfBatch(this, this.way.k);
      const width = run.widths[value];
      const told = `${value} over ${T} steps and ${width} units`;
      const places = { from: this.sample() * width, across: N * width, down: 1 };
      return { told, map: { columns: T, rows: width, data: run.values[value], ...places } };
    }
    const { shape, data } = run.weights[weight ?? ""];
    const [columns, rows] = shape.length === 2 ? shape : [1, shape[0]];
    const told = `${weight} of the shape ${written(shape)}`;
    return { told, map: { columns, rows, data, from: 0, across: rows, down: 1 } };
  }

  /** Draw all heat maps, with pauses in which the page answers. @param {() => void} [done] */
  drawAll(done) {
    const drawn = this.drawing();
    this.drawn = drawn;
    const draw = () => {
      if (this.drawn !== drawn) return; // begun anew meanwhile
      const since = performance.now();
      while (performance.now() - since < SLICE) if (drawn.next().done) return done?.();
      setTimeout(draw);
    };
    draw();
  }

  /** Those near the reader first. @returns {Generator<void>} */
  *drawing() {
    const now = colours();
    const far = (/** @type {Element} */ map) => Math.abs(map.getBoundingClientRect().top);
    const maps = [...this.root.querySelectorAll("canvas")]
      .map((canvas) => ({ canvas, far: far(canvas) }))
      .sort((a, b) => a.far - b.far);
    for (const { canvas } of maps) {
      const { told, map } = this.mapOf(canvas);
      const { low, high } = yield* drawing(canvas, map, now);
      canvas.ariaLabel = `${told}: from ${rounded(low, 4)} to ${rounded(high, 4)}`;
      canvas.title = `${rounded(low, 4)} … ${rounded(high, 4)}`;
    }
  }

  /** The value that a pointer is at, on a heat map. @param {MouseEvent} event @returns {Place | null} */
  placeAt({ target, offsetX, offsetY }) {
    if (!(target instanceof HTMLCanvasElement) || !target.dataset.value) return null;
    const { columns, rows } = this.mapOf(target).map;
    const at = (
      /** @type {number} */ offset,
      /** @type {number} */ size,
      /** @type {number} */ count,
    ) => Math.min(count - 1, Math.max(0, Math.floor((offset / size) * count)));
    return {
      name: target.dataset.value,
      t: at(offsetX, target.clientWidth, columns),
      n: 0,
      j: at(offsetY, target.clientHeight, rows),
    };
  }

  sample() {
    return Math.min(Math.max(0, Number(this.field("n").value) || 0), this.input.N - 1);
  }

  /** What a reader asks for comes into sight. @param {Place} place */
  pick(place) {
    this.show(place);
    this.find(".workbench-number").scrollIntoView({ block: "nearest" });
  }

  /** Show a number below its heat map: its neighbours, and what it is made of. @param {Place} place */
  show(place) {
    const { run } = this;
    const { layer, k } = this.way;
    const { T } = sizeOfBatch(this, k);
    const width = run.widths[place.name];
    const t = Math.min(place.t, T - 1);
    const j = Math.min(place.j, width - 1);
    this.picked = { name: place.name, t, n: this.sample(), j };
    const terms = /** @type {Terms} */ (this.terms);
    const { letters, how, terms: parts } = terms.of(this.picked);
    const value = terms.value(this.picked);
    const calls = callsOf(layer);
    const sorted =
      how === "sum" ? [...parts].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)) : parts;
    const shown = sorted.slice(0, MOST_TERMS);
    const rest = sorted.slice(MOST_TERMS);
    const list = shown.map(({ label, value, place: at }) => {
      const number = rounded(value, DIGITS);
      const told = at
        ? `<button type="button" data-place='${JSON.stringify(at)}'>${label}</button>`
        : label;
      return `<tr><td>${told}</td><td>${number}</td></tr>`;
    });
    if (rest.length) {
      const sum = rest.reduce((all, { value }) => all + value, 0);
      list.push(
        `<tr><td>${rest.length} smaller ones together</td><td>${rounded(sum, DIGITS)}</td></tr>`,
      );
    }
    this.find(`canvas[data-value="${place.name}"]`)
      .closest("section")
      ?.after(this.find(".workbench-number"));
    const joined = { sum: "their sum", product: "their product", call: "of this", given: "" }[how];
    this.find(".workbench-number").innerHTML = `
      <h3>${left(place.name, "t", run.lines, calls)} at step ${run.order[t]}, unit ${j}</h3>
      <p class="workbench-equation">${letters}</p>
      <div class="workbench-made"><label>step <input type="number" data-at="t" min="0" max="${T - 1}" value="${t}"></label>
      <label>unit <input type="number" data-at="j" min="0" max="${width - 1}" value="${j}"></label></div>
      <div class="workbench-scroll"><table><thead><tr><th>made of</th><th>number</th></tr></thead><tbody>${list.join("")}
      <tr class="workbench-sum"><th scope="row">${joined ? `${joined}: ` : ""}${left(place.name, "t", run.lines, calls)}</th><td>${rounded(value, DIGITS)}</td></tr></tbody></table></div>
      <div class="workbench-scroll">${this.neighbours()}</div>`;
  }

  /** Tell the number that is pointed at. @param {PointerEvent} event */
  point(event) {
    const place = this.placeAt(event);
    if (!place) return;
    const canvas = /** @type {HTMLCanvasElement} */ (event.target);
    const number = rounded(this.terms?.value({ ...place, n: this.sample() }) ?? 0, DIGITS);
    canvas.title = `t = ${this.run.order[place.t]}, unit ${place.j}: ${number}`;
  }

  /** The numbers around the picked one: a table that can be tabbed through. */
  neighbours() {
    const { run } = this;
    const { k } = this.way;
    const { T } = sizeOfBatch(this, k);
    const { name, t, j, n } = this.picked;
    const width = run.widths[name];
    const terms = /** @type {Terms} */ (this.terms);
    const from = (
      /** @type {number} */ at,
      /** @type {number} */ count,
      /** @type {number} */ all,
    ) => Math.max(0, Math.min(at - Math.floor(count / 2), all - count));
    const [t0, j0] = [from(t, WINDOW.steps, T), from(j, WINDOW.units, width)];
    const steps = Array.from({ length: Math.min(WINDOW.steps, T) }, (_, i) => t0 + i);
    const units = Array.from({ length: Math.min(WINDOW.units, width) }, (_, i) => j0 + i);
    const cell = (/** @type {number} */ step, /** @type {number} */ unit) => {
      const place = { name, t: step, n, j: unit };
      const now = step === t && unit === j ? ' aria-current="true"' : "";
      return `<td><button type="button"${now} data-place='${JSON.stringify(place)}'>${rounded(terms.value(place), 4)}</button></td>`;
    };
    return `<table><caption class="sr-only">The numbers around it</caption><thead><tr><th>unit</th>${steps
      .map((step) => `<th>t = ${run.order[step]}</th>`)
      .join("")}</tr></thead><tbody>${units
      .map(
        (unit) =>
          `<tr><th scope="row">${unit}</th>${steps.map((step) => cell(step, unit)).join("")}</tr>`,
      )
      .join("")}</tbody></table>`;
  }

  // Listening ------------------------------------------------------------------------------------

  listen() {
    const later = (/** @type {() => void} */ act) => {
      let timer = 0;
      return () => {
        clearTimeout(timer);
        timer = setTimeout(act, WAIT);
      };
    };
    this.field("weights").addEventListener(
      "input",
      later(() => this.bring("weights", this.field("weights").value)),
    );
    this.field("input").addEventListener(
      "input",
      later(() => this.inputChanged()),
    );
    this.field("example").addEventListener("change", ({ target }) =>
      this.example(Number(/** @type {HTMLSelectElement} */ (target).value)),
    );
    this.field("reading").addEventListener("change", ({ target }) =>
      this.read(Number(/** @type {HTMLSelectElement} */ (target).value)),
    );
    this.field("run").addEventListener("change", () => {
      this.showRun();
      this.drawAll();
    });
    this.field("n").addEventListener("change", () => {
      this.drawAll();
      this.show(this.picked);
    });
    for (const of of ["states", "mask"])
      this.field(of).addEventListener(
        "input",
        later(() => this.optionsChanged()),
      );
    this.field("float32").addEventListener("change", () => this.optionsChanged());
    this.field("got").addEventListener(
      "input",
      later(() => {
        this.got = undefined;
        this.turns.got++;
        this.why();
      }),
    );
    this.find(".workbench-stop").addEventListener("click", () => {
      this.stopLooking();
      this.find(".workbench-why").textContent = "Stopped.";
    });
    this.find(".workbench-write").addEventListener("click", () => this.showProgram());
    this.field("framework").addEventListener("change", () => this.showProgram());
    this.find(".workbench-copy").addEventListener("click", async () => {
      const text = /** @type {HTMLTextAreaElement} */ (this.find(".workbench-program"));
      if (!text.value) await this.showProgram();
      if (!(await copyText(text.value))) text.select();
    });
    for (const button of this.root.querySelectorAll("[data-save]"))
      button.addEventListener("click", () =>
        this.save(/** @type {HTMLElement} */ (button).dataset.save),
      );
    this.find(".workbench-share").addEventListener("click", () => this.share());
    this.find(".workbench-cancel").addEventListener("click", () => this.cancel());
    this.root.addEventListener("pointermove", (event) => this.point(event));
    this.root.addEventListener("dragenter", () => this.prepare());
    this.root.addEventListener("focusin", ({ target }) => {
      if (/** @type {HTMLElement} */ (target).dataset.file) this.prepare();
    });
    this.root.addEventListener("dragover", (event) => event.preventDefault());
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      const onto = /** @type {Element} */ (event.target).closest(".workbench-bring > fieldset");
      const field = /** @type {HTMLElement} */ (onto?.querySelector("[data-file]"));
      if (file) this.bring(field?.dataset.file ?? "weights", file);
    });
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.root.addEventListener("change", ({ target }) => {
      const field = /** @type {HTMLInputElement} */ (target);
      if (field.dataset.option) this.optionChanged(field);
      if (field.dataset.file && field.files?.[0]) this.bring(field.dataset.file, field.files[0]);
      if (field.dataset.at)
        this.pick({
          ...this.picked,
          [field.dataset.at]: Math.max(0, Math.round(Number(field.value) || 0)),
        });
    });
    this.root.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const { make, place } = target.closest("button")?.dataset ?? {};
      if (make) this.make(/** @type {"zeros"} */ (make));
      if (place) {
        this.pick(JSON.parse(place));
        this.find(".workbench-number").focus();
      }
      const pointed = this.placeAt(event);
      if (pointed) this.pick(pointed);
    });
    // Paper shows all of it.
    addEventListener("beforeprint", () => [...this.drawn]);
    // The scheme may change by itself, or by the button above.
    new MutationObserver(() => this.drawAll()).observe(document.body, {
      attributeFilter: ["data-md-color-scheme"],
    });
  }
}

/** All W, then all U, then all b. @param {string[]} names */
const inOrder = (names) =>
  ["W", "U", "b"].flatMap((first) => names.filter((name) => name[0] === first));

/** What Keras calls the options. @type {Record<string, string>} */
const KERAS = {
  returnSequences: "return_sequences",
  goBackwards: "go_backwards",
};

/** @param {Layer} layer */
const defaults = (layer) => ({
  activation: usual(layer.kind),
  recurrentActivation: "σ",
  mergeMode: "concat",
  returnSequences: true,
  goBackwards: false,
});

/** How many samples and steps a layer of the stack reads. @param {Workbench} workbench @param {number} k */
const sizeOfBatch = ({ input, model }, k) =>
  k ? /** @type {Model} */ (model).sequences[k - 1] : input;

/** @param {string} script @param {(answer: any) => void} answered */
function newWorker(script, answered) {
  try {
    const worker = new Worker(new URL(script, here));
    worker.addEventListener("message", ({ data }) => answered(data));
    return worker;
  } catch {
    return null; // a page from a disk has none
  }
}

/** Whether an error tells the reader what to do: that of another script is of another class. @param {any} error */
const isOfReader = ({ name }) => name === "InputError" || name === "RangeError";

/** @param {string} text */
function listItem(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

/** Let the browser save what was made. @param {string} name @param {BlobPart[]} parts */
function download(name, parts) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

customElements.define(
  "layer-workbench",
  class extends HTMLElement {
    connectedCallback() {
      this.workbench ??= new Workbench(this);
    }

    /** @type {Workbench | undefined} */
    workbench;
  },
);

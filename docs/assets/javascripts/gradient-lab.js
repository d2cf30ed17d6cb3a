// <gradient-lab>: one unit of a layer, forwards by the lines of cells.js, then backwards part by part.
//
// The element wraps what the page shows anyway: a drawing, a table of the values and their derivatives,
// and one of the weights. Between them stand the controls of overrides/partials/gradient.html.

import { read } from "./parts/address.js";
import { FUNCTIONS } from "./parts/cells.js";
import { LAYERS, startOf } from "./parts/gradient-layers.js";
import { Rows } from "./parts/gradient-table.js";
import {
  by,
  equation,
  forwards,
  held,
  inLetters,
  less,
  letter,
  sources,
} from "./parts/gradient-words.js";
import { difference, gradients, INNER, loss } from "./parts/gradients.js";
import { define, later, mark, put, remember, settle } from "./parts/lab.js";
import { brief, given, rounded } from "./parts/notation.js";
import { plain } from "./parts/numpy.js";
import { OPTIMISERS } from "./parts/optimisers.js";
import { beside, fetchScript } from "./parts/scripts.js";

/** @typedef {import("./parts/presets.js").Setting & {more: {target: number, s: number, rate: number}}} Setting */
/** @typedef {{layer: string, setting: Setting, at: number}} State at: the stop on the way back */
/** @typedef {{t: number, title: string, names: string[]}} Stop t: -1 for weights; the loss has no names */
/** @typedef {ReturnType<typeof difference> & {g: number, steps: import("./parts/optimisers.js").Moved[]}} Weight */

const FIRST = "simple_rnn"; // the layer of the page's own drawing and tables
const STEPS = [...startOf(FIRST).x.keys()];
const KINDS = Object.keys(OPTIMISERS);
const [DIGITS, MORE] = [4, 6]; // decimals of values, and of what belongs to weights

class Lab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.state = restore();
    /** @type {string | null} the place of the number in question, if it is one */
    this.picked = null;
    const [values, weights] = /** @type {HTMLTableElement[]} */ ([
      ...root.querySelectorAll("table"),
    ]);
    this.drawing = [.../** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("[data-q]"))];
    for (const number of this.drawing) number.querySelector("title")?.remove();
    this.ties = this.drawing.map((number) => number.getAttribute("data-v") ?? "");
    this.values = new Rows(values, FIRST, rowsOfValues(FIRST));
    this.weights = new Rows(weights, FIRST, rowsOfWeights(FIRST));
    /** @type {import("./parts/fields.js").Fields | undefined} fetched when they are wanted */
    this.fields = undefined;
    this.layer = FIRST;
    /** @type {{view: object, weights: Map<string, Weight>, after: number[]} | undefined} what was measured last */
    this.known = undefined;
    this.view = look(this.state);
    this.listen();
    this.show();
    settle(root);
    this.find(".explorer-panel").inert = false;
  }

  /** @template {Element} [E=HTMLElement] @param {string} selector @returns {E} */
  find(selector) {
    return /** @type {E} */ (this.root.querySelector(selector));
  }

  /** @param {Partial<State>} change @param {string | null} picked */
  set(change, picked = null) {
    Object.assign(this.state, change);
    this.picked = picked;
    if (change.setting) this.view = look(this.state);
    this.show();
    write(this.state);
  }

  /** What is measured beside it: differences, and a step of each optimiser. Computed when it is first asked for. */
  measure() {
    const { view, texts } = this.view;
    if (this.known?.view === view) return this.known;
    const { s, rate } = this.state.setting.more;
    /** @type {Map<string, Weight>} */
    const weights = new Map();
    for (const { name, value: g } of view.ofWeights) {
      const steps = KINDS.map((kind) => OPTIMISERS[kind](view.weights[name], g, rate));
      weights.set(name, { ...difference(view, name, s), g, steps });
    }
    const after = KINDS.map((_, k) => {
      const moved = [...weights].map(([name, { steps }]) => [name, steps[k].weight]);
      return loss({ ...view, weights: Object.fromEntries(moved) });
    });
    for (const [place, number] of numbersOf(weights, after))
      texts.set(place, rounded(number, MORE));
    this.known = { view, weights, after };
    return this.known;
  }

  /** The drawing at once, or the equations where there is none; then all that has changed. */
  show() {
    const { layer, setting } = this.state;
    const isFirst = layer === FIRST;
    if (layer !== this.layer) {
      this.layer = layer;
      this.fields?.offer({ gated: LAYERS[layer].gated });
    }
    this.find("figure").style.display = isFirst ? "" : "none";
    const { stops, texts, view } = this.view;
    this.state.at = Math.min(this.state.at, stops.length - 1);
    const stop = stops[this.state.at];
    const asPrinted = isFirst && JSON.stringify(setting) === JSON.stringify(startOf(FIRST));
    const now = this.picked ? [this.picked] : placesOf(stop);
    const from = new Set(now.flatMap((place) => sources(view, place)));
    if (isFirst) this.draw(now);
    else this.say(stop, now);
    /** @param {Rows} table */
    const write = (table) => table.show(texts, asPrinted, new Set(now), from, this.picked);
    later(
      this.root,
      () => {
        /** @type {HTMLSelectElement} */ (this.find(".explorer-presets")).value = layer;
        if (isFirst) this.say(stop, now);
        for (const [i, number] of this.drawing.entries())
          mark(number, "data-v", (asPrinted && this.ties[i]) || null);
      },
      () => {
        this.values.use(layer, () => rowsOfValues(layer));
        write(this.values);
      },
      () => this.measure(),
      () => {
        this.measure();
        this.weights.use(layer, () => rowsOfWeights(layer));
        write(this.weights);
      },
      () => this.openFields()?.make(),
      () => this.openFields()?.show(),
    );
  }

  /** @param {string[]} now */
  draw(now) {
    const { view, texts } = this.view;
    const slope = (/** @type {number} */ t) => {
      const turn = view.values.find((one) => one.name === "z" && one.t === t)?.ways[0];
      return rounded(turn?.factors[0].value ?? 0, DIGITS);
    };
    for (const number of this.drawing) {
      const place = number.dataset.q ?? "";
      const [kind, t] = place.split(" ");
      const text = kind === "slope" ? slope(Number(t)) : (texts.get(place) ?? "");
      if (kind === "target") put(number, `2(y ${less(view.target)})`);
      else put(number, text.length > 8 ? brief(read(text)) : text);
      number.classList.toggle("explorer-now", now.includes(place));
    }
  }

  /** @param {Stop} stop @param {string[]} now */
  say({ t, title, names }, now) {
    if (this.picked) this.measure(); // it may be one of those
    const { stops, texts } = this.view;
    const { at } = this.state;
    const html = this.picked ? this.ofPlace(this.picked) : this.ofStop(names, t);
    const step = t < 0 ? "all t" : `t = ${t}`;
    const where = `stop ${at + 1} of ${stops.length}: ${title}`;
    put(this.find(".explorer-step"), step);
    put(this.find(".explorer-part"), where);
    this.find(".explorer-equations").innerHTML = html;
    const told = now.map((place) => `${place.split(" ")[0]} ${texts.get(place)}`);
    put(this.find(".explorer-status"), `${step}, ${where}: ${told.join(", ")}`);
    // Not disabled, which would take the focus away from under the reader's fingers.
    for (const button of this.moves())
      mark(button, "aria-disabled", String(this.target(button.dataset.move ?? "") === at));
  }

  // Equations -----------------------------------------------------------------------------------

  /** @param {string[]} names of a stop @param {number} t */
  ofStop(names, t) {
    const { view } = this.view;
    if (!names.length) return this.ofLoss();
    return [...view.values, ...view.ofWeights]
      .filter((one) => one.t === t && names.includes(one.name))
      .map((one) => equation(view, one, t < 0 && names.length > 1))
      .join("");
  }

  /** @param {string} place */
  ofPlace(place) {
    const { view } = this.view;
    const [name, rest] = place.split(" ");
    if (name === "L") return this.ofLoss(Number(rest) - 3);
    if (name in view.weights) return this.ofWeight(name, Number(rest));
    const t = Number(rest);
    if (name[0] === "∂")
      return equation(view, /** @type {any} */ (view.values.find((one) => placeOf(one) === place)));
    const line = view.lines.find((line) => line.name === name);
    const value = view.steps[t][name];
    if (!line) return `<p>${letter(name, t)} = ${given(value)} <span>an input</span></p>`;
    return `<p>${letter(name, t)} = ${inLetters(view, line.tree, t)}
      <span>= ${forwards(view, line.tree, t)} = <b>${rounded(value, DIGITS)}</b></span></p>`;
  }

  /** The loss, or that after the step of an optimiser. @param {number} [kind] */
  ofLoss(kind = -1) {
    const { view } = this.view;
    if (kind >= 0)
      return `<p><i>L</i> with all weights moved by ${KINDS[kind]}
        <span>= <b>${rounded(this.measure().after[kind], MORE)}</b>, before ${rounded(view.loss, MORE)}</span></p>`;
    const t = view.steps.length - 1;
    const name = /** @type {{name: string}} */ (view.lines.at(-1)).name;
    const y = rounded(view.steps[t][name], DIGITS);
    return `<p><i>L</i> = (${letter(name, t)} − target)²
      <span>= (${y} ${less(view.target)})² = <b>${rounded(view.loss, DIGITS)}</b></span></p>`;
  }

  /** @param {string} name @param {number} column */
  ofWeight(name, column) {
    const { view } = this.view;
    const { s, rate } = this.state.setting.more;
    const { above, below, value, g, steps } = /** @type {Weight} */ (
      this.measure().weights.get(name)
    );
    const [w, W] = [given(view.weights[name]), letter(name, "t")];
    const [gradient, step] = [held(rounded(g, MORE)), given(rate)];
    if (column === 0) return `<p>${W} = ${w} <span>a weight</span></p>`;
    if (column === 1)
      return equation(view, /** @type {any} */ (view.ofWeights.find((one) => one.name === name)));
    if (column === 2)
      return `<p>(<i>L</i>(${W} + <i>s</i>) − <i>L</i>(${W} − <i>s</i>)) / 2<i>s</i>
        <span>= (${rounded(above, 10)} − ${rounded(below, 10)}) / (2 · ${given(s)})</span>
        <span>= <b>${rounded(value, MORE)}</b></span></p>`;
    const { m, v, weight } = steps[column - 3];
    const result = `<b>${rounded(weight, MORE)}</b>`;
    if (column === 3)
      return `<p>${W} − rate · <i>g</i> <span>= ${w} − ${step} · ${gradient} = ${result}</span></p>`;
    const root = given(/** @type {number} */ (v));
    if (column === 4)
      return `<p><i>v</i> = 0.1 <i>g</i>² <span>= 0.1 · ${gradient}² = ${root}</span></p>
        <p>${W} − rate · <i>g</i> / √(<i>v</i> + ε)
        <span>= ${w} − ${step} · ${gradient} / √(${root} + 1e−7) = ${result}</span></p>`;
    const mean = given(/** @type {number} */ (m));
    return `<p><i>m</i> = 0.1 <i>g</i> <span>= ${mean}</span></p>
      <p><i>v</i> = 0.001 <i>g</i>² <span>= ${root}</span></p>
      <p>${W} − rate · √0.001 / 0.1 · <i>m</i> / (√<i>v</i> + ε)
        <span>= ${w} − ${step} · √0.001 / 0.1 · ${held(mean)} / (√${root} + 1e−7) = ${result}</span></p>`;
  }

  /** The fields, if they are open. */
  openFields() {
    return this.find(".explorer-change").hasAttribute("open") ? this.fields : undefined;
  }

  /** The fields, in which numbers are changed: most readers never open them. */
  async fill() {
    if (this.fields) return this.fields.show();
    const place = this.find(".explorer-fields");
    try {
      const { Fields } = await fetchScript(beside("gradient-lab.js", "gradient-fields.js"));
      this.fields ??= new Fields(
        place,
        { gated: LAYERS[this.layer].gated },
        () => ({ setting: this.state.setting, variant: false }),
        (/** @type {{setting: Setting}} */ { setting }) => this.set({ setting }),
      );
      this.fields?.show();
    } catch {
      place.textContent = "The fields could not be fetched: close and open this again.";
    }
  }

  // Moving about --------------------------------------------------------------------------------

  moves() {
    return [...this.root.querySelectorAll("button")].filter((button) => button.dataset.move);
  }

  /** @param {string} move where it leads */
  target(move) {
    const last = this.view.stops.length - 1;
    if (move === "loss") return 0;
    if (move === "end") return last;
    return Math.max(0, Math.min(last, this.state.at + (move === "back" ? 1 : -1)));
  }

  /** @param {string} move */
  move(move) {
    if (this.target(move) !== this.state.at || this.picked) this.set({ at: this.target(move) });
  }

  /** A number becomes the one in question; its stop is the present one. @param {string | null} place */
  pick(place) {
    if (!place) return;
    const at = this.view.stops.findIndex((stop) => placesOf(stop).includes(place));
    this.set(at < 0 ? {} : { at }, this.picked === place ? null : place);
  }

  /** For links in the prose. @param {number} step @param {string} [name] the number to pick, such as ∂h */
  go(step, name) {
    this.pick(`${name} ${step}`);
  }

  /** @param {string} layer */
  choose(layer) {
    this.set({ layer, setting: startOf(layer), at: 0 });
  }

  listen() {
    for (const button of this.moves())
      button.addEventListener("click", () => this.move(button.dataset.move ?? ""));
    const at = (/** @type {EventTarget | null} */ target) => {
      settle(this.root); // what is pressed is as it is shown
      return this.values.at(target) ?? this.weights.at(target);
    };
    this.root.addEventListener("click", ({ target }) => this.pick(at(target)));
    this.root.addEventListener("keydown", (event) => {
      const place = event.key === "Enter" || event.key === " " ? at(event.target) : null;
      if (place) event.preventDefault();
      this.pick(place);
    });
    this.find(".explorer-panel").addEventListener("keydown", (event) => this.key(event));
    this.find(".explorer-change").addEventListener("toggle", () => this.fill());
    const list = /** @type {HTMLSelectElement} */ (this.find(".explorer-presets"));
    for (const [name, { title }] of Object.entries(LAYERS)) list.append(new Option(title, name));
    // The first time takes longest: before a reader chooses another layer it is over.
    const warm = () => {
      for (const layer of Object.keys(LAYERS))
        setTimeout(() => look({ layer, setting: startOf(layer) }));
    };
    for (const event of ["pointerenter", "focusin"])
      this.root.addEventListener(event, warm, { once: true });
    list.addEventListener("change", () => this.choose(list.value));
    this.find(".explorer-reset").addEventListener("click", () => this.choose(FIRST));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (/** @type {Element} */ (event.target).closest("input, select")) return;
    const move = { ArrowLeft: "back", ArrowRight: "forth", Home: "loss", End: "end" }[event.key];
    if (!move) return;
    event.preventDefault();
    this.move(move);
  }
}

/** What follows from the numbers, forwards and backwards. @param {Pick<State, "layer" | "setting">} state */
function look({ layer, setting }) {
  const { lines, parts } = LAYERS[layer];
  const { x, weights, before, more } = setting;
  const calls = { g: setting.activation, σ: setting.gates };
  const task = { lines, weights, x, calls, before, target: more.target };
  const view = { ...task, ...gradients(task) };
  return { view, stops: stopsOf(view, parts), texts: texts(view) };
}

// Places: "h 1" is a value, "∂h 1" its derivative, "W 0" to "W 5" the columns of a weight ------------

/** @param {{name: string, t: number}} derivative */
const placeOf = ({ name, t }) => (t < 0 ? `${name} 1` : `∂${name} ${t}`);

/** @param {Stop} stop */
const placesOf = ({ t, names }) =>
  names.length ? names.map((name) => placeOf({ name, t })) : ["L 0"];

/** The values of a layer that have a row: its last one of the last step alone, if no step reads it. @param {string} layer */
const outerOf = (layer) =>
  LAYERS[layer].lines.map(({ name }) => name).filter((name) => !INNER.test(name));

/** @param {string} layer @returns {import("./parts/gradient-table.js").Row[]} */
function rowsOfValues(layer) {
  const names = outerOf(layer);
  const last = STEPS.length - 1;
  const row = (
    /** @type {string} */ head,
    /** @type {string} */ key,
    /** @type {string} */ name,
  ) => ({
    key,
    head,
    places: STEPS.map((t) => (name === "y" && t < last ? null : `${key} ${t}`)),
  });
  return [
    ...["x", ...names].map((name) => row(letter(name, "t"), name, name)),
    ...names.toReversed().map((name) => row(by(name, "t"), `∂${name}`, name)),
  ];
}

/** @param {string} layer @returns {import("./parts/gradient-table.js").Row[]} */
function rowsOfWeights(layer) {
  const rows = Object.keys(startOf(layer).weights).map((name) => ({
    key: name,
    head: letter(name, "t"),
    places: [0, 1, 2, 3, 4, 5].map((column) => `${name} ${column}`),
  }));
  const ofLoss = ["L 0", null, null, "L 3", "L 4", "L 5"];
  return [...rows, { key: "L", head: "loss <i>L</i>", places: ofLoss }];
}

/** The numbers of the tables that follow from forwards and backwards, written, by place. @param {import("./parts/gradient-words.js").View} view */
function texts(view) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [t, step] of view.steps.entries())
    for (const [name, value] of Object.entries(step))
      found.set(`${name} ${t}`, name === "x" ? given(value) : rounded(value, DIGITS));
  for (const one of view.values) found.set(placeOf(one), rounded(one.value, DIGITS));
  for (const one of view.ofWeights) found.set(placeOf(one), rounded(one.value, MORE));
  for (const [name, value] of Object.entries(view.weights)) found.set(`${name} 0`, given(value));
  return found.set("L 0", rounded(view.loss, MORE));
}

/**
 * Those that are measured beside them, by place.
 * @param {Map<string, Weight>} weights @param {number[]} after of the optimisers @returns {[string, number][]}
 */
const numbersOf = (weights, after) => [
  ...[...weights].flatMap(([name, { value, steps }]) =>
    [value, ...steps.map(({ weight }) => weight)].map(
      (number, k) => /** @type {[string, number]} */ ([`${name} ${k + 2}`, number]),
    ),
  ),
  ...after.map((number, k) => /** @type {[string, number]} */ ([`L ${k + 3}`, number])),
];

/**
 * The way back: the loss, then part by part of each step, then the weights.
 * @param {import("./parts/gradient-words.js").View} view @param {string[]} parts
 * @returns {Stop[]}
 */
function stopsOf({ lines, values, ofWeights, steps }, parts) {
  /** @type {Map<string, Stop>} */
  const stops = new Map();
  const last = steps.length - 1;
  stops.set("", { t: last, title: "the loss", names: [] });
  const add = (
    /** @type {string} */ key,
    /** @type {number} */ t,
    /** @type {string} */ title,
    /** @type {string} */ name,
  ) => {
    const stop = stops.get(key) ?? { t, title, names: [] };
    stop.names.push(name);
    stops.set(key, stop);
  };
  for (const { name, t } of values) {
    const { part } = /** @type {{part: number}} */ (lines.find((line) => line.name === name));
    add(`${t} ${part}`, t, parts[part], name);
  }
  for (const { name } of ofWeights) {
    const kind = name.replace(/_[^y]$/u, "");
    add(kind, -1, `gradients of ${kind}`, name);
  }
  return [...stops.values()];
}

// The address ----------------------------------------------------------------------------------

/** @param {Setting} setting @returns {[string, string][]} */
function told({ x, weights, before, more, activation, gates }) {
  const numbers = Object.entries({ ...more, ...weights }).map(([name, number]) => [
    plain(name),
    `${number}`,
  ]);
  const starts = Object.entries(before).map(([name, number]) => [`${name}_before`, `${number}`]);
  return /** @type {[string, string][]} */ ([
    ["x", x.join("_")],
    ...numbers,
    ...starts,
    ["g", activation],
    ["gates", gates],
  ]);
}

/** @param {State} state */
function write({ layer, setting, at }) {
  const query = new URLSearchParams(layer === FIRST ? {} : { layer });
  const start = told(startOf(layer));
  for (const [i, [name, value]] of told(setting).entries())
    if (value !== start[i][1]) query.set(name, value);
  if (at) query.set("stop", String(at + 1));
  remember(query, "lab");
}

/** The state in the address. What makes no sense there is left as the page has it. @returns {State} */
function restore() {
  const query = new URLSearchParams(location.search);
  const asked = query.get("layer") ?? "";
  const layer = Object.hasOwn(LAYERS, asked) ? asked : FIRST;
  const setting = startOf(layer);
  const number = (/** @type {string} */ name) => read(query.get(name) ?? "");
  const x = query.get("x")?.split("_").map(read) ?? [];
  if (x.length === setting.x.length && !x.some(Number.isNaN)) setting.x = x;
  const take = (
    /** @type {Record<string, number>} */ into,
    /** @type {(name: string) => string} */ called,
  ) => {
    for (const name of Object.keys(into)) {
      const value = number(called(name));
      const wrong = Number.isNaN(value) || (value <= 0 && (name === "s" || name === "rate"));
      if (!wrong) into[name] = value;
    }
  };
  take(setting.weights, plain);
  take(setting.more, plain);
  take(setting.before, (name) => `${name}_before`);
  const [g, gates] = [query.get("g") ?? "", query.get("gates") ?? ""];
  if (Object.hasOwn(FUNCTIONS, g)) setting.activation = g;
  if (LAYERS[layer].gated && Object.hasOwn(FUNCTIONS, gates)) setting.gates = gates;
  const stop = number("stop");
  return { layer, setting, at: Number.isInteger(stop) && stop >= 1 ? stop - 1 : 0 };
}

define("gradient-lab", Lab);

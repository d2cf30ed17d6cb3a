// <windows-lab>: the windows of a short series, each marked on the row of its values, with its target.
//
// The page holds the form and the answer to its first choice; without this script the answer stays as it is.

import { changed, define, later, put, remember, renew, settle } from "./parts/lab.js";
import * as model from "./parts/windows.js";

/** @typedef {import("./parts/windows.js").Setting} Setting */

const NUMBERS = /** @type {const} */ (["n", "length", "rate", "stride", "ahead"]);
/** @type {Setting} */
const FIRST = { n: 8, length: 3, rate: 1, stride: 1, ahead: 1, kind: "right" };

/** The setting that the address asks for. What makes no sense in it is as at first. */
function asked() {
  const query = new URLSearchParams(location.search);
  const setting = { ...FIRST };
  for (const name of NUMBERS) {
    const [low, high] = model.LIMITS[name];
    const text = query.get(name) ?? "";
    if (/^\d{1,2}$/.test(text) && Number(text) >= low && Number(text) <= high)
      setting[name] = Number(text);
  }
  const kind = query.get("kind") ?? "";
  if (model.KINDS.some((one) => one === kind)) setting.kind = kind;
  return setting;
}

/** The rows of the table. @param {Setting} setting */
function rows(setting) {
  const series = model.SERIES.slice(0, setting.n);
  const [right, wrong] = ["win-target", "win-target win-wrong"];
  const kind = model.verdict(setting).right ? right : wrong;
  return model
    .windows(setting)
    .map(({ first, at, target }) => {
      const cells = series
        .map((value, place) => {
          const names = [at.includes(place) && "win-in", place === target && kind];
          const named = names.filter(Boolean).join(" ");
          return named ? `<span class="${named}">${value}</span>` : `<span>${value}</span>`;
        })
        .join(" ");
      const pair = `${at.map((place) => series[place]).join(" ")} → ${series[target]}`;
      return `<tr><th scope="row">${first}</th><td><div class="win-row" aria-hidden="true">${cells}</div></td><td>${pair}</td></tr>`;
    })
    .join("");
}

class Lab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.setting = asked();
    const form = this.find("form");
    form.addEventListener("input", () => this.take());
    form.addEventListener("submit", (event) => event.preventDefault());
    this.find("[data-do=reset]").addEventListener("click", () => this.set(FIRST));
    if (changed(this.setting, FIRST).size) {
      this.find("tbody").replaceChildren(); // all is new: nothing moves to another place
      this.set(this.setting);
      settle(root);
    }
    form.removeAttribute("inert");
  }

  /** @template {HTMLElement} [E=HTMLElement] @param {string} selector @returns {E} */
  find(selector) {
    return /** @type {E} */ (this.root.querySelector(selector));
  }

  /** @param {keyof Setting} name @returns {HTMLSelectElement} */
  field(name) {
    return this.find(`#win-${name}`);
  }

  /** Take over what the fields say. */
  take() {
    for (const name of NUMBERS) this.setting[name] = Number(this.field(name).value);
    this.setting.kind = this.field("kind").value;
    this.show();
  }

  /** @param {Partial<Setting>} change */
  set(change) {
    this.setting = { ...this.setting, ...change };
    for (const name of /** @type {const} */ ([...NUMBERS, "kind"]))
      this.field(name).value = String(this.setting[name]);
    this.show();
  }

  /** For links in the prose: which of the ways to give targets. @param {number} which @param {string} [name] */
  go(which, name = "kind") {
    if (name === "kind") this.set({ kind: model.KINDS[which] });
    else if (name in model.LIMITS) this.set({ [name]: which });
  }

  /** The verdict at once, then the windows and the lines that make them. */
  show() {
    const { setting } = this;
    const { right, lost, words } = model.verdict(setting);
    const told = this.find(".win-told");
    put(told, words);
    told.classList.toggle("win-fault", !right || lost > 0);
    later(
      this.root,
      () => renew(this.find("tbody"), rows(setting)),
      () => {
        put(this.find(".win-count"), model.formula(setting));
        this.find("pre > code").textContent = model.program(setting);
      },
    );
    remember(changed(setting, FIRST), this.root.id);
  }
}

define("windows-lab", Lab);

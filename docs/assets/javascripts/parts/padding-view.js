// What the laboratory of padding shows, in HTML.

import { rounded } from "./notation.js";
import { fused, UNITS } from "./padding.js";

/** @typedef {import("./padding.js").Choice} Choice @typedef {ReturnType<typeof import("./padding.js").look>} Seen */

const LEVELS = 4; // of a colour

/** @param {number} value @param {number} digits */
const number = (value, digits = 4) => `<span>${rounded(value, digits)}</span>`;

/** @param {string[]} cells */
const row = (...cells) => `<tr>${cells.join("")}</tr>`;
/** @param {string | number} text */
const head = (text) => `<th scope="col">${text}</th>`;
/** @param {string} text */
const cell = (text) => `<td>${text}</td>`;

/** The head of the row of a string. @param {string} string @param {string} [way] */
const named = (string, way) =>
  `<th scope="row">${string}${way ? `<small>${way}</small>` : ""}</th>`;

/**
 * What gives the inside of each part that lives, by its name, for the unit that is shown.
 * @type {Record<string, (choice: Choice, seen: Seen, unit: number) => string>}
 */
export const PARTS = { told, steps, last, loss: losses, sum, kernel };

/** @param {Choice} choice @param {boolean} backward */
const way = ({ both }, backward) => (both ? (backward ? "backward" : "forward") : "");

/** @param {Choice} _ @param {Seen} seen */
function told(_, { loss, rows }) {
  const off = Math.max(...rows.map((row) => row.off));
  return `Loss of the batch: <b>${number(loss)}</b>. A last state differs from that of its string alone by up to <b>${number(off)}</b>.`;
}

/** @param {Choice} choice @param {Seen} seen @param {number} unit */
function steps(choice, { real, rows }, unit) {
  const columns = real[0].map((_, t) => head(t ? t : "t = 0"));
  const body = rows.map(({ n, backward, states }) => {
    let read = 0;
    const cells = states.map((state, t) => {
      const here = real[n][t];
      const kind = here ? "real" : choice.mask ? "kept" : "padded";
      const says = here ? choice.strings[n][read++] : choice.mask ? "kept" : "pad";
      const h = state[unit];
      const level = Math.min(LEVELS, Math.round(Math.abs(h) * LEVELS));
      return `<td class="pad-${kind} pad-${h < 0 ? "minus" : "plus"}-${level}"><b>${says}</b> ${number(h, 3)}</td>`;
    });
    return row(named(choice.strings[n], way(choice, backward)), ...cells);
  });
  return `<caption>The state of unit ${unit} after each step</caption><thead>${row(head("string"), ...columns)}</thead><tbody>${body.join("")}</tbody>`;
}

/** @param {Choice} choice @param {Seen} seen @param {number} unit */
function last(choice, { rows }, unit) {
  const columns = ["string", "alone", "in this batch", `largest difference of ${UNITS} units`];
  const body = rows.map(({ n, backward, last, alone, off }) =>
    row(
      named(choice.strings[n], way(choice, backward)),
      ...[alone[unit], last[unit], off].map((value) => cell(number(value))),
    ),
  );
  return `<caption>The last state of unit ${unit}</caption><thead>${row(...columns.map(head))}</thead><tbody>${body.join("")}</tbody>`;
}

/** @param {Choice} choice @param {Seen} seen */
function losses(choice, { parts }) {
  const columns = ["string", "alone", "in this batch", "counts for", "share"];
  const body = parts.map(({ alone, here, counts, share }, n) =>
    row(
      named(choice.strings[n]),
      ...[alone, here, counts].map((value) => cell(number(value))),
      cell(`${number(100 * share, 1)} %`),
    ),
  );
  return `<caption>The mean loss of each string</caption><thead>${row(...columns.map(head))}</thead><tbody>${body.join("")}</tbody>`;
}

/** @param {Choice} choice @param {Seen} seen */
function sum(choice, { parts, loss, summed, divisor }) {
  const terms = parts.map(({ counts, here }) => `${number(counts)} · ${number(here)}`).join(" + ");
  const said = [`Loss of the batch: ${terms} = <b>${number(loss)}</b>.`];
  const [all, by] = [`<span>${summed}</span>`, `<span>${divisor}</span>`];
  const counted = `${all} real ${summed === 1 ? "step" : "steps"}`;
  if (choice.loss === "last")
    said.push(`There is one loss a string; Keras divides their sum by ${by}.`);
  else if (choice.mask) said.push(`Keras divides the sum over ${counted} by ${by}.`);
  else if (summed === divisor) said.push(`Keras divides the sum over ${counted} by ${by}.`);
  else
    said.push(
      `Keras divides the sum over ${counted} by all ${by}: padding costs nothing, and counts.`,
    );
  if (choice.even && choice.loss === "steps")
    said.push("Even weights: however long a string, it counts the same.");
  if (choice.both && choice.loss === "steps")
    said.push("The backward half has already read the symbol that is asked for.");
  return said.join(" ");
}

/** @param {Choice} choice @param {Seen} seen */
function kernel(choice, { real }) {
  const { taken, because, n } = fused(choice);
  const begins = `<b>Fused kernel on a GPU: ${taken ? "yes" : "no"}.</b>`;
  if (because === "layer") return `${begins} SimpleRNN has none.`;
  if (because === "no mask") return `${begins} Without a mask there is nothing to check.`;
  if (because === "after")
    return `${begins} In each row of the mask the ones come first. What it gives at masked steps is 0, no repeat.`;
  const ones = real[n].map(Number).join(" ");
  return `${begins} The mask of ${choice.strings[n]} is ${ones}, and the ones would have to come first.`;
}

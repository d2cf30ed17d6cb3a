// Typesets equations with MathJax for hooks/equations.py.
//
// Reads one JSON object a line, {tex, display}, and answers each with one
// line: {svg, mathml, text}, or {error} when the TeX has a mistake.

import { createInterface } from "node:readline";
import MathJax from "mathjax";

// Every symbol of the notation is tagged data-sym here, so that x_t is "x" in
// each equation and no author has to write, or can forget, the tag. W_y, the
// block W_f, the sum z_f and W^(2) of layer 2 are symbols of their own; times
// and indices are no part of a name. W_xh of other texts is none of ours.
const SYMBOL = /^([xhyczrifoWUbσL]|[ch]̃|tanh)$/;
const INDEXED = /^[\dtTjkSn+−-]*$/;
const PARTED = /^[WUbz]$/;
const PART = /^([ifcozrhy]|\(\d\))$/;
const TILDE = "̃";

const kind = (node, ...kinds) => kinds.some((k) => node.isKind(k));

function letters(node) {
  if (kind(node, "text")) return node.getText();
  if (kind(node, "mover")) return letters(node.childNodes[0]) + TILDE;
  return node.childNodes.map(letters).join("");
}

function tag(node) {
  if (kind(node, "text")) return;
  const scripted = kind(node, "msub", "msup", "msubsup");
  if (scripted || kind(node, "mi", "mover")) {
    const base = scripted ? letters(node.childNodes[0]) : letters(node);
    if (SYMBOL.test(base)) {
      // A power is a script as an index is; U′ is of the kind of U.
      const script = scripted ? letters(node.childNodes[1]).replace(/′|,.*/g, "") : "";
      const whole = !PARTED.test(base) || INDEXED.test(script);
      if (whole) node.attributes.set("data-sym", base);
      else if (PART.test(script)) node.attributes.set("data-sym", `${base}_${script}`);
      return;
    }
  }
  node.childNodes.forEach(tag);
}

// One line of plain text, for search results and feeds.
function readable(node) {
  if (kind(node, "text")) return node.getText();
  if (kind(node, "mover")) return letters(node);
  const parts = node.childNodes.map(readable);
  const group = (s) => ([...s].length > 1 ? `(${s})` : s);
  const below = () => `${parts[0]}_${group(parts[1])}`;
  if (kind(node, "msub")) return below();
  if (kind(node, "msup"))
    return parts[1] === "′" ? parts.join("") : `${parts[0]}^${group(parts[1])}`;
  if (kind(node, "msubsup"))
    return parts[2] === "′" ? `${below()}′` : `${below()}^${group(parts[2])}`;
  if (kind(node, "mfrac")) return `${group(parts[0])}/${group(parts[1])}`;
  if (kind(node, "msqrt")) return `√${group(parts.join(""))}`;
  if (kind(node, "mspace")) return " ";
  if (kind(node, "mtable")) return parts.join("; ");
  if (kind(node, "mtr")) return parts.join(" ");
  if (kind(node, "mo") && parts[0] === ",") return ", ";
  if (kind(node, "mo") && /^[=+−×⊙·⋅≈≤≥<>→∈≠±]$/.test(parts[0])) return ` ${parts[0]} `;
  if (kind(node, "mi") && parts[0]?.length > 1) return ` ${parts[0]}`; // tanh
  return node.childNodes
    .map((_child, i) => (product(node, i) ? ` ${parts[i]}` : parts[i]))
    .join("");
}

// x_t W is a product: keep the factors apart.
function product(parent, i) {
  const named = (node) => node && kind(node, "mi", "msub", "msup", "msubsup", "mover");
  return i > 0 && named(parent.childNodes[i]) && named(parent.childNodes[i - 1]);
}

// What MathJax notes for itself.
const withoutMarks = (markup) =>
  markup
    .replace(/ (?:data-(?:latex|mml-node|c|mjx-[\w-]+)|xmlns(?::xlink)?)="[^"]*"/g, "")
    .replace(/&#x([0-9A-F]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/>\s+</g, "><");

function tidy(svg, display) {
  return (
    withoutMarks(svg)
      .replace(/<mjx-break size="(\d)"><\/mjx-break><svg/g, '<wbr><svg class="eq-space-$1"')
      .replace(/ (?:role|focusable)="[^"]*"/g, "")
      .replace(/ stroke="currentColor" fill="currentColor" stroke-width="0"/g, "")
      .replace(/xlink:href/g, "href")
      // Spaces and invisible operators have glyphs without a shape.
      .replace(/<use[^>]*-(?:206[1-4]|A0)"[^>]*><\/use>/g, "")
      .replace(/MJX-\d+-NCM-/g, "eq-")
      // Thousandths of an em are fine enough.
      .replace(/ (?:transform|viewBox|width|height|x|y)="[^"]*"/g, (attribute) =>
        attribute.replace(/-?\d{2,}\.\d+/g, Math.round),
      )
      .replace(/<svg[^>]* style="vertical-align[^>]*>/g, (start) => boxed(start, display))
      .replace(/(<use[^>]*) transform="translate\(([-\d.]+),0\)"/g, '$1 x="$2"')
      .replace(
        /<g transform="translate\((-?\d+),0\)">(<use href="[^"]*")><\/use><\/g>/g,
        '$2 x="$1"/>',
      )
      .replace(/(<path id="[^"]*" d=")([^"]*)/g, (_, start, d) => start + relative(d))
      .replace(/><\/(?:use|rect|path)>/g, "/>")
      .replace(/<g[^>]*><\/g>/g, "")
  );
}

// The box of a drawing, in thousandths of an em: an ordinary line reaches from
// 300 below its base line to 750 above it. For another height the page has a
// class that tells it, and how much of it lies below: eq-1246-394.
const ABOVE = 750;
const BELOW = 300;

function boxed(start, display) {
  const [, top, width, height] = start.match(/viewBox="0 (\S+) (\S+) ([^"]+)"/).map(Number);
  let box = `viewBox="0 ${-ABOVE} ${width} ${ABOVE + BELOW}"`;
  let named = start.match(/class="([^"]*)"/)?.[1] ?? "";
  if (display || -top > ABOVE + 1 || height + top > BELOW + 1) {
    box = `viewBox="0 ${top} ${width} ${height}"`;
    named = `${named} eq-${height}-${height + top}`.trim();
  }
  // It is drawn only when it comes near: its width must be known without.
  box = `width="${width / 1000}em" ${box}`;
  return named ? `<svg class="${named}" ${box}>` : `<svg ${box}>`;
}

// The outline of a glyph with each point told from the one before, in steps of
// two thousandths of an em: shorter numbers, which a page repeats more often.
const outlines = new Map(); // equations have most glyphs in common

function relative(outline) {
  if (!outlines.has(outline)) outlines.set(outline, stepwise(outline));
  return outlines.get(outline);
}

function stepwise(outline) {
  const even = (n) => 2 * Math.round(n / 2);
  let [x, y] = [0, 0];
  let begin = [0, 0];
  let before;
  return outline.replace(/([MLCZ])([^A-Z]*)/g, (_, command, numbers) => {
    const told = [...numbers.matchAll(/-?[\d.]+/g)].map(([n], i) => even(n) - (i % 2 ? y : x));
    if (command === "Z") [x, y] = begin;
    else [x, y] = [x + told.at(-2), y + told.at(-1)];
    if (command === "M") begin = [x, y];
    let [letter, parts] = [command.toLowerCase(), told];
    if (letter === "l" && !told[0]) [letter, parts] = ["v", [told[1]]];
    else if (letter === "l" && !told[1]) [letter, parts] = ["h", [told[0]]];
    // A command is not repeated.
    const written = (letter === before ? " " : letter) + parts.join(" ");
    before = letter;
    return written.replaceAll(" -", "-");
  });
}

// Groups that say nothing, neither place nor symbol, only make the page heavier.
function flatten(svg) {
  const open = [];
  return svg.replace(/<g(\s[^>]*)?>|<\/g>/g, (element, attributes) => {
    if (element !== "</g>") open.push(attributes);
    return (element === "</g>" ? open.pop() : attributes) ? element : "";
  });
}

// A tied number gets the dotted line that marks it in prose too. Digits, point,
// comma and minus of the font have fixed widths, in thousandths of an em.
const WIDTH = { ".": 278, ",": 278, "−": 778 };

function underline(svg, numbers) {
  return svg.replace(/<g[^>]* data-v="[^>]*>/g, (start) => {
    const width = [...numbers.shift()].reduce((sum, c) => sum + (WIDTH[c] ?? 500), 0);
    return `${start}<path class="eq-tied" d="M0 -160H${width}"/>`;
  });
}

function tied(node) {
  if (kind(node, "text")) return [];
  if (node.attributes?.isSet("data-v")) return [letters(node)];
  return node.childNodes.flatMap(tied);
}

let tree; // of the equation in work
await MathJax.init({
  loader: { load: ["input/tex-base", "[tex]/ams", "[tex]/html", "output/svg"] },
  tex: {
    packages: ["base", "ams", "html"],
    formatError: (_jax, error) => {
      throw error;
    },
    postFilters: [
      ({ data }) => {
        tag(data.root);
        tree = data.root;
      },
    ],
  },
  svg: { fontCache: "local", linebreaks: { inline: true } },
  startup: { typeset: false },
});
const { startup } = MathJax;

async function drawn(tex, display) {
  const answer = startup.adaptor.innerHTML(await MathJax.tex2svgPromise(tex, { display }));
  return underline(flatten(tidy(answer, display)), tied(tree));
}

// MathML is for screen readers only: how it would look does not matter.
const spoken = (mathml) =>
  withoutMarks(mathml).replace(/<[^>]+>/g, (element) =>
    element.replace(/ (?!data-v=|mathvariant=|display=)[\w-]+="[^"]*"/g, ""),
  );

// In a line of text an equation may be broken, between drawings, unless it is
// no longer than this, in thousandths of an em. Then it is one drawing: TeX
// breaks nothing that stands in braces.
const SHORT = 9000;

function isShort(svg) {
  const widths = [...svg.matchAll(/<svg[^>]* viewBox="0 \S+ (\S+)/g)].map(([, width]) => +width);
  return widths.reduce((sum, width) => sum + width) < SHORT;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    let svg = await drawn(tex, display);
    const mathml = spoken(startup.toMML(tree));
    const text = readable(tree)
      .replace(/[\u2061-\u2064]/g, "")
      .replace(/\s+/g, " ")
      .replace(/(^|[=(,;] ?) ?([−+±]) /g, "$1$2") // a sign, no sum
      .replace(/\( /g, "(")
      .trim();
    const short = !display && isShort(svg);
    if (short && svg.includes("<wbr>")) svg = await drawn(`{${tex}}`, display);
    answer = { svg, mathml, text, short };
  } catch (error) {
    answer = { error: error.message };
  }
  console.log(JSON.stringify(answer));
}

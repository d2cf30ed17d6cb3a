// Typesets equations with MathJax for hooks/equations.py.
//
// Reads one JSON object a line, {tex, display}, and answers each with one
// line: {svg, mathml, text, short, number}, or {error} when the TeX has a mistake.

import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import MathJax from "mathjax";

// Every symbol of the notation is tagged data-sym here, so that x_t is "x" in
// each equation and no author has to write, or can forget, the tag. W_y, the
// block W_f, the sum z_f and W^(2) of layer 2 are symbols of their own; times
// and indices are no part of a name. W_xh of other texts is none of ours.
const SYMBOL = /^([xhyczrifoWUbσL]|[ch]̃|tanh)$/;
const INDEXED = /^[\dtTjkSn+−←→-]*$/;
const PARTED = /^[WUbz]$/;
const PART = /^([ifcozrhy]|\(\d\))$/;

// What may stand over or under a letter: the character that MathJax draws, the
// one that combines with a letter, and the word for it where there are several.
const ACCENTS = {
  "^": ["\u0302", "hat"],
  "~": ["\u0303", "tilde"],
  "¯": ["\u0304", "bar"],
  "―": ["\u0305", "overline"],
  "→": ["\u20d7", "vec"],
  "←": ["\u20d6", "overleftarrow"],
  "↔": ["\u20e1", "overleftrightarrow"],
  "˙": ["\u0307", "dot"],
  "¨": ["\u0308", "ddot"],
  "⃛": ["\u20db", "dddot"],
  "⃜": ["\u20dc", "ddddot"],
  "˚": ["\u030a", "ring"],
  ˇ: ["\u030c", "check"],
  "˘": ["\u0306", "breve"],
  "´": ["\u0301", "acute"],
  "`": ["\u0300", "grave"],
  "⏞": ["", "overbrace"],
};
const UNDER = { "―": ["\u0332", "underline"], "⏟": ["", "underbrace"] };

const kind = (node, ...kinds) => kinds.some((k) => node.isKind(k));
const isOne = (text) => /^(\P{M}\p{M}*)?$/u.test(text); // one character, with its accents
const group = (text) => (isOne(text) ? text : `(${text})`);

function letters(node) {
  if (kind(node, "text")) return node.getText();
  return accented(node, letters) ?? node.childNodes.map(letters).join("");
}

/** An accent and what it stands over, which `tell` puts in words: h̃, hat(ab). Else undefined. */
function accented(node, tell) {
  if (!kind(node, "mover", "munder")) return;
  const [base, mark] = node.childNodes;
  const [combining, word] = (kind(node, "mover") ? ACCENTS : UNDER)[letters(mark)] ?? [];
  if (!word) return;
  const text = tell(base).trim();
  return combining && isOne(text) ? (text + combining).normalize("NFC") : `${word}(${text})`;
}

function tag(node) {
  if (kind(node, "text")) return;
  const scripted = kind(node, "msub", "msup", "msubsup");
  const accent = accented(node, letters);
  if (scripted || accent || kind(node, "mi")) {
    const base = accent ?? letters(scripted ? node.childNodes[0] : node);
    if (SYMBOL.test(base)) {
      // A power is a script as an index is; U′ is of the kind of U.
      const script = scripted ? letters(node.childNodes[1]).replace(/′|,.*/g, "") : "";
      const whole = !PARTED.test(base) || INDEXED.test(script);
      if (whole) node.attributes.set("data-sym", base);
      else if (PART.test(script)) node.attributes.set("data-sym", `${base}_${script}`);
      return;
    }
    if (accent && isOne(accent)) return; // ĥ is no state
  }
  const [base, below] = node.childNodes;
  const limit = LIMITED.has(node.kind) && kind(core(base), "mo", "mi");
  for (const child of node.childNodes) {
    if (child !== below || !(limit || INDICES.has(node.kind))) tag(child); // ∑_i x_i: i is no gate
  }
}

// Not by isKind(): to MathJax a power is a kind of index.
const INDICES = new Set(["msub", "msubsup"]);
const LIMITED = new Set(["munder", "munderover"]);

/** What a script belongs to, without the groups around it. */
function core(node) {
  const grouped = kind(node, "TeXAtom", "mrow", "inferredMrow", "mstyle");
  return grouped && node.childNodes.length === 1 ? core(node.childNodes[0]) : node;
}

// One line of plain text, for search results, titles and feeds. Scripts are
// told as TeX does, also those that stand below and above: ∑_(t = 0)^2 x_t.
const TOLD = {
  msub: ([base, below]) => scripts(base, below),
  msup: ([base, above]) => scripts(base, "", above),
  msubsup: ([base, below, above]) => scripts(base, below, above),
  munder: ([base, below]) => scripts(base, below),
  mover: ([base, above]) => scripts(base, "", above),
  munderover: ([base, below, above]) => scripts(base, below, above),
  mmultiscripts: ([base, below, above, _, ...before]) =>
    ` ${scripts("", ...before)} ${scripts(base, below, above)}`, // \sideset
  mfrac: fraction,
  msqrt: (parts) => `√${group(parts.join(""))}`,
  mroot: ([base, index]) => `${{ 3: "∛", 4: "∜" }[index] ?? `√[${index}]`}${group(base)}`,
  mspace: (_, node) => (/^-/.test(node.attributes.get("width")) ? "" : " "),
  mphantom: () => " ",
  mtable: (rows) => rows.join("; "),
  mtr: row,
};

// Spaces stand around TeX's operators, signs that join, and relations; also at the start of a line.
const STANDS_OFF = new Set([1, 2, 3]);
const JOINS = /^[×⊙⋅·⋯]$/;
const WORD = /^\p{L}{2,}$/u; // tanh, max
const APPLIED = "\u2061"; // stands, unseen, between tanh and what it is taken of

function readable(node) {
  if (kind(node, "text")) return node.getText();
  const parts = node.childNodes.map(readable);
  const text = accented(node, readable) ?? TOLD[node.kind]?.(parts, node) ?? inRow(parts, node);
  if (kind(node, "math", "mrow", "inferredMrow")) return text;
  if (kind(node, "mo") && text === ",") return ", ";
  if (kind(node, "mi", "mo") && WORD.test(text)) return ` ${text}${APPLIED}`;
  return STANDS_OFF.has(node.texClass) || JOINS.test(text) ? ` ${text} ` : text;
}

function scripts(base, below, above = "") {
  const [, primes, power] = above.match(/^([′″‴⁗]*)(.*)$/s);
  const scripted = below && `_${group(below.trim())}`;
  return (
    base.replace(/[\s\u2061]+$/, "").trimStart() +
    scripted +
    primes +
    (power && `^${group(power.trim())}`)
  );
}

function fraction([above, below], node) {
  if (parseFloat(node.attributes.get("linethickness")) !== 0) {
    return `${group(above)}/${group(below)}`;
  }
  const [before] = node.parent.childNodes;
  return `${above}${letters(before) === "(" ? " choose " : "; "}${below}`; // \binom
}

// Columns that are aligned touch each other, those of a matrix do not.
function row(cells, node) {
  const gaps = node.parent.attributes.get("columnspacing").split(" ").map(parseFloat);
  return cells.reduce((told, cell, i) => {
    const apart = gaps[Math.min(i, gaps.length) - 1] !== 0 || /^\s+$/.test(cell); // @{\;}
    return `${told}${apart && /[^\s,]\s*$/.test(told) ? "," : ""} ${cell}`;
  });
}

const inRow = (parts, node) =>
  parts.map((part, i) => (product(node, i) ? ` ${part}` : part)).join("");

// x_t W is a product: keep the factors apart.
const FACTOR = ["mi", "msub", "msup", "msubsup", "mover", "munder", "mfrac", "msqrt", "mroot"];

function product(parent, i) {
  const isFactor = (node) =>
    node && kind(node, ...FACTOR) && (kind(node, "mi") || !kind(core(node.childNodes[0]), "mo"));
  return isFactor(parent.childNodes[i]) && isFactor(parent.childNodes[i - 1]);
}

const oneLine = (node) =>
  readable(node)
    .replace(/[\s\u2061]*\u2061\s*(?=[([{|‖])/g, "")
    .replaceAll(APPLIED, " ")
    .replace(/[\u2062-\u2064]/g, "")
    .replace(/\s+/g, " ")
    .replace(/(^|[=(,;] ?) ?([−+±]) /g, "$1$2") // a sign, no sum
    .replace(/([([{]) /g, "$1")
    .replace(/ ([)\],])/g, "$1")
    .trim();

// The numbers of an equation, \tag{1}, which the page puts beside it. MathJax would make a table of
// it, as wide as the page.
function takeNumbers(node) {
  if (kind(node, "text")) return [];
  if (!kind(node, "mlabeledtr")) return node.childNodes.flatMap(takeNumbers);
  const [label, ...cells] = node.childNodes;
  const table = node.parent;
  if (table.childNodes.length > 1 || cells.length > 1) {
    table.replaceChild(node.factory.create("mtr", {}, cells), node);
  } else {
    const whole = node.factory.create("mrow", {}, cells[0].childNodes[0].childNodes);
    table.parent.replaceChild(whole, table);
  }
  return [letters(label)];
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
// comma and minus of the font have fixed widths, in thousandths of an em. A matrix,
// which a line would cross out, has none, nor has what its author chose.
const WIDTH = { ".": 278, ",": 278, "−": 778 };

function underline(svg, numbers) {
  return svg.replace(/<g[^>]* data-v="[^>]*>/g, (start) => {
    const number = numbers.shift();
    if (!number) return start;
    const width = [...number].reduce((sum, c) => sum + (WIDTH[c] ?? 500), 0);
    return `${start}<path class="eq-tied" d="M0 -160H${width}"/>`;
  });
}

function tied(node) {
  if (kind(node, "text")) return [];
  const name = node.attributes?.get("data-v");
  if (name) return [name === "given" || hasMatrix(node) ? "" : letters(node)];
  return node.childNodes.flatMap(tied);
}

const hasMatrix = (node) =>
  !kind(node, "text") && (kind(node, "mtable") || node.childNodes.some(hasMatrix));

let tree; // of the equation in work
let numbers; // by which it is called
await MathJax.init({
  loader: { load: ["input/tex-base", "[tex]/ams", "[tex]/html", "output/svg"] },
  tex: {
    packages: ["base", "ams", "html"],
    formatError: (_jax, error) => {
      throw error;
    },
    postFilters: [
      ({ data }) => {
        numbers = takeNumbers(data.root);
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
    element.replace(/ (?!data-v=|mathvariant=|display=|linethickness=)[\w-]+="[^"]*"/g, ""),
  );

// In a line of text an equation may be broken, between drawings, unless it is
// no longer than this, in thousandths of an em. Then it is one drawing: TeX
// breaks nothing that stands in braces.
const SHORT = 9000;

function isShort(svg) {
  const widths = [...svg.matchAll(/<svg[^>]* viewBox="0 \S+ (\S+)/g)].map(([, width]) => +width);
  return widths.reduce((sum, width) => sum + width) < SHORT;
}

// Which package of MathJax has a command or environment that is not known here. They are loaded to
// look into them, now that the build fails anyway; none is switched on.
async function packageOf(name) {
  const { ConfigurationHandler } = MathJax._.input.tex.Configuration;
  const { MapHandler } = MathJax._.input.tex.MapHandler;
  for (const file of readdirSync(
    new URL("input/tex/extensions/", import.meta.resolve("mathjax")),
  )) {
    const owner = file.replace(".js", "");
    await MathJax.loader.load(`[tex]/${owner}`).catch(() => {}); // some need fonts of their own
    const { macro = [], environment = [] } = ConfigurationHandler.get(owner)?.handler ?? {};
    const maps = [...macro, ...environment].map((map) => MapHandler.getMap(map)?.map);
    if (maps.some((map) => map?.has(name))) return owner;
  }
}

const UNKNOWN = /^(?:Undefined control sequence \\|Unknown environment ')(\w+)/;

const refusal = (message) => Object.assign(new Error(message), { id: "Refused" });

async function told(error) {
  if (!error.id) return `MathJax has failed (${error.message})`; // a mistake of its own
  const [, name] = error.message.match(UNKNOWN) ?? [];
  const owner = name && (await packageOf(name));
  return owner ? `${error.message} (of the package ${owner}, which is off)` : error.message;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    let svg = await drawn(tex, display);
    const mathml = spoken(startup.toMML(tree));
    if (numbers.length > 1) throw refusal("more than one \\tag");
    const text = [...numbers, oneLine(tree)].join(" ");
    const short = !display && isShort(svg);
    if (short && svg.includes("<wbr>")) svg = await drawn(`{${tex}}`, display);
    answer = { svg, mathml, text, short, number: numbers.join() };
  } catch (error) {
    answer = { error: await told(error) };
  }
  console.log(JSON.stringify(answer));
}

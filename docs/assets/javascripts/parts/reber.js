// The automaton of the Reber grammar: which symbol may follow at a node, and to which node it leads.

export const SYMBOLS = "BTSXPVE";

/** @type {Record<string, number>[]} */
export const GRAMMAR = [
  { B: 1 },
  { T: 2, P: 3 },
  { S: 2, X: 4 },
  { T: 3, V: 5 },
  { X: 3, S: 6 },
  { P: 4, V: 6 },
  { E: 7 },
  {},
];

const END = GRAMMAR.length - 1;

/**
 * The nodes that a string passes, one more than it has symbols; fewer if it goes wrong.
 * @param {string} string
 */
export function walk(string) {
  const nodes = [0];
  for (const symbol of string) {
    const next = GRAMMAR[nodes[nodes.length - 1]][symbol];
    if (next === undefined) break;
    nodes.push(next);
  }
  return nodes;
}

/** Whether a string is a whole string of the grammar. @param {string} string */
export function accepts(string) {
  const nodes = walk(string);
  return nodes.length === string.length + 1 && nodes[string.length] === END;
}

/** Symbols of a string that a lab reads, at most. */
export const LONGEST = 16;

/** What is wrong with a string, or nothing. @param {string} text */
export function fault(text) {
  const wrong = [...text].find((symbol) => !SYMBOLS.includes(symbol));
  if (wrong)
    return `${wrong.trim() ? wrong : "A space"} is no symbol: write ${[...SYMBOLS].join(" ")}.`;
  if (!text) return "Empty: write at least one symbol.";
  return text.length > LONGEST ? `Write at most ${LONGEST} symbols.` : "";
}

/** @param {string} text as it was typed */
export const spelled = (text) => text.trim().toUpperCase();

// How a shape is written, alone: who needs no more of arrays fetches no more.

/** A shape as Python writes it: (3, 12), (12,), (None, 12). @param {(number | string | null)[]} shape */
export const written = (shape) =>
  `(${shape.map((axis) => axis ?? "None").join(", ")}${shape.length === 1 ? "," : ""})`;

// What is said of a part of a formula where a reader points at it.

import type { Part } from "../protocol";

/** `X: m×n, in ℝ, from line 3`. */
export function describe(part: Part): string {
  const where = part.line ? `, from line ${String(part.line)}` : "";
  const set = part.set && part.set !== "ℝ" ? `, in ${part.set}` : "";
  return `${part.text.replaceAll(/\s+/g, " ")}: ${part.shape}${set}${where}`;
}

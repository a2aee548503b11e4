// Declare a symbol: its shape is chosen, and the sentence is written.

import { button, make } from "./dom";

type Kind = "scalar" | "vector" | "matrix";

const SIZE = /^(?:[A-Za-z]|\d{1,3})(?:\s*[+-]\s*(?:[A-Za-z]|\d{1,3}))?$/;

export function sentenceFor(name: string, kind: Kind, rows: string, columns: string): string {
  const set = { scalar: "", vector: `^{${rows}}`, matrix: `^{${rows} \\times ${columns}}` }[kind];
  return `Let $${name} \\in \\mathbb{R}${set}$.`;
}

let made = 0;

export function wizard(name: string, declare: (sentence: string) => void): HTMLElement {
  made += 1;
  const id = `declare-${String(made)}`;
  const kind = make(
    "select",
    { "aria-label": `What ${name} is` },
    make("option", { value: "scalar" }, "a scalar"),
    make("option", { value: "vector" }, "a vector of length"),
    make("option", { value: "matrix" }, "a matrix of size"),
  );
  const rows = make("input", { type: "text", size: "3", value: "n", "aria-label": "Rows, or length" });
  const times = make("span", {}, "×");
  const columns = make("input", { type: "text", size: "3", value: "n", "aria-label": "Columns" });
  const said = make("span", { class: "wizard-said", id, role: "status" });
  const sizes = (): HTMLInputElement[] =>
    kind.value === "matrix" ? [rows, columns] : kind.value === "vector" ? [rows] : [];
  const update = (): void => {
    rows.hidden = kind.value === "scalar";
    columns.hidden = times.hidden = kind.value !== "matrix";
    if (kind.value === "matrix" && rows.value === "n" && columns.value === "n") rows.value = "m";
    said.textContent = "";
  };
  kind.addEventListener("change", update);
  update();
  const write = button("Declare it", () => {
    const wrong = sizes().find((input) => !SIZE.test(input.value.trim()));
    if (wrong) {
      said.textContent = "a size is a letter, a number, or a sum of two: n, 3, n + 1";
      wrong.focus();
      return;
    }
    declare(sentenceFor(name, kind.value as Kind, rows.value.trim(), columns.value.trim()));
  });
  return make(
    "span",
    { class: "wizard", role: "group", "aria-label": `Declare ${name}` },
    "Declare ", make("code", {}, name), " as ", kind, rows, times, columns, write, said,
  );
}

/** Where a sentence may stand so that it is read before the line `number`: on a line of its own,
 * at the margin, in front of the paragraph, list or box that holds that line. */
export function lineBefore(lines: readonly string[], number: number): number {
  let row = Math.min(number, lines.length) - 1;
  while (row > 0) {
    const above = lines[row - 1] ?? "";
    const line = lines[row] ?? "";
    if (!above.trim() && line.trim() && !/^\s/.test(line)) break;
    row -= 1;
  }
  return row + 1;
}

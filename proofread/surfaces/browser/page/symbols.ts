// The table of the symbols of a text.

import type { Answer } from "../protocol";
import { counted, make } from "./dom";
import { drawFormula } from "./rendering";

export function symbolTable(answer: Answer): HTMLElement {
  const head = make("tr", {}, ...["Symbol", "Shape", "Set", "Line"].map((one) => make("th", { scope: "col" }, one)));
  const rows = answer.symbols.map((row) => {
    const name = make("td");
    const macros = { ...answer.macros.at(-1) };
    if (!drawFormula(name, row.name, { macros, trust: false })) name.append(make("code", {}, row.name));
    return make("tr", {}, name, make("td", {}, row.shape), make("td", {}, row.set), make("td", {}, String(row.line)));
  });
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
  return make(
    "details",
    { class: "symbols" },
    make("summary", {}, counted(answer.symbols.length, "symbol")),
    make("div", { class: "symbols-table", tabindex: "0", role: "region", "aria-label": "Symbols" }, table),
  );
}

const WORDS: Record<string, [string, string]> = {
  declares: ["declared", "declared"],
  defines: ["defined", "defined"],
  holds: ["holds", "hold"],
  "not-refuted": ["not refuted", "not refuted"],
  reads: ["well formed", "well formed"],
  refuted: ["refuted as meant", "refuted as meant"],
  fails: ["fails", "fail"],
  refused: ["refused", "refused"],
  undecided: ["undecided", "undecided"],
  unexpected: ["not refuted as meant", "not refuted as meant"],
};

/** What there is to say of a whole text, in a sentence. */
export function summaryOf(answer: Answer): string {
  const total = Object.values(answer.states).reduce((sum, one) => sum + one, 0);
  if (!total) return "There is no mathematics in the text yet.";
  const parts = Object.entries(WORDS).flatMap(([state, [one, many]]) => {
    const number = answer.states[state] ?? 0;
    return number ? [`${String(number)} ${number === 1 ? one : many}`] : [];
  });
  const wrong = answer.findings.filter((finding) => !finding.expected);
  const last = wrong.length ? counted(wrong.length, "finding") : "all accepted";
  return `${counted(total, "statement")}: ${parts.join(", ")}; ${last}. Derivatives are in ${answer.layout} layout.`;
}

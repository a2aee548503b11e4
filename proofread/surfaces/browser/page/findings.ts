// A finding beside its formula: in the command line's words, with what can be done about it.

import type { Finding, Repair } from "../protocol";
import { button, make } from "./dom";
import { wizard } from "./wizard";

export interface FindingActions {
  repair(finding: Finding, repair: Repair): void;
  show(finding: Finding): void;
  declare(finding: Finding, sentence: string): void;
}

/** The first line, and those that are no excerpt from the source, may be broken. */
const SENTENCE = /^ *= /;

export function findingText(finding: { message: string; text: string }, expected = false): HTMLElement {
  const text = make("code", {
    class: expected ? "finding expected" : "finding",
    tabindex: "0",
    role: "group",
    "aria-label": `Finding: ${finding.message}`,
  });
  for (const [number, line] of finding.text.split("\n").entries()) {
    const row = make("span", number === 0 || SENTENCE.test(line) ? { class: "sentence" } : {}, line);
    text.append(row, "\n");
  }
  return text;
}

export function findingBox(finding: Finding, actions: FindingActions): HTMLElement {
  const text = findingText(finding, finding.expected);
  const buttons = make("span", { class: "finding-actions" });
  if (!finding.expected) {
    for (const repair of finding.repairs) {
      const label = `Write ${repair.latex}`;
      buttons.append(
        button(label, () => {
          actions.repair(finding, repair);
        }, { class: "repair", title: `verified: ${repair.kind}` }),
      );
    }
  }
  buttons.append(
    button("Show in the editor", () => {
      actions.show(finding);
    }),
  );
  const box = make("span", { class: "finding-box" }, text, buttons);
  if (finding.missing) {
    box.append(
      wizard(finding.missing, (sentence) => {
        actions.declare(finding, sentence);
      }),
    );
  }
  return box;
}

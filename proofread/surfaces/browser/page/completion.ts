// What may be typed next: commands that the engine reads, and the symbols declared so far.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

import type { SymbolRow } from "../protocol";

const ENVIRONMENTS = ["aligned", "align", "bmatrix", "pmatrix", "cases", "gather", "split"];

export class Completions {
  private commands: Completion[] = [];
  private symbols: Completion[] = [];

  setCommands(names: readonly string[]): void {
    this.commands = names.map((name) => ({ label: `\\${name}`, type: "keyword" }));
  }

  setSymbols(rows: readonly SymbolRow[]): void {
    this.symbols = rows.map((row) => ({
      label: row.name,
      detail: row.shape,
      type: "variable",
      boost: 10,
    }));
  }

  /** CodeMirror's source of completions. */
  readonly source = (context: CompletionContext): CompletionResult | null => {
    const environment = context.matchBefore(/\\begin\{\w*/);
    if (environment) {
      const options = ENVIRONMENTS.map((name) => ({
        label: name,
        apply: `${name}}\n\n\\end{${name}}`,
      }));
      return { from: environment.from + "\\begin{".length, options };
    }
    const command = context.matchBefore(/\\[a-zA-Z]*/);
    if (command && (command.to - command.from > 1 || context.explicit)) {
      const symbols = this.symbols.filter(({ label }) => label.startsWith("\\"));
      return { from: command.from, options: [...symbols, ...this.commands], validFor: /^\\\w*$/ };
    }
    if (!context.explicit) return null;
    const word = context.matchBefore(/\w*/);
    return { from: word?.from ?? context.pos, options: this.symbols };
  };
}

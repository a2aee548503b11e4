// Markdown with LaTeX in it: what is highlighted in the editor.

import {
  HighlightStyle,
  Language,
  LanguageSupport,
  StreamLanguage,
  defineLanguageFacet,
  syntaxHighlighting,
} from "@codemirror/language";
import { stexMath } from "@codemirror/legacy-modes/mode/stex";
import { parseMixed } from "@lezer/common";
import { tags as t } from "@lezer/highlight";
import {
  type BlockContext,
  type InlineContext,
  type Line,
  type MarkdownConfig,
  parser as markdown,
  GFM,
} from "@lezer/markdown";

const latex = StreamLanguage.define(stexMath);
const DOLLAR = 36;
const BACKSLASH = 92;

/** Where a formula ends that begins behind `from`, with what closes it. */
function closing(context: InlineContext, from: number, closer: string): number {
  for (let at = from; at < context.end; at += 1) {
    if (closer.startsWith("\\") || context.char(at) !== BACKSLASH) {
      if (context.slice(at, at + closer.length) === closer) return at + closer.length;
    } else at += 1;
  }
  return -1;
}

const OPENERS: readonly (readonly [string, string])[] = [
  ["$$", "$$"],
  ["$", "$"],
  ["\\(", "\\)"],
  ["\\[", "\\]"],
];

const mathematics: MarkdownConfig = {
  defineNodes: [{ name: "Formula", style: t.special(t.content) }],
  parseInline: [
    {
      name: "Formula",
      before: "Escape",
      parse(context, next, at) {
        if (next !== DOLLAR && next !== BACKSLASH) return -1;
        for (const [opener, closer] of OPENERS) {
          if (context.slice(at, at + opener.length) !== opener) continue;
          const end = closing(context, at + opener.length, closer);
          if (end > 0) return context.addElement(context.elt("Formula", at, end));
        }
        return -1;
      },
    },
  ],
  parseBlock: [
    {
      name: "Formula",
      before: "FencedCode",
      parse(context: BlockContext, line: Line) {
        const opener = /^\s*(\$\$|\\\[|\\begin\{(\w+\*?)\})/.exec(line.text);
        if (!opener?.[1] || (opener[1] === "$$" && /\$\$.*\$\$/.test(line.text))) return false;
        const closer = opener[2] ? `\\end{${opener[2]}}` : opener[1] === "$$" ? "$$" : "\\]";
        const from = context.lineStart + line.pos;
        let first = true;
        for (;;) {
          const text = first ? line.text.slice(opener[0].length) : line.text;
          first = false;
          const ends = text.includes(closer) || !text.trim() && !line.text.trim();
          const to = context.lineStart + line.text.length;
          const more = context.nextLine();
          if (ends || !more) {
            context.addElement(context.elt("Formula", from, to));
            return true;
          }
        }
      },
      endLeaf: (_, line) => /^\s*(\$\$|\\\[|\\begin\{)/.test(line.text),
    },
  ],
  wrap: parseMixed((node) => (node.name === "Formula" ? { parser: latex.parser } : null)),
};

const data = defineLanguageFacet({ commentTokens: { block: { open: "<!--", close: "-->" } } });
// What is indented is the inside of a box or a list here, and no code.
const inside: MarkdownConfig = { remove: ["IndentedCode"] };
const language = new Language(
  data,
  markdown.configure([GFM, inside, mathematics]),
  [],
  "markdown",
);

/** Colours come from the page, so that they follow its light and its dark. */
const colours = HighlightStyle.define([
  { tag: t.heading, fontWeight: "600" },
  { tag: [t.strong], fontWeight: "600" },
  { tag: [t.emphasis], fontStyle: "italic" },
  { tag: [t.link, t.url], color: "var(--md-typeset-a-color)" },
  { tag: [t.monospace], color: "var(--code-quiet)" },
  { tag: [t.processingInstruction, t.comment], color: "var(--code-quiet)" },
  { tag: [t.tagName, t.keyword], color: "var(--md-code-hl-keyword-color)" },
  { tag: [t.number], color: "var(--md-code-hl-number-color)" },
  { tag: [t.atom, t.definition(t.variableName)], color: "var(--md-code-hl-constant-color)" },
]);

export function markdownWithLatex() {
  return [new LanguageSupport(language), syntaxHighlighting(colours)];
}

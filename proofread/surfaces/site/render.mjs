// Renders formulas for the build: a line of JSON in, a line of JSON out, until the input ends.
//
// in:  [{"latex": "...", "display": true, "macros": {"\\R": "\\mathbb{R}"}}, ...]
// out: [{"html": "..."} or {"error": "...", "position": 3}, ...]
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const katex = createRequire(`${process.cwd()}/`)("katex");

// KaTeX mentions a character that its fonts lack on the console and goes on without it.
let complaint = null;
console.warn = (message) => { complaint ??= String(message); };

const OPTIONS = {
  output: "htmlAndMathml",
  throwOnError: true,
  strict: "error",
  trust: false,
  maxExpand: 10000,
};

// With trust off, KaTeX shows a command that needs it in the colour of an error.
const UNTRUSTED = /style="color:#cc0000;?"/;

function render({ latex, display, macros }) {
  complaint = null;
  try {
    const html = katex.renderToString(latex, { ...OPTIONS, displayMode: display, macros: { ...macros } });
    if (complaint) return { error: complaint, position: null };
    if (UNTRUSTED.test(html)) return { error: "a command that is switched off", position: null };
    return { html };
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return { error: error.rawMessage, position: error.position ?? null };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(JSON.parse(line).map(render))}\n`);
}

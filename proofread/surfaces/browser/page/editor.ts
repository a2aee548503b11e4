// The editor: CodeMirror in a shadow root, where its style sheets need no leave from the page.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField } from "@codemirror/state";
import { EditorView, drawSelection, hoverTooltip, keymap, lineNumbers, placeholder } from "@codemirror/view";

import type { Answer, Finding, Part, Repair } from "../protocol";
import type { Completions } from "./completion";
import { make } from "./dom";
import { markdownWithLatex } from "./language";
import { Places } from "./places";
import { describe } from "./shapes";

/** A part of a formula, where it stands in the text as it is now. */
class Spot extends RangeValue {
  constructor(readonly part: Part) {
    super();
  }
}

const setSpots = StateEffect.define<RangeSet<Spot>>();

const spots = StateField.define<RangeSet<Spot>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let found = value.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setSpots)) found = effect.value;
    return found;
  },
});

/** The smallest part around a position. */
function spotAt(state: EditorState, position: number): { part: Part; from: number; to: number } | null {
  let best: { part: Part; from: number; to: number } | null = null;
  state.field(spots).between(position, position, (from, to, spot) => {
    if (!best || to - from < best.to - best.from) best = { part: spot.part, from, to };
  });
  return best;
}

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--md-default-fg-color)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "0.1rem solid var(--md-accent-fg-color)" },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family)",
    fontSize: "0.7rem",
    lineHeight: "1.6",
  },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--md-default-fg-color)" },
  ".cm-cursor": { borderLeftColor: "var(--md-default-fg-color)" },
  ".cm-gutters": {
    color: "var(--quiet)",
    backgroundColor: "transparent",
    border: "0",
  },
  ".cm-placeholder": { color: "var(--quiet)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--md-accent-fg-color) 30%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--state-told) 25%, transparent)",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--state-bad)",
    textUnderlineOffset: "0.2em",
  },
  ".cm-lintRange-info": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--state-meant)",
    textUnderlineOffset: "0.2em",
  },
  ".cm-tooltip": {
    maxWidth: "min(30rem, 90vw)",
    color: "var(--md-default-fg-color)",
    backgroundColor: "var(--md-default-bg-color)",
    border: "0.05rem solid var(--md-default-fg-color--lighter)",
    fontSize: "0.65rem",
  },
  ".cm-tooltip .shape": { padding: "0.2rem 0.5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--md-primary-bg-color)",
    backgroundColor: "var(--md-primary-fg-color)",
  },
  ".cm-completionDetail": { color: "inherit", fontStyle: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--state-bad)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--state-meant)" },
  ".cm-diagnosticAction": {
    color: "var(--md-primary-bg-color)",
    backgroundColor: "var(--md-primary-fg-color)",
  },
  ".cm-panels": { color: "inherit", backgroundColor: "var(--finding-background)" },
});

export interface EditorEvents {
  changed(text: string): void;
  /** What is at the cursor, or nothing. */
  pointed(part: Part | null): void;
}

export class Editor {
  private readonly view: EditorView;
  private places: Places;

  constructor(
    host: HTMLElement,
    text: string,
    completions: Completions,
    private readonly events: EditorEvents,
  ) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const frame = make("div", { part: "frame" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":host { display: block } [part=frame] { height: 100% }");
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(frame);
    this.places = new Places(text);
    this.view = new EditorView({
      parent: frame,
      root,
      state: EditorState.create({ doc: text, extensions: this.extensions(completions) }),
    });
  }

  private extensions(completions: Completions) {
    return [
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completions.source] }),
      markdownWithLatex(),
      spots,
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": "Your derivation, in Markdown with LaTeX",
        spellcheck: "false",
        tabindex: "0",
      }),
      placeholder("Let $x \\in \\mathbb{R}^n$ …"),
      hoverTooltip((view, position) => {
        const found = spotAt(view.state, position);
        if (!found) return null;
        return {
          pos: found.from,
          end: found.to,
          above: true,
          create: () => ({ dom: make("div", { class: "shape" }, describe(found.part)) }),
        };
      }),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          this.places = new Places(update.state.doc.toString());
          this.events.changed(this.places.text);
        }
        if (update.docChanged || update.selectionSet) this.point();
      }),
    ];
  }

  get text(): string {
    return this.places.text;
  }

  focus(): void {
    this.view.focus();
  }

  /** Put another text in the place of this one; the one before comes back with undo. */
  replace(text: string): void {
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      annotations: isolateHistory.of("full"),
    });
  }

  /** Select what stands between two places, and show it. */
  select(from: number, to: number): void {
    this.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    this.view.focus();
  }

  /** Put the cursor somewhere, and that place into the middle of what is seen. */
  goTo(place: number): void {
    this.select(place, place);
    this.view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
  }

  edit(from: number, to: number, insert: string): void {
    this.view.dispatch({
      changes: { from, to, insert },
      annotations: isolateHistory.of("full"),
    });
  }

  /** Show what an answer to the text as it is now says of it. */
  show(answer: Answer, apply: (finding: Finding, repair: Repair) => void): void {
    const builder = new RangeSetBuilder<Spot>();
    const ranges = answer.pieces
      .flatMap((piece) => piece.spots)
      .filter((spot) => spot.kind === "part")
      .map((part) => ({ part, ...this.places.range(part.from, part.to) }))
      .sort((one, other) => one.from - other.from || one.to - other.to);
    for (const { from, to, part } of ranges) builder.add(from, to, new Spot(part));
    const diagnostics = answer.findings.map((finding): Diagnostic => {
      const { from, to } = this.places.range(finding.from, finding.to);
      return {
        from,
        to,
        severity: finding.expected ? "info" : "error",
        message: `${finding.code}: ${finding.message}`,
        actions: finding.repairs.slice(0, 3).map((repair) => ({
          name: `write ${repair.latex}`,
          apply: () => {
            apply(finding, repair);
          },
        })),
      };
    });
    this.view.dispatch({ effects: setSpots.of(builder.finish()) });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
    this.point();
  }

  range(from: Answer["findings"][number]["from"], to: Answer["findings"][number]["to"]) {
    return this.places.range(from, to);
  }

  /** The text by its lines. */
  get at(): Places {
    return this.places;
  }

  private point(): void {
    this.events.pointed(spotAt(this.view.state, this.view.state.selection.main.head)?.part ?? null);
  }
}

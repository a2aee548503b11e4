// The checker's page once it is in use: editor, rendering, findings, and the worker behind them.

import type { Answer, Finding, Part, Repair } from "../protocol";
import { Checker, RunawayError, StoppedError } from "./client";
import { Completions } from "./completion";
import { make } from "./dom";
import { type Draft, DraftKeeper } from "./drafts";
import { Editor } from "./editor";
import { findingBox } from "./findings";
import { keepOffline } from "./offline";
import { Pointing } from "./pointing";
import { Rendering } from "./rendering";
import { describe } from "./shapes";
import { fragmentOf } from "./share";
import { Status } from "./status";
import { summaryOf, symbolTable } from "./symbols";
import { Toolbar } from "./toolbar";
import { lineBefore } from "./wizard";

/** How long a reader pauses before the text is checked. */
const PAUSE = 150;

export interface Beginning {
  text: string;
  draft: Draft | null;
  /** Where the cursor stands in the text. */
  cursor: number | null;
}

export class App {
  private readonly status = new Status(() => {
    this.stop();
  });
  private readonly completions = new Completions();
  private readonly keeper = new DraftKeeper((message) => {
    this.status.warn(message);
  });
  private readonly checker = new Checker({
    progress: (progress) => {
      this.status.progress(progress);
    },
    ready: ({ commands }) => {
      this.status.ready(this.checker.busy);
      this.completions.setCommands(commands);
      this.keepCopy();
    },
    stage: (done, blocks) => {
      this.status.stage(done, blocks);
    },
  }, patience());
  private readonly editor: Editor;
  private readonly rendering: Rendering;
  private readonly symbols = make("div", { class: "checker-symbols" });
  private readonly cursor = make("p", { class: "at-cursor" });
  private timer = 0;
  /** The text that the last answer is about. */
  private answered: string | null = null;
  private loading = false;
  private copied = false;

  constructor(host: HTMLElement, beginning: Beginning) {
    const frame = make("div", { class: "editor" });
    const view = make("div", { class: "rendering", role: "region", "aria-label": "The derivation, checked", tabindex: "0" });
    this.rendering = new Rendering(view, {
      findings: (finding) => findingBox(finding, this.actions),
    });
    const toolbar = new Toolbar({
      open: (text, name) => {
        this.open(text, name);
      },
      resume: (draft) => {
        this.resume(draft);
      },
      share: () => this.share(),
      quote: () => this.quote(),
      flush: () => {
        this.keeper.flush();
      },
      say: (text) => {
        this.status.say(text);
      },
    });
    const pane = make("div", { class: "editor-pane" }, frame, this.cursor);
    host.replaceChildren(
      toolbar.element,
      this.status.element,
      make("div", { class: "panes" }, pane, make("div", { class: "rendering-pane" }, view)),
      this.symbols,
    );
    this.editor = new Editor(frame, beginning.text, this.completions, {
      changed: (text) => {
        this.changed(text);
      },
      pointed: (part) => {
        this.cursor.textContent = part ? describe(part) : "";
      },
    });
    new Pointing(this.rendering, (text) => {
      this.status.say(text);
    }, (part) => {
      this.select(part);
    });
    if (beginning.draft) this.keeper.resume(beginning.draft);
    else this.keeper.begin(beginning.text);
    if (beginning.cursor !== null) this.editor.goTo(beginning.cursor);
    this.status.loading();
    this.checker.start();
    void this.check();
  }

  /** Show another text; the one before stays among the drafts. */
  open(text: string, name: string): void {
    this.keeper.flush();
    this.keeper.begin(text);
    this.load(text);
    this.status.say(`${name} is in the editor; your draft is kept`);
  }

  private resume(draft: Draft): void {
    this.keeper.resume(draft);
    this.load(draft.text);
    this.status.say("the draft is in the editor");
  }

  private load(text: string): void {
    this.loading = true;
    this.editor.replace(text);
    this.loading = false;
    void this.check();
  }

  private changed(text: string): void {
    if (!this.loading) {
      this.keeper.changed(text);
      if (location.hash || location.search) history.replaceState(null, "", location.pathname);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), PAUSE);
  }

  private async check(): Promise<void> {
    clearTimeout(this.timer);
    const text = this.editor.text;
    this.status.checking();
    try {
      const { answer, milliseconds } = await this.checker.check(text);
      if (this.editor.text !== text) return; // the newer text is checked in a moment
      this.answered = text;
      this.show(answer);
      this.status.answered(summaryOf(answer), milliseconds, answer.accepted);
    } catch (error) {
      if (error instanceof StoppedError) return;
      const message = error instanceof Error ? error.message : String(error);
      this.status.failed(message, error instanceof RunawayError);
    }
  }

  private show(answer: Answer): void {
    this.editor.show(answer, (finding, repair) => {
      this.actions.repair(finding, repair);
    });
    this.rendering.show(answer);
    this.completions.setSymbols(answer.symbols);
    const open = this.symbols.querySelector("details")?.open ?? false;
    const table = symbolTable(answer);
    if (open) table.setAttribute("open", "");
    this.symbols.replaceChildren(table);
  }

  private readonly actions = {
    repair: (_: Finding, repair: Repair): void => {
      if (this.editor.text !== this.answered) return;
      const { from, to } = this.editor.range(repair.from, repair.to);
      this.editor.edit(from, to, repair.latex);
      this.status.say(`wrote ${repair.latex}`);
      void this.check();
    },
    show: (finding: Finding): void => {
      const { from, to } = this.editor.range(finding.from, finding.to);
      this.editor.select(from, to);
    },
    declare: (finding: Finding, sentence: string): void => {
      const places = this.editor.at;
      const line = lineBefore(places.text.split("\n"), finding.from[0]);
      const at = places.start(line);
      this.editor.edit(at, at, `${sentence}\n\n`);
      this.status.say(`wrote ${sentence}`);
      void this.check();
    },
  };

  private select(part: Part): void {
    if (this.editor.text !== this.answered) return;
    const { from, to } = this.editor.range(part.from, part.to);
    this.editor.select(from, to);
  }

  /** What works without a network is fetched when the engine is there, and not beside it. */
  private keepCopy(): void {
    if (this.copied) return;
    this.copied = true;
    keepOffline(this.status.notes);
  }

  private stop(): void {
    this.checker.stop();
    this.status.failed("the check was stopped; it goes on with your next change", false);
  }

  private async share(): Promise<string> {
    const address = new URL(location.href);
    address.search = "";
    address.hash = await fragmentOf(this.editor.text);
    return address.href;
  }

  private quote(): Promise<string> {
    return this.checker.quote(this.editor.text);
  }
}

/** For tests: how many milliseconds one part of a text may take, from the page's element. */
function patience(): number | undefined {
  const said = Number(document.querySelector("proofread-checker")?.getAttribute("patience"));
  return said > 0 ? said : undefined;
}


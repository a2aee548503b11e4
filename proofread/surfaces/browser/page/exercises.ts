// The exercises of a page: what is typed is checked in the worker, and progress is kept here.
// Nothing else is loaded before a reader goes to the first field.

import type { Judgement, Remark } from "../protocol";
import { Checker, type Progress } from "./client";
import { button, make } from "./dom";
import { findingText } from "./findings";
import { Places } from "./places";
import { done, forget, keep } from "./progress";

/** How long a reader pauses before what is typed is drawn. */
const PAUSE = 200;

class Attempt {
  private readonly name: string;
  private readonly form: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly submit: HTMLButtonElement;
  private readonly said: HTMLElement;
  private readonly drawn = make("div", { class: "attempt-drawn" });
  private readonly hints: HTMLDetailsElement[];
  private opened: number;
  private timer = 0;

  constructor(
    private readonly exercise: HTMLElement,
    private readonly box: HTMLElement,
    private readonly page: ExercisePage,
  ) {
    this.name = exercise.id;
    this.form = found(box.querySelector("form"));
    this.field = found(box.querySelector("textarea"));
    this.submit = found(box.querySelector("button"));
    this.said = found(box.querySelector<HTMLElement>(".attempt-said"));
    this.hints = [...exercise.querySelectorAll<HTMLDetailsElement>(":scope > details.hint")];
    const kept = done(this.name);
    this.opened = Math.min(kept.hints, this.hints.length);
    this.field.value = kept.typed;
    this.form.append(this.drawn);
    this.grow();
    this.mark();
    this.listen();
  }

  get solved(): boolean {
    return done(this.name).solved;
  }

  /** Show how far it is: what is solved, and the first hint that was not opened yet. */
  mark(): void {
    this.exercise.classList.toggle("solved", this.solved);
    for (const [number, hint] of this.hints.entries()) {
      hint.classList.toggle("seen", number < this.opened);
    }
  }

  clear(): void {
    this.opened = 0;
    this.field.value = "";
    this.said.replaceChildren();
    this.drawn.replaceChildren();
    for (const hint of this.hints) hint.open = false;
    this.mark();
  }

  private listen(): void {
    this.field.addEventListener("focus", () => {
      this.page.checker.start();
    });
    this.field.addEventListener("input", () => {
      this.typed();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.check();
    });
    for (const [number, hint] of this.hints.entries()) {
      hint.addEventListener("toggle", () => {
        if (hint.open) this.open(number + 1);
      });
    }
  }

  private open(hints: number): void {
    if (hints <= this.opened) return;
    this.opened = hints;
    this.keep({ hints });
    this.mark();
  }

  private keep(more: Parameters<typeof keep>[1]): void {
    if (!keep(this.name, more)) this.page.warn();
  }

  private typed(): void {
    this.grow();
    this.keep({ typed: this.field.value });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), PAUSE);
  }

  /** A line for each step. */
  private grow(): void {
    this.field.rows = this.field.value.split("\n").length;
  }

  private async draw(): Promise<void> {
    const lines = this.field.value.split("\n").filter((line) => line.trim());
    const { drawFormula } = await import("./rendering");
    const rows = lines.map((line) => make("div", {}, line)).filter((row) =>
      drawFormula(row, row.textContent, { displayMode: true, trust: false }),
    );
    this.drawn.replaceChildren(...(rows.length === lines.length ? rows : []));
  }

  private async check(): Promise<void> {
    const typed = this.field.value;
    this.submit.disabled = true;
    this.page.current = this.said;
    this.said.replaceChildren(make("p", {}, this.page.ready ? "Checking" : "Loading the engine"));
    try {
      const { exercise } = this.box.dataset;
      this.show(await this.page.checker.judge(exercise ?? "", typed, this.opened), typed);
    } catch (error) {
      this.said.replaceChildren(make("p", { class: "wrong" }, sentence(String(error))));
    } finally {
      this.submit.disabled = false;
    }
  }

  private show({ solved, message, findings }: Judgement, typed: string): void {
    const verdict = make("p", { class: solved ? "right" : "wrong" }, sentence(message));
    this.said.replaceChildren(verdict, ...findings.flatMap((one) => this.finding(one, typed)));
    if (solved) {
      this.keep({ solved, typed });
      this.mark();
      this.page.count();
    }
  }

  private finding(finding: Remark, typed: string): HTMLElement[] {
    const text = findingText(finding);
    if (!finding.typed) return [text];
    const show = button("Show in the answer", () => {
      const { from, to } = new Places(typed).range(finding.from, finding.to);
      this.field.focus();
      this.field.setSelectionRange(from, to);
    });
    return [text, show];
  }
}

class ExercisePage {
  /** Where the progress of loading is shown. */
  current: HTMLElement | null = null;
  ready = false;
  readonly checker = new Checker({
    progress: (progress) => {
      this.progress(progress);
    },
    ready: () => {
      this.ready = true;
      this.bar.remove();
    },
    restarted: () => {
      this.ready = false;
    },
  });
  private readonly bar = make("progress", { "aria-label": "Loading the engine" });
  private readonly line = document.querySelector(".exercise-progress");
  private readonly attempts: Attempt[] = [];

  constructor() {
    for (const box of document.querySelectorAll<HTMLElement>(".attempt")) {
      const exercise = box.closest<HTMLElement>(".exercise");
      if (exercise) this.attempts.push(new Attempt(exercise, box, this));
    }
    this.count();
  }

  /** Say how many are solved; of a single one, its own title says it. */
  count(): void {
    const solved = this.attempts.filter((attempt) => attempt.solved).length;
    const all = this.attempts.length;
    this.line?.replaceChildren(all > 1 ? `${String(solved)} of ${String(all)} solved. ` : "");
    if (solved) this.line?.append(button("Begin anew", () => { this.clear(); }));
  }

  warn(): void {
    this.line?.replaceChildren("This browser keeps no progress: it is lost with the page. ");
  }

  private clear(): void {
    forget();
    for (const attempt of this.attempts) attempt.clear();
    this.count();
  }

  private progress({ loaded, total }: Progress): void {
    if (this.ready) return;
    this.bar.max = total;
    this.bar.value = Math.min(loaded, total);
    if (this.current && !this.current.contains(this.bar)) this.current.append(this.bar);
  }
}

function found<Part>(part: Part | null): Part {
  if (part === null) throw new Error("an exercise lacks a part of its form");
  return part;
}

/** A message as a sentence of the page. */
function sentence(message: string): string {
  const text = message.replace(/^Error: /, "");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

new ExercisePage();

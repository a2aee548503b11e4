// What the checker's page loads at first: a field to write in. The rest comes with the first click.

import { button, make } from "./dom";
import { type Draft, lastDraft } from "./drafts";
import { takeWaitingVersion } from "./offline";
import { textOf } from "./share";
import { startList, startText } from "./starts";

class CheckerElement extends HTMLElement {
  private readonly field = make("textarea", {
    "aria-label": "Your derivation, in Markdown with LaTeX",
    placeholder: "Let $x \\in \\mathbb{R}^n$ …",
    spellcheck: "false",
    rows: "14",
  });
  private readonly message = make("p", { class: "checker-message", role: "status" });
  private draft: Draft | null = null;
  private started = false;

  connectedCallback(): void {
    void takeWaitingVersion();
    const choices = make("div", { class: "choices" });
    this.replaceChildren(this.message, choices, this.field);
    this.draft = lastDraft();
    this.field.value = this.draft?.text ?? "";
    this.message.textContent = this.draft
      ? "Your last draft is here. Click into it, and the engine starts."
      : "Click into the field, or start from one of these:";
    this.field.addEventListener("focus", () => void this.start(this.field.value, this.draft));
    void this.fill(choices);
    void this.follow();
  }

  private async fill(choices: HTMLElement): Promise<void> {
    try {
      for (const start of (await startList()).slice(0, 3)) {
        choices.append(button(start.title, () => void this.startFrom(start.id)));
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** A link that brings a text, or names a page and perhaps a line of it, is opened at once. */
  private async follow(): Promise<void> {
    try {
      const text = await textOf(location.hash);
      const asked = new URLSearchParams(location.search);
      const page = asked.get("page");
      if (text !== null) await this.start(text, null);
      else if (page !== null) await this.startFrom(page, Number(asked.get("line")));
    } catch (error) {
      this.fail(error);
    }
    addEventListener("hashchange", () => {
      if (location.hash.startsWith("#text=")) location.reload();
    });
  }

  private async startFrom(id: string, line = 0): Promise<void> {
    try {
      const text = await startText(id);
      await this.start(text, null, line > 0 ? startOfLine(text, line) : null);
    } catch (error) {
      this.fail(error);
    }
  }

  private async start(text: string, draft: Draft | null, place: number | null = null): Promise<void> {
    if (this.started) return;
    this.started = true;
    this.message.textContent = "Loading the editor";
    const { App } = await import("./app");
    const focused = document.activeElement === this.field;
    const typed = focused && this.field.value !== text ? this.field.value : text;
    new App(this, { text: typed, draft, cursor: focused ? this.field.selectionStart : place });
    this.setAttribute("started", "");
  }

  private fail(error: unknown): void {
    this.message.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** The offset of a line; lines count from 1, and one behind the last counts as the last. */
function startOfLine(text: string, line: number): number {
  const above = text.split("\n").slice(0, line - 1);
  return Math.min(above.join("\n").length + (above.length ? 1 : 0), text.length);
}

customElements.define("proofread-checker", CheckerElement);

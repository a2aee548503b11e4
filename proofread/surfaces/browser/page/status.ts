// What the checker is doing, for the eye and for the ear.

import type { Progress } from "./client";
import { button, make } from "./dom";

const MEGABYTE = 1_000_000;

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}

export class Status {
  private readonly line = make("span", { class: "status-line" });
  private readonly bar = make("progress", { "aria-label": "Loading the engine", hidden: "" });
  private readonly bytes = make("span", { class: "status-bytes" });
  private readonly stopper: HTMLButtonElement;
  private readonly live = make("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  /** Where lasting remarks stand: on storage, on the offline copy. */
  readonly notes = make("div", { class: "checker-notes" });
  readonly element: HTMLElement;
  private isReady = false;
  private spoken = "";

  constructor(stop: () => void) {
    this.stopper = button("Stop", stop, { class: "stop", hidden: "" });
    this.element = make(
      "div",
      { class: "checker-status" },
      make("div", { class: "status-row" }, this.line, this.bar, this.bytes, this.stopper),
      this.live,
      this.notes,
    );
  }

  /** Let a screen reader hear something. */
  say(text: string): void {
    this.live.textContent = text;
  }

  warn(text: string): void {
    this.notes.prepend(make("p", { role: "alert" }, text));
  }

  loading(): void {
    this.set("loading", "Loading the engine");
    this.say("loading the engine");
    this.bar.hidden = false;
  }

  progress({ loaded, total }: Progress): void {
    if (this.isReady) return;
    this.bar.max = total;
    this.bar.value = Math.min(loaded, total);
    this.bytes.textContent = `${megabytes(Math.min(loaded, total))} of ${megabytes(total)} MB`;
    if (loaded >= total) this.set("loading", "Starting the engine");
  }

  /** The engine is there; `busy` where a text waits for it. */
  ready(busy: boolean): void {
    this.isReady = true;
    this.bar.hidden = true;
    this.bytes.textContent = "";
    if (busy) this.checking();
  }

  checking(): void {
    this.stopper.hidden = !this.isReady;
    if (this.isReady) this.set("checking", "Checking");
    else if (this.bar.hidden) this.set("loading", "Starting the engine");
  }

  stage(done: number, blocks: number): void {
    this.bytes.textContent = `${String(done)} of ${String(blocks)} blocks`;
  }

  answered(summary: string, milliseconds: number, accepted: boolean): void {
    this.bytes.textContent = `checked in ${String(Math.round(milliseconds))} ms`;
    this.set(accepted ? "accepted" : "wrong", summary);
    this.stopper.hidden = true;
    if (summary !== this.spoken) this.say(summary);
    this.spoken = summary;
  }

  failed(message: string, restarting: boolean): void {
    this.bytes.textContent = "";
    this.stopper.hidden = true;
    this.spoken = "";
    const more = restarting ? "; a new engine is starting, and the next change is checked" : "";
    this.set("failed", message + more);
    this.say(message + more);
    this.isReady = false;
  }

  private set(state: string, text: string): void {
    this.element.setAttribute("data-state", state);
    this.line.textContent = text;
  }
}

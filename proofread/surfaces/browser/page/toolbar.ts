// The row above the editor: starting points, drafts, sharing.

import { button, make } from "./dom";
import { type Draft, drafts } from "./drafts";
import { startList, startText } from "./starts";

export interface ToolbarActions {
  open(text: string, name: string): void;
  resume(draft: Draft): void;
  share(): Promise<string>;
  quote(): Promise<string>;
  flush(): void;
  say(text: string): void;
}

export class Toolbar {
  readonly element: HTMLElement;
  private readonly fallback = make("div", { class: "copy-fallback", hidden: "" });

  constructor(private readonly actions: ToolbarActions) {
    this.element = make(
      "div",
      { class: "checker-toolbar", role: "group", "aria-label": "Text" },
      menu("Start from", (list, close) => this.fillStarts(list, close)),
      menu("Drafts", (list, close) => {
        this.fillDrafts(list, close);
      }),
      button("Copy a link", () => void this.copy(actions.share(), "the link")),
      button("Copy as Markdown with verdicts", () => void this.copy(actions.quote(), "the text")),
      this.fallback,
    );
  }

  private async fillStarts(list: HTMLElement, close: () => void): Promise<void> {
    const empty = button("An empty text", () => {
      close();
      this.actions.open("", "an empty text");
    });
    list.replaceChildren(make("p", {}, empty));
    let group = "";
    for (const start of await startList()) {
      if (start.group !== group) list.append(make("h2", {}, start.group));
      group = start.group;
      const open = button(start.title, () => {
        close();
        void startText(start.id).then((text) => {
          this.actions.open(text, start.title);
        });
      });
      list.append(make("p", {}, open));
    }
  }

  private fillDrafts(list: HTMLElement, close: () => void): void {
    this.actions.flush();
    const all = drafts();
    list.replaceChildren();
    if (!all.length) list.append(make("p", {}, "Nothing is kept yet."));
    for (const draft of all) {
      const title = draft.text.split("\n").find((line) => line.trim()) ?? "";
      const time = new Date(draft.time).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
      const open = button(`${time}: ${title.slice(0, 60)}`, () => {
        close();
        this.actions.resume(draft);
      });
      list.append(make("p", {}, open));
    }
  }

  private async copy(made: Promise<string>, name: string): Promise<void> {
    let text: string;
    try {
      text = await made;
    } catch (error) {
      this.actions.say(error instanceof Error ? error.message : String(error));
      return;
    }
    this.fallback.hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      this.actions.say(`${name} is copied`);
      this.show(`${name} is copied`, null);
    } catch {
      this.show(`copy ${name} from here:`, text);
      this.actions.say(`copy ${name} from the field`);
    }
  }

  private show(said: string, text: string | null): void {
    this.fallback.hidden = false;
    this.fallback.replaceChildren(make("span", {}, said));
    if (text === null) return;
    const field = make("textarea", { readonly: "", rows: "3", "aria-label": said });
    field.value = text;
    this.fallback.append(field);
    field.select();
  }
}

/** A button that opens a list; Escape closes it, and so does leaving it. */
function menu(title: string, fill: (list: HTMLElement, close: () => void) => void | Promise<void>): HTMLElement {
  const list = make("div", { class: "menu-list" });
  const summary = make("summary", {}, title);
  const details = make("details", { class: "menu" }, summary, list);
  const close = (): void => {
    details.open = false;
  };
  details.addEventListener("toggle", () => {
    if (details.open) void fill(list, close);
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    summary.focus();
  });
  details.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !details.contains(relatedTarget)) close();
  });
  return details;
}

// Pointing at a part of a formula, with the mouse or with the arrow keys: its shape is shown.

import type { Part } from "../protocol";
import { make } from "./dom";
import { type Rendering, type Shown, spotOf } from "./rendering";
import { describe } from "./shapes";

export class Pointing {
  private readonly card = make("div", { class: "shape-card", role: "tooltip", hidden: "" });
  private marked: Element | null = null;

  constructor(
    private readonly rendering: Rendering,
    private readonly say: (text: string) => void,
    private readonly chosen: (part: Part) => void,
  ) {
    const host = rendering.host;
    host.after(this.card);
    host.addEventListener("pointerover", (event) => {
      this.at(event.target as Element);
    });
    host.addEventListener("pointerleave", () => {
      this.hide();
    });
    host.addEventListener("click", (event) => {
      const found = this.find(event.target as Element);
      if (found) this.chosen(found.part);
    });
    host.addEventListener("keydown", (event) => {
      this.key(event);
    });
    host.addEventListener("focusout", () => {
      this.hide();
    });
  }

  private find(target: Element): { element: Element; part: Part } | null {
    for (let element: Element | null = target; element && element !== this.rendering.host; element = element.parentElement) {
      const shown = this.shownAround(element);
      if (!shown) return null;
      const spot = element.hasAttribute("data-at") ? spotOf(element, shown.piece) : null;
      if (spot?.kind === "part") return { element, part: spot };
    }
    return null;
  }

  private shownAround(element: Element): Shown | undefined {
    const box = element.closest<HTMLElement>("[data-formula]");
    return box ? this.rendering.shown.get(box) : undefined;
  }

  private at(target: Element): void {
    const found = this.find(target);
    if (found) this.show(found.element, found.part);
    else this.hide();
  }

  private show(element: Element, part: Part): void {
    this.hide();
    this.marked = element;
    element.classList.add("pointed");
    this.card.textContent = describe(part);
    this.card.hidden = false;
    const place = element.getBoundingClientRect();
    const width = this.card.offsetWidth;
    const left = Math.min(Math.max(place.left, 4), Math.max(innerWidth - width - 4, 4));
    this.card.style.left = `${String(left)}px`;
    const above = place.top - this.card.offsetHeight - 4;
    this.card.style.top = `${String(above > 0 ? above : place.bottom + 4)}px`;
  }

  private hide(): void {
    this.marked?.classList.remove("pointed");
    this.marked = null;
    this.card.hidden = true;
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as Element;
    if (event.key === "Escape") this.hide();
    if (!target.classList.contains("formula-box")) return;
    if (event.key === "Enter" && this.marked) {
      const found = this.find(this.marked);
      if (found) this.chosen(found.part);
      return;
    }
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const parts = [...target.querySelectorAll(".part")];
    if (!parts.length) return;
    event.preventDefault();
    const step = event.key === "ArrowRight" ? 1 : -1;
    const now = this.marked ? parts.indexOf(this.marked) : step > 0 ? -1 : parts.length;
    const next = parts[(now + step + parts.length) % parts.length];
    const found = next && this.find(next);
    if (!found) return;
    found.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.show(found.element, found.part);
    this.say(describe(found.part));
  }
}

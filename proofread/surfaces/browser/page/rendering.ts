// The live rendering: what Markdown made of the text, cleaned, with every formula as KaTeX draws it.

import DOMPurify from "dompurify";
import katex, { type KatexOptions, type TrustContext } from "katex";

import type { Answer, Finding, Piece, Spot } from "../protocol";
import { make } from "./dom";

const CLEANING = {
  USE_PROFILES: { html: true },
  ALLOW_DATA_ATTR: false,
  ADD_ATTR: ["data-piece"],
  FORBID_ATTR: ["style", "id", "name", "srcset", "background"],
  FORBID_TAGS: [
    "style", "form", "input", "button", "select", "option", "textarea", "img", "picture",
    "audio", "video", "source", "track", "map", "area", "dialog", "template", "slot", "font",
  ],
  RETURN_DOM_FRAGMENT: true,
};

/** The HTML of a reader's text, as inert as text: no script, no style, nothing from elsewhere. */
export function cleaned(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, CLEANING) as unknown as DocumentFragment;
  for (const link of fragment.querySelectorAll("a")) {
    const target = link.getAttribute("href") ?? "";
    if (/^https?:\/\//i.test(target)) {
      link.setAttribute("rel", "noopener noreferrer nofollow");
      link.setAttribute("target", "_blank");
    } else link.removeAttribute("href");
  }
  return fragment;
}

/** What a formula may contain besides plain LaTeX: the marks that the worker has put in. */
function trust(key: string): (context: TrustContext) => boolean {
  const ours = new RegExp(`^${key}-\\d+$`);
  return (context) => {
    if (context.command !== "\\htmlData") return false;
    const names = Object.keys(context.attributes);
    return names.length === 1 && ours.test(context.attributes["data-at"] ?? "");
  };
}

export function drawFormula(target: HTMLElement, tex: string, options: KatexOptions): boolean {
  try {
    katex.render(tex, target, {
      throwOnError: true,
      strict: "ignore",
      maxExpand: 10_000,
      maxSize: 50,
      output: "htmlAndMathml",
      ...options,
    });
    return true;
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    target.replaceChildren();
    return false;
  }
}

export interface Shown {
  piece: Piece;
  number: number;
  box: HTMLElement;
}

export interface RenderingEvents {
  /** Elements that stand beside a formula: its findings, with their buttons. */
  findings(finding: Finding): HTMLElement;
}

export class Rendering {
  /** The formulas on show, by their elements. */
  readonly shown = new WeakMap<HTMLElement, Shown>();
  private keys: string[] = [];
  answer: Answer | null = null;

  constructor(
    readonly host: HTMLElement,
    private readonly events: RenderingEvents,
  ) {}

  show(answer: Answer): void {
    const fragment = cleaned(answer.html);
    separateTabs(fragment);
    const old = [...this.host.children] as HTMLElement[];
    const oldKeys = this.keys;
    const opened = this.openDetails();
    const children = [...fragment.children] as HTMLElement[];
    const lost = answer.findings.filter((finding) => finding.piece < 0);
    const top = lost.length ? [make("div", { class: "page-findings" }, ...lost.map((one) => this.events.findings(one)))] : [];
    this.keys = ["", ...children.map((child) => this.keyOf(child, answer))];
    const kept = children.map((child, position) => {
      const same = oldKeys.indexOf(this.keys[position + 1] ?? "", 1);
      const before = same > 0 ? old[same] : undefined;
      if (before) {
        oldKeys[same] = "\0";
        this.renumber(before, child, answer);
        return before;
      }
      this.fill(child, answer);
      return child;
    });
    this.answer = answer;
    this.host.replaceChildren(make("div", {}, ...top), ...kept);
    for (const [position, detail] of [...this.host.querySelectorAll("details")].entries()) {
      if (opened.has(position)) detail.open = true;
    }
  }

  /** Two blocks with one key look the same. */
  private keyOf(block: HTMLElement, answer: Answer): string {
    const pieces = numbersIn(block, answer.key).map((number) => {
      const piece = answer.pieces[number];
      const findings = answer.findings.filter((finding) => finding.piece === number);
      return piece ? JSON.stringify([{ ...piece, macros: answer.macros[piece.macros] }, findings]) : "";
    });
    return block.outerHTML.replaceAll(new RegExp(`${answer.key}-\\d+`, "g"), "") + pieces.join("\n");
  }

  private renumber(block: HTMLElement, fresh: HTMLElement, answer: Answer): void {
    const numbers = numbersIn(fresh, answer.key);
    for (const [position, box] of [...block.querySelectorAll<HTMLElement>("[data-formula]")].entries()) {
      const number = numbers[position];
      const piece = number === undefined ? undefined : answer.pieces[number];
      if (piece && number !== undefined) this.shown.set(box, { piece, number, box });
    }
  }

  private openDetails(): Set<number> {
    const all = [...this.host.querySelectorAll("details")];
    return new Set(all.flatMap((detail, position) => (detail.open ? [position] : [])));
  }

  private fill(block: HTMLElement, answer: Answer): void {
    const places = [block, ...block.querySelectorAll<HTMLElement>("[data-piece]")];
    for (const place of places) {
      const number = numberOf(place, answer.key);
      place.removeAttribute("data-piece");
      const piece = number === null ? undefined : answer.pieces[number];
      if (piece && number !== null) this.formula(place, piece, number, answer);
    }
  }

  private formula(place: HTMLElement, piece: Piece, number: number, answer: Answer): void {
    const box = make("span", { "data-formula": "" });
    const options: KatexOptions = {
      displayMode: piece.display,
      macros: { ...answer.macros[piece.macros] },
    };
    const drawn =
      (piece.marked && drawFormula(box, piece.marked, { ...options, trust: trust(answer.key) })) ||
      drawFormula(box, piece.tex, { ...options, trust: false });
    if (!drawn) box.replaceChildren(make("code", {}, piece.latex));
    const annotation = box.querySelector("annotation");
    if (annotation) annotation.textContent = piece.latex;
    markSpots(box, piece.spots, answer.key);
    this.shown.set(box, { piece, number, box });
    const findings = answer.findings.filter((finding) => finding.piece === number);
    const told = findings.map((finding) => this.events.findings(finding));
    place.removeAttribute("class");
    if (piece.state) place.setAttribute("data-state", piece.state);
    if (!piece.display) {
      place.classList.add("formula-inline");
      place.append(box);
      place.after(...told);
      return;
    }
    place.classList.add("formula");
    const scroller = make("span", { class: "formula-box", tabindex: "0", role: "group", "aria-label": "Formula: arrow keys name its parts" }, box);
    place.append(scroller);
    if (piece.labels.length) {
      place.append(make("span", { class: "formula-numbers" }, piece.labels.map((one) => `(${one})`).join(" ")));
    }
    const details = cleanedDetails(piece.details, options);
    if (details) place.append(make("div", { class: "formula-check" }, details));
    place.append(...told);
  }
}

/** What the engine says of how a formula was checked; the names in it are drawn too. */
function cleanedDetails(html: string, options: KatexOptions): DocumentFragment | null {
  if (!html) return null;
  const fragment = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    ALLOW_DATA_ATTR: true,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const scrolling of fragment.querySelectorAll<HTMLElement>(".check-details")) {
    scrolling.tabIndex = 0;
  }
  for (const name of fragment.querySelectorAll<HTMLElement>(".tex")) {
    const latex = name.textContent;
    if (!drawFormula(name, latex, { ...options, displayMode: false, trust: false })) {
      name.replaceChildren(make("code", {}, latex));
    }
  }
  return fragment;
}

function numbersIn(block: HTMLElement, key: string): number[] {
  return [block, ...block.querySelectorAll<HTMLElement>("[data-piece]")]
    .map((place) => numberOf(place, key))
    .filter((number) => number !== null);
}

function numberOf(place: Element, key: string): number | null {
  const match = /^(\w+)-(\d+)$/.exec(place.getAttribute("data-piece") ?? "");
  return match?.[1] === key ? Number(match[2]) : null;
}

/** The spot that an element of a formula stands for. */
export function spotOf(element: Element, piece: Piece): Spot | null {
  const number = /-(\d+)$/.exec(element.getAttribute("data-at") ?? "");
  return (number && piece.spots[Number(number[1])]) ?? null;
}

function markSpots(box: HTMLElement, spots: readonly Spot[], key: string): void {
  for (const element of box.querySelectorAll<HTMLElement>("[data-at]")) {
    const number = Number((element.getAttribute("data-at") ?? "").slice(key.length + 1));
    const spot = spots[number];
    if (spot?.kind === "link") {
      element.classList.add("link-mark");
      element.setAttribute("data-verdict", spot.verdict);
    } else if (spot?.kind === "broken") {
      element.classList.add(spot.expected ? "broken-as-meant" : "broken");
    } else if (spot) element.classList.add("part");
  }
}

/** Content tabs one below the other: in the rendering nothing is hidden. */
function separateTabs(fragment: DocumentFragment): void {
  for (const tabs of fragment.querySelectorAll(".tabbed-set")) {
    const labels = [...(tabs.querySelector(".tabbed-labels")?.childNodes ?? [])]
      .map((label) => label.textContent?.trim() ?? "")
      .filter((label) => label);
    const blocks = [...tabs.querySelectorAll(":scope > .tabbed-content > .tabbed-block")];
    tabs.replaceWith(
      ...blocks.map((block, position) =>
        make("div", { class: "tab-apart" }, make("p", { class: "tab-title" }, labels[position] ?? ""), ...block.childNodes),
      ),
    );
  }
}

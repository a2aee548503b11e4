// Drafts in the reader's own browser: each under a key of its own, so that two tabs, a link that
// is opened or a new beginning never write over one another.

export interface Draft {
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  time: number;
}

const PREFIX = "proofread.draft.";
const CURRENT = "proofread.current";
const KEPT = 30;

function read(key: string): Draft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof value !== "object" || value === null) return null;
    const { text, time } = value as Record<string, unknown>;
    if (typeof text !== "string" || typeof time !== "number") return null;
    return { id: key.slice(PREFIX.length), text, time };
  } catch {
    return null;
  }
}

/** All drafts, the latest first. */
export function drafts(): Draft[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map(read)
      .filter((draft) => draft !== null)
      .sort((one, other) => other.time - one.time);
  } catch {
    return [];
  }
}

/** What this tab wrote last, or else what was written last at all. */
export function lastDraft(): Draft | null {
  const all = drafts();
  const own = sessionStorage.getItem(CURRENT);
  return all.find((draft) => draft.id === own) ?? all[0] ?? null;
}

/** One text that is being written; it is kept from its first change on. */
export class DraftKeeper {
  private id: string | null = null;
  private kept = "";
  private timer = 0;
  private pending: string | null = null;

  constructor(private readonly failed: (message: string) => void) {
    addEventListener("pagehide", () => {
      this.flush();
    });
  }

  /** Go on with a draft that is kept already. */
  resume(draft: Draft): void {
    this.flush();
    this.id = draft.id;
    this.kept = draft.text;
    sessionStorage.setItem(CURRENT, draft.id);
  }

  /** Begin another text; the one before stays where it is. */
  begin(text: string): void {
    this.flush();
    this.id = null;
    this.kept = text;
  }

  changed(text: string): void {
    this.pending = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flush();
    }, 300);
  }

  flush(): void {
    clearTimeout(this.timer);
    const text = this.pending;
    this.pending = null;
    if (text === null || text === this.kept) return;
    this.kept = text;
    this.id ??= `${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}`;
    try {
      if (text.trim()) {
        localStorage.setItem(PREFIX + this.id, JSON.stringify({ text, time: Date.now() }));
      } else {
        localStorage.removeItem(PREFIX + this.id);
      }
      sessionStorage.setItem(CURRENT, this.id);
      for (const old of drafts().slice(KEPT)) localStorage.removeItem(PREFIX + old.id);
    } catch {
      this.failed("this browser keeps no drafts: copy your text before you leave");
    }
  }
}

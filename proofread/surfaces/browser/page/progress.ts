// What a reader has done of the exercises, kept in his own browser.

export interface Done {
  typed: string;
  /** How many hints were opened. */
  hints: number;
  solved: boolean;
}

const KEY = "proofread.exercises";
const NOTHING: Done = { typed: "", hints: 0, solved: false };

function isDone(value: unknown): value is Done {
  if (typeof value !== "object" || value === null) return false;
  const { typed, hints, solved } = value as Record<string, unknown>;
  return typeof typed === "string" && typeof hints === "number" && typeof solved === "boolean";
}

/** All that is kept, by page and exercise; what is no such record is as if it were not there. */
function all(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function nameOf(exercise: string): string {
  return `${location.pathname}#${exercise}`;
}

export function done(exercise: string): Done {
  const value = all()[nameOf(exercise)];
  return isDone(value) ? value : NOTHING;
}

/** Keep what was done; whether this browser keeps anything. */
export function keep(exercise: string, more: Partial<Done>): boolean {
  try {
    const kept = { ...all(), [nameOf(exercise)]: { ...done(exercise), ...more } };
    localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

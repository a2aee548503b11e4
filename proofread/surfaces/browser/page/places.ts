// From the engine's places (lines and columns in characters) to offsets in a text, and back.

import type { Place } from "../protocol";

/** The offset of a place; one that the text does not have becomes the nearest that it has. */
export function offsetOf(lines: readonly string[], starts: readonly number[], place: Place): number {
  const row = Math.min(Math.max(place[0] - 1, 0), lines.length - 1);
  const line = lines[row] ?? "";
  let units = 0;
  let characters = place[1] - 1;
  for (const character of line) {
    if (characters <= 0) break;
    units += character.length;
    characters -= 1;
  }
  return (starts[row] ?? 0) + units;
}

export class Places {
  private readonly lines: string[];
  private readonly starts: number[] = [];

  constructor(readonly text: string) {
    this.lines = text.split("\n");
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.length + 1;
    }
  }

  offset(place: Place): number {
    return offsetOf(this.lines, this.starts, place);
  }

  /** From where to where, never empty. */
  range(from: Place, to: Place): { from: number; to: number } {
    const start = this.offset(from);
    return { from: start, to: Math.max(this.offset(to), start) };
  }

  line(number: number): string {
    return this.lines[number - 1] ?? "";
  }

  start(number: number): number {
    return this.starts[number - 1] ?? this.text.length;
  }
}

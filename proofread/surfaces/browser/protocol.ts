// What the page and its worker say to each other.

/** A line and a column, both counted from 1; columns count characters, not UTF-16 units. */
export type Place = [line: number, column: number];

/** A part of a formula that a reader may point at: its shape, and what it is if it is a name. */
export interface Part {
  kind: "part";
  from: Place;
  to: Place;
  text: string;
  named: boolean;
  shape: string;
  set: string;
  line: number;
}

/** The relation of one link of a chain. */
export interface LinkSpot {
  kind: "link";
  from: Place;
  to: Place;
  number: number;
  verdict: string;
}

/** The part of a formula that a finding is about. */
export interface Broken {
  kind: "broken";
  from: Place;
  to: Place;
  expected: boolean;
}

export type Spot = Part | LinkSpot | Broken;

export interface Piece {
  display: boolean;
  latex: string;
  /** What KaTeX is given. */
  tex: string;
  /** The same with every spot enclosed in `\htmlData{at=KEY-NUMBER}{...}`, or nothing. */
  marked: string;
  /** Which of the answer's macros hold in it. */
  macros: number;
  from: Place;
  to: Place;
  state: string | null;
  labels: string[];
  details: string;
  spots: Spot[];
}

export interface Repair {
  kind: string;
  latex: string;
  from: Place;
  to: Place;
}

export interface Finding {
  code: string;
  message: string;
  /** The whole finding as the command line prints it. */
  text: string;
  from: Place;
  to: Place;
  piece: number;
  /** A `refuted` admonition asks for it. */
  expected: boolean;
  /** The name that is not declared, or nothing. */
  missing: string;
  repairs: Repair[];
}

export interface SymbolRow {
  name: string;
  shape: string;
  set: string;
  line: number;
}

/** All that the engine says of a text. */
export interface Answer {
  key: string;
  html: string;
  layout: string;
  pieces: Piece[];
  macros: Record<string, string>[];
  findings: Finding[];
  symbols: SymbolRow[];
  states: Record<string, number>;
  accepted: boolean;
}

/** What the engine says of an answer to an exercise. */
export interface Judgement {
  solved: boolean;
  message: string;
  findings: Remark[];
}

/** A finding about an answer; `typed` tells whether its place is in what the reader typed. */
export interface Remark {
  code: string;
  message: string;
  text: string;
  from: Place;
  to: Place;
  typed: boolean;
}

export type Request =
  | { type: "check"; id: number; text: string }
  | { type: "judge"; id: number; text: string }
  | { type: "quote"; id: number; text: string };

export type Reply =
  | { type: "progress"; loaded: number; total: number }
  | { type: "ready"; commands: string[]; memory: number }
  | { type: "stage"; id: number; done: number; blocks: number }
  | { type: "answer"; id: number; answer: Answer; milliseconds: number; memory: number }
  | { type: "superseded"; id: number }
  | { type: "quoted"; id: number; text: string }
  | { type: "judged"; id: number; judgement: Judgement }
  | { type: "failed"; id: number; message: string };

// A worker with the engine, as the page sees it. The exercises use this module too.

import type { Answer, Judgement, Reply, Request } from "../protocol";

/** Where the build put the worker, from the module that holds this code. */
declare const WORKER: string;

export interface Progress {
  loaded: number;
  total: number;
}

export interface Ready {
  /** Milliseconds from the start of the worker. */
  milliseconds: number;
  /** LaTeX commands that the engine reads. */
  commands: string[];
}

export interface Checked {
  answer: Answer;
  /** What the check took in the worker. */
  milliseconds: number;
  /** Bytes of memory that the worker holds. */
  memory: number;
}

export interface Watcher {
  progress?(progress: Progress): void;
  ready?(ready: Ready): void;
  /** How many blocks of the text are executed. */
  stage?(done: number, blocks: number): void;
  /** The worker was ended and a new one is starting. */
  restarted?(): void;
}

/** An input ran longer than it may; the worker was ended, and the next check has a new one. */
export class RunawayError extends Error {
  constructor(readonly seconds: number) {
    super(`the check was ended: one part of the text ran for more than ${String(seconds)} seconds`);
  }
}

/** The reader, or a newer text, made the answer needless. */
export class StoppedError extends Error {
  constructor() {
    super("the check was stopped");
  }
}

interface Asked {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

const PATIENCE = 20_000;

/** Checks texts in a module worker, one at a time; it starts with the first call. */
export class Checker {
  private worker: Worker | null = null;
  private ready = false;
  private started = 0;
  private asked = new Map<number, Asked>();
  private last = 0;
  private timer = 0;

  /** `patience` is how many milliseconds one part of a text may take. */
  constructor(
    private readonly watcher: Watcher = {},
    private readonly patience = PATIENCE,
  ) {}

  /** Start the worker, if there is none; a check does so by itself. */
  start(): void {
    if (this.worker) return;
    this.started = performance.now();
    this.ready = false;
    this.worker = new Worker(new URL(WORKER, import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      this.hear(data);
    });
    this.worker.addEventListener("error", (event) => {
      this.abandon(new Error(event.message || "the worker could not be loaded"));
    });
  }

  get busy(): boolean {
    return this.asked.size > 0;
  }

  /** What the engine says of a text; a newer text makes an older one's promise fail as stopped. */
  async check(text: string): Promise<Checked> {
    const reply = await this.ask("check", text);
    if (reply.type !== "answer") throw new StoppedError();
    return reply;
  }

  /** The text as Markdown with its verdicts. */
  async quote(text: string): Promise<string> {
    const reply = await this.ask("quote", text);
    if (reply.type !== "quoted") throw new StoppedError();
    return reply.text;
  }

  /** What the engine says of an answer to an exercise, the first `opened` hints of which are open. */
  async judge(exercise: string, typed: string, opened: number): Promise<Judgement> {
    const reply = await this.ask("judge", JSON.stringify({ exercise, typed, opened }));
    if (reply.type !== "judged") throw new StoppedError();
    return reply.judgement;
  }

  /** End what is running; the next check gets a worker of its own. */
  stop(): void {
    if (this.busy) this.restart(new StoppedError());
  }

  private ask(type: Request["type"], text: string): Promise<Reply> {
    this.start();
    this.last += 1;
    const id = this.last;
    const request: Request = { type, id, text };
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.worker?.postMessage(request);
      this.watch();
    });
  }

  private hear(reply: Reply): void {
    switch (reply.type) {
      case "progress":
        this.watcher.progress?.(reply);
        return;
      case "ready":
        this.ready = true;
        this.watcher.ready?.({
          milliseconds: performance.now() - this.started,
          commands: reply.commands,
        });
        break;
      case "stage":
        this.watcher.stage?.(reply.done, reply.blocks);
        break;
      case "failed":
        if (reply.id) this.take(reply.id)?.reject(new Error(reply.message));
        else this.abandon(new Error(reply.message));
        break;
      default:
        this.take(reply.id)?.resolve(reply);
    }
    this.watch();
  }

  private take(id: number): Asked | undefined {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    return asked;
  }

  /** Anything that the worker says shows that it goes on; when it is silent too long, it is ended. */
  private watch(): void {
    clearTimeout(this.timer);
    if (!this.busy || !this.ready) return;
    this.timer = setTimeout(() => {
      this.restart(new RunawayError(Math.round(this.patience / 1000)));
    }, this.patience);
  }

  private abandon(error: Error): void {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
  }

  private restart(error: Error): void {
    this.abandon(error);
    this.watcher.restarted?.();
    this.start();
  }
}

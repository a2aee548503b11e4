// The engine in a module worker: Pyodide, the packed Python files, and a session that is asked.

import { loadPyodide } from "pyodide";

import type { Answer, Judgement, Reply, Request } from "../protocol";

/** Where the build put what the worker loads, from the worker itself, and how many bytes. */
declare const ENGINE: {
  pyodide: string;
  snapshot: string;
  total: number;
  lock: string;
  macros: string;
};

/** What of Pyodide the worker uses; its own types need those of Emscripten. */
interface Python {
  pyimport(name: string): unknown;
  _module: { HEAP8: Int8Array };
}

interface WorkerModule {
  session(macros: string): Session;
  commands(): string;
}

interface Session {
  begin(text: string): number;
  step(): boolean;
  finish(): string;
  quote(text: string): string;
  judge(request: string): string;
}

const BASE = new URL(".", import.meta.url);
/** How long the engine may run before the worker looks for messages. */
const TURN = 12;
/** Of WebAssembly's memory. */
const PAGE = 65_536;

function say(reply: Reply): void {
  postMessage(reply);
}

/** Count what is fetched, so that the page can show how far it is. */
function countBytes(): void {
  const plain = self.fetch.bind(self);
  let loaded = 0;
  self.fetch = async (...request) => {
    const response = await plain(...request);
    if (!response.body) return response;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          loaded += chunk.byteLength;
          say({ type: "progress", loaded, total: ENGINE.total });
          controller.enqueue(chunk);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(counted, { status, statusText, headers });
  };
}

interface Engine {
  session: Session;
  memory: () => number;
}

/** The memory of a Python that has the engine imported, as the build kept it. */
async function snapshot(): Promise<Uint8Array> {
  const { body } = await fetch(new URL(ENGINE.snapshot, BASE));
  if (!body) throw new Error("the engine cannot be loaded");
  const unpacked = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Pyodide restores a memory into one that is large enough, which its own is not at first. */
function makeRoomFor(kept: Uint8Array): void {
  const plain = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const made = await plain(source, imports);
    const { memory } = made.instance.exports;
    if (memory instanceof WebAssembly.Memory) {
      const missing = kept.byteLength - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    }
    return made;
  };
}

async function start(): Promise<Engine> {
  countBytes();
  const kept = await snapshot();
  makeRoomFor(kept);
  const python = (await loadPyodide({
    indexURL: new URL(ENGINE.pyodide, BASE).href,
    lockFileContents: ENGINE.lock,
    _loadSnapshot: kept,
  })) as unknown as Python;
  const worker = python.pyimport("proofread.surfaces.live.worker") as WorkerModule;
  const session = worker.session(ENGINE.macros);
  const commands = worker.commands().split(" ");
  const memory = (): number => python._module.HEAP8.byteLength;
  say({ type: "ready", commands, memory: memory() });
  return { session, memory };
}

/** Let messages in: a new text makes the one at hand needless. */
const turn = new MessageChannel();
function yieldOnce(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => {
      resolve();
    };
    turn.port2.postMessage(null);
  });
}

let newest = 0;

async function check({ session, memory }: Engine, id: number, text: string): Promise<void> {
  const start = performance.now();
  let began = start;
  const blocks = session.begin(text);
  let done = 0;
  while (session.step()) {
    done += 1;
    if (performance.now() - began < TURN) continue;
    say({ type: "stage", id, done, blocks });
    await yieldOnce();
    if (id !== newest) {
      say({ type: "superseded", id });
      return;
    }
    began = performance.now();
  }
  const answer = JSON.parse(session.finish()) as Answer;
  const milliseconds = performance.now() - start;
  say({ type: "answer", id, answer, milliseconds, memory: memory() });
}

function judge({ session }: Engine, text: string): Judgement {
  return JSON.parse(session.judge(text)) as Judgement;
}

const engine = start();
engine.catch((error: unknown) => {
  say({ type: "failed", id: 0, message: String(error) });
});

let queue: Promise<void> = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.type === "check") newest = data.id;
  queue = queue.then(async () => {
    const { id, text } = data;
    try {
      const ready = await engine;
      if (data.type === "quote") say({ type: "quoted", id, text: ready.session.quote(text) });
      else if (data.type === "judge") say({ type: "judged", id, judgement: judge(ready, text) });
      else if (id === newest) await check(ready, id, text);
      else say({ type: "superseded", id });
    } catch (error) {
      say({ type: "failed", id, message: String(error) });
    }
  });
});

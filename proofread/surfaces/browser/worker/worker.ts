// The engine in a module worker: Pyodide, the packed Python files, and a session that is asked.

import { loadPyodide } from "pyodide";

import type { Answer, Judgement, Reply, Request } from "../protocol";

/** Where the build put what the worker loads, from the worker itself, and how many bytes. */
declare const ENGINE: { pyodide: string; python: string; total: number; lock: string };

/** What of Pyodide the worker uses; its own types need those of Emscripten. */
interface Python {
  FS: { writeFile(path: string, data: Uint8Array): void };
  runPython(code: string): unknown;
  pyimport(name: string): unknown;
  _module: { HEAP8: Int8Array };
}

interface WorkerModule {
  session(): Session;
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

async function start(): Promise<Engine> {
  countBytes();
  const packed = fetch(new URL(ENGINE.python, BASE)).then((response) => response.arrayBuffer());
  const home = new URL(ENGINE.pyodide, BASE).href;
  const options = { indexURL: home, lockFileContents: ENGINE.lock };
  const python = (await loadPyodide(options)) as unknown as Python;
  python.FS.writeFile("/engine.zip", new Uint8Array(await packed));
  python.runPython("import sys; sys.path.insert(0, '/engine.zip')");
  python.pyimport("without_network");
  const worker = python.pyimport("proofread.surfaces.live.worker") as WorkerModule;
  const session = worker.session();
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

// The copy of the checker that works without a network: made at first use, renewed, dropped.

import { button, make } from "./dom";

const SCRIPT = "sw.js";
/** Milliseconds behind a page's loading in which its last requests, such as the search's, end. */
const QUIET = 1000;

/** Where the checker's pages stand, from the built script. */
const HOME = new URL("../", import.meta.url);

/** A site that is served for writing has no version, and is not kept. */
function isPublished(): boolean {
  return document.querySelector('meta[name="proofread-version"]') !== null;
}

export function keepOffline(notes: HTMLElement): void {
  if (!isPublished() || !("serviceWorker" in navigator)) return;
  const line = make("p", { class: "offline" });
  notes.append(line);
  void register(line).catch(() => {
    line.textContent = "This browser keeps no copy for use without a network.";
  });
}

async function register(line: HTMLElement): Promise<void> {
  const hadController = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register(new URL(SCRIPT, HOME), { scope: HOME.href });
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && hadController) offerUpdate(line, worker);
      else if (worker.state === "activated") tell(line, registration);
    });
  };
  registration.addEventListener("updatefound", () => {
    watch(registration.installing);
  });
  watch(registration.installing);
  if (registration.waiting) offerUpdate(line, registration.waiting);
  else if (registration.active) tell(line, registration);
  else line.textContent = "A copy for use without a network is being made.";
}

function tell(line: HTMLElement, registration: ServiceWorkerRegistration): void {
  line.replaceChildren(
    "A copy is kept in this browser: the checker works without a network. ",
    button("Drop the copy", () => void drop(line, registration)),
  );
}

function offerUpdate(line: HTMLElement, worker: ServiceWorker): void {
  line.replaceChildren(
    "There is a new version. ",
    button("Take it", () => {
      activate(worker);
    }),
  );
}

/** The page is loaded anew once the worker has taken over: see below. */
function activate(worker: ServiceWorker): void {
  worker.postMessage("take over");
}

async function drop(line: HTMLElement, registration: ServiceWorkerRegistration): Promise<void> {
  await registration.unregister();
  for (const name of await caches.keys()) {
    if (name.startsWith("proofread-")) await caches.delete(name);
  }
  line.textContent = "The copy is dropped.";
}

/** A version that waits since an earlier visit takes over before anything is begun.
 *
 * The files of two versions do not go together, so that a page is loaded anew whenever another
 * version takes over, for whatever reason; a draft is kept by then.
 */
export async function takeWaitingVersion(): Promise<void> {
  if (!isPublished() || !("serviceWorker" in navigator)) return;
  if (navigator.serviceWorker.controller) {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      location.reload();
    });
  }
  const registration = await navigator.serviceWorker.getRegistration(HOME.href);
  const worker = registration?.waiting;
  if (worker) {
    await quiet();
    activate(worker);
  } else void registration?.update().catch(() => undefined);
}

/** Until the page has all that it asks for at first.
 *
 * Where a page asks while a worker takes over, Chromium starts the old worker again for the answer
 * and forgets the new one.
 */
async function quiet(): Promise<void> {
  if (document.readyState !== "complete") {
    await new Promise((done) => {
      addEventListener("load", done, { once: true });
    });
  }
  await new Promise((done) => setTimeout(done, QUIET));
}

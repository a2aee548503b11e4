// A text in the fragment of an address, compressed. A fragment is never sent to a server.

const NAME = "text";
/** What the engine reads at most, and a little more, so that it can say so. */
const LONGEST = 210_000;

export async function fragmentOf(text: string): Promise<string> {
  const packed = await collect(stream(new TextEncoder().encode(text), new CompressionStream("deflate-raw")));
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const encoded = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#${NAME}=${encoded}`;
}

/** The text of a fragment: nothing where it has none, an error where it cannot be read. */
export async function textOf(fragment: string): Promise<string | null> {
  const match = /^#text=([\w-]+)$/.exec(fragment);
  if (!match?.[1]) return null;
  try {
    const binary = atob(match[1].replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const unpacked = await collect(stream(bytes, new DecompressionStream("deflate-raw")));
    return new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
  } catch {
    throw new Error("the link is damaged: its text cannot be read");
  }
}

function stream(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(through);
}

async function collect(source: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = source.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.byteLength;
    if (length > 4 * LONGEST) {
      await reader.cancel();
      throw new Error("too long");
    }
  }
  const all = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    all.set(chunk, position);
    position += chunk.byteLength;
  }
  return all;
}

// What a reader may start from: texts that the build has put beside this script.

export interface Start {
  id: string;
  title: string;
  group: string;
}

const FOLDER = new URL("starts/", import.meta.url);

/** The list of all, in groups. */
export async function startList(): Promise<Start[]> {
  const response = await fetch(new URL("starts.json", FOLDER));
  if (!response.ok) throw new Error("the list of starting points cannot be loaded");
  return (await response.json()) as Start[];
}

export async function startText(id: string): Promise<string> {
  if (!/^[\w-]+$/.test(id)) throw new Error("the link names no page of this site");
  const response = await fetch(new URL(`${id}.txt`, FOLDER));
  if (!response.ok) throw new Error(`there is no starting point ${id}`);
  return response.text();
}

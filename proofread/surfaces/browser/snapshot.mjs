// Starts Pyodide with the packed engine, imports it, and keeps the memory as it is then, so that
// the reader's browser need not do any of this: `node snapshot.mjs ENGINE.zip SNAPSHOT`, run in
// the folder with node_modules.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const { loadPyodide } = await import(
  pathToFileURL(createRequire(`${process.cwd()}/`).resolve("pyodide/pyodide.mjs"))
);
const [engine, target] = process.argv.slice(2);
const python = await loadPyodide({ _makeSnapshot: true });
python.FS.writeFile("/engine.zip", readFileSync(engine));
python.runPython(`
import gc, importlib, sys, zipimport
from zipfile import ZipFile

sys.path.insert(0, "/engine.zip")
import without_network

# All of the engine, and what an exception or a rare name would import later.
names = [name for name in ZipFile("/engine.zip").namelist() if name.startswith("proofread/")]
for name in (*names, "difflib.py", "traceback.py", "linecache.py", "tokenize.py"):
    dotted = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if dotted != "proofread.__main__":
        importlib.import_module(dotted)
session = sys.modules["proofread.surfaces.live.worker"].session("")
session.check("Let $x \\\\in \\\\mathbb{R}^n$. $$ \\\\nabla_x x^\\\\top x = 3x $$")

del names, name, dotted, session
sys.path.remove("/engine.zip")
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()
gc.collect()
`);
python.FS.unlink("/engine.zip");
writeFileSync(target, gzipSync(python.makeMemorySnapshot(), { level: 9 }));

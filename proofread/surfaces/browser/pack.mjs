// Compiles the Python files of an archive for the Python that Pyodide is, so that the reader's
// browser need not: `node pack.mjs FROM.zip TO.zip`, run in the folder with node_modules.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { loadPyodide } = await import(
  pathToFileURL(createRequire(`${process.cwd()}/`).resolve("pyodide/pyodide.mjs"))
);
const [from, to] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.writeFile("/from.zip", readFileSync(from));
python.runPython(`
import zipfile
from importlib._bootstrap_external import _code_to_timestamp_pyc

with zipfile.ZipFile("/from.zip") as source, zipfile.ZipFile("/to.zip", "w") as target:
    for name in source.namelist():
        data = source.read(name)
        if name.endswith(".py"):
            name += "c"
            code = compile(data, name[:-1], "exec", dont_inherit=True)
            data = bytes(_code_to_timestamp_pyc(code, 0, len(data)))
        target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
`);
writeFileSync(to, python.FS.readFile("/to.zip"));

// Puts the page together: one HTML file that carries style, script, shaders, samples and expected values.

import { readFileSync } from "node:fs";
import { pack } from "./pack.js";

/** The page's modules; each may import those before it. */
const MODULES = ["values.js", "check.js", "describe.js", "pack.js", "table.js", "page.js"];

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

/** The modules as one: a page opened from a file cannot import others, so their names meet in one scope. */
function script() {
  const plain = (text) => text.replace(/^import .* from "\.\/.*";\n/gm, "").replace(/^export /gm, "");
  return MODULES.map((name) => plain(read(name))).join("\n");
}

/** The text of the page for an export. */
export async function buildPage(exported) {
  const samples = Buffer.from(await pack(exported)).toString("base64");
  const parts = { STYLE: read("page.css"), SAMPLES: samples, SCRIPT: script(), VERSION: exported.manifest.trimaran };
  return read("page.html").replace(/\/\*(STYLE|SAMPLES|SCRIPT|VERSION)\*\//g, (_, name) => parts[name]);
}

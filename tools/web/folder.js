// Reads an export from the folder that `trimaran check --export` wrote.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demandFormat } from "./check.js";

/** The export in a folder. Throws where the manifest is missing or of another format. */
export function readExport(folder) {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) throw new Error(`${path} is missing; make an export with: trimaran check --export ${folder}`);
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  demandFormat(manifest);
  return { manifest, bytes: (file) => readFileSync(join(folder, file)) };
}

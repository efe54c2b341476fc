// Opens the page in a headless Chromium with a software GPU, as a person would, and saves the result by its button.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/** Debian's place; another one by the variable. */
const EXECUTABLE = process.env.TRIMARAN_CHROMIUM || "/usr/bin/chromium";

const WEBGPU = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
/** Chromium's own calls home, which a test does not need. */
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Serves one page to this machine alone. */
export async function serve(html) {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html; charset=utf-8").end(html));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Starts Chromium without a window. */
export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...WEBGPU, ...QUIET] });
}

/** Waits until the page has ended. Throws its own sentence where it could not run. */
export async function untilDone(page, milliseconds) {
  await page.waitForFunction(() => ["good", "bad", "stopped"].includes(document.documentElement.dataset.state), null, { timeout: milliseconds });
  const state = await page.evaluate(() => document.documentElement.dataset.state);
  if (state === "stopped") throw new Error(`the page says: ${await page.textContent("#detail")}`);
  return state;
}

/** The document that the page's button saves. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  return JSON.parse(readFileSync(await download.path(), "utf8"));
}

/** Runs the page and gives the document it saves, and the state it ended in. */
export async function runInChromium(html, milliseconds) {
  const server = await serve(html);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(server.url);
    const state = await untilDone(page, milliseconds);
    if (faults.length) throw new Error(`the page's script failed: ${faults.join("; ")}`);
    return { state, report: await saved(page) };
  } finally {
    await browser.close();
    server.close();
  }
}

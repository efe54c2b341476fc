// Photographs of the page, to look at: wide and on a phone, light and dark, while it runs, and without WebGPU.

import { join } from "node:path";
import { launch, serve, untilDone } from "./chromium.js";

const WIDE = { width: 1100, height: 900 };
const PHONE = { width: 360, height: 740 };
const VIEWS = [
  ["wide-light", WIDE, "light"],
  ["wide-dark", WIDE, "dark"],
  ["phone-light", PHONE, "light"],
  ["phone-dark", PHONE, "dark"],
  ["phone-without-webgpu", PHONE, "light", () => Object.defineProperty(navigator, "gpu", { value: undefined })],
  ["phone-without-adapter", PHONE, "dark", () => (navigator.gpu.requestAdapter = async () => null)],
];

/** One view: soon after it was opened, and when it has ended. */
async function photograph(browser, url, folder, [name, viewport, colorScheme, spoil], milliseconds) {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 2 });
  if (spoil) await page.addInitScript(spoil);
  await page.goto(url);
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${name}-early.png`) });
  await untilDone(page, milliseconds).catch((error) => (spoil ? null : Promise.reject(error)));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.close();
}

/** Writes pictures of all views into the folder. */
export async function look(html, folder, milliseconds) {
  const server = await serve(html);
  const browser = await launch();
  try {
    for (const view of VIEWS) await photograph(browser, server.url, folder, view, milliseconds);
  } finally {
    await browser.close();
    server.close();
  }
}

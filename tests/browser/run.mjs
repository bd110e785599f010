// node run.mjs PAGES SCREENSHOTS: all checks in one Chromium. Ends with 1 when one failed.
import {mkdirSync} from "node:fs";
import {chromium} from "playwright-core";
import {accessibilityChecks} from "./accessibility.mjs";
import {exportChecks} from "./exports.mjs";
import {lookChecks} from "./looks.mjs";
import {markChecks} from "./marks.mjs";
import {safetyChecks} from "./safety.mjs";
import {stateChecks} from "./state.mjs";

const [pages, screenshots] = process.argv.slice(2);
mkdirSync(screenshots, {recursive: true});
// Root has no sandbox, as in a container; the pages are our own.
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: process.getuid() === 0 ? ["--no-sandbox"] : []});
let failed = 0;
for (const [name, check] of [...lookChecks, ...markChecks, ...stateChecks, ...exportChecks, ...accessibilityChecks, ...safetyChecks]) {
    const start = Date.now();
    try {
        await check({browser, pages, screenshots});
        console.log(`ok    ${name} (${Date.now() - start} ms)`);
    } catch (error) {
        ++failed;
        console.log(`FAIL  ${name}\n      ${String(error.stack).replaceAll("\n", "\n      ")}`);
    }
}
await browser.close();
process.exitCode = failed > 0 ? 1 : 0;

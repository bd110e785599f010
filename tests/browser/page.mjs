// Opens a page and watches it: whatever it says, asks for or tries to load is an error.
import assert from "node:assert/strict";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

/** Calls `use` with the page once it is drawn; settings are those of a browser context, and `hash`. */
export async function opened({browser, pages}, name, {hash = "", drawn = true, ...settings}, use) {
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, acceptDownloads: true, ...settings});
    const page = await context.newPage();
    const problems = [];
    page.on("console", (message) => problems.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => problems.push(`error: ${error.stack}`));
    page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    const url = pathToFileURL(join(pages, name + ".html")).href;
    page.on("request", (request) => {
        const asked = request.url();
        if (asked.split("#")[0] !== url && !asked.startsWith("blob:")) problems.push(`request: ${asked}`);
    });
    try {
        await page.goto(url + hash);
        if (drawn) await page.waitForSelector("html[data-drawn]", {state: "attached", timeout: 10000});
        const result = await use(page);
        assert.deepEqual(problems, [], `${name}${hash}`);
        return result;
    } finally {
        await context.close();
    }
}

/** How many pixels of each visible canvas are drawn, and how many of them have a colour. */
export const ink = (page) => page.evaluate(() => [...document.querySelectorAll("canvas")].filter((canvas) => canvas.offsetParent).map((canvas) => {
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let drawn = 0, coloured = 0;
    for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] === 0) continue;
        ++drawn;
        const rgb = [pixels[i], pixels[i + 1], pixels[i + 2]];
        if (pixels[i + 3] > 100 && Math.max(...rgb) - Math.min(...rgb) > 60) ++coloured;
    }
    return {drawn, coloured};
}));

export const visible = (page, selector) => page.locator(selector + ":visible").count();

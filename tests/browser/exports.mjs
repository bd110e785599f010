// Files that the page makes of its charts.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {opened} from "./page.mjs";

async function saved(page, name, folder) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name}).first().click()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return {path, name: download.suggestedFilename(), bytes: readFileSync(path)};
}

async function picture(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        const {name, bytes} = await saved(page, "PNG: TIME_WAIT, per cent of capacity", tools.screenshots);
        assert.equal(name, "portdrought-timed-wait-delay-time-wait.png");
        assert.equal(bytes.subarray(1, 4).toString(), "PNG");
        assert.ok(bytes.readUInt32BE(16) > 1500 && bytes.readUInt32BE(20) > 600, "twice as many pixels as on the screen");
        assert.ok(bytes.length > 30000, "there is nothing in it");
    });
}

async function table(tools) {
    await opened(tools, "four-variants", {hash: "#hide=0.1"}, async (page) => {
        const {bytes} = await saved(page, "CSV: TIME_WAIT, per cent of capacity", tools.screenshots);
        const rows = bytes.toString().trimEnd().split("\r\n");
        assert.equal(rows[0], "variant,caveats,x_s,series,percent,percent_least,percent_most");
        assert.ok(rows.length > 1500);
        assert.ok(rows.every((row) => !row.startsWith("120 s,")), "what is hidden is not in it");
        const full = rows.filter((row) => row.startsWith("240 s,compressed x60; enforced 240 s as 4.000 s,") && row.includes(",time_wait_client,"));
        const last = full.at(-1).split(",");
        assert.ok(Math.abs(Number(last[2]) - 600) < 1 && Math.abs(Number(last[4]) - 97) < 1, full.at(-1));
        assert.ok(Number(last[5]) <= Number(last[4]) && Number(last[4]) <= Number(last[6]));
    });
}

async function noFormula(tools) {
    await opened(tools, "hostile", {}, async (page) => {
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator("figure .tools button").nth(1).click()]);
        const text = readFileSync(await download.path(), "utf8");
        assert.doesNotMatch(text, /(^|[\n,]"?)[=+@]/, "a cell begins a formula");
        assert.match(download.suggestedFilename(), /^[a-z0-9-]+\.csv$/);
    });
}

async function map(tools) {
    await opened(tools, "swept", {}, async (page) => {
        const title = await page.locator("figure.map h3").first().textContent();
        const cells = await page.locator("figure.map").first().locator("svg.heat rect").count();
        const png = await saved(page, "PNG: " + title, tools.screenshots);
        assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
        assert.ok(png.bytes.length > 8000, `there is nothing in it: ${png.bytes.length} bytes`);
        const csv = (await saved(page, "CSV: " + title, tools.screenshots)).bytes.toString().trimEnd().split("\r\n");
        assert.equal((csv.length - 1) * (csv[0].split(",").length - 1), cells, "a field for each cell");
    });
}

export const exportChecks = [
    ["saves a chart as PNG", picture], ["saves a chart as CSV", table], ["saves a map as PNG and CSV", map], ["saves no formula", noFormula]];

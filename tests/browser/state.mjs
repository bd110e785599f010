// Switches, the address that keeps them, and the keyboard.
import assert from "node:assert/strict";
import {join} from "node:path";
import {ink, opened, visible} from "./page.mjs";

const hash = (page) => page.evaluate(() => location.hash);

async function togglesVariants(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        assert.equal(await visible(page, ".panel"), 17);
        await page.getByRole("group", {name: "variants shown"}).getByLabel("120 s").uncheck();
        assert.equal(await visible(page, ".panel"), 13, "in all charts at once");
        assert.equal(await hash(page), "#hide=0.1");
        assert.equal(await visible(page, ".legend span:text-is('120 s')"), 0, "in the common frame as well");
        for (const {coloured} of await ink(page)) assert.ok(coloured > 30);
        await page.getByRole("group", {name: "variants shown"}).getByLabel("120 s").check();
        assert.equal(await visible(page, ".panel"), 17);
        assert.equal(await hash(page), "");
    });
}

async function restoresState(tools) {
    const link = "#hide=0.0,0.3&theme=dark&lang=zh&abs=1&zoom=100-200";
    await opened(tools, "four-variants", {hash: link}, async (page) => {
        assert.equal(await visible(page, ".panel"), 2 * 4 + 1);
        assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
        assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
        assert.equal(await page.getByRole("button", {name: "数量"}).getAttribute("aria-pressed"), "true");
        assert.ok(await page.getByRole("button", {name: "显示全部时间"}).isVisible());
        const plot = page.locator("figure.chart .plot:visible").first();
        await plot.focus();
        await page.keyboard.press("Home");
        const readout = await page.locator("#readout").textContent();
        assert.match(readout, /^at (100|100\.\d+) s: client-held [\d,]+, server-held [\d,]+$/, "absolute, from 100 s on");
        assert.equal(await hash(page), link, "reading changes nothing");
        await page.screenshot({path: join(tools.screenshots, "state-zh-dark.png"), fullPage: true});
        await page.getByRole("button", {name: "显示全部时间"}).click();
        assert.equal(await hash(page), "#hide=0.0,0.3&theme=dark&lang=zh&abs=1");
    });
}

async function ignoresBrokenState(tools) {
    await opened(tools, "four-variants", {hash: "#hide=x,<b>&theme=pink&lang=xx&abs=2&zoom=9-1"}, async (page) => {
        assert.equal(await visible(page, ".panel"), 17);
        for (const broken of ["#%E0%A4%A", "#hide=99.99", "#"]) {
            await page.evaluate((to) => { location.hash = to; }, broken);
            assert.equal(await visible(page, ".panel"), 17);
        }
        await page.evaluate(() => { location.hash = "#hide=0.1"; });
        await page.waitForSelector(".panel[hidden]", {state: "attached"});
    });
}

async function showsCountsOfEveryCapacity(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        const peak = async (panel) => {
            await page.locator("#s0c0 .plot").nth(panel).focus();
            await page.keyboard.press("End");
            return page.locator("#readout").textContent();
        };
        assert.match(await peak(0), /client-held 9\d(\.\d)? %/);
        await page.getByRole("button", {name: "count", exact: true}).click();
        assert.match(await peak(0), /client-held 3,8\d\d/, "97 % of 3,976");
        assert.match(await peak(3), /client-held 1,9\d\d/, "24 % of twice as many");
        assert.equal(await visible(page, ".as-count"), 2, "what has a capacity is a count now, and says so");
    });
}

async function switchesTheme(tools) {
    await opened(tools, "four-variants", {colorScheme: "light"}, async (page) => {
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const light = await ground();
        await page.locator("#theme").click();
        assert.notEqual(await ground(), light);
        assert.equal(await hash(page), "#theme=dark");
        assert.deepEqual(await page.evaluate(() => [localStorage.length, document.cookie]), [0, ""], "nothing is stored");
    });
}

async function switchesLanguage(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        assert.ok(await page.getByRole("heading", {name: "Why PID 0?"}).isVisible());
        assert.equal(await visible(page, "[lang=zh-Hans]:not(button)"), 0);
        await page.getByRole("button", {name: "中文"}).click();
        assert.ok(await page.getByRole("heading", {name: "为什么是 PID 0？"}).isVisible());
        assert.equal(await page.getByRole("heading", {name: "Why PID 0?"}).isVisible(), false);
        await page.getByRole("button", {name: "English"}).click();
        assert.ok(await page.getByRole("heading", {name: "Why PID 0?"}).isVisible());
    });
}

async function worksByKeys(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        const reached = new Set();
        for (let i = 0; i < 60; ++i) {
            await page.keyboard.press("Tab");
            const focus = await page.evaluate(() => {
                const element = document.activeElement, style = getComputedStyle(element);
                return {what: element.matches(".plot") ? "plot" : element.id || element.type || element.tagName, outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
            });
            if (focus.what !== "BODY") assert.ok(focus.outline, `${focus.what} has no visible focus`);
            reached.add(focus.what);
        }
        for (const what of ["language", "theme", "checkbox", "button", "plot", "SUMMARY"]) assert.ok(reached.has(what), `${what} is not reached`);
        await page.locator("#s0c0 .plot").first().focus();
        await page.keyboard.press("ArrowRight");
        const first = await page.locator("#readout").textContent();
        for (let i = 0; i < 3; ++i) await page.keyboard.press("Shift+ArrowRight");
        const later = await page.locator("#readout").textContent();
        assert.match(first, /^at [\d.]+ s: client-held/);
        assert.notEqual(first, later);
        assert.notEqual(await page.locator("#s0c1 .legend .value").first().textContent(), "", "the cursor moves in all charts");
        await page.keyboard.press("+");
        assert.match(await hash(page), /^#zoom=/);
        await page.keyboard.press("Escape");
        assert.equal(await hash(page), "");
    });
}

async function zoomsByMouse(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        const plot = page.locator("#s0c0 .plot .u-over").first();
        await plot.scrollIntoViewIfNeeded();
        const box = await plot.boundingBox();
        await page.mouse.move(box.x + box.width * 0.25, box.y + 60);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width * 0.5, box.y + 60, {steps: 4});
        await page.mouse.up();
        const [, from, to] = /^#zoom=([\d.]+)-([\d.]+)$/.exec(await hash(page));
        assert.ok(Math.abs(from - 150) < 6 && Math.abs(to - 300) < 6, `${from} to ${to}`);
        await page.locator("#s0c2 .plot .u-over").first().dblclick();
        assert.equal(await hash(page), "");
    });
}

export const stateChecks = [
    ["shows and hides a variant in all charts", togglesVariants],
    ["restores its state from the address", restoresState],
    ["takes a broken address for none", ignoresBrokenState],
    ["shows counts of variants of different capacity", showsCountsOfEveryCapacity],
    ["switches its theme and stores nothing", switchesTheme],
    ["switches its language", switchesLanguage],
    ["works by keys alone", worksByKeys],
    ["zooms by mouse in all charts", zoomsByMouse],
];

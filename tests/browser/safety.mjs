// A record and a scenario full of markup, scripts and control characters.
import assert from "node:assert/strict";
import {opened} from "./page.mjs";

async function staysText(tools) {
    await opened(tools, "hostile", {}, async (page) => {
        for (const box of await page.locator(".toggle input").all()) await box.uncheck();
        for (const box of await page.locator(".toggle input").all()) await box.check();
        await page.locator(".plot").first().focus();
        await page.keyboard.press("ArrowRight");
        const found = await page.evaluate(() => ({
            injected: typeof window.injected, scripts: document.scripts.length,
            elements: document.querySelectorAll("img, iframe, object, embed, form, base, link, textarea, b").length,
            handlers: [...document.querySelectorAll("*")].filter((element) =>
                [...element.attributes].some(({name}) => name.startsWith("on") || name === "style" && element.closest("svg, .verdict"))).length,
            text: document.body.innerText.includes("</script><img src=x onerror=injected=true>")}));
        assert.deepEqual(found, {injected: "undefined", scripts: 2, elements: 0, handlers: 0, text: true});
    });
}

/** Even what would get in finds no way to run, load or send. */
async function policyHolds({browser, pages}) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const blocked = [], asked = [];
    page.on("console", (message) => blocked.push(message.text()));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`file://${pages}/four-variants.html`);
    asked.length = 0;
    const ran = await page.evaluate(async () => {
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.injected = 1'><p style='color: red' id=styled>x</p>");
        const script = document.createElement("script");
        script.textContent = "window.injected = 2";
        document.body.append(script);
        const sent = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return {injected: window.injected, sent, styled: getComputedStyle(document.getElementById("styled")).color === "rgb(255, 0, 0)"};
    });
    assert.deepEqual(ran, {injected: undefined, sent: false, styled: false});
    assert.ok(blocked.some((text) => text.includes("Content Security Policy")));
    assert.deepEqual(asked.filter((url) => url.startsWith("http")), []);
    await context.close();
}

export const safetyChecks = [["keeps hostile text as text", staysText], ["its policy holds", policyHolds]];

// The audit of axe-core, and what it cannot see: that every drawing has words.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {opened} from "./page.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

async function audit(tools, name, colorScheme, hash = "") {
    await opened(tools, name, {colorScheme, hash}, async (page) => {
        await page.evaluate(axe);
        const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
        const grave = violations.filter(({impact}) => ["serious", "critical"].includes(impact));
        assert.deepEqual(grave.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`), []);
    });
}

async function describes(tools) {
    await opened(tools, "four-variants", {}, async (page) => {
        const plots = await page.evaluate(() => [...document.querySelectorAll(".plot")].map((plot) => ({
            role: plot.getAttribute("role"), label: plot.getAttribute("aria-label"),
            words: plot.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" ")})));
        assert.equal(plots.length, 17);
        for (const {role, label, words} of plots) assert.ok(role === "img" && label.includes(" s") && words.length > 15);
        assert.equal(await page.locator("figure.chart details.data table").count(), 4 * 4 + 4, "a table for every panel");
    });
}

export const accessibilityChecks = [
    ["passes the audit in light", (tools) => audit(tools, "four-variants", "light")],
    ["passes the audit in dark", (tools) => audit(tools, "four-variants", "dark")],
    ["passes the audit in Chinese", (tools) => audit(tools, "four-variants", "light", "#lang=zh")],
    ["a sweep passes the audit", (tools) => audit(tools, "swept", "dark")],
    ["a check passes the audit", (tools) => audit(tools, "check", "light")],
    ["describes every drawing", describes],
];

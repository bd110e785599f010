// Words of marks: whatever falls together, they keep apart and are not cut off. The page's own code, on an empty page.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";

const code = readFileSync(new URL("../../analysis/html/page/marks.js", import.meta.url), "utf8");

async function layouts(tools) {
    const page = await tools.browser.newPage();
    const problems = await page.evaluate((source) => {
        const {layMarks} = new Function("devicePixelRatio", source + "; return {layMarks};")(1);
        let seed = 7;
        const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
        const kinds = ["capacity", "limit", "first_failure", "cliff", "predicted"], problems = [];
        for (let round = 0; round < 400; ++round) {
            const plotWidth = 250 + random() * 700, axisWidth = 34 + random() * 20;
            const marks = Array.from({length: 1 + Math.floor(random() * 6)}, (_, i) => ({
                kind: kinds[Math.floor(random() * 5)], place: random() < 0.5 ? 119 + random() : random() * 600, toPlace: null,
                label: ["first failure 119 s", "capacity: 3,976 ports", "predicted: full after 119 s, if all of them are kept", "connect() slow"][i % 4]}));
            const items = layMarks(marks, [0, 600], axisWidth, plotWidth);
            if (items.length !== marks.length) problems.push(`${round}: lost a mark`);
            for (const item of items) {
                if (item.left < -axisWidth || item.left + item.width > plotWidth + 22) problems.push(`${round}: cut off`);
                for (const other of items) {
                    const sameRow = item.row < other.row + other.rows && other.row < item.row + item.rows;
                    if (item !== other && sameRow && item.left < other.left + other.width && other.left < item.left + item.width)
                        problems.push(`${round}: "${item.label}" on "${other.label}"`);
                }
            }
        }
        return problems.slice(0, 5);
    }, code);
    await page.close();
    assert.deepEqual(problems, []);
}

export const markChecks = [["words of marks never collide", layouts]];

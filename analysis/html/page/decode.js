// --- numbers packed by columns.cpp ---------------------------------------------------------------------------------
const certain = 1000000;  // percentile 1 itself
const digitOf = new Map(
    [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((letter, value) => [letter, value]));

/** Whole steps; null where nothing is known. */
function unpack(text) {
    const steps = [];
    let last = 0, at = 0;
    const digits = () => {
        for (let number = 0, factor = 1;; factor *= 32) {
            const digit = digitOf.get(text[at++]);
            number += (digit & 31) * factor;
            if (digit < 32) return number;
        }
    };
    while (at < text.length) {
        if (text[at] === "~") {
            ++at;
            steps.push(null);
        } else if (text[at] === "!") {
            ++at;
            for (let count = digits(); count > 0; --count) steps.push(last);
        } else {
            const number = digits();
            last += number % 2 ? -(number - 1) / 2 : number / 2;
            steps.push(last);
        }
    }
    return steps;
}

function unpackEvenly(text) {
    let last = 0;
    return unpack(text).map((difference) => (last += difference));
}

/** What so many steps of an axis stand for. */
function valueOf(step, axis) {
    if (step === null) return null;
    if (axis.scale === "logarithmic") return Number(Math.pow(10, step / 1000).toPrecision(4));
    if (axis.scale === "percentile") return step >= certain ? 1 : 1 - Math.pow(10, -step / 1000);
    return axis.exponent < 0 ? step / Math.pow(10, -axis.exponent) : step * Math.pow(10, axis.exponent);
}

function unpackSeries(series, axis) {
    const steps = unpack(series.y);
    const values = {key: series.key, label: series.label, stacked: Boolean(series.stacked)};
    values.y = steps.map((step) => valueOf(step, axis));
    if (!series.below) return values;
    const below = unpack(series.below), above = unpack(series.above);
    values.low = steps.map((step, i) => valueOf(step === null ? null : step - below[i], axis));
    values.high = steps.map((step, i) => valueOf(step === null ? null : step + above[i], axis));
    return values;
}

/** The data of the page with all numbers in their units. */
function readData() {
    const data = JSON.parse(document.getElementById("data").textContent);
    for (const section of data.sections)
        for (const chart of section.charts)
            for (const panel of chart.panels) {
                panel.x = unpackEvenly(panel.x).map((step) => valueOf(step, chart.x));
                panel.series = panel.series.map((series) => unpackSeries(series, chart.y));
            }
    return data;
}

// --- numbers as people read them -----------------------------------------------------------------------------------
const grouped = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0});

/** Three significant digits, whole from 100 on: "0.53", "33.3", "1,234". */
function figure(value) {
    if (value === 0) return "0";
    if (Math.abs(value) >= 99.95) return grouped.format(value);
    return String(Number(value.toPrecision(3)));
}

function microseconds(value) {
    if (value >= 999500) return figure(value / 1e6) + " s";
    if (value >= 999.5) return figure(value / 1e3) + " ms";
    return figure(value) + " µs";
}

/** A share as a percentile: "p99.9". */
function percentile(share) {
    if (share >= 1) return "max";
    const percent = Number((share * 100).toPrecision(share > 0.9 ? 2 + Math.ceil(-Math.log10(1 - share)) : 3));
    return "p" + percent;
}

const inUnit = {
    percent: (value) => (Math.abs(value) >= 10 ? String(Math.round(value * 10) / 10) : figure(value)) + " %",
    count: figure,
    per_second: (value) => figure(value) + "/s",
    microseconds,
    seconds: (value) => (Math.abs(value) >= 1000 ? grouped.format(value) : String(Number(value.toPrecision(4)))) + " s",
    ratio: figure,
};

const format = (value, unit) => (value === null || !Number.isFinite(value) ? "–" : inUnit[unit](value));
const formatPlace = (value, axis) => (axis.scale === "percentile" ? percentile(value) : format(value, axis.unit));

// --- looks: a colour and a dash pattern for each key, the same in every chart ------------------------------------------
const dashes = [[], [7, 4], [2, 3], [10, 4, 2, 4], [14, 4], [5, 2, 1, 2], [1, 2], [8, 3, 3, 3]];
const looks = 8;
/** Keys with a meaning of their own: c0 blue, c1 vermilion, c2 green, c3 purple, c4 orange, c5 sky, c6 yellow, c7 grey. */
const known = new Map([
    ["time_wait", 0], ["time_wait_client", 0], ["time_wait_server", 4], ["ports_free", 2], ["ports_reusable", 3],
    ["offered", 7], ["ok", 0], ["failed", 1], ["no_port_connect", 1], ["no_port_bind", 1], ["timeout", 4], ["reset", 3],
    ["refused", 6], ["late", 5], ["kernel", 0], ["model", 1], ["connect", 0], ["connect_intended", 4], ["connect_p50", 0],
    ["connect_p99", 4], ["lateness", 3], ["nat_in_use", 0], ["nat_dropped", 1],
]);
const assigned = new Map();

function lookOfKey(key) {
    if (known.has(key)) return known.get(key);
    if (!assigned.has(key)) assigned.set(key, (assigned.size * 3 + 5) % looks);
    return assigned.get(key);
}
const lookOfSubject = (subject) => [0, 1, 2, 3, 4, 5, 7, 6][subject % looks];

const styleValue = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let colours = {};
function readColours() {
    colours = {series: Array.from({length: looks}, (_, i) => styleValue("--c" + i))};
    for (const name of ["ink", "muted", "line", "surface", "bad", "warn", "accent"]) colours[name] = styleValue("--" + name);
}

/** A line as in the chart, for legends. */
function swatch(look, width = 2) {
    const line = createSvg("line", {"stroke-width": width + 0.5, x1: 1, x2: 27, y1: 5, y2: 5, "stroke-dasharray": dashes[look].join(" ") || false});
    return createSvg("svg", {class: "swatch k" + look, viewBox: "0 0 28 10", width: 28, height: 10, "aria-hidden": "true"}, line);
}

/** "#rrggbb" with an opacity. */
const faded = (colour, opacity) => colour + Math.round(opacity * 255).toString(16).padStart(2, "0");

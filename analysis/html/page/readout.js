// --- values under the cursor: by mouse, by finger and by keys --------------------------------------------------------------
/** A line of keys below a frame; values come and go with the cursor. */
function addLegend(frame) {
    const list = create("ul", {class: frame.curves.length > 2 && !frame.chart.overlaid ? "legend tall" : "legend"});
    frame.place = create("li", {class: "place"});
    frame.values = frame.curves.map((curve) => {
        const value = create("span", {class: "value"});
        list.append(create("li", {}, swatch(curve.look, curve.width), create("span", {}, labelOf(frame.chart, curve)), value));
        return value;
    });
    list.append(frame.place);
    if (frame.legend) frame.legend.replaceWith(list);
    else frame.element.after(list);
    frame.legend = list;
}

function valueText(frame, curve, at) {
    const unit = unitOf(frame.chart), value = format(curve.own[at] ?? null, unit);
    if (!curve.high || curve.high[at] === null || curve.stacked) return value;
    const low = format(curve.low[at], unit), high = format(curve.high[at], unit);
    return low === high ? value : `${value} (${low} … ${high})`;
}

/** The value of a curve at a place of the frame: of an overlaid one its own nearest before it. */
function indexIn(frame, curve, index) {
    if (!curve.joined) return index;
    const place = frame.plot.data[0][index], own = curve.panel.x.map(frame.scales.x.to);
    let at = own.findIndex((other) => other > place + 1e-9);
    at = at < 0 ? own.length - 1 : at - 1;
    return Math.max(at, 0);
}

function showValues(frame) {
    if (!frame.plot || !frame.values) return;
    const index = frame.plot.cursor.idx;
    const known = index !== null && index !== undefined && frame.plot.cursor.left >= 0;
    frame.place.textContent = known ? "at " + formatPlace(frame.scales.x.from(frame.plot.data[0][index]), frame.chart.x) : "";
    frame.curves.forEach((curve, i) => {
        frame.values[i].textContent = known ? valueText(frame, curve, indexIn(frame, curve, index)) : "";
    });
}

function say(frame) {
    const words = frame.curves.map((curve, i) =>
        `${labelOf(frame.chart, curve)} ${frame.values[i].textContent}`);
    document.getElementById("readout").textContent = `${frame.place.textContent}: ${words.join(", ")}`;
}

/** Moves the cursor to a point of the data. */
function moveCursor(frame, index) {
    const plot = frame.plot, xs = plot.data[0], {min, max} = plot.scales.x;
    let at = Math.max(0, Math.min(index, xs.length - 1));
    while (at < xs.length - 1 && xs[at] < min) ++at;
    while (at > 0 && xs[at] > max) --at;
    const left = plot.valToPos(xs[at], "x");
    plot.setCursor({left: Math.min(Math.max(left, 0), plot.over.clientWidth - 0.5), top: plot.over.clientHeight / 2}, true, true);
    showValues(frame);
    say(frame);
}

function zoomBy(frame, factor) {
    if (!isTimed(frame.chart)) return;
    const {min, max} = frame.plot.scales.x, index = frame.plot.cursor.idx;
    const centre = index === null || index === undefined ? (min + max) / 2 : frame.plot.data[0][index];
    const half = (max - min) * factor / 2, [start, end] = frame.scales.rangeX;
    const isWhole = 2 * half >= end - start;
    change({zoom: isWhole ? null : [Math.max(start, centre - half), Math.min(end, centre + half)]});
}

function onKey(frame, event) {
    const plot = frame.plot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const points = plot.data[0].length, step = event.shiftKey ? Math.max(1, Math.round(points / 20)) : 1;
    const at = plot.cursor.idx;
    const isSet = at !== null && at !== undefined && plot.cursor.left >= 0;
    const moves = {ArrowRight: isSet ? at + step : 0, ArrowLeft: isSet ? at - step : points - 1, Home: 0, End: points - 1};
    if (event.key in moves) moveCursor(frame, moves[event.key]);
    else if (event.key === "+" || event.key === "=") zoomBy(frame, 0.5);
    else if (event.key === "-") zoomBy(frame, 2);
    else if (event.key === "Escape") {
        plot.setCursor({left: -10, top: -10}, true, true);
        change({zoom: null});
    } else return;
    event.preventDefault();
}

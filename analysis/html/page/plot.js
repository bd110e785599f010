// --- one frame of a chart on a canvas ----------------------------------------------------------------------------------
const axisFont = 11, rightMargin = 22;

/** Percent of a capacity as a count, where that is asked for. */
const factorOf = (chart, panel) => (state.absolute && canBeAbsolute(chart) ? panel.whole / 100 : 1);
const canBeAbsolute = (chart) => chart.y.unit === "percent" && chart.panels.every((panel) => panel.whole > 0);
const unitOf = (chart) => (state.absolute && canBeAbsolute(chart) ? "count" : chart.y.unit);
const verticalAxis = (chart) => ({...chart.y, unit: unitOf(chart)});

/** The curves of these panels, values in the unit shown; stacked ones stand on the one before. */
function curvesOf(chart, panels) {
    const curves = [];
    for (const panel of panels) {
        const factor = factorOf(chart, panel);
        let base = null;
        for (const series of panel.series) {
            const on = series.stacked && base ? base : null;
            const raise = (values) => values && values.map((value, i) => (value === null ? null : (value + (on ? on[i] || 0 : 0)) * factor));
            curves.push({panel, series, ...lookOf(chart, panel, series), own: series.y.map((value) => value && value * factor), y: raise(series.y),
                low: raise(series.low), high: raise(series.high), stacked: series.stacked || panel.series.some((other) => other.stacked)});
            base = series.y.map((value, i) => (value === null ? on && on[i] : value + (on ? on[i] || 0 : 0)));
        }
    }
    return curves;
}

function marksOf(chart, panels, x, y) {
    const marks = [];
    for (const panel of panels)
        for (const mark of panel.marks) {
            const across = markLooks[mark.kind].across;
            const place = across ? y.to(mark.at * factorOf(chart, panel)) : x.to(mark.at);
            const name = chart.overlaid && panels.length > 1 ? nameOf(chart, panel) + ": " + mark.label : mark.label;
            const toPlace = mark.to === undefined || across ? null : x.to(mark.to);
            if (place !== null) marks.push({...mark, label: name, place, toPlace});
        }
    return marks;
}
const nameOf = (chart, panel) => chart.subjects[panel.subject].name;

/** In one frame for all, colour and dashes tell variants apart, and thickness the curves of one of them. */
function lookOf(chart, panel, series) {
    const look = chart.overlaid ? lookOfSubject(panel.subject) : lookOfKey(series.key);
    return {look, dash: dashes[look], width: chart.overlaid && series !== panel.series[0] ? 1 : 2};
}
const labelOf = (chart, curve) => {
    if (!chart.overlaid) return curve.series.label;
    return nameOf(chart, curve.panel) + (curve.panel.series.length > 1 ? ", " + curve.series.label : "");
};

/** What all frames of a chart share: both scales. */
function scalesOf(chart, shown) {
    const x = placing(chart.x, shown.flatMap((panel) => panel.x)), y = placing(chart.y, []);
    const xs = shown.flatMap((panel) => [panel.x[0], panel.x[panel.x.length - 1]]).filter((value) => value !== undefined).map(x.to);
    const values = curvesOf(chart, shown).flatMap((curve) => [curve.y, curve.low, curve.high].filter(Boolean));
    const places = values.flatMap((column) => column.map(y.to));
    places.push(...marksOf(chart, shown, x, y).filter((mark) => markLooks[mark.kind].across).map((mark) => mark.place));
    const start = chart.x.scale === "linear" ? Math.min(0, ...xs) : Math.min(...xs), end = Math.max(...xs);
    return {x, y, rangeX: xs.length === 0 || end === start ? [0, 1] : [start, end], rangeY: verticalRange(chart.y, places)};
}

const isTimed = (chart) => chart.x.unit === "seconds" && chart.x.scale === "linear";

/** The part of the time axis that is in sight. */
function sightOf(chart, scales) {
    if (!state.zoom || !isTimed(chart)) return scales.rangeX;
    const [from, to] = [Math.max(state.zoom[0], scales.rangeX[0]), Math.min(state.zoom[1], scales.rangeX[1])];
    return from < to ? [from, to] : scales.rangeX;
}

function columnsOf(curve, x, y) {
    const columns = [curve.panel.x.map(x.to), curve.y.map(y.to)];
    if (curve.high) columns.push(curve.high.map(y.to), curve.low.map(y.to));
    return columns;
}

/** uPlot's series and bands for the curves, in the order of their columns. */
function seriesOf(curves) {
    const series = [{}], bands = [];
    curves.forEach((curve, i) => {
        const colour = colours.series[curve.look], isOn = curve.series.stacked && i > 0;
        curve.index = series.length;
        series.push({stroke: colour, width: curve.width, dash: curve.dash, points: {show: false}, spanGaps: curve.joined,
            fill: curve.stacked && !isOn ? faded(colour, 0.2) : undefined});
        if (isOn) bands.push({series: [curve.index, curves[i - 1].index], fill: faded(colour, 0.3)});
        if (!curve.high) return;
        const edge = {stroke: faded(colour, 0.35), width: 0.5, points: {show: false}, spanGaps: curve.joined};
        series.push({...edge}, {...edge});
        bands.push({series: [curve.index + 1, curve.index + 2], fill: faded(colour, 0.22)});
    });
    return {series, bands};
}

/** Divisions and their words, known before the plot is, so that frames of a chart can be laid out alike. */
function divisionsOf(chart, scales, width, height) {
    const vertical = verticalAxis(chart), texts = (splits, from, axis) => splits.map((place) => formatPlace(from(place), axis));
    const y = splitsOf(vertical, scales.rangeY, height, 36), yTexts = texts(y, scales.y.from, vertical);
    const size = Math.max(34, ...yTexts.map((text) => Math.ceil(widthOf(text, axisFont)) + 12));
    const room = width - size - rightMargin, x = splitsOf(chart.x, sightOf(chart, scales), room, 62);
    return {x, y, yTexts, xTexts: texts(x, scales.x.from, chart.x), size, room};
}

function axesOf(chart, divisions) {
    const shared = {stroke: colours.muted, font: fontOf(axisFont), ticks: {stroke: colours.line, size: 4, width: 1},
        grid: {stroke: colours.line, width: 1}, labelFont: fontOf(axisFont), labelSize: 15, labelGap: 0, gap: 4, space: 1};
    return [
        {...shared, size: 24, label: chart.x.label, splits: () => divisions.x, values: () => divisions.xTexts},
        {...shared, size: divisions.size, splits: () => divisions.y, values: () => divisions.yTexts},
    ];
}

/** Curves of different panels have different times: all on one axis, with gaps that are no gaps. */
function joined(curves, scales) {
    const tables = curves.map((curve) => columnsOf(curve, scales.x, scales.y));
    if (tables.length === 0) return [[]];
    if (curves.every((curve) => curve.panel === curves[0].panel))
        return [tables[0][0], ...tables.flatMap((table) => table.slice(1))];
    for (const curve of curves) curve.joined = true;
    return uPlot.join(tables);
}

const axisRoom = 39;

/** Everything but the drawing: curves, divisions and where the words of marks stand. */
function layFrame(frame, scales) {
    frame.scales = scales;
    frame.curves = curvesOf(frame.chart, frame.panels);
    frame.width = Math.floor(frame.element.clientWidth);
    frame.divisions = divisionsOf(frame.chart, scales, frame.width, frame.height);
    const marks = marksOf(frame.chart, frame.panels, scales.x, scales.y);
    frame.marks = layMarks(marks, sightOf(frame.chart, scales), frame.divisions.size, frame.divisions.room);
}

/** Draws a frame anew, so many rows of words above its plot. frame: {chart, section, panels, element, height of the plot}. */
function drawFrame(frame, rows) {
    if (frame.plot) frame.plot.destroy();
    frame.plot = null;
    if (frame.panels.length === 0 || frame.width < 60) return;
    const {chart, scales} = frame, data = joined(frame.curves, scales), {series, bands} = seriesOf(frame.curves);
    const above = rows > 0 ? rows * markRow + 10 : 10;
    frame.plot = new uPlot({
        width: frame.width, height: frame.height + above + axisRoom, series, bands, padding: [above, rightMargin, 0, 0],
        scales: {x: {time: false, range: () => sightOf(chart, scales)}, y: {range: () => scales.rangeY}},
        axes: axesOf(chart, frame.divisions), legend: {show: false},
        cursor: {
            y: false, points: {size: 7}, drag: {x: isTimed(chart), y: false, setScale: false},
            sync: isTimed(chart) ? {key: "time" + frame.section, scales: ["x", null], setSeries: false} : undefined,
            bind: {dblclick: () => () => { change({zoom: null}); return null; }},
        },
        hooks: {
            draw: [(plot) => drawMarks(plot, frame.marks)],
            setCursor: [() => showValues(frame)],
            setSelect: [(plot) => zoomTo(frame, plot)],
        },
    }, data, frame.element);
}

/** Only where the hand is: the others are told by the state. */
function zoomTo(frame, plot) {
    const {left, width} = plot.select;
    if (width < 4 || !frame.element.matches(":hover")) return;
    plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    change({zoom: [Math.max(0, plot.posToVal(left, "x")), plot.posToVal(left + width, "x")]});
}

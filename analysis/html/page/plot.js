// --- one frame of a chart on a canvas ----------------------------------------------------------------------------------
const axisFont = 11;

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
            const look = chart.overlaid ? lookOfSubject(panel.subject) : lookOfKey(series.key);
            curves.push({panel, series, look, own: series.y.map((value) => value && value * factor), y: raise(series.y),
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
            if (place !== null) marks.push({...mark, label: name, place});
        }
    return marks;
}
const nameOf = (chart, panel) => chart.subjects[panel.subject].name;

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
    for (const curve of curves) {
        const colour = colours.series[curve.look];
        curve.index = series.length;
        series.push({stroke: colour, width: 2, dash: dashes[curve.look], points: {show: false}, spanGaps: curve.joined,
            fill: curve.stacked ? faded(colour, 0.16) : undefined});
        if (!curve.high) continue;
        const edge = {stroke: faded(colour, 0.35), width: 0.5, points: {show: false}, spanGaps: curve.joined};
        series.push({...edge}, {...edge});
        bands.push({series: [curve.index + 1, curve.index + 2], fill: faded(colour, 0.2)});
    }
    return {series, bands};
}

function axesOf(chart, scales, width) {
    const vertical = verticalAxis(chart);
    const shared = {stroke: colours.muted, font: fontOf(axisFont), ticks: {stroke: colours.line, size: 4, width: 1},
        grid: {stroke: colours.line, width: 1}, labelFont: fontOf(axisFont), labelSize: 15, labelGap: 0, gap: 4};
    const texts = (axis, from) => (plot, splits) => splits.map((place) => formatPlace(from(place), axis));
    return [
        {...shared, size: 24, space: width < 420 ? 58 : 64, label: chart.x.label, splits: splitsOf(chart.x), values: texts(chart.x, scales.x.from)},
        {...shared, space: 32, splits: splitsOf(vertical), values: texts(vertical, scales.y.from),
            size: (plot, values) => Math.max(34, ...(values || []).map((text) => Math.ceil(widthOf(text, axisFont)) + 12))},
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

/** Draws a frame anew. frame: {chart, section, panels, element, height}. */
function drawFrame(frame, scales) {
    if (frame.plot) frame.plot.destroy();
    frame.plot = null;
    frame.scales = scales;
    frame.curves = curvesOf(frame.chart, frame.panels);
    const width = Math.floor(frame.element.clientWidth);
    if (frame.panels.length === 0 || width < 40) return;
    const marks = marksOf(frame.chart, frame.panels, scales.x, scales.y), data = joined(frame.curves, scales);
    const {series, bands} = seriesOf(frame.curves);
    let items = [];
    const lay = (plot) => {
        const axis = plot.axes[1]._size || 44, room = plot.width - axis - 12;
        return (items = layMarks(plot, marks, axis, room));
    };
    frame.plot = new uPlot({
        width, height: frame.height, series, bands, pxAlign: 1,
        padding: [(plot) => (marks.length ? rowsOf(lay(plot)) * markRow + 10 : 10), 12, 0, 0],
        scales: {x: {time: false, range: () => sightOf(frame.chart, scales)}, y: {range: () => scales.rangeY}},
        axes: axesOf(frame.chart, scales, width),
        legend: {show: false},
        cursor: {
            y: false, points: {size: 7, show: true}, drag: {x: isTimed(frame.chart), y: false, setScale: false},
            sync: isTimed(frame.chart) ? {key: "time" + frame.section, scales: ["x", null], setSeries: false} : undefined,
            bind: {dblclick: () => () => { change({zoom: null}); return null; }},
        },
        hooks: {
            draw: [(plot) => { lay(plot); drawMarks(plot, items); }],
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

// --- a chart as a file ---------------------------------------------------------------------------------------------------
function save(blob, name) {
    const link = create("a", {href: URL.createObjectURL(blob), download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const fileName = (figure, ending) => {
    const words = [figure.name, figure.chart.id].join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return `portdrought-${words || "chart"}.${ending}`;
};

/** A cell that no spreadsheet takes for a formula. */
function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

const unitInName = {percent: "percent", count: "count", per_second: "per_second", microseconds: "us", seconds: "s", ratio: "ratio"};
const nameOfX = (axis) => (axis.scale === "percentile" ? "share" : "x_" + unitInName[axis.unit]);

/** A row per point and curve of the variants shown; of values that share a place, mean, least and most. */
function csvOf(figure) {
    const {chart} = figure, unit = unitInName[chart.y.unit];
    const rows = [["variant", "caveats", nameOfX(chart.x), "series", unit, unit + "_least", unit + "_most"]];
    for (const panel of chart.panels.filter((panel) => !isHidden(figure.section, panel.subject)))
        for (const series of panel.series)
            panel.x.forEach((x, i) => {
                if (series.y[i] === null) return;
                const {name, caveats} = chart.subjects[panel.subject];
                rows.push([name, caveats.join("; "), x, series.key, series.y[i], (series.low || series.y)[i], (series.high || series.y)[i]]);
            });
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// The picture: title, then every frame in sight with its name, badges, plot and legend.
const picture = {padding: 20, title: 30, head: 40, legend: 22, gap: 18};

function frameHeadings(frame) {
    return frame.panels.map((panel) => {
        const subject = frame.chart.subjects[panel.subject];
        return {name: subject.name, caveats: subject.caveats.join(" · ")};
    });
}

function fitted(context, text, width) {
    if (context.measureText(text).width <= width) return text;
    let end = text.length;
    while (end > 1 && context.measureText(text.slice(0, end) + "…").width > width) --end;
    return text.slice(0, end) + "…";
}

function drawPictureFrame(context, frame, left, top, width, headHeight) {
    context.textBaseline = "top";
    frameHeadings(frame).forEach(({name, caveats}, i) => {
        context.font = fontOf(13, "600");
        context.fillStyle = colours.ink;
        context.fillText(fitted(context, name, width), left, top + i * picture.head);
        context.font = fontOf(11);
        context.fillStyle = colours.muted;
        context.fillText(fitted(context, caveats, width), left, top + 17 + i * picture.head);
    });
    const canvas = frame.plot.ctx.canvas;
    context.drawImage(canvas, left, top + headHeight, frame.plot.width, frame.plot.height);
    let x = left;
    const y = top + headHeight + frame.plot.height + picture.legend / 2;
    context.textBaseline = "middle";
    for (const curve of frame.curves) {
        const name = labelOf(frame.chart, curve);
        context.beginPath();
        context.strokeStyle = colours.series[curve.look];
        context.lineWidth = curve.width;
        context.setLineDash(dashes[curve.look]);
        context.moveTo(x, y);
        context.lineTo(x + 26, y);
        context.stroke();
        context.setLineDash([]);
        context.fillStyle = colours.ink;
        context.fillText(name, x + 32, y);
        x += 48 + context.measureText(name).width;
    }
}

function pictureOf(figure) {
    const frames = figure.frames.filter((frame) => frame.plot), ratio = Math.max(devicePixelRatio, 2);
    const columns = frames.length > 1 ? 2 : 1, width = Math.max(...frames.map((frame) => frame.plot.width), 320);
    const headHeight = Math.max(...frames.map((frame) => frame.panels.length), 1) * picture.head;
    const height = headHeight + Math.max(...frames.map((frame) => frame.plot.height), 0) + picture.legend + picture.gap;
    const canvas = document.createElement("canvas"), total = columns * width + (columns + 1) * picture.padding;
    canvas.width = total * ratio;
    canvas.height = (picture.padding * 2 + picture.title + Math.ceil(frames.length / columns) * height) * ratio;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = colours.ink;
    context.font = fontOf(16, "600");
    context.textBaseline = "top";
    context.fillText(fitted(context, `${figure.name}: ${figure.chart.title}`, total - 2 * picture.padding), picture.padding, picture.padding);
    frames.forEach((frame, i) => {
        const left = picture.padding + (i % columns) * (width + picture.padding);
        const top = picture.padding + picture.title + Math.floor(i / columns) * height;
        drawPictureFrame(context, frame, left, top, width, headHeight);
    });
    return canvas;
}

function addExports(figure) {
    const tools = figure.element.querySelector(".tools");
    tools.append(
        create("button", {type: "button", "aria-label": "PNG: " + figure.chart.title,
            onclick: () => pictureOf(figure).toBlob((blob) => save(blob, fileName(figure, "png")), "image/png")}, "PNG"),
        create("button", {type: "button", "aria-label": "CSV: " + figure.chart.title,
            onclick: () => save(new Blob([csvOf(figure)], {type: "text/csv"}), fileName(figure, "csv"))}, "CSV"));
}

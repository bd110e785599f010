// --- marks: lines with words. The words stand in a gutter above the plot, each in a place of its own ---------------------
const markFont = 11, markRow = 15, markGap = 8, sample = 22;
const markLooks = {
    capacity: {colour: "ink", dash: [6, 4], across: true},
    limit: {colour: "warn", dash: [2, 3], across: true},
    first_failure: {colour: "bad", dash: [], across: false},
    cliff: {colour: "warn", dash: [8, 3, 2, 3], across: false},
    predicted: {colour: "muted", dash: [3, 3], across: false},
    ceiling: {colour: "accent", dash: [12, 4], across: false},
};
const fontOf = (size, weight = "") => `${weight} ${size}px system-ui, "Segoe UI", "Noto Sans", sans-serif`.trim();
const measuring = document.createElement("canvas").getContext("2d");

function widthOf(text, size = markFont) {
    measuring.font = fontOf(size);
    return measuring.measureText(text).width;
}

/** Breaks words into lines that are no wider. */
function wrapped(text, most) {
    const lines = [];
    for (const word of text.split(" ")) {
        const last = lines.length - 1;
        if (last >= 0 && widthOf(lines[last] + " " + word) <= most) lines[last] += " " + word;
        else lines.push(word);
    }
    return lines;
}

/** Where words may begin: behind their line, before it, and at the edges. */
function places(mark, width, from, to) {
    if (mark.look.across) return [to - width, from];
    const clamped = (left) => Math.max(from, Math.min(left, to - width));
    return [clamped(mark.x + 5), clamped(mark.x - 5 - width)];
}

const overlaps = (a, b) => a.left < b.left + b.width + markGap && b.left < a.left + a.width + markGap;

/** No other words stand there. */
const isFree = (item, placed) => placed.every((other) => {
    const share = item.row < other.row + other.rows && other.row < item.row + item.rows;
    return !share || !overlaps(item, other);
});

/** No line leads down through words to its own. */
const hidesNoLine = (item, placed) => placed.every((other) => {
    if (item.row === other.row) return true;
    const [upper, lower] = item.row > other.row ? [item, other] : [other, item];
    return upper.look.across || upper.x < lower.left - 2 || upper.x > lower.left + lower.width + 2;
});

/** In the lowest row where the words are free; rather a row higher than before the line, where they are in the way of others. */
function placeOne(mark, placed, from, to) {
    const most = rowsOf(placed) + 1;
    for (const accepts of [(item) => isFree(item, placed) && hidesNoLine(item, placed), (item) => isFree(item, placed)])
        for (let row = 0; row <= most + 1; ++row) {
            const [behind, before] = places(mark, mark.width, from, to);
            for (const [left, at] of [[behind, row], [before, row - 1]]) {
                const item = {...mark, left, row: at, rows: mark.lines.length};
                if (at >= 0 && accepts(item)) return item;
            }
        }
    return {...mark, left: from, row: most, rows: mark.lines.length};
}

/** Marks that are in sight, with the place of their words: `left` from the plot's left edge, `row` 0 next to the plot. */
function layMarks(marks, [min, max], axisWidth, plotWidth) {
    const from = 2 - axisWidth, to = plotWidth + 14, items = [];
    for (const mark of marks) {
        const look = markLooks[mark.kind];
        const x = look.across ? plotWidth : (mark.place - min) / (max - min) * plotWidth;
        if (!look.across && !(x >= -1 && x <= plotWidth + 1)) continue;
        const toX = mark.toPlace === null ? x : Math.min((mark.toPlace - min) / (max - min) * plotWidth, plotWidth);
        const extra = look.across ? sample : 0, lines = wrapped(mark.label, to - from - extra);
        const width = Math.max(...lines.map((line) => widthOf(line))) + extra;
        items.push({...mark, look, x, toX, lines, width});
    }
    // From the right, as words follow their line: those further left go above and lead down past them.
    items.sort((a, b) => b.look.across - a.look.across || b.x - a.x);
    return items.reduce((placed, mark) => [...placed, placeOne(mark, placed, from, to)], []);
}

const rowsOf = (items) => items.reduce((rows, item) => Math.max(rows, item.row + item.rows), 0);

function drawLine(context, look, x0, y0, x1, y1, ratio) {
    context.beginPath();
    context.setLineDash(look.dash.map((part) => part * ratio));
    context.strokeStyle = colours[look.colour];
    context.lineWidth = 1.5 * ratio;
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.setLineDash([]);
}

function drawWords(context, item, left, top, ratio) {
    const base = top - item.row * markRow * ratio;
    item.lines.forEach((line, i) => {
        const y = base - (item.lines.length - 1 - i) * markRow * ratio, x = left + item.left * ratio;
        const start = x + (item.look.across ? sample * ratio : 0);
        context.fillStyle = colours.surface;
        context.fillRect(x - 2 * ratio, y - (markRow - 3) * ratio, item.width * ratio + 4 * ratio, (markRow - 1) * ratio);
        context.fillStyle = item.look.colour === "muted" ? colours.muted : colours[item.look.colour];
        context.fillText(line, start, y - 2 * ratio);
        if (item.look.across && i === 0) drawLine(context, item.look, x, y - 6 * ratio, start - 4 * ratio, y - 6 * ratio, ratio);
    });
}

/** All lines first, so that words are never struck through. */
function drawMarks(plot, items) {
    const context = plot.ctx, ratio = devicePixelRatio, {left, top, width, height} = plot.bbox;
    context.save();
    context.font = fontOf(markFont * ratio);
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    for (const item of items) {
        if (item.look.across) {
            const y = plot.valToPos(item.place, "y", true);
            if (y >= top - 1 && y <= top + height + 1) drawLine(context, item.look, left, y, left + width, y, ratio);
        } else {
            const x = left + item.x * ratio;
            context.fillStyle = faded(colours[item.look.colour], 0.16);
            context.fillRect(x, top, (item.toX - item.x) * ratio, height);
            drawLine(context, item.look, x, top - (item.row * markRow + 2) * ratio, x, top + height, ratio);
        }
    }
    for (const item of items) drawWords(context, item, left, top - 5 * ratio, ratio);
    context.restore();
}

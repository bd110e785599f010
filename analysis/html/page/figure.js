// --- figures: the frames of a chart share their axes -----------------------------------------------------------------------
/** All that is drawn: {chart, section, element, frames}. */
const figures = [];

const heightOf = (chart) => (chart.overlaid || chart.panels.length === 1 ? 250 : 168);

function frameOf(figure, element, panels, described) {
    const frame = {chart: figure.chart, section: figure.section, all: panels, panels, element, height: heightOf(figure.chart)};
    const names = panels.map((panel) => nameOf(figure.chart, panel)).join(", ");
    fill(element, {tabindex: "0", role: "img", "aria-label": `${figure.chart.title}: ${names}`, "aria-describedby": described,
        onkeydown: (event) => onKey(frame, event),
        onblur: () => frame.plot && frame.plot.setCursor({left: -10, top: -10}, true, true)}, []);
    return frame;
}

function addFigure(element, data) {
    const section = Number(element.dataset.section), chart = data.sections[section].charts[Number(element.dataset.chart)];
    chart.subjects = data.sections[section].subjects;
    const figure = {element, section, chart, frames: []};
    const id = (index) => `${element.id}p${index}`;
    if (chart.overlaid)
        figure.frames.push(frameOf(figure, element.querySelector(".plot"), chart.panels, chart.panels.map((_, i) => id(i)).join(" ")));
    else
        for (const panel of all(".panel", element)) {
            const index = Number(panel.dataset.panel);
            figure.frames.push(frameOf(figure, panel.querySelector(".plot"), [chart.panels[index]], id(index)));
        }
    figure.asCount = create("span", {class: "as-count"}, " · ", both("shown as a count", "以数量显示"));
    element.querySelector("h3").append(figure.asCount);
    figures.push(figure);
    return figure;
}

/** Everything of hidden variants goes out of sight, in words as well. */
function hideSubjects() {
    for (const element of all("[data-subject]")) {
        const section = element.dataset.section ?? element.closest("figure").dataset.section;
        const hidden = isHidden(section, element.dataset.subject);
        if (element.matches(".variant")) element.classList.toggle("dimmed", hidden);
        else element.hidden = hidden;
    }
}

function layFigure(figure) {
    const shown = figure.chart.panels.filter((panel) => !isHidden(figure.section, panel.subject));
    const scales = scalesOf(figure.chart, shown);
    figure.asCount.hidden = !state.absolute || !canBeAbsolute(figure.chart);
    for (const frame of figure.frames) {
        frame.panels = frame.all.filter((panel) => shown.includes(panel));
        frame.top = frame.element.closest(".panel").offsetTop;
        layFrame(frame, scales);
    }
}

/** Frames beside each other have as much room above their plots. */
function paintFigure(figure) {
    const rows = figure.frames.map((frame) =>
        Math.max(...figure.frames.filter((other) => other.top === frame.top).map((other) => rowsOf(other.marks))));
    figure.frames.forEach((frame, i) => {
        drawFrame(frame, rows[i]);
        addLegend(frame);
    });
}

/** Everything is measured before anything is changed, or the browser would lay the page out for each frame anew. */
function drawFigures(some) {
    some.forEach(layFigure);
    some.forEach(paintFigure);
}

function drawAll() {
    readColours();
    hideSubjects();
    drawFigures(figures);
}

/** Only what has another width than before. */
function fitWidths() {
    const changed = (frame) => frame.plot && Math.floor(frame.element.clientWidth) !== frame.width;
    drawFigures(figures.filter((figure) => figure.frames.some(changed)));
}

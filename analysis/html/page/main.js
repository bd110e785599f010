// --- begin ---------------------------------------------------------------------------------------------------------------------
/** On paper everything is light, whatever the screen shows. */
let isPrinted = false;
function applyState() {
    const root = document.documentElement;
    if (isPrinted) root.dataset.theme = "light";
    else if (state.theme) root.dataset.theme = state.theme;
    else delete root.dataset.theme;
    root.dataset.language = state.language;
    root.lang = state.language === "zh" ? "zh-Hans" : "en";
}

listeners.push((changes) => {
    applyState();
    if (Object.keys(changes).some((key) => key !== "language")) drawAll();
});

function redraw() {
    applyState();
    drawAll();
}

function watchScreen() {
    prefersDark.addEventListener("change", redraw);
    matchMedia("print").addEventListener("change", (event) => {
        isPrinted = event.matches;
        redraw();
    });
    let waiting = 0;
    new ResizeObserver(() => {
        cancelAnimationFrame(waiting);
        waiting = requestAnimationFrame(fitWidths);
    }).observe(document.querySelector("main"));
    addEventListener("hashchange", () => {
        readState();
        for (const listener of listeners) listener({...state});
    });
}

const data = readData();
readState();
applyState();
for (const element of all("figure.chart")) {
    const figure = addFigure(element, data);
    figure.name = data.sections[figure.section].name;
    addExports(figure);
}
for (const element of all("figure.map")) addMapExports(element);
addPageControls();
addSectionControls(data);
drawAll();
watchScreen();
document.documentElement.dataset.drawn = "true";
})();

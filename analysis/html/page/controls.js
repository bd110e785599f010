// --- controls ----------------------------------------------------------------------------------------------------------------
const button = (attributes, ...words) => create("button", {type: "button", ...attributes}, ...words);

/** The address keeps the state, so that nothing may lead to a place by "#…". */
function toExplanation() {
    const panel = document.getElementById("explanation");
    if (!panel) return [];
    panel.tabIndex = -1;
    return [button({onclick: () => { panel.scrollIntoView(); panel.focus({preventScroll: true}); }}, both("What is going on here?", "这是怎么回事？"))];
}

function addPageControls() {
    const theme = button({id: "theme", onclick: () => change({theme: isDark() ? "light" : "dark"})},
        create("span", {"aria-hidden": "true"}, "◐ "), both("dark or light", "深色／浅色"));
    const language = button({id: "language", onclick: () => change({language: state.language === "zh" ? "en" : "zh"})});
    const show = () => {
        language.textContent = state.language === "zh" ? "English" : "中文";
        language.lang = state.language === "zh" ? "en" : "zh-Hans";
        theme.setAttribute("aria-pressed", String(isDark()));
    };
    document.getElementById("controls").append(...toExplanation(), language, theme);
    listeners.push(show);
    show();
}

function subjectToggles(section, index, overlaid) {
    return section.subjects.map((subject, i) => {
        const box = create("input", {type: "checkbox", onchange: () => toggleSubject(index, i)});
        const show = () => { box.checked = !isHidden(index, i); };
        listeners.push(show);
        show();
        return create("label", {class: "toggle"}, box, overlaid ? swatch(lookOfSubject(i)) : "", create("span", {}, subject.name));
    });
}

function absoluteToggle() {
    const buttons = [[false, "%", "per cent of capacity", "占容量的百分比"], [true, "#", "count", "数量"]].map(([absolute, symbol, english, chinese]) =>
        [absolute, button({"data-absolute": String(absolute), onclick: () => change({absolute})},
            create("span", {"aria-hidden": "true"}, symbol + " "), both(english, chinese))]);
    const show = () => buttons.forEach(([absolute, item]) => item.setAttribute("aria-pressed", String(state.absolute === absolute)));
    listeners.push(show);
    show();
    return create("div", {class: "group", role: "group", "aria-label": "per cent or count"}, ...buttons.map(([, item]) => item));
}

function zoomControl() {
    const reset = button({class: "zoom", onclick: () => change({zoom: null})});
    const show = () => {
        reset.hidden = !state.zoom;
        if (state.zoom) reset.replaceChildren(both(`${state.zoom.map((end) => format(end, "seconds")).join(" – ")}: show all`, "显示全部时间"));
    };
    listeners.push(show);
    show();
    return reset;
}

/** What is shown of a section: its variants, the unit, the part of the time axis. */
function addSectionControls(data) {
    for (const place of all(".shown")) {
        const index = Number(place.dataset.section), section = data.sections[index];
        const own = figures.filter((figure) => figure.section === index);
        if (own.length === 0) continue;
        if (section.subjects.length > 1)
            place.append(create("div", {class: "group variants-shown", role: "group", "aria-label": "variants shown"},
                ...subjectToggles(section, index, own.some((figure) => figure.chart.overlaid))));
        if (own.some((figure) => canBeAbsolute(figure.chart))) place.append(absoluteToggle());
        place.append(zoomControl());
    }
}

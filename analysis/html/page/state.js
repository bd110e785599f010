// --- what is shown: kept in the address, so that a link leads to the same view ----------------------------------------
const state = {hidden: new Set(), theme: null, language: "en", absolute: false, zoom: null};
const listeners = [];

function readState() {
    const hash = new URLSearchParams(location.hash.slice(1));
    state.hidden = new Set((hash.get("hide") || "").split(",").filter((item) => /^\d+\.\d+$/.test(item)));
    state.theme = ["dark", "light"].includes(hash.get("theme")) ? hash.get("theme") : null;
    state.language = hash.get("lang") === "zh" ? "zh" : "en";
    state.absolute = hash.get("abs") === "1";
    const zoom = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(hash.get("zoom") || "");
    state.zoom = zoom && Number(zoom[1]) < Number(zoom[2]) ? [Number(zoom[1]), Number(zoom[2])] : null;
}

function hashOfState() {
    const parts = [];
    if (state.hidden.size > 0) parts.push("hide=" + [...state.hidden].sort().join(","));
    if (state.theme) parts.push("theme=" + state.theme);
    if (state.language !== "en") parts.push("lang=" + state.language);
    if (state.absolute) parts.push("abs=1");
    if (state.zoom) parts.push("zoom=" + state.zoom.map((end) => Number(end.toPrecision(6))).join("-"));
    return parts.join("&");
}

/** Changes what is shown; `changes` as in `state`. */
function change(changes) {
    Object.assign(state, changes);
    const hash = hashOfState();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    for (const listener of listeners) listener(changes);
}

const isHidden = (section, subject) => state.hidden.has(section + "." + subject);

function toggleSubject(section, subject) {
    const hidden = new Set(state.hidden), key = section + "." + subject;
    if (!hidden.delete(key)) hidden.add(key);
    change({hidden});
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (state.theme ? state.theme === "dark" : prefersDark.matches);

// --- a map as a file -----------------------------------------------------------------------------------------------------
const svgLooks = ["fill", "stroke", "stroke-width", "stroke-linecap", "font-family", "font-size", "font-weight", "text-anchor"];

/** The drawing with the looks that the page gives it, so that it can stand alone. */
function standalone(drawing) {
    const copy = drawing.cloneNode(true), from = [drawing, ...all("*", drawing)], to = [copy, ...all("*", copy)];
    from.forEach((element, i) => {
        const looks = getComputedStyle(element);
        for (const look of svgLooks) to[i].setAttribute(look, looks.getPropertyValue(look));
        to[i].removeAttribute("class");
    });
    copy.setAttribute("xmlns", svgSpace);
    return new XMLSerializer().serializeToString(copy);
}

/** Words that stand in both languages in English only. */
const englishOf = (element) => (element.querySelector("[lang=en]") || element).textContent.trim();

async function pictureOfMap(element) {
    const drawing = element.querySelector("svg.heat"), {width, height} = drawing.viewBox.baseVal, ratio = Math.max(devicePixelRatio, 2);
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(standalone(drawing));
    await image.decode();
    const head = picture.padding + picture.title + picture.head, canvas = document.createElement("canvas");
    canvas.width = (Math.max(width, 480) + 2 * picture.padding) * ratio;
    canvas.height = (head + height + picture.padding) * ratio;
    const context = canvas.getContext("2d"), room = canvas.width / ratio - 2 * picture.padding;
    context.scale(ratio, ratio);
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.textBaseline = "top";
    context.fillStyle = colours.ink;
    context.font = fontOf(16, "600");
    context.fillText(fitted(context, element.querySelector("h3").textContent, room), picture.padding, picture.padding);
    context.fillStyle = colours.muted;
    context.font = fontOf(11);
    const said = [element.querySelector(".axes").textContent, ...all(".badge", element).map(englishOf)].join(" · ");
    context.fillText(fitted(context, said, room), picture.padding, picture.padding + picture.title);
    context.drawImage(image, picture.padding, head, width, height);
    return canvas;
}

/** The table below the map. */
const csvOfMap = (element) =>
    all("table.figures tr", element).map((row) => all("th, td", row).map((each) => cell(englishOf(each))).join(",")).join("\r\n") + "\r\n";

function addMapExports(element) {
    const title = element.querySelector("h3").textContent;
    const name = "portdrought-" + title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    element.querySelector(".tools").append(
        create("button", {type: "button", "aria-label": "PNG: " + title,
            onclick: async () => (await pictureOfMap(element)).toBlob((blob) => save(blob, name + ".png"), "image/png")}, "PNG"),
        create("button", {type: "button", "aria-label": "CSV: " + title,
            onclick: () => save(new Blob([csvOfMap(element)], {type: "text/csv"}), name + ".csv")}, "CSV"));
}

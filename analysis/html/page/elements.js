// --- elements: made from text only, so that no name or note can become markup ------------------------------------------
const svgSpace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
}

const create = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const createSvg = (name, attributes = {}, ...children) => fill(document.createElementNS(svgSpace, name), attributes, children);

/** The same words in both languages, of which the page shows one. */
const both = (english, chinese) => {
    const words = document.createDocumentFragment();
    words.append(create("span", {lang: "en"}, english), create("span", {lang: "zh-Hans"}, chinese));
    return words;
};

const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

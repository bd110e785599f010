// --- axes: every scale is drawn on an even one, after its values have been moved -----------------------------------------
const percentileOf = (share) => (share >= 1 ? null : -Math.log10(1 - share));

/** How values of an axis become places; the last percentile, 1, stands half a step behind the one before. */
function placing(axis, values) {
    if (axis.scale === "logarithmic")
        return {to: (value) => (value > 0 ? Math.log10(value) : null), from: (place) => Math.pow(10, place)};
    if (axis.scale !== "percentile") return {to: (value) => value, from: (place) => place};
    const finite = values.map(percentileOf).filter((place) => place !== null);
    const end = Math.max(1, ...finite) + 0.4;
    return {
        to: (share) => percentileOf(share) ?? end,
        from: (place) => (place >= end - 1e-9 ? 1 : 1 - Math.pow(10, -place)),
    };
}

/** 1, 2 and 5 of every power of ten, or the powers alone where there is little room. */
function logarithmicSplits(min, max, room) {
    const steps = room / Math.max(max - min, 0.1) > 75 ? [1, 2, 5] : [1];
    const every = Math.max(1, Math.ceil(28 * (max - min) / room)), splits = [];
    for (let power = Math.floor(min); power <= Math.ceil(max); ++power)
        for (const step of steps) {
            const place = power + Math.log10(step);
            if (place >= min - 1e-9 && place <= max + 1e-9 && (step > 1 || power % every === 0)) splits.push(place);
        }
    return splits;
}

function percentileSplits(min, max, room) {
    const shares = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999], splits = [];
    for (const place of shares.map(percentileOf).filter((place) => place >= min && place <= max)) {
        const before = splits.length ? splits[splits.length - 1] : -Infinity;
        if ((place - before) / (max - min) * room > 42) splits.push(place);
    }
    return splits;
}

/** Multiples of 1, 2, 2.5 or 5 times a power of ten, or of a part of a minute, so many pixels apart. */
function linearSplits(min, max, room, apart, isTime) {
    const least = (max - min) * apart / Math.max(room, apart), power = Math.pow(10, Math.floor(Math.log10(least)));
    const steps = isTime && least > 10 && least <= 600 ? [15, 20, 30, 60, 120, 300, 600] : (power >= 10 ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10]).map((step) => step * power);
    const step = steps.find((one) => one >= least * 0.999) || 10 * power, splits = [];
    for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-9); ++i) splits.push(Number((i * step).toPrecision(12)));
    return splits;
}

/** Where an axis of this length is divided. */
function splitsOf(axis, [min, max], room, apart) {
    if (axis.scale === "percentile") return percentileSplits(min, max, room);
    if (axis.scale === "logarithmic") return logarithmicSplits(min, max, room);
    return linearSplits(min, max, room, apart, axis.unit === "seconds");
}

/** The ends of a vertical axis for these places: linear ones begin at zero and leave a little air. */
function verticalRange(axis, places) {
    const known = places.filter((place) => place !== null && Number.isFinite(place));
    if (known.length === 0) return [0, 1];
    const least = known.reduce((a, b) => Math.min(a, b)), most = known.reduce((a, b) => Math.max(a, b));
    if (axis.scale !== "linear") {
        const air = Math.max((most - least) * 0.06, 0.08);
        return [least - air, most + air];
    }
    return [Math.min(0, least), most > 0 ? most * 1.06 : 1];
}

// Stacked bars as SVG: each kind by its colour and its pattern, the rest in words.

import { svg } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { sum } from "./figures.js";
import { count } from "./run_words.js";

const [HEIGHT, LEFT, BOTTOM, TOP] = [260, 52, 28, 10];
const NARROW = matchMedia("(max-width: 40rem)");
const LINES = 4;
const PATTERN = 8; // the side of a pattern's tile

/**
 * @param {string} id
 * @param {string} title
 * @param {{label: () => string, of: (span: any) => number}[]} series
 * @param {import("./figures.js").Span[]} each
 */
export function bars(id, title, series, each) {
  const most = nice(Math.max(...each.map((span) => sum(series, span))));
  const width = NARROW.matches ? 330 : 760; // letters keep their size
  const slot = (width - LEFT) / each.length;
  const named = Math.ceil(each.length / (NARROW.matches ? 4 : 10));
  const attributes = { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-labelledby": `${id}-name ${id}-words` };
  return svg(
    "svg",
    attributes,
    svg("title", { id: `${id}-name` }, title),
    svg("desc", { id: `${id}-words` }, description(series, each)),
    svg("defs", {}, series.map((_, place) => pattern(id, place))),
    grid(most, width),
    each.map((span, place) => bar(id, series, span, LEFT + place * slot, slot, most)),
    svg("line", { class: "axis", x1: LEFT, x2: width, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM }),
    each.map((span, place) => place % named === 0 && svg("text", { x: LEFT + (place + 0.5) * slot, y: HEIGHT - 8, "text-anchor": "middle" }, span.short())),
  );
}

/** Call it when the charts must be drawn anew for another width. @param {() => void} listen */
export const onWidth = (listen) => NARROW.addEventListener("change", listen);

/** 1, 2 or 5 times a power of ten, not below the highest bar, in four whole steps. */
function nice(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  const found = [1, 2, 4, 5, 8, 10].map((it) => it * power).find((it) => it >= highest) ?? highest;
  return Math.max(LINES, found);
}

const y = (value, most) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);

function grid(most, width) {
  return Array.from({ length: LINES + 1 }, (_, step) => {
    const value = (most / LINES) * step;
    const at = y(value, most);
    return [svg("line", { class: "grid", x1: LEFT, x2: width, y1: at, y2: at }), svg("text", { x: LEFT - 8, y: at + 4, "text-anchor": "end" }, count(value))];
  });
}

function bar(id, series, span, x, slot, most) {
  let under = 0;
  return series.map((it, place) => {
    const value = it.of(span);
    const [top, foot] = [y(under + value, most), y(under, most)];
    under += value;
    const box = { x: x + slot * 0.15, width: slot * 0.7, y: top, height: foot - top };
    return value > 0 && [svg("rect", { ...box, class: `paint ink-${place + 1}` }), svg("rect", { ...box, fill: `url(#${id}-pattern-${place})` })];
  });
}

const HATCHES = ["", "M0 8 8 0M-2 2 2 -2M6 10 10 6", "M0 4H8", "M4 0V8", "M0 0 8 8M0 8 8 0"];

function pattern(id, place) {
  const tile = { id: `${id}-pattern-${place}`, width: PATTERN, height: PATTERN, patternUnits: "userSpaceOnUse" };
  return svg("pattern", tile, HATCHES[place] && svg("path", { class: "hatch", d: HATCHES[place] }));
}

function description(series, each) {
  const total = (it) => each.reduce((before, span) => before + it.of(span), 0);
  const parts = series.map((it) => `${it.label()} ${count(total(it))}`).join(w("、", ", "));
  return w(`${each[0].words()} から ${each[each.length - 1].words()} まで。${parts}。数字は下の表にあります。`, `${each[0].words()} to ${each[each.length - 1].words()}. ${parts}. The numbers stand in the table below.`);
}

// A table that becomes cards where the screen is narrow: every cell carries its heading.

import { h } from "/pages/kit/dom.js";

/**
 * @param {string} caption
 * @param {{label: string, cell: (row: any) => any, isNumber?: boolean, isHead?: boolean}[]} columns
 * @param {any[]} rows
 */
export function table(caption, columns, rows) {
  const heads = columns.map((it) => h("th", { scope: "col", class: it.isNumber ? "right" : null, role: "columnheader" }, it.label));
  return h(
    "table",
    { class: "cards", role: "table" },
    h("caption", {}, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
    h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" }, columns.map((it) => cell(it, row))))),
  );
}

function cell(column, row) {
  const tag = column.isHead ? "th" : "td";
  const attributes = { "data-label": column.label, class: column.isNumber ? "right" : null };
  const role = column.isHead ? { scope: "row", role: "rowheader" } : { role: "cell" };
  return h(tag, { ...attributes, ...role }, h("span", { class: "value" }, column.cell(row)));
}

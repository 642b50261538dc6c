// Today's checks as a file (CSV) for the clinic's own records.

import { dayOf } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";

const HEADS = ["time", "outcome", "name", "kana", "birth_on", "insurer_number", "symbol", "number", "branch", "ratio", "on", "check_id"];

/** @param {any[]} checks */
export function saveChecks(checks) {
  const lines = [HEADS, ...checks.map(cells)].map((line) => line.map(quoted).join(","));
  const address = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
  h("a", { download: `checks-${dayOf(Date.now())}.csv`, href: address }).click();
  URL.revokeObjectURL(address);
}

function cells({ checked_at, outcome, person, coverage, charge, on, check_id }) {
  return [checked_at, outcome, person?.name, person?.kana, person?.birth_on, coverage?.insurer_number, coverage?.symbol, coverage?.number, coverage?.branch, charge?.ratio_tenths, on, check_id];
}

/** A cell that begins like a formula is none (OWASP, CSV injection). */
function quoted(value) {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

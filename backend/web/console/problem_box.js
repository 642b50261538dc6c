// What went wrong, told whole: reason, cure, and every field with its own.

import { ProblemError } from "/pages/kit/connection.js";
import { h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { fieldMark } from "./field_words.js";
import { ToldError } from "./told_error.js";

/** A box that is read out at once; nothing where there is no trouble. @param {unknown} error */
export function problemBox(error) {
  if (!error) return null;
  return h("div", { class: "note bad", role: "alert" }, heading(error), cure(error), complaints(error));
}

/** The first sentence of a trouble. @param {any} error */
export function problemWords(error) {
  if (error instanceof ToldError) return error.message;
  if (error instanceof ProblemError && error.said && error.code !== "internal") return said(error.said);
  return troubleWords(error);
}

const heading = (error) => h("p", { class: "strong" }, problemWords(error));

function cure(error) {
  const isTold = error instanceof ProblemError && error.status < 500 && !error.errors.length;
  const words = isTold ? said(error.remedy) : "";
  return words ? h("p", {}, w("対処：", "What to do: "), words) : null;
}

function complaints(error) {
  const found = error instanceof ProblemError ? error.errors : [];
  if (!found.length) return null;
  return h("ul", { class: "complaints" }, found.map(complaint));
}

function complaint({ field, reason, fix }) {
  return h("li", {}, fieldMark(field), " ", said(reason), h("br"), w("対処：", "What to do: "), said(fix));
}

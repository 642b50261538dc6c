// The one tap to the other language: a button that names that language in itself.

import { h } from "./dom.js";
import { language, setLanguage } from "./language.js";

/** 日本語 while English is shown, English while Japanese is. */
export function languageButton() {
  const other = language() === "ja" ? "en" : "ja";
  const label = other === "en" ? "English" : "日本語";
  return h("button", { type: "button", id: "language", class: "quiet", lang: other, onclick: () => setLanguage(other) }, label);
}

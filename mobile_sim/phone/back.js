// The way back to the view from which one came.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { go } from "./session.js";

/** @param {string} view @param {string} words */
export const backTo = (view, words) => h("button", { type: "button", class: "quiet back", onclick: () => go(view) }, "‹ ", words);

export const backToSettings = () => backTo("settings", w("設定にもどる", "Back to the settings"));
export const backToCode = () => backTo("home", w("コードにもどる", "Back to the code"));

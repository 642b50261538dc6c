// The way back from a page of the settings.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { go } from "./session.js";

export const backToSettings = () => h("button", { type: "button", class: "quiet", onclick: () => go("settings") }, w("‹ 設定にもどる", "‹ Back to the settings"));

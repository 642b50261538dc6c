// The field for a birth date: typed in any spelling, read back as it is understood.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { inBothCalendars, readTypedDay } from "/pages/kit/typed_day.js";

/** @param {string} today YYYY-MM-DD @param {string} [known] what was typed before */
export function birthField(today, known = "") {
  const told = h("output", { id: "birth-told", class: "told", for: "birth_on", "aria-live": "polite" });
  const listen = ({ target }) => {
    const { words, trouble } = understood(target.value, today);
    told.textContent = words || trouble;
    told.classList.toggle("error", trouble !== "");
    target.setCustomValidity(words ? "" : trouble || hint());
    target.setAttribute("aria-invalid", String(trouble !== ""));
  };
  const input = h("input", { id: "birth_on", name: "birth_on", required: true, autocomplete: "off", inputmode: "text", "aria-describedby": "birth-hint birth-told", oninput: listen, value: known });
  return h("div", {}, h("label", { for: "birth_on" }, w("生年月日", "Date of birth"), h("span", { id: "birth-hint", class: "hint" }, hint())), input, told);
}

/** The day as the check's door asks for it. @param {string} typed */
export const birthOn = (typed) => readTypedDay(typed).iso;

const hint = () => w("例: S60.4.1、昭和60年4月1日、3600401、1985-04-01", "For example S60.4.1, 昭和60年4月1日, 3600401 or 1985-04-01");

function understood(typed, today) {
  const { iso, trouble } = readTypedDay(typed);
  if (iso > today) return { words: "", trouble: w("これから来る日付です。", "This day has not come yet.") };
  return { words: iso && `${inBothCalendars(iso)} ${w(`${age(iso, today)}歳`, `aged ${age(iso, today)}`)}`, trouble };
}

/** Whole years between two days. */
function age(iso, today) {
  const hadBirthday = today.slice(5) >= iso.slice(5);
  return Number(today.slice(0, 4)) - Number(iso.slice(0, 4)) - (hadBirthday ? 0 : 1);
}

// Finding a member by what a clerk has at hand: a name, numbers, a birth date, a serial.

import { h } from "/pages/kit/dom.js";
import { day } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { readTypedDay } from "/pages/kit/typed_day.js";
import { Acting } from "./acting.js";
import { foundTable } from "./members_found.js";
import { problemBox } from "./problem_box.js";

const PAGE = 20;
/** @type {[string, () => string][]} */
const FIELDS = [
  ["name", () => w("氏名・カナ（一部でも可）", "Name or kana (a part will do)")],
  ["symbol", () => w("記号", "Symbol")],
  ["number", () => w("番号", "Number")],
  ["birth", () => w("生年月日", "Birth date")],
  ["serial", () => w("資格確認書の発行番号", "Serial of a certificate")],
];

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function membersPage(desk) {
  const acting = new Acting(desk.redraw);
  const typed = { name: "", symbol: "", number: "", birth: "", serial: "" };
  /** @type {any[]|null} */
  let found = null;
  /** @type {string|null} */
  let next = null;
  let wanted = {};
  let complaint = "";

  async function search(isWanted) {
    const sought = asked(typed);
    const told = await desk.ask("POST", "/v1/insurer/members/search", { ...sought, limit: PAGE });
    if (!isWanted()) return; // something else is sought by now
    wanted = sought;
    show(told.members, told.next);
  }

  /** More of what is shown, whatever has been typed since. */
  async function more() {
    const told = await desk.ask("POST", "/v1/insurer/members/search", { ...wanted, limit: PAGE, after: next });
    show([...(found ?? []), ...told.members], told.next);
  }

  function show(members, after) {
    [found, next] = [members, after];
    desk.say(w(`${members.length}人が見つかりました。`, `${members.length} found.`));
  }

  function submit(event) {
    event.preventDefault();
    complaint = complain(typed);
    if (complaint) return desk.redraw();
    acting.instead("search", search);
  }

  function form() {
    const clear = () => {
      Object.assign(typed, { name: "", symbol: "", number: "", birth: "", serial: "" });
      [found, next, complaint] = [null, null, ""];
      acting.drop();
      desk.redraw();
    };
    return h(
      "form",
      { onsubmit: submit, role: "search", "aria-label": w("加入者", "Members") },
      h("div", { class: "fields" }, FIELDS.map(([id, label]) => field(id, label(), typed))),
      complaint && h("p", { class: "error", role: "alert", id: "complaint" }, complaint),
      h("div", { class: "buttons" }, acting.button("search", w("さがす", "Find"), search, { type: "submit", class: "first", onclick: null, "aria-disabled": null }), h("button", { type: "button", id: "clear", onclick: clear }, w("消す", "Clear"))),
    );
  }

  function results() {
    if (found === null) return h("p", { class: "muted" }, w("分かっているものだけを入れてください。すべてに当てはまる方を表示します。", "Fill in what you know; whoever fits all of it is shown."));
    if (!found.length) return none();
    return [foundTable(found, next !== null), next && h("div", { class: "buttons" }, acting.button("more", w("続きを表示", "Show more"), more))];
  }

  return { title: () => w("加入者をさがす", "Find a member"), draw: () => [form(), problemBox(acting.trouble), results()] };
}

function field(id, label, typed) {
  const type = (event) => {
    typed[id] = event.target.value;
    if (id === "birth") hear(event.target.value);
  };
  const isBirth = id === "birth";
  const input = h("input", { id, value: typed[id], oninput: type, autocomplete: "off", spellcheck: "false", "aria-describedby": isBirth ? "birth-hint" : null });
  return h("div", {}, h("label", { for: id }, label), input, isBirth && h("span", { class: "hint", id: "birth-hint" }, birthHint(typed.birth)));
}

function birthHint(text) {
  const read = readDay(text);
  return read ? day(read) : w("例：昭和60年4月1日、S60.4.1、1985/4/1", "Such as 1985-04-01 or S60.4.1");
}

/** What is understood, said while it is typed. */
function hear(text) {
  const place = document.getElementById("birth-hint");
  if (place) place.textContent = birthHint(text);
}

function asked({ name, symbol, number, birth, serial }) {
  const given = { name: name.trim(), symbol: symbol.trim(), number: number.trim(), birth_on: readDay(birth), serial: serial.trim() };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}

function complain(typed) {
  if (typed.birth.trim() && !readDay(typed.birth)) return w("生年月日を読み取れません。昭和60年4月1日、S60.4.1、1985/4/1 のように入れてください。", "The birth date cannot be read. Write it as 1985-04-01 or S60.4.1.");
  const { symbol, ...others } = asked(typed);
  if (!Object.keys(others).length) return symbol ? w("記号だけでは探せません。番号も入れてください。", "A symbol alone finds nobody: add the number.") : w("探すものを、どれか1つ入れてください。", "Fill in at least one field.");
  return symbol && !others.number ? w("記号だけでは探せません。番号も入れてください。", "A symbol alone finds nobody: add the number.") : "";
}

function none() {
  return h(
    "div",
    { class: "card empty" },
    h("h2", { class: "plain" }, w("見つかりません", "Nobody found")),
    h("ul", {}, h("li", {}, w("条件を減らして、もう一度さがしてください。", "Try again with fewer fields.")), h("li", {}, w("氏名は旧字体・異体字で登録されていることがあります。カナでさがすと確実です。", "A name may be registered with variant letters: kana are surer.")), h("li", {}, w("この保険者の加入者だけが対象です。", "Only this insurer’s members are looked through."))),
  );
}

/** YYYY-MM-DD; null for what is no day. @param {string} typed */
const readDay = (typed) => readTypedDay(typed).iso || null;

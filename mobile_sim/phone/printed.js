// What is printed on a certificate, item by item, in the order in which it stands there.

import { day } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const SEX = { 1: () => w("男", "Male"), 2: () => w("女", "Female"), 3: () => w("未設定", "Not set") };
const RELATION = { 1: () => w("本人", "Insured person"), 2: () => w("家族", "Family member") };

/** @param {string} serial @param {any} it the fields as the server names them */
export function printedFacts(serial, it) {
  const facts = [
    [w("発行番号", "Serial"), number(serial)],
    [w("氏名", "Name"), name(it.name)],
    [w("カナ", "Kana"), name(it.kana.normalize("NFKC"))],
    [w("生年月日", "Born on"), day(it.birth_on)],
    [w("性別", "Sex"), SEX[it.sex]()],
    [w("記号", "Symbol"), number(it.symbol)],
    [w("番号", "Number"), number(it.branch ? w(`${it.number}（枝番）${it.branch}`, `${it.number} (branch ${it.branch})`) : it.number)],
    [w("本人・家族", "Relation"), it.relation && RELATION[it.relation]()],
    [w("被保険者氏名（世帯主氏名）", "Insured person or head of household"), it.insured_name && name(it.insured_name)],
    [w("住所", "Address"), it.address && name(it.address)],
    [w("資格取得年月日", "Covered since"), day(it.acquired_on)],
    [w("交付年月日", "Issued on"), day(it.issued_on)],
    [w("有効期限", "Valid until"), day(it.expires_on)],
    [w("負担割合", "Share to pay"), labelled(it.copay_ratio, it.copay_from_on)],
    [w("限度区分", "Limit category"), labelled(it.limit_category, it.limit_from_on)],
    [w("特定疾病", "Specific diseases"), it.specific_diseases.map((disease) => disease.label).join("・")],
    [w("特別療養費", "Special expenses"), it.is_special_expenses && w("対象", "applies")],
    [w("保険者番号", "Insurer number"), number(it.insurer_number)],
    [w("保険者名", "Insurer"), name(it.insurer_name)],
  ];
  const told = facts.filter(([, value]) => value);
  return h("dl", { class: "facts" }, told.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}

const number = (text) => text && h("bdi", { translate: "no" }, text);
const labelled = (it, from) => it && [name(it.label), from ? w(`（発効期日 ${day(from)}）`, ` (from ${day(from)})`) : ""];

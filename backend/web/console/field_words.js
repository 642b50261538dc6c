// What a field of a list or form is called, as its heading has it; never its wire name alone.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const JAPANESE = {
  insurer_number: "保険者番号",
  symbol: "記号",
  number: "番号",
  branch: "枝番",
  name: "氏名",
  kana: "氏名カナ",
  birth_on: "生年月日",
  sex: "性別",
  address: "住所",
  is_undisclosed: "不開示",
  relation: "本人家族",
  acquired_on: "資格取得年月日",
  lost_on: "資格喪失年月日",
  loss_reason: "資格喪失事由",
  continuation_ends_on: "任継終了日",
  copay_ratio: "負担割合",
  copay_from_on: "負担割合発効期日",
  limit_category: "限度額区分",
  limit_from_on: "限度額発効期日",
  limit_until_on: "限度額有効期限",
  diseases: "特定疾病",
  diseases_from_on: "特定疾病発効期日",
  diseases_until_on: "特定疾病有効期限",
  card_status: "マイナ保険証",
  my_number: "個人番号",
  order: "交付事由",
  wants_limit: "限度区分の記載希望",
  wants_diseases: "特定疾病の記載希望",
  serial: "発行番号",
  line: "行",
  heading: "見出し行",
  file: "ファイル",
  text: "文章",
  reason: "理由",
};

/** Its name in words. @param {string} field a wire name */
export const fieldWord = (field) => w(JAPANESE[field] ?? field, field.replaceAll("_", " "));

/** The same as a mark in a sentence. @param {string} field */
export const fieldMark = (field) => h("b", { class: "field" }, fieldWord(field));

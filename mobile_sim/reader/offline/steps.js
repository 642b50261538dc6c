// What the desk is to do after a judgement without network, in plain words.

import { time } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";

const LATER = () => w("回線が戻ると、自動で照会して結果を知らせます。", "The server is asked by itself when the line is back, and you are told.");
const OTHER_MEANS = () => w("マイナ保険証など別の方法で確認してください。", "Check by other means, such as the My Number card.");
const NOT_VALID = () => w("有効とは扱えません。", "This is not a valid answer.");

/** @type {Record<string, (asOf: string) => string>} */
const STEPS = {
  "offline-genuine": (asOf) =>
    w(
      `紙は本物で、${asOf}の時点で失効していません。今日の資格があるかは確認していません。氏名・生年月日で本人を確かめ、院内の取り決めに従ってください。`,
      `The paper is genuine and was not withdrawn as of ${asOf}. Whether coverage holds today was NOT checked. Compare name and birth date, then follow your clinic's own rule.`,
    ),
  "offline-too-old": () =>
    w(
      "署名は本物ですが、失効していないかを確かめられません。失効リストが古すぎるか、この端末の時計がずれています。",
      "The signature is genuine, but whether the paper was withdrawn cannot be said: the list is too old, or this device's clock is off.",
    ),
  "offline-unknown-key": () =>
    w(
      "新しい鍵か、使われなくなった鍵か、偽物かを、この端末だけでは見分けられません。",
      "A new key, one no longer in use, or a forgery: this device alone cannot tell.",
    ),
  "offline-no-data": () =>
    w(
      "この保険者の鍵や失効リストを、まだ一度も受け取っていません。",
      "This device has not yet received this insurer's keys and list.",
    ),
  "offline-numbers": () => w("入力した番号は照会待ちに入れました。", "The numbers wait until the server can be asked."),
  "offline-expired": () => w("有効期限を過ぎた紙です。保険者に新しいものを求めるよう伝えてください。", "Its last day has passed. Have the person ask the insurer for a new one."),
  "offline-suspended": (asOf) => w(`${asOf}の時点で、保険者が使用を停止しています。`, `The insurer had suspended it as of ${asOf}.`),
  "offline-revoked": (asOf) => w(`${asOf}の時点で、保険者が失効させています（紛失・再交付など）。`, `The insurer had withdrawn it as of ${asOf} (lost, reissued).`),
  "offline-forged": () => w("記載と署名が合いません。受け付けないでください。", "What is printed does not match its signature. Do not accept it."),
};

/** What to do. @param {string} outcome @param {string|null} asOf */
export function stepAfter(outcome, asOf) {
  const step = STEPS[outcome]?.(asOf ? time(asOf) : "") ?? "";
  const advice = outcome === "offline-genuine" ? [] : [NOT_VALID(), OTHER_MEANS()];
  return [step, ...advice, LATER()].filter(Boolean).join(w("", " "));
}

/** Why a phone's code is not judged here, and what to do. */
export const phoneNeedsServer = () =>
  w(
    "サーバーにつながりません。スマホのコードは一度きりで、使われていないかをサーバーだけが知っているため、オフラインでは判定できません。コードはすぐ古くなるので、照会待ちにもできません。回線が戻ってから新しいコードを読み取るか、紙の資格確認書を読み取るか、番号を入力してください（番号は照会待ちにできます）。",
    "The server cannot be reached. A phone's code is for one use, and only the server knows whether it was used: it cannot be judged offline, and it is soon too old to wait. Scan a new code when the line is back, scan a paper certificate, or type the numbers: those can wait.",
  );

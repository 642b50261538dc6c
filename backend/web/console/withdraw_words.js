// Words for the three steps of a withdrawal by list: before it, in its preview, on its button.

import { w } from "/pages/kit/language.js";
import { count } from "./run_words.js";

/** What the three have in common in a preview. @param {string} done @param {string} effect */
const preview = (done, effect) => ({
  title: w("3. 確かめて、行う", "3. Look at it, then do it"),
  done,
  skipped: w("対象外（変わらない）", "Skipped: stays as it is"),
  rejected: w("エラー（直せば行える）", "Rejected: can be mended"),
  effect,
});

const number = (told) => count(told.counts.done);
/** A large list is submitted first. @param {any} told @param {string} done @param {string} submitted */
const either = (told, done, submitted) => (told.awaits_approval ? submitted : done);

const EFFECTS = {
  revoked: () => w("資格確認書が使えなくなります（{失効|しっこう}）。取り消せません。", "The certificates are withdrawn for good (revoked). This is final."),
  suspended: () => w("資格確認書が一時的に使えなくなります（使用{停止|ていし}）。あとで解除できます。", "The certificates cannot be used for now (suspended). They can be reinstated later."),
  reinstated: () => w("停止中の資格確認書を、また使えるようにします。", "Certificates that are suspended can be used again."),
};

export const STEP_WORDS = {
  revoked: {
    effect: EFFECTS.revoked,
    preview: () => preview(w("失効させる", "To be revoked"), EFFECTS.revoked()),
    question: (told) => w(`${number(told)}件の資格確認書を失効させますか`, `Revoke ${number(told)} certificates?`),
    button: (told) => either(told, w(`${number(told)}件を失効させる`, `Revoke ${number(told)}`), w(`${number(told)}件の失効を申請する（承認待ちになります）`, `Submit ${number(told)} for approval`)),
  },
  suspended: {
    effect: EFFECTS.suspended,
    preview: () => preview(w("停止する", "To be suspended"), EFFECTS.suspended()),
    question: (told) => w(`${number(told)}件の資格確認書を使用停止にしますか`, `Suspend ${number(told)} certificates?`),
    button: (told) => either(told, w(`${number(told)}件を停止する`, `Suspend ${number(told)}`), w(`${number(told)}件の停止を申請する（承認待ちになります）`, `Submit ${number(told)} for approval`)),
  },
  reinstated: {
    effect: EFFECTS.reinstated,
    preview: () => preview(w("停止を解除する", "To be reinstated"), EFFECTS.reinstated()),
    question: (told) => w(`${number(told)}件の停止を解除しますか`, `Reinstate ${number(told)} certificates?`),
    button: (told) => either(told, w(`${number(told)}件の停止を解除する`, `Reinstate ${number(told)}`), w(`${number(told)}件の停止の解除を申請する（承認待ちになります）`, `Submit ${number(told)} for approval`)),
  },
};

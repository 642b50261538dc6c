// What a code is that is none of ours: said in words, so that the desk asks for the right thing.

import { whatItIs } from "/pages/kit/code_kinds.js";
import { w } from "/pages/kit/language.js";
import { asPrinted, DamagedCodeError, unpack } from "/pages/kit/transport.js";

const KANA = /[\u3041-\u30ff\uff66-\uff9f]/;

/** What is wrong with a scanned text, or null for a whole code of ours. @param {string} text */
export function whatIsWrong(text) {
  if (KANA.test(text))
    return w(
      "日本語入力がオンのまま読み取られました。半角英数に切り替えて、もう一度読み取ってください。",
      "A Japanese input method was on. Switch it off and scan again.",
    );
  try {
    unpack(text);
    return null;
  } catch (error) {
    return error instanceof DamagedCodeError ? damaged() : foreign(text);
  }
}

function damaged() {
  return w(
    "コードが途中で切れているか、読み取り誤りがあります。もう一度、全体が入るように読み取ってください。",
    "The code is cut or was misread. Scan it again, whole.",
  );
}

function foreign(text) {
  const what = whatItIs(text);
  return w(
    `${what}。資格確認のコードではありません。スマホ保険証の画面か、資格確認書のコードを読み取ってください。`,
    `${what}, not proof of eligibility. Scan the phone's screen or the certificate.`,
  );
}

/** A code as it is asked about: whose it is. @param {string} text */
export function shownBy(text) {
  const code = asPrinted(text);
  return code.startsWith("SK1P") ? { code } : { certificate: code };
}

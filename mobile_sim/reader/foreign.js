// What a code is that is none of ours: said in words, so that the desk asks for the right thing.

import { w } from "/pages/kit/language.js";
import { asPrinted, DamagedCodeError, unpack } from "/pages/kit/transport.js";

const KANA = /[\u3041-\u30ff\uff66-\uff9f]/;

/** Each kind by how its text begins or looks. @type {[RegExp, () => string][]} */
const KINDS = [
  [/^M[1-4][A-Z0-9/ ]{20}/, () => w("これは搭乗券です", "This is a boarding pass")], // IATA resolution 792
  [/^JAHIS(TC|PD)?/i, () => w("これは処方箋やお薬手帳のコードです", "This is a prescription or a medicine notebook")],
  [/^WIFI:/i, () => w("これは Wi-Fi の設定です", "This is a Wi-Fi setting")],
  [/^(BEGIN:VCARD|MECARD:)/i, () => w("これは連絡先です", "This is a business card")],
  [/^HC1:/, () => w("これは EU デジタル証明書です", "This is an EU digital certificate")],
  [/^shc:/i, () => w("これは SMART Health Card です", "This is a SMART Health Card")],
  [/^otpauth:/i, () => w("これは認証アプリの設定です", "This sets up an authenticator app")],
  [/^https?:/i, () => w("これはウェブサイトの QR コードです", "This is a web address")],
  [/^[0-9]{8}$|^[0-9]{12,14}$/, () => w("これは商品などのバーコードです", "This is a product's bar code")],
];

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
  const found = KINDS.find(([looks]) => looks.test(text.trim()));
  const what = found ? found[1]() : w("これは別のコードです", "This is some other code");
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

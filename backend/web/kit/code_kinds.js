// The kinds of codes that people come across, each by how its text begins or looks.

import { w } from "./language.js";

/** @type {[RegExp, () => string][]} */
const KINDS = [
  [/^M[1-4][A-Z0-9/ ]{20}/, () => w("これは搭乗券です", "This is a boarding pass")], // IATA resolution 792
  [/^JAHIS(TC|PD)?/i, () => w("これは処方箋やお薬手帳のコードです", "This is a prescription or a medicine notebook")],
  [/^WIFI:/i, () => w("これは Wi-Fi の設定です", "This is a Wi-Fi setting")],
  [/^(BEGIN:VCARD|MECARD:)/i, () => w("これは連絡先です", "This is a business card")],
  [/^HC1:/, () => w("これは EU デジタル証明書です", "This is an EU digital certificate")],
  [/^shc:/i, () => w("これは SMART Health Card です", "This is a SMART Health Card")],
  [/^otpauth:/i, () => w("これは認証アプリの設定です", "This sets up an authenticator app")],
  [/^https?:\S+\/phone\/\S*#code=/i, () => w("これはスマホ保険証を始めるお手紙のコードです", "This is the letter's code that begins the phone's card")],
  [/^https?:/i, () => w("これはウェブサイトの QR コードです", "This is a web address")],
  [/^[0-9]{8}$|^[0-9]{12,14}$/, () => w("これは商品などのバーコードです", "This is a product's bar code")],
];

/** What another's code is, in the beginning of a sentence. @param {string} text */
export function whatItIs(text) {
  const found = KINDS.find(([looks]) => looks.test(text.trim()));
  return found ? found[1]() : w("これは別のコードです", "This is some other code");
}

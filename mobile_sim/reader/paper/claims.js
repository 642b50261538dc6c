// The claims of a certificate, byte for byte as credentials/certificate.py signs them.

import { encodeText } from "/pages/kit/base64url.js";

const TYP = "shikaku-certificate+jwt";
const DAY_S = 86_400;
const PRINTED = [
  "insurer_number", "insurer_name", "symbol", "number", "branch", "name", "kana", "birth_on", "sex", "relation",
  "insured_name", "address", "acquired_on", "issued_on", "expires_on", "copay_ratio", "copay_from_on",
  "limit_category", "limit_from_on", "specific_diseases", "is_special_expenses",
];

/** What the issuer signed: header and claims. @param {Record<string, any>} fields @param {string} form @param {string} kid @param {string} issuer where the house stands */
export function signingInput(fields, form, kid, issuer) {
  const header = { alg: "ES256", kid, typ: TYP };
  return `${encodeText(JSON.stringify(header))}.${encodeText(JSON.stringify(claims(fields, form, issuer)))}`;
}

/** The first second at which the paper is no longer valid (JST). @param {string} expiresOn */
export const expiry = (expiresOn) => Date.parse(`${expiresOn}T00:00:00+09:00`) / 1000 + DAY_S;

/** The address of the status list that tells of a paper. @param {Record<string, any>} fields @param {string} issuer */
export const statusList = (fields, issuer) => `${issuer}/status/${fields.insurer_number}/${fields.status_list}`;

function claims(fields, form, issuer) {
  return {
    iss: `${issuer}/insurers/${fields.insurer_number}`,
    jti: fields.serial,
    exp: expiry(fields.expires_on),
    status: { status_list: { idx: fields.status_index, uri: statusList(fields, issuer) } },
    form,
    ...Object.fromEntries(PRINTED.map((name) => [name, fields[name]]).filter(([, value]) => isPrinted(value))),
  };
}

const isPrinted = (value) => value !== null && value !== undefined && value !== false && value.length !== 0;

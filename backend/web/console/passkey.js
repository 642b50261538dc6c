// Passkeys (WebAuthn L3): what the server asks of the browser, and what it answers.

import { decode, encode } from "/pages/kit/base64url.js";
import { w } from "/pages/kit/language.js";
import { ToldError } from "./told_error.js";

/** Make a passkey of this device; its JSON for the server. @param {any} options */
export async function makePasskey(options) {
  requireSupport();
  const publicKey = creationOptions(options);
  const made = await navigator.credentials.create({ publicKey }).catch(refuse);
  return asJson(made);
}

/** Let the person choose any passkey of ours. @param {any} options */
export async function askForPasskey(options) {
  requireSupport();
  const publicKey = requestOptions(options);
  const given = await navigator.credentials.get({ publicKey }).catch(refuse);
  return asJson(given);
}

function creationOptions(options) {
  const read = /** @type {any} */ (PublicKeyCredential).parseCreationOptionsFromJSON;
  if (read) return read.call(PublicKeyCredential, options);
  return {
    ...options,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
}

function requestOptions(options) {
  const read = /** @type {any} */ (PublicKeyCredential).parseRequestOptionsFromJSON;
  if (read) return read.call(PublicKeyCredential, options);
  return { ...options, challenge: decode(options.challenge), allowCredentials: known(options.allowCredentials) };
}

const known = (credentials) => credentials.map((it) => ({ ...it, id: decode(it.id) }));

function asJson(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = names.filter((name) => response[name]).map((name) => [name, encode(response[name])]);
  return { id, rawId: id, type, response: Object.fromEntries(told) };
}

function requireSupport() {
  if (window.PublicKeyCredential) return;
  throw new ToldError(
    w(
      "このブラウザーまたはアドレスではパスキーを使えません。https:// か http://localhost のアドレスを、最新のブラウザーで開いてください。",
      "Passkeys do not work in this browser or at this address. Use a current browser and an https:// or http://localhost address.",
    ),
  );
}

function refuse(error) {
  throw new ToldError(words(error.name));
}

function words(name) {
  if (name === "InvalidStateError")
    return w("この端末のパスキーは登録済みです。サインインしてください。", "This device has its passkey already: sign in.");
  if (name === "SecurityError")
    return w(
      `このアドレス（${location.hostname}）ではパスキーを使えません。運用担当に正しいアドレスを確かめてください（手元の試用は http://localhost）。`,
      `Passkeys do not work at this address (${location.hostname}). Ask whoever runs the system for the right one (to try it locally: http://localhost).`,
    );
  return w(
    "パスキーの確認が取り消されたか、時間切れか、この端末にパスキーがありません。もう一度試すか、登録コードで登録してください。",
    "The passkey was cancelled, timed out, or is not on this device. Try again, or register with a code.",
  );
}

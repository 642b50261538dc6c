// Signing in again in place: the session has ended or is about to, and nothing is lost.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { ask } from "./dialog.js";
import { ToldError } from "./told_error.js";

/** @type {Promise<void>|null} */
let asking = null;

/** Ask once, however many requests wait for it. @param {import("./sessions.js").Sessions} sessions */
export function signInAgain(sessions) {
  asking ??= once(sessions).finally(() => (asking = null));
  return asking;
}

async function once(sessions) {
  const isIn = await ask({
    title: () => w("もう一度サインインしてください", "Please sign in again"),
    body: () =>
      h("p", {}, w("サインインの期限です。画面の内容と入力はそのまま残り、サインインのあと続きから進みます。", "Your session is at its end. This page and what you entered stay as they are; you go on where you were.")),
    label: () => w("パスキーでサインイン", "Sign in with a passkey"),
    act: () => sessions.signIn(),
    leave: () => w("あとで", "Later"),
  });
  if (!isIn) throw new ToldError(w("サインインしていないため、実行していません。もう一度押すと、サインインして続けられます。", "It was not done, for you are not signed in. Press again to sign in and go on."));
}

// What went wrong, in words that say what to do next.

import { ProblemError, UnreachableError } from "./connection.js";
import { NotKeptError } from "./kept.js";
import { said, w } from "./language.js";

/** One sentence for people; nothing is lost by it. @param {unknown} error */
export function troubleWords(error) {
  if (error instanceof UnreachableError)
    return w(
      "サーバーにつながりません。通信を確かめて、もう一度お試しください。入力した内容は残っています。",
      "The server cannot be reached. Check the network and try again; nothing that you entered is lost.",
    );
  if (error instanceof NotKeptError)
    return w(
      "この端末に保存できません。プライベートブラウズを終了するか、空き容量を増やしてください。",
      "This device cannot keep anything. Leave private browsing, or free some space.",
    );
  if (error instanceof ProblemError) return problemWords(error);
  console.error(error);
  return w("画面に不具合が起きました。再読み込みしてください。", "Something in this page failed. Load it again.");
}

function problemWords(error) {
  if (error.status >= 500)
    return w(
      "サーバーで問題が起きました。少し待って、もう一度お試しください。",
      "The server has a problem. Wait a moment and try again.",
    );
  const lines = error.errors.map((it) => `${said(it.reason)}${w("。", ". ")}${said(it.fix)}`);
  return lines.length ? lines.join(w("", " ")) : said(error.said) || wordless(error.code);
}

/** A refusal without words for people (RFC 6749 §5.2): its name is for whoever is asked for help. */
function wordless(code) {
  return w(
    `サーバーに受け付けられませんでした（${code}）。もう一度お試しください。続くときは、画面を再読み込みしてください。`,
    `The server did not accept this (${code}). Try again; if it goes on, load the page again.`,
  );
}

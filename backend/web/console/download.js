// Files from the house, saved under a name that says what they are.

import { read } from "/pages/kit/connection.js";
import { LONG_MS } from "./desk.js";

/** Fetch a file and hand it to the browser to save. @param {import("./desk.js").Desk} desk @param {string} path @param {string} name @param {Blob} [list] the list of which it tells */
export async function download(desk, path, name, list) {
  const answer = await desk.answer(list ? "POST" : "GET", path, list, LONG_MS);
  if (!answer.ok) await read(answer);
  save(await answer.blob(), name);
}

/** Hand content to the browser to save. @param {Blob} content @param {string} name */
export function save(content, name) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// Other tabs of this browser hear that something was changed here, and look again.

const channel = new BroadcastChannel("shikaku-console-changes");
const LOOKS = /\/(search|lists|preview|preview\/lines)(\?|$)/; // doors that change nothing

/** Whether a request may change something. @param {string} method @param {string} path */
export const changes = (method, path) => method !== "GET" && !LOOKS.test(path);

/** Tell the others, if this request changed something. @param {string} method @param {string} path */
export function tellTabs(method, path) {
  if (changes(method, path)) channel.postMessage("changed");
}

/** @param {() => void} listen called when another tab changed something */
export function onOtherTab(listen) {
  channel.onmessage = listen;
}

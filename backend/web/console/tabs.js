// Other tabs of this browser hear that something was changed here, and look again.

const channel = new BroadcastChannel("shikaku-console-changes");
const LOOKS = /\/(search|preview|preview\/lines)(\?|$)/; // doors that change nothing

/** Tell the others, if this request changed something. @param {string} method @param {string} path */
export function tellTabs(method, path) {
  if (method !== "GET" && !LOOKS.test(path)) channel.postMessage("changed");
}

/** @param {() => void} listen called when another tab changed something */
export function onOtherTab(listen) {
  channel.onmessage = listen;
}

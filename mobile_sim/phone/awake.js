// The screen stays on while a code is held out, and may go dark again afterwards.

/** @type {any} */
let lock = null;
let isWanted = false;

document.addEventListener("visibilitychange", () => isWanted && !document.hidden && void hold());

/** Until `letSleep`; a browser that cannot do it goes dark as always. */
export function stayAwake() {
  isWanted = true;
  void hold();
}

export function letSleep() {
  isWanted = false;
  void lock?.release();
  lock = null;
}

async function hold() {
  const held = await navigator.wakeLock?.request("screen").catch(() => null); // refused on a low battery
  if (isWanted) lock = held;
  else void held?.release();
}

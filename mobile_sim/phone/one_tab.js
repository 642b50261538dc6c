// One tab at a time shows codes: another one says so, and can take over (Web Locks §3).

const NAME = "shikaku-phone-codes";
const PATIENCE_MS = 500; // a page that is loaded anew waits for its own end
let isOurs = false;
let isWaiting = false;
/** @type {() => void} */
let changed = () => {};

/** Whether this tab may show codes; `onChange` when that turns. @param {() => void} onChange */
export async function isTheOne(onChange) {
  changed = () => {};
  if (!isOurs && !isWaiting) ask({});
  if (!isOurs) await Promise.race([pause(), new Promise((resolve) => (changed = () => resolve(null)))]);
  changed = onChange;
  return isOurs;
}

/** From now on it is this tab that shows them. */
export const takeOver = () => ask({ steal: true });

function ask(how) {
  isWaiting = true;
  const ours = () => {
    [isOurs, isWaiting] = [true, false];
    changed();
    return new Promise(() => {}); // until the tab is closed, or another takes over
  };
  navigator.locks.request(NAME, how, ours).catch(() => {
    isOurs = false;
    changed();
  });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

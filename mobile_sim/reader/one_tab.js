// One tab at a time: two of one desk would ask twice, and the second be told "used".

const NAME = "shikaku-reader-desk";

/**
 * Be the one tab of this browser; false if another is, and nothing was taken from it.
 * @param {() => void} lost called when another tab takes over
 * @param {boolean} [isForced] take over from another
 * @returns {Promise<boolean>}
 */
export function beTheOne(lost, isForced = false) {
  const how = isForced ? { steal: true } : { ifAvailable: true };
  return new Promise((resolve) => {
    const keep = (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : null; // held until this tab is closed
    };
    navigator.locks.request(NAME, how, keep).catch(lost); // it was stolen (Web Locks §2.4)
  });
}

// The reader's own files, kept so that the desk opens without a line; newer ones are taken
// when a shift has ended, when nothing on the screen can be lost.

let isRenewed = false;

/** Keep the files; without a worker the page needs the line. */
export function keepFiles() {
  const worker = navigator.serviceWorker;
  void worker?.register("/reader/service_worker.js").catch(() => {});
  worker?.addEventListener("message", ({ data }) => (isRenewed ||= data === "renewed"));
}

/** A shift opens: look whether there are newer ones. */
export const lookForNewer = () => navigator.serviceWorker?.controller?.postMessage("renew");

/** A shift has ended. */
export const takeNewer = () => isRenewed && location.reload();

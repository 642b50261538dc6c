// The browser's Back button leads to the camera, not out of the page.
//
// One entry stands behind the counter for whatever view is open; its address is the same.

let isBeyond = Boolean(history.state?.isBeyond);

/** A view beyond the counter is shown: Back must lead to the counter. */
export function standBehind() {
  if (isBeyond) return;
  history.pushState({ isBeyond: true }, "");
  isBeyond = true;
}

/** @param {() => void} home called when Back was pressed */
export function onBack(home) {
  addEventListener("popstate", () => {
    isBeyond = Boolean(history.state?.isBeyond);
    if (!isBeyond) home();
  });
}

// The phone's own way back: it leads to the view before, and only from the first one out of the page.
//
// One entry of the browser's history stands for all that is over the first view.

/** @type {(() => void)|null} */
let back = null;

/** Where it leads from now on, null where nothing is before; and where it led. @param {(() => void)|null} to */
export function wayBack(to) {
  const led = back;
  if (to && !history.state?.isOver) history.pushState({ isOver: true }, "");
  back = to;
  return led;
}

addEventListener("popstate", () => {
  if (location.hash) return; // an address with a code, or the link to the content
  if (history.state?.isOver) return; // forward again: what stood there is gone
  const to = back;
  back = null;
  if (to) to();
  else history.back();
});

// A view drawn anew under somebody's hands keeps what they had typed.

/** @param {Element} place @param {() => void} draw */
export function keepingTyped(place, draw) {
  const typed = fields(place).map((it) => [it.id, it.value]);
  draw();
  for (const field of fields(place)) {
    const kept = typed.find(([id]) => id === field.id);
    if (!kept || kept[1] === field.value) continue;
    field.value = kept[1];
    field.dispatchEvent(new Event("input"));
  }
}

/** @returns {HTMLInputElement[]} */
const fields = (place) => Array.from(place.querySelectorAll("input[id]:not([type=file], [type=checkbox], [type=radio])"));

// 有効化コード: the letter's twelve letters, out of a QR code or the page's own address.

const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/; // Crockford's base32, as domain/one_time_code.py
const LOOK_ALIKES = { O: "0", I: "1", L: "1" };

/** As it is printed, 7K2M-0QX4-9TZB, however much of it is there. @param {string} typed */
export function grouped(typed) {
  const letters = typed.normalize("NFKC").toUpperCase().replaceAll(/[^0-9A-Z]/g, "").slice(0, 12);
  return letters.match(/.{1,4}/g)?.join("-") ?? "";
}

/** The code that a QR code carries: by itself, or behind the address of this page; or null. @param {string} text */
export function codeIn(text) {
  const behind = /^https?:\/\/[^#\s]+\/phone\/[^#]*#code=([^&]+)$/i.exec(text.trim());
  const letters = (behind?.[1] ?? text).normalize("NFKC").toUpperCase().replaceAll(/[-\s]/g, "");
  const code = letters.replaceAll(/[OIL]/g, (letter) => LOOK_ALIKES[letter]);
  return CODE.test(code) ? grouped(code) : null;
}

/** The code in the page's own address, which is cleared of it: no history keeps it. */
export function codeOfAddress() {
  const code = codeIn(location.href);
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}

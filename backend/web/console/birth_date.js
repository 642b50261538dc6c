// A birth date as a clerk types it: 昭和60年4月1日, S60.4.1, 1985/4/1 or 19850401.

const ERAS = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018, M: 1867, T: 1911, S: 1925, H: 1988, R: 2018 };
const SPELLED = /^(明治|大正|昭和|平成|令和|[MTSHR])?\s*(\d{1,4}|元)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/;
const TOGETHER = /^(\d{4})(\d{2})(\d{2})$/;

/** YYYY-MM-DD; null for what is no day. @param {string} typed */
export function readDay(typed) {
  const text = typed.normalize("NFKC").trim().toUpperCase();
  const together = TOGETHER.exec(text);
  if (together) return day(Number(together[1]), Number(together[2]), Number(together[3]));
  const found = SPELLED.exec(text);
  if (!found) return null;
  const [, era, year, month, date] = found;
  const number = year === "元" ? 1 : Number(year);
  if (!era && year.length !== 4) return null; // 60 of which era?
  return day(era ? ERAS[era] + number : number, Number(month), Number(date));
}

function day(year, month, date) {
  const made = new Date(Date.UTC(year, month - 1, date));
  const isReal = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return isReal ? made.toISOString().slice(0, 10) : null;
}

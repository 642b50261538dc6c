// The clock of this page: the device's, set right by what the server says.

const BEARABLE_MS = 2_000; // an HTTP date has whole seconds

/** A clock that knows how far the device's is off. */
export class Clock {
  /** Milliseconds to add to the device's clock. */
  correction = 0;

  /** Milliseconds since 1970. */
  now = () => Date.now() + this.correction;

  /** Whole seconds since 1970, as proofs carry them. */
  seconds = () => Math.floor(this.now() / 1000);

  /** The server said that it is this instant. @param {number} ms */
  set(ms) {
    const correction = ms - Date.now();
    if (Math.abs(correction - this.correction) > BEARABLE_MS) this.correction = correction;
  }

  /** By an answer's `Date` (RFC 9110 §6.6.1). @param {Response} answer */
  hear(answer) {
    const told = Date.parse(answer.headers.get("Date") ?? "");
    if (!Number.isNaN(told)) this.set(told);
  }

  /** Whether the device's own clock is off by more than a minute. */
  get isOff() {
    return Math.abs(this.correction) > 60_000;
  }
}

// Today's checks (今日の確認), the newest first: in this page's memory, for one shift.

export class TodaysChecks {
  /** @type {any[]} */
  answers = [];

  /** An answer; one that was given again stands there once. @param {any} answer */
  add(answer) {
    this.answers = [answer, ...this.answers.filter((it) => it.check_id !== answer.check_id)];
  }
}

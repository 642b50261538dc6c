"""The big line of an answer: a shape, a word and a colour for each outcome.

Three signals that say the same, so that none is needed: shape for those who see no
colour, word for those who hear the screen, colour for those who glance.
"""

from dataclasses import dataclass
from enum import Enum


class Light(Enum):
    """What the desk may do: go on, stop, or nothing can be said yet."""

    GO = ("●", "bold green")
    STOP = ("▲", "bold red")
    UNSURE = ("◆", "bold yellow")

    @property
    def shape(self) -> str:
        """A sign that differs in outline."""
        return self.value[0]

    @property
    def style(self) -> str:
        """The colour, as rich names it."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Line:
    """`japanese` and `english` are what stands beside the shape."""

    light: Light
    japanese: str
    english: str

    def __str__(self) -> str:
        return f"{self.light.shape} {self.japanese}  {self.english}"


_LINES = {
    "valid": Line(Light.GO, "有効", "VALID"),
    "lapsed": Line(Light.STOP, "無効", "LAPSED"),
    "newer-coverage": Line(
        Light.STOP, "無効（新しい資格あり）", "INVALID: NEWER COVERAGE"
    ),
    "not-yet-started": Line(Light.STOP, "無効（資格開始前）", "NOT YET STARTED"),
    "registration-undone": Line(Light.STOP, "無効（取消し）", "REGISTRATION UNDONE"),
    "none-found": Line(Light.STOP, "該当資格なし", "NO COVERAGE FOUND"),
    "not-known-then": Line(
        Light.UNSURE, "該当資格なし（当時は未登録）", "NOT KNOWN THEN"
    ),
    "registration-in-progress": Line(
        Light.UNSURE, "該当資格なし（登録手続き中）", "REGISTRATION IN PROGRESS"
    ),
    "hidden": Line(Light.UNSURE, "該当資格なし（点検中）", "UNDER INSPECTION"),
    "several-persons": Line(Light.UNSURE, "複数該当", "SEVERAL PEOPLE MATCH"),
    "several-coverages": Line(
        Light.UNSURE, "複数該当（資格重複）", "SEVERAL COVERAGES MATCH"
    ),
    "document-expired": Line(
        Light.UNSURE, "資格確認書・コードの期限切れ", "WHAT WAS SHOWN HAS EXPIRED"
    ),
    "suspended": Line(Light.STOP, "使用停止中", "SUSPENDED"),
    "revoked": Line(Light.STOP, "使用できません（失効）", "WITHDRAWN"),
    "bad-signature": Line(Light.STOP, "改ざん・偽造の疑い", "NOT GENUINE"),
    "unknown-issuer": Line(Light.STOP, "発行元不明", "UNKNOWN ISSUER"),
    "replayed": Line(Light.STOP, "使用済みのコード", "CODE ALREADY USED"),
    "stale": Line(Light.STOP, "時間切れのコード", "CODE OUT OF TIME"),
    "wrong-kind": Line(Light.STOP, "資格確認用ではない", "WRONG KIND OF CODE"),
    "unreadable": Line(Light.UNSURE, "読み取れません", "NOT READABLE"),
}
_COULD_NOT_CHECK = Line(Light.UNSURE, "確認できません", "COULD NOT CHECK")


def verdict_line(outcome: str) -> Line:
    """The line of an outcome; one that we do not know never looks like a yes."""
    return _LINES.get(outcome, _COULD_NOT_CHECK)

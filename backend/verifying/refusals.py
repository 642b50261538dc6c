"""Questions that a clinic may not ask (now): each a refusal with its own code."""

from datetime import datetime
from math import ceil

from backend.domain.errors import ConflictError, RefusedError
from backend.domain.japan_time import JST
from backend.domain.words import Words


class DayOutOfRangeError(RefusedError):
    """The day asked lies further away than a month, or than a claim reason reaches."""

    code = "day-out-of-range"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "受診日は前後31日以内で指定します。請求上の理由（claim_reason）を付けると、"
                "5年前まで指定できます。32日以上先の日は確認できません。",
                "The day must lie within 31 days; with a claim_reason, up to five years"
                " back. Days further ahead cannot be asked.",
            )
        )


class ChallengeRequiredError(RefusedError):
    """A code made offline was shown where the insurer or clinic wants an online one."""

    code = "challenge-required"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "この保険者・医療機関では、通信中のスマホが表示したコードが必要です。スマホを"
                "通信できる状態にして新しいコードを表示してもらってください。",
                "A code made online is required here. Have the phone go online and"
                " show a new code.",
            )
        )


class _PausedError(RefusedError):
    """Checks by paper or numbers stop from `at` until `free_at`; a phone's go on."""

    def __init__(self, why: Words, what: Words, at: datetime, free_at: datetime):
        self.retry_after_seconds = ceil((free_at - at).total_seconds())
        clock = f"{free_at.astimezone(JST):%H:%M}"
        super().__init__(
            Words(
                f"{why.ja}{what.ja}での確認は次の{clock}（日本時間）に再開します。"
                "それまでも、本人のスマホのコードなら確認できます。",
                f"{why.en} {what.en} can be checked again at the next {clock} in Japan;"
                " until then, the code on the person's own phone.",
            )
        )


class TooManyMissesError(_PausedError):
    """Too many numbers or papers of nobody were shown at one clinic within an hour."""

    code = "too-many-misses"

    def __init__(self, at: datetime, free_at: datetime) -> None:
        why = Words(
            "この医療機関で、該当なしの照会が続きました。",
            "Too many questions of this clinic found nobody.",
        )
        what = Words("番号・資格確認書", "Keyed numbers and certificates")
        super().__init__(why, what, at, free_at)


class TooManyRepeatsError(_PausedError):
    """One person was asked for too often by one clinic within a day."""

    code = "too-many-repeats"

    def __init__(self, at: datetime, free_at: datetime) -> None:
        why = Words(
            "この医療機関で、同じ方の照会が1日の上限に達しました。",
            "This clinic has asked for this person as often as it may in a day.",
        )
        what = Words("この方の番号・資格確認書", "Their numbers and certificate")
        super().__init__(why, what, at, free_at)


class IdempotencyConflictError(ConflictError):
    """The same Idempotency-Key came with another question."""

    code = "idempotency-conflict"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "同じ Idempotency-Key が別の照会に使われています。新しいキーで"
                "送り直してください。",
                "This Idempotency-Key was used for another question. Use a new key.",
            )
        )

"""Questions that a clinic may not ask (now): each a refusal with its own code."""

from backend.domain.errors import ConflictError, RefusedError
from backend.domain.words import Words


class DayOutOfRangeError(RefusedError):
    """The day asked lies further away than a month, and no claim reason was given."""

    code = "day-out-of-range"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "受診日は前後31日以内で指定します。それより前は請求上の理由"
                "（claim_reason）を付けてください。",
                "The day must lie within 31 days; give a claim_reason for others.",
            )
        )


class ChallengeRequiredError(RefusedError):
    """A code made offline was shown where the insurer or clinic wants an online one."""

    code = "challenge-required"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "この保険者・医療機関ではオンラインで作ったコードが必要です。スマホを"
                "通信できる状態にして新しいコードを表示してもらってください。",
                "A code made online is required here. Have the phone go online and"
                " show a new code.",
            )
        )


class TooManyMissesError(RefusedError):
    """Too many typed questions found nobody, or one person was asked for too often."""

    code = "too-many-misses"
    retry_after_seconds = 3600

    def __init__(self) -> None:
        super().__init__(
            Words(
                "番号入力による確認が多すぎます。1時間ほど待つか、スマホ・資格確認書で"
                "確認してください。",
                "Too many keyed checks. Wait an hour, or check by phone or paper.",
            )
        )


class IdempotencyConflictError(ConflictError):
    """The same Idempotency-Key came with another question."""

    code = "idempotency-conflict"

    def __init__(self) -> None:
        super().__init__(
            Words(
                "同じ Idempotency-Key が別の問い合わせに使われています。新しいキーで"
                "送り直してください。",
                "This Idempotency-Key was used for another question. Use a new key.",
            )
        )

"""Who gets a qualification certificate (資格確認書), and until when it can be valid."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from backend.domain.age import anniversary, turns_75_on
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import Scheme
from backend.domain.words import Words

LONGEST_YEARS = 5  # the limit set by the state; each insurer sets its own below it
_ONE_DAY = timedelta(days=1)


class CardStatus(Enum):
    """Whether a person can use the My Number card as insurance card (マイナ保険証).

    The values are our own words on the wire: the national tables have no code for it.
    """

    USABLE = "USABLE"
    NO_CARD = "NO_CARD"
    NOT_REGISTERED = "NOT_REGISTERED"
    DEREGISTERED = "DEREGISTERED"
    CARD_CERTIFICATE_EXPIRED = "CARD_CERTIFICATE_EXPIRED"
    CARD_RETURNED = "CARD_RETURNED"
    SELF_VIEW_BLOCKED = "SELF_VIEW_BLOCKED"
    NEEDS_HELP = "NEEDS_HELP"
    CARD_LOST = "CARD_LOST"

    @property
    def label(self) -> str:
        """The status in Japanese."""
        return _LABELS[self].ja


_LABELS = {
    CardStatus.USABLE: Words(
        "マイナ保険証 利用登録あり（利用可）", "the card is usable"
    ),
    CardStatus.NO_CARD: Words("マイナンバーカードなし", "no card"),
    CardStatus.NOT_REGISTERED: Words(
        "保険証利用の登録なし", "the card is not registered as insurance card"
    ),
    CardStatus.DEREGISTERED: Words(
        "保険証利用の登録解除", "the registration was cancelled"
    ),
    CardStatus.CARD_CERTIFICATE_EXPIRED: Words(
        "電子証明書の有効期限切れ", "the card or its electronic certificate has expired"
    ),
    CardStatus.CARD_RETURNED: Words("カード返納", "the card was returned"),
    CardStatus.SELF_VIEW_BLOCKED: Words(
        "自己情報の閲覧不可設定（DV・虐待等）",
        "viewing is blocked for the person's protection",
    ),
    CardStatus.NEEDS_HELP: Words("要配慮者", "the person needs help to use the card"),
    CardStatus.CARD_LOST: Words(
        "カード紛失・更新中", "the card is lost or being renewed"
    ),
}
_ON_APPLICATION = frozenset({CardStatus.NEEDS_HELP, CardStatus.CARD_LOST})


@dataclass(frozen=True, slots=True)
class Entitled:
    """A certificate is to be issued, and why."""

    reason: Words


@dataclass(frozen=True, slots=True)
class NotEntitled:
    """No certificate is to be issued, and why."""

    reason: Words


@lru_cache
def entitlement(status: CardStatus, applied: bool) -> Entitled | NotEntitled:
    """Is a certificate due to a person of this status, who `applied` or did not?

    Without a usable card it is issued ex officio (職権交付); who needs help or waits
    for a card must apply (a renewal for who needs help counts as applied). Card and
    certificate at once are not allowed, even on application.
    """
    label = _LABELS[status]
    if status is CardStatus.USABLE:
        return NotEntitled(
            Words(
                f"{label.ja}: 資格情報のお知らせを交付します。",
                f"A qualification notice is issued instead: {label.en}.",
            )
        )
    if status not in _ON_APPLICATION:
        return Entitled(
            Words(f"職権交付: {label.ja}", f"Issued ex officio: {label.en}.")
        )
    if applied:
        return Entitled(
            Words(f"申請による交付: {label.ja}", f"Issued on application: {label.en}.")
        )
    return NotEntitled(
        Words(
            f"申請があれば交付します: {label.ja}",
            f"Issued only if applied for: {label.en}.",
        )
    )


@lru_cache(65_536)  # birth dates recur: a hundred years have 36,500 days
def certificate_expiry(
    issued_on: date,
    insurer_maximum_on: date | None,
    birth_on: date,
    voluntary_continuation_ends_on: date | None,
    scheme: Scheme,
) -> date:
    """有効期限: the last day on which a certificate issued on `issued_on` is valid.

    It is the earliest of: the day before the fifth anniversary of issue; the last day
    that the insurer sets; the day before the 75th birthday, except in the late-stage
    elderly's own scheme; the last day of voluntary continuation (任継).
    Raises MalformedError if that lies before `issued_on`.
    """
    limits = [
        anniversary(issued_on, LONGEST_YEARS) - _ONE_DAY,
        insurer_maximum_on,
        voluntary_continuation_ends_on,
    ]
    if scheme is not Scheme.LATE_ELDERLY:
        limits.append(turns_75_on(birth_on) - _ONE_DAY)
    expires_on = min(limit for limit in limits if limit is not None)
    if expires_on < issued_on:
        raise MalformedError(
            "expires_on",
            Words(
                "有効期限が交付日より前になります。",
                "It would expire before it is issued.",
            ),
            Words(
                "交付日、保険者の期限、75歳到達日、任継の終了日を確かめてください。",
                "Check issue day, insurer's limit, 75th birthday, end of continuation.",
            ),
        )
    return expires_on

"""資格情報のお知らせ: what an insurer sends to those who use マイナ保険証.

It is no certificate: it bears no code and no signature, and says on its face that it is
not valid alone.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from backend.domain.age import is_elderly_recipient, is_late_elderly
from backend.domain.charge import CopayRatio
from backend.domain.codes import Relation, Sex
from backend.domain.insurer_number import InsurerNumber
from backend.printing import notice_face, wording
from backend.printing.engine import set_pdf


class Notice(NamedTuple):
    """What stands on a notice. `sex` may be left out, as some insurers do.

    `expires_on` is the last day; nobody under 70 has one.
    """

    insurer_number: InsurerNumber
    insurer_name: str
    number: str
    name: str
    kana: str
    birth_on: date
    acquired_on: date
    issued_on: date
    expires_on: date | None = None
    symbol: str | None = None
    branch: str | None = None
    sex: Sex | None = None
    relation: Relation | None = None
    copay_ratio: CopayRatio | None = None
    copay_from_on: date | None = None


def print_notices(notices: Sequence[Notice]) -> bytes:
    """One PDF, a page of A4 for each. The same notices give the same bytes.

    Raises `ValueError` for none, and for an expiry where the person is under 70 on
    `issued_on`: such a notice has none.
    """
    if not notices:
        raise ValueError("there is no notice to print")
    face = notice_face.FRONT
    papers = [face.fill(_wording(notice)) for notice in notices]
    return set_pdf(
        {
            "title": notice_face.TITLE,
            "width": face.width,
            "height": face.height,
            "cuts": [],
            "faces": [face.ground()],
            "sides": [{"face": 0, "papers": [(0, 0, paper)]} for paper in papers],
        },
    )


def _wording(notice: Notice) -> dict[str, str]:
    born_on, on = notice.birth_on, notice.issued_on
    is_seventy = is_elderly_recipient(born_on, on) or is_late_elderly(born_on, on)
    if notice.expires_on and not is_seventy:
        raise ValueError("a notice for a person under 70 has no expiry")
    return wording.identity(notice) | {
        "sex": wording.SEX[notice.sex] if notice.sex else "",
        "expires_on": wording.day(notice.expires_on),
    }

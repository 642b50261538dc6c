"""An insurer's list as the file that its office would send: header, codec, calendar."""

import csv
import io
from datetime import date
from enum import Enum

from backend.domain.codes import Relation, Sex
from backend.domain.kana import to_half_width
from backend.domain.wareki import format_wareki
from mobile_sim.people import MadeUpInsurer, MadeUpMember

_SEX = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNSET: ""}
_RELATION = {Relation.INSURED: "本人", Relation.FAMILY: "家族"}

HEADER = (
    "保険者番号",
    "記号",
    "番号",
    "枝番",
    "氏名",
    "氏名カナ",
    "生年月日",
    "性別",
    "住所",
    "本人家族",
    "資格取得年月日",
    "資格喪失年月日",
    "資格喪失事由",
    "負担割合",
    "負担割合発効期日",
    "限度額区分",
    "限度額発効期日",
    "限度額有効期限",
    "特定疾病",
    "マイナ保険証",
    "不開示",
    "任継終了日",
    "個人番号",
)


def list_file(insurer: MadeUpInsurer) -> bytes:
    """The CSV file of all members, in the insurer's encoding and calendar."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(_row(insurer, member) for member in insurer.members)
    return text.getvalue().encode(insurer.encoding)


def _row(insurer: MadeUpInsurer, member: MadeUpMember) -> tuple[str, ...]:
    def day(on: date | None) -> str:
        if on is None:
            return ""
        return format_wareki(on) if insurer.is_wareki else on.isoformat()

    return (
        insurer.number,
        member.identity.symbol,
        member.identity.number,
        member.identity.branch,
        member.name,
        to_half_width(member.kana),
        day(member.birth_on),
        _SEX[member.sex],
        member.address,
        _RELATION[member.relation] if member.relation else "",
        day(member.acquired_on),
        day(member.lost_on),
        _code(member.loss_reason),
        _code(member.ratio),
        day(member.ratio_from_on),
        _code(member.limit),
        day(member.limit_from_on),
        day(member.limit_until_on),
        _code(member.disease),
        member.card.value,
        "1" if member.is_undisclosed else "",
        day(member.continuation_ends_on),
        member.my_number,
    )


def _code(value: Enum | None) -> str:
    return "" if value is None else str(value.value)

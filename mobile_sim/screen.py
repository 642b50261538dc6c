"""What stands on a desk's screen under the big line: label by label, in order."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from backend.domain.japan_time import JST
from backend.domain.wareki import format_wareki
from backend.domain.words import Words

Row = tuple[str, str]
_SINCE = {
    "lapsed": ("資格喪失日 since", "（この日から無効）"),
    "not-yet-started": ("資格取得日 starts", "（この日から有効）"),
    "valid": ("資格取得日 since", ""),
}
_ANY_SINCE = ("いつから since", "")
_SEX = {"1": "男 male", "2": "女 female", "3": "－"}


def rows_of(answer: Mapping[str, Any]) -> list[Row]:
    """The rows of an answer: who, why, what to charge, what now, how old the data."""
    return [
        *_person(answer),
        *_coverage(answer),
        *_reason(answer),
        *_charge(answer),
        ("次の対応 next", _lines(answer["next_step"])),
        *_whom_to_ask(answer),
        *_age_of_data(answer),
    ]


def both_calendars(day: str) -> str:
    """An ISO day in the Japanese calendar and as it is."""
    return f"{format_wareki(date.fromisoformat(day))} ({day})"


def japan_clock(instant: str) -> str:
    """An RFC 3339 instant as a clock in Japan shows it."""
    moment = datetime.fromisoformat(instant).astimezone(JST)
    return f"{moment:%Y-%m-%d %H:%M:%S} JST"


def _person(answer: Mapping[str, Any]) -> Iterator[Row]:
    if person := answer.get("person"):
        sex = _SEX[person["sex"]]
        yield "氏名 name", f"{person['name']}（{person['kana']}） {sex}"
        yield "生年月日 born", both_calendars(person["birth_on"])


def _coverage(answer: Mapping[str, Any]) -> Iterator[Row]:
    if coverage := answer.get("coverage"):
        yield (
            "保険者 insurer",
            f"{coverage['insurer_name']} {coverage['insurer_number']}",
        )
        parts = (coverage["symbol"], coverage["number"], coverage["branch"])
        yield "記号・番号・枝番", "・".join(part for part in parts if part)


def _reason(answer: Mapping[str, Any]) -> Iterator[Row]:
    yield "理由 why", str(Words(**answer["headline"]))
    found = answer.get("qualification") or {}
    if since := found.get("since"):
        label, meaning = _SINCE.get(answer["outcome"], _ANY_SINCE)
        yield label, both_calendars(since) + meaning
    if loss := found.get("loss_reason"):
        yield "喪失事由 loss", f"{loss['code']} {Words(**loss['label'])}"


def _charge(answer: Mapping[str, Any]) -> Iterator[Row]:
    charge = answer.get("charge")
    if charge is None:
        return
    yield "負担割合 charge", charge.get("ratio_label") or "不明 unknown"
    if limit := charge.get("limit_category"):
        yield "限度額区分 limit", limit["label"]
    if diseases := charge.get("diseases"):
        yield "特定疾病 disease", "、".join(found["label"] for found in diseases)


def _whom_to_ask(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Nobody needs to be asked about coverage that holds."""
    ask = answer.get("ask")
    if ask and answer["outcome"] != "valid":
        yield "照会先 ask", f"{ask['name']} {ask['contact']}"


def _age_of_data(answer: Mapping[str, Any]) -> Iterator[Row]:
    if as_of := answer.get("data_as_of"):
        yield "データ基準日時 as of", japan_clock(as_of)


def _lines(words: Mapping[str, str]) -> str:
    return f"{words['ja']}\n{words['en']}"

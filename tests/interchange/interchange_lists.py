"""One valid line of a list, as text by heading, and lists made of such lines."""

import csv
import io
from datetime import date

from backend.domain.insurer_number import InsurerNumber
from backend.interchange.columns import Column
from backend.interchange.member_list import IntakeLimits, ParsedList, parse_member_list
from backend.interchange.member_row import LineError, MemberRow, RowRules
from backend.interchange.row_reading import read_row

EMPLOYEES = InsurerNumber.parse("06990014")
RESIDENTS = InsurerNumber.parse("990010")
ELDERLY = InsurerNumber.parse("39990015")

# Nobody: the number fails its check digit.
MEMBER = {
    "保険者番号": "06990014",
    "記号": "1234",
    "番号": "567",
    "枝番": "01",
    "氏名": "資格　花子",
    "氏名カナ": "ｼｶｸ ﾊﾅｺ",
    "生年月日": "1990-04-01",
    "性別": "女",
    "住所": "〒100-0001 東京都千代田区千代田1-1",
    "本人家族": "本人",
    "資格取得年月日": "2020-04-01",
    "資格喪失年月日": "",
    "資格喪失事由": "",
    "負担割合": "3割",
    "負担割合発効期日": "2020-04-01",
    "限度額区分": "ウ",
    "限度額発効期日": "2026-08-01",
    "限度額有効期限": "2027-07-31",
    "特定疾病": "1",
    "マイナ保険証": "NO_CARD",
    "不開示": "",
    "任継終了日": "",
    "個人番号": "123456789012",
}


def list_text(*members: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(members[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(members)
    return text.getvalue()


def list_bytes(*members: dict[str, str], encoding: str = "utf-8") -> bytes:
    return list_text(*members).encode(encoding)


def parsed(content: bytes, insurer: InsurerNumber = EMPLOYEES) -> ParsedList:
    rules = RowRules(insurer, date(2026, 11, 23), sample_data=True)
    return parse_member_list(content, rules, IntakeLimits())


def one_row(rules: RowRules, **bent: str) -> MemberRow | tuple[LineError, ...]:
    """The valid line with some cells bent, by wire name; "-" takes a column away."""
    cells = {column: MEMBER.get(column.japanese, "") for column in Column}
    for name, text in bent.items():
        cells[Column(name)] = text
        if text == "-":
            del cells[Column(name)]
    return read_row(2, cells, rules)

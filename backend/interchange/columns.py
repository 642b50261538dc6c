"""The columns of an insurer's member list: one table of every heading that we read.

Headings are matched without regard to width, case and spaces. The English name is the
wire name: the key in the API, and the field that an error names.
"""

import unicodedata
from enum import Enum


class Column(Enum):
    """One column; the value is its wire name.

    The headings are those that the field study found or plain variants of them; no
    official list layout is public, so none is claimed.
    """

    INSURER_NUMBER = "insurer_number"
    SYMBOL = "symbol"
    NUMBER = "number"
    BRANCH = "branch"
    NAME = "name"
    KANA = "kana"
    BIRTH_ON = "birth_on"
    SEX = "sex"
    ADDRESS = "address"
    IS_UNDISCLOSED = "is_undisclosed"
    RELATION = "relation"
    ACQUIRED_ON = "acquired_on"
    LOST_ON = "lost_on"
    LOSS_REASON = "loss_reason"
    CONTINUATION_ENDS_ON = "continuation_ends_on"
    COPAY_RATIO = "copay_ratio"
    COPAY_FROM_ON = "copay_from_on"
    LIMIT_CATEGORY = "limit_category"
    LIMIT_FROM_ON = "limit_from_on"
    LIMIT_UNTIL_ON = "limit_until_on"
    DISEASES = "diseases"
    DISEASES_FROM_ON = "diseases_from_on"
    DISEASES_UNTIL_ON = "diseases_until_on"
    CARD_STATUS = "card_status"
    MY_NUMBER = "my_number"

    @property
    def japanese(self) -> str:
        """The first Japanese heading: what a message calls the column."""
        return _HEADINGS[self][0]


_HEADINGS = {
    Column.INSURER_NUMBER: ("保険者番号",),
    Column.SYMBOL: ("記号", "被保険者記号", "被保険者証記号"),
    Column.NUMBER: ("番号", "被保険者番号", "被保険者証番号"),
    Column.BRANCH: ("枝番",),
    Column.NAME: ("氏名", "漢字氏名"),
    Column.KANA: ("氏名カナ", "カナ氏名"),
    Column.BIRTH_ON: ("生年月日",),
    Column.SEX: ("性別",),
    Column.ADDRESS: ("住所",),
    Column.IS_UNDISCLOSED: ("不開示",),
    Column.RELATION: ("本人家族", "本人・家族", "本人・家族の別"),
    Column.ACQUIRED_ON: ("資格取得年月日", "資格取得日"),
    Column.LOST_ON: ("資格喪失年月日", "資格喪失日"),
    Column.LOSS_REASON: ("資格喪失事由",),
    Column.CONTINUATION_ENDS_ON: ("任継終了日", "任意継続終了日"),
    Column.COPAY_RATIO: ("負担割合", "一部負担金割合"),
    Column.COPAY_FROM_ON: ("負担割合発効期日",),
    Column.LIMIT_CATEGORY: ("限度額区分", "限度額適用区分"),
    Column.LIMIT_FROM_ON: ("限度額発効期日",),
    Column.LIMIT_UNTIL_ON: ("限度額有効期限",),
    Column.DISEASES: ("特定疾病",),
    Column.DISEASES_FROM_ON: ("特定疾病発効期日",),
    Column.DISEASES_UNTIL_ON: ("特定疾病有効期限",),
    Column.CARD_STATUS: ("マイナ保険証", "マイナ保険証の状況"),
    Column.MY_NUMBER: ("個人番号", "マイナンバー"),
}

REQUIRED = (
    Column.INSURER_NUMBER,
    Column.NUMBER,
    Column.NAME,
    Column.KANA,
    Column.BIRTH_ON,
    Column.SEX,
    Column.ACQUIRED_ON,
    Column.CARD_STATUS,
)
"""A list without one of these columns is refused as a whole: nothing is guessed."""


def column_of(heading: str) -> Column | None:
    """The column that a heading names, in Japanese or by its wire name; None if none.

    The heading itself is never shown in an error: in a list without a heading line
    it is somebody's name.
    """
    return _BY_HEADING.get(fold_heading(heading))


def fold_heading(heading: str) -> str:
    """The form in which headings are compared: without width, case and spaces."""
    return unicodedata.normalize("NFKC", heading).translate(_VANISHING).casefold()


_VANISHING = str.maketrans("", "", "_- ")


_BY_HEADING = {
    fold_heading(heading): column
    for column, headings in _HEADINGS.items()
    for heading in (*headings, column.value)
}

"""はがき, 100 × 148 mm, upright."""

from backend.printing import certificate_words as words
from backend.printing.face import (
    Cell,
    Face,
    Row,
    Rows,
    Rule,
    Text,
    Tone,
    above,
    beside,
    plain,
)
from backend.printing.fitting import Box

_WIDTH, _HEIGHT = 100.0, 148.0
_LEFT, _INNER = 7.0, 86.0
_LABEL, _VALUE = 6.0, 9.0
_SECOND = 58.0  # where the second item of a line begins
_CODE = Box(49.0, 97.5, 44.0, 44.0)


_CLOSED = Rule(Box(_LEFT, 0, _INNER, 0), 0.35, Tone.PALE)


def _whole(item: str, label: str, height: float = 4.2) -> Cell:
    box = Box(_LEFT, 1.2, _INNER, height)
    return beside(item, label, box, 20, _VALUE, _LABEL)


def _first(item: str, label: str) -> Cell:
    return beside(item, label, Box(_LEFT, 1.2, 49, 4.2), 20, _VALUE, _LABEL)


def _second(item: str, label: str) -> Cell:
    box = Box(_SECOND, 1.2, _LEFT + _INNER - _SECOND, 4.2)
    return beside(item, label, box, 14, _VALUE, _LABEL)


def _row(*cells: Cell, height: float = 6.0) -> Row:
    return Row(height, cells, _CLOSED)


_CELLS = (
    beside("expires_on", "有効期限", Box(49.0, 7.2, 44.0, 5.2), 13, 11, _LABEL),
    plain("kana", Box(27.0, 18.0, 66.0, 2.6), 6.5),
    beside("name", "氏名", Box(_LEFT, 20.8, _INNER, 7.0), 20, 17, _LABEL),
    beside("issued_on", "交付年月日", Box(_LEFT, 97.5, 38, 4.2), 14, 8, 5.5),
    above("insurer_number", "保険者番号", Box(_LEFT, 104.3, 37, 7.4), 12, 6),
    above("insurer_name", "保険者名", Box(_LEFT, 113.4, 37, 10.6), 9, 6),
    above("serial", words.SERIAL, Box(_LEFT, 125.4, 37, 6.4), 9, 6)._replace(
        is_last_framed=True
    ),
)
_ROWS = (
    _row(_first("birth_on", "生年月日"), _second("sex", "性別")),
    _row(_first("symbol", "記号"), _second("relation", "本人・家族")),
    _row(_whole("number", "番号")),
    _row(_whole("insured_name", "被保険者氏名")),
    _row(_whole("address", "住所", 6.4), height=8.2),
    _row(_first("acquired_on", "資格取得年月日")),
    _row(_first("copay_ratio", "負担割合"), _second("copay_from_on", "発効期日")),
    _row(_first("limit_category", "限度区分"), _second("limit_from_on", "発効期日")),
    _row(_whole("specific_diseases", "特定疾病", 5.0), height=6.8),
    _row(_whole("special_expenses", "特別療養費")),
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    rows=(Rows(29.2, _ROWS),),
    texts=(
        Text(words.TITLE, Box(_LEFT, 6.0, 42, 7.0), 19, Tone.ACCENT),
        Text(words.SCAN, Box(_LEFT, 137.0, 38, 2.0), 4.7),
        Text(words.SCAN_ENGLISH, Box(_LEFT, 139.4, 38, 2.0), 4.7),
    ),
    rules=(
        Rule(Box(_LEFT, 14.6, _INNER, 0), 1.2),
        Rule(Box(_LEFT, 29.2, _INNER, 0), 0.35, Tone.PALE),
    ),
    code=_CODE,
)

BACK = Face(
    _WIDTH,
    _HEIGHT,
    texts=(
        Text(words.REMARKS, Box(_LEFT, 7.0, 40, 3.0), 7),
        Text(words.ORGAN_DONATION, Box(_LEFT, 80.0, 60, 3.0), 7),
    ),
    rules=(
        Rule(Box(_LEFT, 11.0, _INNER, 64.0), 0.35),
        Rule(Box(_LEFT, 84.0, _INNER, 57.0), 0.35),
    ),
)

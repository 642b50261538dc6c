"""A4, 210 × 297 mm, upright."""

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

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _INNER = 25.0, 160.0
_SECOND = 125.0  # where the second item of a line begins
_LABEL, _VALUE = 9.0, 13.0
_HEIGHT_OF_LINE = 6.4
_CODE = Box(125.0, 205.0, 60.0, 60.0)


_CLOSED = Rule(Box(_LEFT, 0, _INNER, 0), 0.4, Tone.PALE)


def _whole(item: str, label: str, label_size: float = _LABEL) -> Cell:
    box = Box(_LEFT, 1.8, _INNER, _HEIGHT_OF_LINE)
    return beside(item, label, box, 36, _VALUE, label_size)


def _first(item: str, label: str) -> Cell:
    box = Box(_LEFT, 1.8, _SECOND - _LEFT - 4, _HEIGHT_OF_LINE)
    return beside(item, label, box, 36, _VALUE, _LABEL)


def _second(item: str, label: str) -> Cell:
    box = Box(_SECOND, 1.8, _LEFT + _INNER - _SECOND, _HEIGHT_OF_LINE)
    return beside(item, label, box, 22, _VALUE, _LABEL)


def _row(*cells: Cell) -> Row:
    return Row(10.0, cells, _CLOSED)


_CELLS = (
    beside("expires_on", "有効期限", Box(_SECOND, 30.5, 60, 7.0), 18, 14, _LABEL),
    plain("kana", Box(61.0, 47.0, 124.0, 4.0), 9),
    beside("name", "氏名", Box(_LEFT, 51.6, _INNER, 11.0), 36, 26, _LABEL),
    beside("insurer_number", "保険者番号", Box(_LEFT, 205.0, 94, 7.0), 24, 16, _LABEL),
    beside("insurer_name", "保険者名", Box(_LEFT, 215.0, 94, 11.0), 24, 14, _LABEL),
    above("serial", words.SERIAL, Box(_LEFT, 233.0, 94, 12.0), 16, _LABEL)._replace(
        is_last_framed=True
    ),
)
_ROWS = (
    _row(_first("birth_on", "生年月日"), _second("sex", "性別")),
    _row(_first("symbol", "記号"), _second("relation", "本人・家族")),
    _row(_whole("number", "番号")),
    _row(_whole("insured_name", "被保険者氏名（世帯主氏名）", 7.4)),
    _row(_whole("address", "住所")),
    _row(_first("acquired_on", "資格取得年月日")),
    _row(_whole("issued_on", "交付年月日")),
    _row(_first("copay_ratio", "負担割合"), _second("copay_from_on", "発効期日")),
    _row(_first("limit_category", "限度区分"), _second("limit_from_on", "発効期日")),
    _row(_whole("specific_diseases", "特定疾病")),
    _row(_whole("special_expenses", "特別療養費")),
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    rows=(Rows(65.8, _ROWS),),
    texts=(
        Text(words.TITLE, Box(_LEFT, 26.0, 90, 12.0), 32, Tone.ACCENT),
        Text(words.SCAN, Box(_LEFT, 255.0, 92, 4.0), 10),
        Text(words.SCAN_ENGLISH, Box(_LEFT, 260.6, 92, 4.0), 10),
    ),
    rules=(
        Rule(Box(_LEFT, 41.0, _INNER, 0), 1.6),
        Rule(Box(_LEFT, 65.8, _INNER, 0), 0.4, Tone.PALE),
    ),
    code=_CODE,
)

BACK = Face(
    _WIDTH,
    _HEIGHT,
    texts=(
        Text(words.REMARKS, Box(_LEFT, 26.0, 60, 4.0), 10),
        Text(words.ORGAN_DONATION, Box(_LEFT, 156.0, 100, 4.0), 10),
    ),
    rules=(
        Rule(Box(_LEFT, 32.0, _INNER, 112.0), 0.4),
        Rule(Box(_LEFT, 162.0, _INNER, 100.0), 0.4),
    ),
)

"""Card stock, 85.60 × 53.98 mm (ISO/IEC 7810 ID-1); no address in type."""

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

_WIDTH, _HEIGHT = 85.60, 53.98
_LEFT, _INNER = 3.6, 78.4
_CODE = Box(52.3, 9.95, 29.4, 29.4)  # four modules stay white, of version 9 too
_LABEL = 4.2


def _cell(item: str, label: str, x: float, width: float, height: float = 4.2) -> Cell:
    return above(item, label, Box(x, 0, width, height), 6.8, _LABEL)


_CELLS = (
    beside("expires_on", "有効期限", Box(52.0, 2.8, 30.0, 3.7), 8.4, 9.5, 5),
    plain("kana", Box(9.4, 8.8, 39.6, 1.9), 5),
    Cell(
        "name", "氏名", Box(_LEFT, 8.8, 5, 1.9), _LABEL, Box(3.6, 11.0, 45.4, 4.7), 13
    ),
    beside("insurer_number", "保険者番号", Box(_LEFT, 48.4, 22, 2.9), 8.8, 7.5, _LABEL),
    beside("insurer_name", "保険者名", Box(26.6, 48.4, 55.4, 2.9), 7.2, 7.5, _LABEL),
    above("serial", words.SERIAL, Box(52.0, 41.6, 30.0, 4.2), 6.5, 3.8)._replace(
        is_last_framed=True
    ),
)
_ROWS = (
    Row(
        4.8,
        (
            _cell("birth_on", "生年月日", _LEFT, 22),
            _cell("sex", "性別", 26.6, 9.5),
            _cell("relation", "本人・家族", 37.0, 12),
        ),
    ),
    Row(
        5.7,
        (
            _cell("symbol", "記号", _LEFT, 21.6, 5.1),
            _cell("number", "番号", 26.6, 22.4, 5.1),
        ),
    ),
    Row(
        4.8,
        (
            _cell("acquired_on", "資格取得年月日", _LEFT, 22),
            _cell("issued_on", "交付年月日", 26.6, 22.4),
        ),
    ),
    Row(5.5, (_cell("insured_name", "被保険者氏名（世帯主氏名）", _LEFT, 45.4, 4.9),)),
    Row(
        4.8,
        (
            _cell("copay_ratio", "負担割合", _LEFT, 7.4),
            _cell("copay_from_on", "発効期日", 11.4, 14.4),
            _cell("limit_category", "限度区分", 26.6, 8.4),
            _cell("limit_from_on", "発効期日", 35.4, 13.6),
        ),
    ),
    Row(
        5.2,
        (
            _cell("specific_diseases", "特定疾病", _LEFT, 34, 4.9),
            _cell("special_expenses", "特別療養費", 38.6, 10.4),
        ),
    ),
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    rows=(Rows(16.5, _ROWS),),
    texts=(
        Text(words.TITLE, Box(_LEFT, 2.2, 40, 4.6), 12, Tone.ACCENT),
        Text(words.SCAN, Box(52.0, 45.8, 30.0, 1.4), 3.8),
    ),
    rules=(
        Rule(Box(_LEFT, 7.5, _INNER, 0), 0.9),
        Rule(Box(_LEFT, 47.8, _INNER, 0), 0.35, Tone.PALE),
    ),
    code=_CODE,
)

BACK = Face(
    _WIDTH,
    _HEIGHT,
    texts=(
        Text(words.ADDRESS_TO_FILL_IN, Box(_LEFT, 3.4, 60, 2.2), 5),
        Text(words.REMARKS, Box(_LEFT, 18.4, 40, 2.2), 5),
        Text(words.ORGAN_DONATION, Box(_LEFT, 32.4, 60, 2.2), 5),
    ),
    rules=(
        Rule(Box(_LEFT, 6.0, _INNER, 10.6), 0.35),
        Rule(Box(_LEFT, 21.0, _INNER, 9.6), 0.35),
        Rule(Box(_LEFT, 35.0, _INNER, 15.2), 0.35),
    ),
)

"""Card stock, 85.60 × 53.98 mm (ISO/IEC 7810 ID-1); no address in type."""

from backend.printing import certificate_words as words
from backend.printing.face import Cell, Face, Rule, Text, Tone, above, beside
from backend.printing.fitting import Box

_WIDTH, _HEIGHT = 85.60, 53.98
_LEFT, _INNER = 3.6, 78.4
_CODE = Box(52.3, 9.95, 29.4, 29.4)  # four modules stay white, of version 9 too
_LABEL = 4.2


def _cell(
    item: str, label: str, x: float, y: float, width: float, height: float = 4.3
) -> Cell:
    return above(item, label, Box(x, y, width, height), 6.8, _LABEL)


def _optional(
    item: str, label: str, x: float, y: float, width: float, height: float = 4.3
) -> Cell:
    return _cell(item, label, x, y, width, height)._replace(is_optional=True)


def _plain(item: str, box: Box, size: float) -> Cell:
    return Cell(item, "", box, size, box, size)


_CELLS = (
    beside("expires_on", "有効期限", Box(52.0, 2.8, 30.0, 3.7), 8.4, 9.5, 5),
    _plain("kana", Box(9.4, 8.8, 39.6, 1.9), 5),
    Cell(
        "name", "氏名", Box(_LEFT, 8.8, 5, 1.9), _LABEL, Box(3.6, 11.0, 45.4, 4.7), 13
    ),
    _cell("birth_on", "生年月日", _LEFT, 16.5, 22),
    _cell("sex", "性別", 26.6, 16.5, 9.5),
    _optional("relation", "本人・家族", 37.0, 16.5, 12),
    _optional("symbol", "記号", _LEFT, 21.3, 21.6, 5.2),
    _cell("number", "番号", 26.6, 21.3, 22.4, 5.2),
    _cell("acquired_on", "資格取得年月日", _LEFT, 27.0, 22),
    _cell("issued_on", "交付年月日", 26.6, 27.0, 22.4),
    _optional("insured_name", "被保険者氏名（世帯主氏名）", _LEFT, 31.8, 45.4, 5.0),
    _optional("copay_ratio", "負担割合", _LEFT, 37.3, 7.4),
    _optional("copay_from_on", "発効期日", 11.4, 37.3, 14.4),
    _optional("limit_category", "限度区分", 26.6, 37.3, 8.4),
    _optional("limit_from_on", "発効期日", 35.4, 37.3, 13.6),
    _optional("specific_diseases", "特定疾病", _LEFT, 42.1, 34, 5.0),
    _optional("special_expenses", "特別療養費", 38.6, 42.1, 10.4),
    beside("insurer_number", "保険者番号", Box(_LEFT, 48.4, 22, 2.9), 8.8, 7.5, _LABEL),
    beside("insurer_name", "保険者名", Box(26.6, 48.4, 55.4, 2.9), 7.2, 7.5, _LABEL),
    above("serial", words.SERIAL, Box(52.0, 41.6, 30.0, 4.2), 6.5, 3.8)._replace(
        is_last_framed=True
    ),
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
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

"""A4, 210 × 297 mm, upright."""

from backend.printing import certificate_words as words
from backend.printing.face import Cell, Face, Rule, Text, Tone, above, beside
from backend.printing.fitting import Box

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _INNER = 25.0, 160.0
_SECOND = 125.0  # where the second item of a line begins
_LABEL, _VALUE = 9.0, 13.0
_HEIGHT_OF_LINE = 6.4
_CODE = Box(125.0, 205.0, 60.0, 60.0)


def _line(item: str, label: str, y: float, label_size: float = _LABEL) -> Cell:
    box = Box(_LEFT, y, _INNER, _HEIGHT_OF_LINE)
    return beside(item, label, box, 36, _VALUE, label_size)


def _first(item: str, label: str, y: float) -> Cell:
    box = Box(_LEFT, y, _SECOND - _LEFT - 4, _HEIGHT_OF_LINE)
    return beside(item, label, box, 36, _VALUE, _LABEL)


def _second(item: str, label: str, y: float) -> Cell:
    box = Box(_SECOND, y, _LEFT + _INNER - _SECOND, _HEIGHT_OF_LINE)
    return beside(item, label, box, 22, _VALUE, _LABEL)


def _optional(cell: Cell) -> Cell:
    return cell._replace(is_optional=True)


_CELLS = (
    beside("expires_on", "有効期限", Box(_SECOND, 30.5, 60, 7.0), 18, 14, _LABEL),
    Cell("kana", "", Box(0, 0, 0, 0), 1, Box(61.0, 47.0, 124.0, 4.0), 9),
    beside("name", "氏名", Box(_LEFT, 51.6, _INNER, 11.0), 36, 26, _LABEL),
    _first("birth_on", "生年月日", 67.6),
    _second("sex", "性別", 67.6),
    _optional(_first("symbol", "記号", 77.6)),
    _optional(_second("relation", "本人・家族", 77.6)),
    _line("number", "番号", 87.6),
    _optional(_line("insured_name", "被保険者氏名（世帯主氏名）", 97.6, 7.4)),
    _optional(_line("address", "住所", 107.6)),
    _first("acquired_on", "資格取得年月日", 117.6),
    _line("issued_on", "交付年月日", 127.6),
    _optional(_first("copay_ratio", "負担割合", 137.6)),
    _optional(_second("copay_from_on", "発効期日", 137.6)),
    _optional(_first("limit_category", "限度区分", 147.6)),
    _optional(_second("limit_from_on", "発効期日", 147.6)),
    _optional(_line("specific_diseases", "特定疾病", 157.6)),
    _optional(_line("special_expenses", "特別療養費", 167.6)),
    beside("insurer_number", "保険者番号", Box(_LEFT, 205.0, 94, 7.0), 24, 16, _LABEL),
    beside("insurer_name", "保険者名", Box(_LEFT, 215.0, 94, 11.0), 24, 14, _LABEL),
    above("serial", words.SERIAL, Box(_LEFT, 233.0, 94, 12.0), 16, _LABEL)._replace(
        is_last_framed=True
    ),
)

_BETWEEN_LINES = tuple(65.8 + 10 * number for number in range(12))

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    texts=(
        Text(words.TITLE, Box(_LEFT, 26.0, 90, 12.0), 32, Tone.ACCENT),
        Text(words.SCAN, Box(_LEFT, 255.0, 92, 4.0), 10),
        Text(words.SCAN_ENGLISH, Box(_LEFT, 260.6, 92, 4.0), 10),
    ),
    rules=(
        Rule(Box(_LEFT, 41.0, _INNER, 0), 1.6),
        *(Rule(Box(_LEFT, y, _INNER, 0), 0.4, Tone.PALE) for y in _BETWEEN_LINES),
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

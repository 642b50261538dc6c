"""Names, addresses and numbers that belong to nobody, drawn from seeded dice."""

from datetime import date, timedelta
from random import Random

from backend.domain.codes import Sex
from backend.domain.my_number import is_my_number

# Placeholder families of Japanese forms and textbooks (甲野, 乙山, 見本 …).
_FAMILIES = (
    ("甲野", "コウノ"),
    ("乙山", "オツヤマ"),
    ("丙川", "ヘイカワ"),
    ("丁田", "チョウダ"),
    ("庚本", "コウモト"),
    ("見本", "ミホン"),
    ("架空", "カクウ"),
    ("例山", "レイヤマ"),
    ("試谷", "タメシダニ"),
    ("仮野", "カリノ"),
    ("空見", "ソラミ"),
    ("標本", "ヒョウモト"),
)
# Kanji that offices spell differently, and ● for one that a system could not show.
_VARIANT_FAMILIES = (
    ("髙﨑", "タカサキ"),
    ("渡邉", "ワタナベ"),
    ("齋藤", "サイトウ"),
    ("瀨川", "セガワ"),
    ("德山", "トクヤマ"),
    ("●林", "カンバヤシ"),
)
_OUTSIDE_CP932 = ("𠮷野", "ヨシノ")

_GIVEN = {
    Sex.FEMALE: (
        ("花子", "ハナコ"),
        ("和子", "カズコ"),
        ("節子", "セツコ"),
        ("千代", "チヨ"),
        ("陽子", "ヨウコ"),
        ("久美子", "クミコ"),
        ("直美", "ナオミ"),
        ("美咲", "ミサキ"),
        ("さくら", "サクラ"),
        ("結衣", "ユイ"),
        ("凛", "リン"),
    ),
    Sex.MALE: (
        ("太郎", "タロウ"),
        ("清", "キヨシ"),
        ("茂", "シゲル"),
        ("勝", "マサル"),
        ("誠", "マコト"),
        ("健一", "ケンイチ"),
        ("大輔", "ダイスケ"),
        ("拓也", "タクヤ"),
        ("翔", "ショウ"),
        ("悠真", "ユウマ"),
        ("律", "リツ"),
    ),
}
_TOWNS = ("例町", "試町", "仮名町", "甲町", "見本台")

Name = tuple[str, str]
"""Kanji and full-width kana."""


class Dice:
    """Everything random about a population; one seed, one population."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._numbers_given: set[str] = set()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random.random() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def family(self, can_leave_cp932: bool) -> Name:
        """A family name; one in six is a variant, ● or outside CP932 where allowed."""
        if not self.chance(1 / 6):
            return self._random.choice(_FAMILIES)
        extra = (_OUTSIDE_CP932,) if can_leave_cp932 else ()
        return self._random.choice(_VARIANT_FAMILIES + extra)

    def given(self, sex: Sex, age: int) -> Name:
        """A given name of the generation; the pools run from old to young."""
        names = _GIVEN[sex]
        return self._random.choice(names[:7] if age >= 50 else names[4:])

    def sex(self) -> Sex:
        """Either of the two that names are made for."""
        return self._random.choice((Sex.FEMALE, Sex.MALE))

    def address(self) -> str:
        """An address in a prefecture and town that do not exist."""
        town = self._random.choice(_TOWNS)
        block, number = self.between(1, 30), self.between(1, 20)
        if self.chance(0.5):
            return f"架空県見本市{town}{self.between(1, 5)}丁目{block}番{number}号"
        return f"架空県見本市{town}{self.between(1, 5)}-{block}-{number}"

    def birth(self, today: date, least_age: int, most_age: int) -> date:
        """A birth date at which the person is `least_age` to `most_age` years old."""
        years = self.between(least_age, most_age)
        return today - timedelta(days=int(years * 365.2425) + self.between(2, 363))

    def day_before(self, today: date, least_days: int, most_days: int) -> date:
        """A day between so many days before today."""
        return today - timedelta(days=self.between(least_days, most_days))

    def my_number(self) -> str:
        """Twelve digits, never given before, that fail the check: nobody's number."""
        while True:
            digits = "".join(str(self.between(0, 9)) for _ in range(12))
            if not is_my_number(digits) and digits not in self._numbers_given:
                self._numbers_given.add(digits)
                return digits

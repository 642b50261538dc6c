"""The people whom the story follows, with fixed names and ages relative to today."""

from dataclasses import replace
from datetime import date, timedelta

from backend.domain.age import anniversary, turns_75_on
from backend.domain.charge import CopayRatio
from backend.domain.codes import Relation, Sex
from backend.domain.entitlement import CardStatus
from mobile_sim.households import last_first_of_august, with_limit
from mobile_sim.names import Dice
from mobile_sim.people import Cast, Identity, MadeUpMember

_WORKPLACE = "99000001"
_HOME = "架空県見本市例町1丁目2番3号"


def make_cast(dice: Dice, today: date) -> Cast:
    """The cast as it stands on the lists on the day `today`."""
    after = _changer(dice, today)
    return Cast(
        phone_holder=with_limit(
            today, _worker(dice, today, "101", "甲野　花子", "コウノ ハナコ", 38)
        ),
        paper_holder=_over_75(dice, today),
        changer_before=_before_the_change(after, today),
        changer_after=after,
        retired=_without_card(
            _worker(dice, today, "103", "髙﨑　誠", "タカサキ マコト", 61)
        ),
        twins=_twins(dice, today),
        loser=_without_card(
            _worker(dice, today, "105", "乙山　美咲", "オツヤマ ミサキ", 29)
        ),
        misplacer=_without_card(
            _worker(dice, today, "106", "丙川　拓也", "ヘイカワ タクヤ", 45)
        ),
        victim=_without_card(
            _worker(dice, today, "107", "丁田　直美", "チョウダ ナオミ", 52)
        ),
        leaver=_worker(dice, today, "108", "見本　大輔", "ミホン ダイスケ", 33),
        stranger=_worker(dice, today, "990001", "空見　律", "ソラミ リツ", 41),
    )


def on_employees_list(cast: Cast) -> tuple[MadeUpMember, ...]:
    """Those of the cast whom the employees' insurer registers."""
    return (
        cast.phone_holder,
        cast.changer_after,
        cast.retired,
        *cast.twins,
        cast.loser,
        cast.misplacer,
        cast.victim,
        cast.leaver,
    )


def _worker(
    dice: Dice, today: date, number: str, name: str, kana: str, age: int
) -> MadeUpMember:
    is_woman = name.endswith(("子", "咲", "美"))
    return MadeUpMember(
        identity=Identity(_WORKPLACE, number, "00"),
        name=name,
        kana=kana,
        birth_on=dice.birth(today, age, age),
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        address=_HOME,
        acquired_on=dice.day_before(today, 900, 3000),
        my_number=dice.my_number(),
        relation=Relation.INSURED,
    )


def _without_card(member: MadeUpMember) -> MadeUpMember:
    return replace(member, card=CardStatus.NO_CARD)


def _changer(dice: Dice, today: date) -> MadeUpMember:
    """Started work three weeks ago; has a phone and no usable card."""
    member = _worker(dice, today, "102", "試谷　健一", "タメシダニ ケンイチ", 27)
    started_on = today - timedelta(days=21)
    return replace(_without_card(member), acquired_on=started_on)


def _before_the_change(after: MadeUpMember, today: date) -> MadeUpMember:
    """The municipal coverage before the new job; its insurer does not know yet."""
    return replace(
        after,
        identity=Identity("見本", "7000101", "01"),
        acquired_on=today - timedelta(days=1200),
    )


def _twins(dice: Dice, today: date) -> tuple[MadeUpMember, MadeUpMember]:
    born_on = dice.birth(today, 4, 4)
    first = replace(
        _worker(dice, today, "104", "例山　結衣", "レイヤマ ユイ", 4),
        identity=Identity(_WORKPLACE, "104", "02"),
        birth_on=born_on,
        sex=Sex.FEMALE,
        acquired_on=born_on,
        relation=Relation.FAMILY,
    )
    second = replace(
        first,
        identity=Identity(_WORKPLACE, "104", "03"),
        name="例山　凛",
        kana="レイヤマ リン",
        my_number=dice.my_number(),
    )
    return first, second


def _over_75(dice: Dice, today: date) -> MadeUpMember:
    born_on = dice.birth(today, 81, 81)
    turned_75_on = turns_75_on(born_on)
    return MadeUpMember(
        identity=Identity("", "90001017", ""),
        name="渡邉　千代",
        kana="ワタナベ チヨ",
        birth_on=born_on,
        sex=Sex.FEMALE,
        address=_HOME,
        acquired_on=turned_75_on,
        my_number=dice.my_number(),
        card=CardStatus.NO_CARD,
        ratio=CopayRatio.ONE_TENTH,
        ratio_from_on=last_first_of_august(today),
    )


def certificate_limit(today: date) -> date:
    """The last day that the employees' insurer prints: years away, within five."""
    return anniversary(date(today.year, 11, 30), 4)

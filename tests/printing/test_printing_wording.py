"""Items stand as recorded; days by era, kana in full width."""

from datetime import date

import pytest
from printing_examples import SHORT, WHOLE

from backend.domain.codes import Relation, Sex
from backend.printing import wording


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [("ﾀｶﾊｼ ﾊﾅｺ", "タカハシ ハナコ"), ("ﾊﾞﾊﾟｬｰ", "バパャー"), ("ｱﾞﾝ", "ア\u309bン")],
)
def test_kana_stand_in_full_width(recorded, printed):
    assert wording.identity(SHORT._replace(kana=recorded))["kana"] == printed


@pytest.mark.parametrize(
    "name", ["髙橋 花子", "●田　﨑", "辻\U000e0100", "ﾊﾅｺ Ａ", "が"]
)
def test_a_name_is_never_normalised(name):
    assert wording.identity(SHORT._replace(name=name))["name"] == name


def test_days_stand_by_era():
    items = wording.certificate(SHORT._replace(acquired_on=date(2019, 5, 1)))

    assert items["acquired_on"] == "令和元年5月1日"
    assert items["birth_on"] == "昭和23年4月12日"


@pytest.mark.parametrize(
    ("sex", "printed"),
    [(Sex.MALE, "男"), (Sex.FEMALE, "女"), (Sex.UNSET, "未設定")],
)
def test_sex_stands_in_words(sex, printed):
    assert wording.certificate(SHORT._replace(sex=sex))["sex"] == printed


def test_relation_stands_where_it_is_recorded():
    relations = (None, Relation.INSURED, Relation.FAMILY)

    printed = [wording.identity(SHORT._replace(relation=it)) for it in relations]

    assert [items["relation"] for items in printed] == ["", "本人", "家族"]


def test_a_branch_stands_beside_the_number():
    assert wording.identity(WHOLE)["number"] == "00412345（枝番）01"
    assert wording.identity(WHOLE._replace(branch="00"))["number"].endswith("00")
    assert wording.identity(SHORT)["number"] == "00412345"

"""The register as a bulk run reads it: the newest of each, and who is plain."""

from datetime import date, timedelta

import pytest
from storage_samples import (
    AT,
    INSURER,
    LATER,
    OTHER_INSURER,
    a_coverage,
    a_member,
    charges,
    person_with_coverage,
    put_certificate,
)

from backend.domain.coverage import Hold
from backend.domain.insured_identity import InsuredIdentity
from backend.storage.periods import periods_text
from backend.storage.run_rows import RegisterLine

ON = date(2026, 11, 23)
KEY = a_coverage().identity.search_key
EARLIER = AT - timedelta(days=1)


def lines(store, *keys, insurer=INSURER):
    with store.reading() as tx:
        found = tx.registered_numbers(insurer, keys or [KEY], ON)
    return [RegisterLine._make(row) for row in found]


def test_a_line_tells_the_coverage_and_its_person(peopled):
    (line,) = lines(peopled)

    coverage, member = a_coverage(), a_member()
    assert line == RegisterLine(
        asked=0,
        coverage_id="c1",
        person_id="p1",
        symbol=coverage.identity.symbol,
        number=coverage.identity.number,
        branch=coverage.identity.branch,
        acquired_on="2026-04-01",
        lost_on=None,
        relation=coverage.relation.value,
        classification=coverage.classification.value,
        copay=None,
        kanji=member.person.name.kanji,
        kana=member.person.name.kana,
        birth_on="1980-02-29",
        sex=member.person.sex.value,
        address=member.person.address,
        is_undisclosed=0,
        card_status="none",
        continuation_ends_on=None,
        is_plain=1,
    )
    with peopled.reading() as tx:
        assert tx.registered_coverages(INSURER, ["c1"], ON) == [list(line)]


def test_every_answer_names_the_place_of_its_question(peopled):
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
    nobody, other_symbol = ("12あ", "999"), ("13あ", KEY[1])

    found = lines(peopled, nobody, KEY, other_symbol, KEY)

    named = {(it.asked, it.person_id) for it in found}
    assert named == {(at, person) for at in (1, 3) for person in ("p1", "p2")}
    assert lines(peopled, KEY, insurer=OTHER_INSURER) == []
    with peopled.reading() as tx:
        assert list(tx.registered_numbers(INSURER, [], ON)) == []


def test_ratios_come_as_they_are_kept(peopled):
    peopled.write(lambda tx: tx.put_coverage(a_coverage(**charges())))

    (line,) = lines(peopled)

    assert line.copay == periods_text(charges()["copay"])


def test_a_number_finds_newest_versions_only(peopled):
    renumbered = a_coverage(
        identity=InsuredIdentity("12-あ", "999", "01"), recorded_at=LATER
    )
    with peopled.transaction() as tx:
        tx.put_coverage(renumbered)
        tx.put_coverage(a_coverage(recorded_at=EARLIER))

    assert lines(peopled) == []
    (line,) = lines(peopled, renumbered.identity.search_key)
    assert line.number == "999"
    assert line.is_plain


def test_a_version_told_late_does_not_answer(peopled):
    tardy = a_coverage(acquired_on=date(2026, 3, 1), recorded_at=EARLIER)
    peopled.write(lambda tx: tx.put_coverage(tardy))

    (line,) = lines(peopled)

    assert line.acquired_on == "2026-04-01"


def test_the_newest_description_answers(peopled):
    with peopled.transaction() as tx:
        tx.put_member(a_member(card_status="usable", recorded_at=LATER))
        tx.put_member(a_member(card_status="tardy", recorded_at=EARLIER))
        elsewhere = LATER + timedelta(days=1)
        tx.put_member(a_member(insurer=OTHER_INSURER, recorded_at=elsewhere))

    (line,) = lines(peopled)

    assert line.card_status == "usable"


def of_another_coverage(tx):
    tx.put_coverage(a_coverage("c2", insurer=OTHER_INSURER))


def once_of_another_person(tx):
    tx.add_person("p2", bytes(32), None, None)
    tx.put_coverage(a_coverage(person_id="p2", recorded_at=EARLIER))


def held(tx):
    tx.open_hold(Hold("c1", AT), "number shared")


def with_a_paper(tx):
    put_certificate(tx)


@pytest.mark.parametrize(
    "told", [of_another_coverage, once_of_another_person, held, with_a_paper]
)
def test_whoever_has_more_than_this_one_coverage_is_not_plain(peopled, told):
    peopled.write(told)

    (line,) = lines(peopled)

    assert not line.is_plain


def test_a_paper_that_has_expired_changes_nothing(peopled):
    peopled.write(lambda tx: put_certificate(tx, expires_on="2026-11-22"))

    (line,) = lines(peopled)

    assert line.is_plain

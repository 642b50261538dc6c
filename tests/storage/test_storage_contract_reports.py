"""Reports come back as they were filed, with their answers, for person and insurer."""

from dataclasses import replace

import pytest
from storage_samples import AT, INSURER, LATER, OTHER_INSURER, a_client, a_report

from backend.domain.errors import ConflictError
from backend.storage.reports import OpenReports, ReportAnswer


@pytest.fixture
def phoned(peopled):
    peopled.write(lambda tx: tx.put_client(a_client()))
    return peopled


def test_a_report_comes_back_with_its_answers_in_order(phoned):
    with phoned.transaction() as tx:
        tx.put_report(a_report())
        tx.answer_report("rep1", "調べます", AT)
        tx.answer_report("rep1", "直しました", LATER)
    with phoned.reading() as tx:
        found = tx.report("rep1")
        assert found == a_report(
            number=found.number,
            answers=(ReportAnswer("調べます", AT), ReportAnswer("直しました", LATER)),
        )
        assert tx.report("rep2") is None


def test_an_id_is_never_given_again_and_nobody_unknown_reports(phoned):
    phoned.write(lambda tx: tx.put_report(a_report()))

    for strange in (
        a_report(),
        a_report("rep2", person_id="p9"),
        a_report("rep2", insurer="99999999"),
        a_report("rep2", phone="phone9"),
        a_report("rep2", about=77),
    ):
        with pytest.raises(ConflictError):
            phoned.write(lambda tx, it=strange: tx.put_report(it))


def test_it_is_closed_once(phoned):
    with phoned.transaction() as tx:
        tx.put_report(a_report())
        tx.close_report("rep1", AT)
        tx.close_report("rep1", LATER)
        assert tx.report("rep1").closed_at == AT


def test_a_person_reads_the_newest_first_and_a_phone_its_own(phoned):
    with phoned.transaction() as tx:
        tx.put_client(a_client("phone2"))
        tx.put_report(a_report("a"))
        tx.put_report(a_report("b", phone="phone2"))
        assert [it.id for it in tx.reports_of("p1")] == ["b", "a"]
        assert [it.id for it in tx.reports_of("p1", "phone2")] == ["b"]
        assert tx.reports_of("p2") == []


def test_an_insurer_reads_its_own_oldest_first_in_pages(phoned):
    with phoned.transaction() as tx:
        for name in "abcd":
            tx.put_report(a_report(name))
        tx.put_report(a_report("e", insurer=OTHER_INSURER))
        tx.close_report("b", LATER)

        page = tx.reports_to(INSURER, True, 0, 2)
        assert [it.id for it in page] == ["a", "c"]
        rest = tx.reports_to(INSURER, True, page[-1].number, 2)
        assert [it.id for it in rest] == ["d"]
        assert [it.id for it in tx.reports_to(INSURER, False, 0, 9)] == ["b"]


def test_erasing_blanks_what_was_said_and_takes_it_off_the_insurers_list(phoned):
    with phoned.transaction() as tx:
        tx.put_report(a_report())
        tx.answer_report("rep1", "直しました", LATER)
        tx.erase_person("p1")
        found = tx.report("rep1")
        assert found == replace(
            a_report(text="", number=found.number), answers=(ReportAnswer("", LATER),)
        )
        assert tx.reports_to(INSURER, True, 0, 9) == []


def test_open_reports_are_counted_for_their_insurer(phoned):
    with phoned.transaction() as tx:
        assert tx.open_reports(INSURER) == OpenReports(0, None)
        tx.put_report(a_report("a"))
        tx.put_report(a_report("b", filed_at=LATER))
        tx.put_report(a_report("c", insurer=OTHER_INSURER))
        assert tx.open_reports(INSURER) == OpenReports(2, AT)
        tx.close_report("a", LATER)
        assert tx.open_reports(INSURER) == OpenReports(1, LATER)
        tx.erase_person("p1")
        assert tx.open_reports(INSURER) == OpenReports(0, None)

"""What a withdrawal list would do is told before, and told as it will be done."""

import csv
import io
from dataclasses import replace

import pytest
from bulk_desk import a_desk, list_bytes

from backend.credentials.certificate import Form
from backend.domain.errors import MalformedError
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import Order, receive
from backend.issuing.bulk.lines import CHUNKS
from backend.issuing.bulk.outcomes import LineResult
from backend.issuing.bulk.planning import planned
from backend.issuing.bulk.preview import preview, preview_run
from backend.issuing.bulk.results import plan_file
from backend.issuing.bulk.withdrawing import asked_of
from backend.issuing.certificates import issue_certificates
from backend.issuing.withdrawals import WithdrawalReason
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind
from tests.house_of_glass import NEW, OLD

STEPS = list(WithdrawalKind)


@pytest.fixture
def desk(house, monkeypatch):
    monkeypatch.setitem(CHUNKS, RunKind.WITHDRAW, 2)
    desk = a_desk(house)
    for _ in range(3):
        desk.member()
    desk.run()
    return desk


@pytest.fixture
def texts(desk, house):
    """One good, one twice, none at all, malformed, unknown, another insurer's."""
    own = [desk.papers(person)[0].serial for person in desk.people]
    other = house.person()
    house.cover(other, insurer=NEW)
    run = issue_certificates(house.issuer, NEW.digits, [other], Form.A4, house.at)
    foreign = run.issued[0].serial
    wrong = own[0][:-1] + "?"
    return [own[0], own[1], own[0], "", wrong, "AAAA-AAAA-AAAA-AAAD", foreign]


def content_of(texts):
    return list_bytes([{"発行番号": text, "備考": "控え"} for text in texts])


def order(desk, kind):
    asked = asked_of(kind, WithdrawalReason.LOST)
    return Order(OLD.digits, RunKind.WITHDRAW, asked, "", "", desk.house.at)


def opened(content):
    return open_list(io.BytesIO(content), ListLimits())


def carried_out(desk, texts, kind, key):
    asked = asked_of(kind, WithdrawalReason.LOST)
    run = desk.receive(content_of(texts), kind=RunKind.WITHDRAW, form=asked, key=key)
    return list(desk.outcomes(desk.carry_on(run)).values())


def test_the_preview_says_of_each_line_what_will_become_of_it(desk, texts):
    for number, kind in enumerate([*STEPS, *STEPS]):
        told = preview(desk.bulk, order(desk, kind), opened(content_of(texts)))

        assert list(told.shown) == carried_out(desk, texts, kind, str(number))


def test_the_preview_writes_nothing(desk, texts, house):
    told = preview(
        desk.bulk, order(desk, WithdrawalKind.REVOKED), opened(content_of(texts))
    )

    assert (told.counts.done, told.counts.skipped, told.counts.rejected) == (2, 2, 3)
    assert told.reasons == {"already": 1, "no-serial": 1, "serial": 3}
    assert [desk.papers(it)[0].withdrawal for it in desk.people] == [None] * 3
    with house.store.reading() as tx:
        assert [it.kind for it in tx.runs_of(OLD.digits, 9)] == [RunKind.ISSUE]


def test_a_run_that_waits_is_previewed_as_its_list_was(desk, texts, house):
    bulk = replace(desk.bulk, approval_above=2)
    asked = order(desk, WithdrawalKind.SUSPENDED)
    run = receive(bulk, replace(asked, made_by="opr-1"), opened(content_of(texts)))

    told = preview_run(bulk, run, house.at)

    assert told == preview(bulk, asked, opened(content_of(texts)))
    assert told.awaits_approval
    assert [desk.papers(it)[0].withdrawal for it in desk.people] == [None] * 3


def test_of_a_run_that_was_cancelled_midway_the_rest_is_previewed(desk, texts, house):
    asked = replace(order(desk, WithdrawalKind.SUSPENDED), key="k")
    run = receive(desk.bulk, asked, opened(content_of(texts)))

    def watch(counts):
        if counts.decided:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.carry_on(run, watch=watch)

    assert preview_run(desk.bulk, run, house.at).shown[0].line == 4


def test_the_lines_of_one_result_are_a_file(desk, texts):
    plan = planned(
        desk.bulk, order(desk, WithdrawalKind.REVOKED), opened(content_of(texts))
    )

    content = b"".join(plan_file(plan, "cp932", LineResult.REJECTED))

    rows = list(csv.reader(io.StringIO(content.decode("cp932"))))[1:]
    assert [row[0] for row in rows] == ["6", "7", "8"]
    assert all(row[4] == "serial" and row[5] and row[6] for row in rows)


def test_a_list_without_lines_or_serials_is_refused(desk):
    for content in (list_bytes([], ("発行番号",)), list_bytes([{}], ("番号",))):
        with pytest.raises(MalformedError):
            preview(desk.bulk, order(desk, WithdrawalKind.REVOKED), opened(content))

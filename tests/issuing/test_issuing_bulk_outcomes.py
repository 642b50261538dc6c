"""Every line of a list ends issued, skipped with reason, or rejected with the fix."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from bulk_desk import a_desk, identity, list_bytes

from backend.audit.events import AuditKind, read_entry
from backend.credentials.certificate import Form, open_certificate
from backend.domain.charge import Effective, LimitCategory, SpecificDisease
from backend.domain.coverage import Hold
from backend.domain.errors import MalformedError, NotFoundError
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import KnownRunError, receive
from backend.issuing.bulk.lines import CHUNKS
from backend.issuing.bulk.outcomes import LineResult
from backend.issuing.bulk.results import result_file
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import key_set
from backend.issuing.recheck import recheck
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind, RunState
from tests.house_of_glass import NEW, OLD, TODAY


@pytest.fixture
def desk(house):
    return a_desk(house)


def issue(desk, person_id):
    whom = [person_id]
    at = desk.house.at
    return issue_certificates(desk.house.issuer, OLD.digits, whom, Form.A4, at).issued[
        0
    ]


def only(desk, **order):
    """The outcome of a list of one line."""
    (outcome,) = desk.outcomes(desk.run(**order)).values()
    return outcome


def test_each_line_gets_its_certificate(desk):
    for _ in range(5):
        desk.member()

    run = desk.run()

    assert run.state is RunState.FINISHED
    outcomes = desk.outcomes(run)
    assert [it.result for it in outcomes.values()] == [LineResult.DONE] * 5
    for line, person in enumerate(desk.people, 2):
        (paper,) = desk.papers(person)
        assert paper.serial == outcomes[line].serial
        fields = open_certificate(
            issued_text(paper), key_set(desk.house.store).find
        ).fields
        assert fields.serial == paper.serial
        assert fields.number == desk.lines[line - 2]["番号"]
    assert recheck(desk.house.store).discrepancies == ()


def test_the_papers_are_what_a_single_issue_would_give(desk):
    """The short way of a run draws up the same paper as the door for one person."""
    desk.member()
    desk.member(birth_on=date(1953, 2, 1))  # 73: a ratio is printed
    desk.run()
    of_run = [desk.papers(it)[0] for it in desk.people]
    for paper in of_run:
        revoked, why = WithdrawalKind.REVOKED, WithdrawalReason.OTHER
        withdraw(
            desk.house.store, OLD.digits, paper.serial, revoked, why, desk.house.at
        )

    for person, paper in zip(desk.people, of_run, strict=True):
        single = issue(desk, person)
        keys = key_set(desk.house.store)
        one = open_certificate(issued_text(paper), keys.find).fields
        other = open_certificate(issued_text(single), keys.find).fields
        assert one._replace(serial="", status_index=0) == other._replace(
            serial="", status_index=0
        )


@pytest.mark.parametrize(
    ("status", "order", "code"),
    [
        ("NO_CARD", "", None),
        ("NOT_REGISTERED", "", None),
        ("DEREGISTERED", "", None),
        ("CARD_CERTIFICATE_EXPIRED", "", None),
        ("CARD_RETURNED", "", None),
        ("SELF_VIEW_BLOCKED", "", None),
        ("NEEDS_HELP", "", "not-applied"),
        ("NEEDS_HELP", "申請", None),
        ("CARD_LOST", "", "not-applied"),
        ("CARD_LOST", "APPLIED", None),
        ("USABLE", "", "card-usable"),
        ("USABLE", "申請", "card-usable"),
    ],
)
@pytest.mark.parametrize("is_in_list", [True, False])
def test_who_gets_one_by_the_status_file(desk, status, order, code, is_in_list):
    line = {"交付事由": order} | ({"マイナ保険証": status} if is_in_list else {})
    registered = "USABLE" if is_in_list and status != "USABLE" else status
    desk.member(card_status=registered, line=line)

    outcome = only(desk)

    assert outcome.code == code
    assert (outcome.result is LineResult.DONE) is (code is None)


def test_who_needs_help_applies_once(desk):
    person = desk.member(card_status="NEEDS_HELP")
    paper = issue(desk, person)
    revoked, why = WithdrawalKind.REVOKED, WithdrawalReason.RETURNED
    withdraw(desk.house.store, OLD.digits, paper.serial, revoked, why, desk.house.at)

    assert only(desk).result is LineResult.DONE


def test_nobody_gets_a_second_valid_paper(desk):
    person = desk.member()
    held = issue(desk, person)

    outcome = only(desk)

    assert (outcome.code, outcome.serial) == ("holds-one", held.serial)
    assert "紛失" in outcome.reason.ja
    assert len(desk.papers(person)) == 1


@pytest.mark.parametrize(
    ("order", "reason"),
    [("紛失", WithdrawalReason.LOST), ("DAMAGED", WithdrawalReason.REPLACED)],
)
def test_a_lost_paper_is_withdrawn_with_the_new_one(desk, order, reason):
    person = desk.member(line={"交付事由": order})
    lost = issue(desk, person)

    outcome = only(desk)

    assert (outcome.result, outcome.replaced) == (LineResult.DONE, lost.serial)
    old, new = desk.papers(person)
    assert old.withdrawal.kind is WithdrawalKind.REVOKED
    assert old.withdrawal.reason == reason.value
    assert (new.serial, new.withdrawal) == (outcome.serial, None)


def test_a_suspended_paper_is_not_replaced_by_the_way(desk):
    person = desk.member(line={"交付事由": "紛失"})
    held = issue(desk, person)
    suspended, why = WithdrawalKind.SUSPENDED, WithdrawalReason.OTHER
    withdraw(desk.house.store, OLD.digits, held.serial, suspended, why, desk.house.at)

    assert only(desk).code == "suspended"


@pytest.mark.parametrize("order", ["", "紛失"])
def test_who_stands_twice_in_a_list_is_served_once(desk, order):
    person = desk.member(line={"交付事由": order})
    desk.lines.append(desk.lines[0])

    outcomes = desk.outcomes(desk.run())

    assert outcomes[2].result is LineResult.DONE
    assert outcomes[3].code == "twice"
    assert "2行目" in outcomes[3].reason.ja
    assert len(desk.papers(person)) == 1


@pytest.mark.parametrize("order", ["", "紛失"])
def test_who_stands_twice_far_apart_is_served_once(desk, order, monkeypatch):
    monkeypatch.setitem(CHUNKS, RunKind.ISSUE, 2)
    person = desk.member(line={"交付事由": order})
    for _ in range(20):
        desk.member()
    desk.lines.append(desk.lines[0])

    outcomes = desk.outcomes(desk.run())

    assert (outcomes[23].code, outcomes[23].serial) == ("twice", outcomes[2].serial)
    assert "2行目" in outcomes[23].reason.ja
    assert len(desk.papers(person)) == 1


@pytest.mark.parametrize(
    ("coverage", "code"),
    [
        ({"lost_on": TODAY}, "lapsed"),
        ({"acquired_on": date(2026, 12, 1)}, "not-yet-started"),
        ({"acquired_on": TODAY, "lost_on": TODAY}, "registration-undone"),
    ],
)
def test_without_coverage_there_is_none(desk, coverage, code):
    desk.member(coverage=coverage)

    assert only(desk).code == code


def test_a_newer_coverage_elsewhere_and_a_hold_keep_a_paper_back(desk):
    moved, held = desk.member(coverage={"lost_on": TODAY}), desk.member()
    desk.house.cover(moved, insurer=NEW, acquired_on=TODAY)
    with desk.house.store.transaction() as tx:
        coverage_id = f"cov-{held.removeprefix('per-')}"
        for it in tx.record_of_person(held).coverages:
            coverage_id = it.id
        tx.open_hold(Hold(coverage_id, desk.house.at), "inspection")

    outcomes = desk.outcomes(desk.run())

    assert [it.code for it in outcomes.values()] == ["newer-coverage", "hidden"]


def test_a_family_is_told_apart_by_branch_and_birth(desk):
    family = {"identity": identity("500", "01")}, {"identity": identity("500", "02")}
    desk.member(coverage=family[0])
    desk.member(coverage=family[1], birth_on=date(2010, 1, 1))
    desk.lines[0]["枝番"] = ""  # the birth date alone tells them apart

    outcomes = desk.outcomes(desk.run())

    assert [it.result for it in outcomes.values()] == [LineResult.DONE] * 2
    assert [len(desk.papers(it)) for it in desk.people] == [1, 1]


def test_twins_without_branch_are_never_guessed(desk):
    for branch in ("01", "02"):
        desk.member(coverage={"identity": identity("500", branch)})
        desk.lines[-1]["枝番"] = ""

    outcomes = desk.outcomes(desk.run())

    assert [it.errors[0].field for it in outcomes.values()] == ["branch", "branch"]
    assert "双子" in outcomes[2].errors[0].reason.ja


BENT = {
    "保険者番号": ("06130017", "insurer_number"),
    "番号": ("99999999", "number"),
    "枝番": ("09", "branch"),
    "生年月日": ("1981-01-01", "birth_on"),
    "マイナ保険証": ("知らない", "card_status"),
    "交付事由": ("なんとなく", "order"),
}
UNREADABLE = {
    "保険者番号": ("01139998", "insurer_number"),
    "番号": ("", "number"),
    "枝番": ("1", "branch"),
    "生年月日": ("昨日", "birth_on"),
    "記号": ("記" * 21, "symbol"),
}


@pytest.mark.parametrize(("column", "bent"), [*BENT.items(), *UNREADABLE.items()])
def test_a_bad_line_is_rejected_by_field_with_its_fix(desk, column, bent):
    value, field = bent
    desk.member(line={column: value})
    desk.member()

    outcomes = desk.outcomes(desk.run())

    assert outcomes[2].result is LineResult.REJECTED
    (error,) = outcomes[2].errors
    assert error.field == field
    assert error.reason.ja
    assert error.fix.ja
    assert value not in str(error.reason) or not value
    assert outcomes[3].result is LineResult.DONE


@pytest.mark.parametrize(
    "line",
    [
        {"生年月日": "昭和５５年５月５日", "枝番": "０１"},
        {"生年月日": "S55.5.5", "マイナ保険証": "マイナンバーカードなし"},
        {"生年月日": "19800505", "記号": "　見本 "},
        {"保険者番号": "０１１３００１２", "マイナ保険証": "no_card"},
        {"保険者番号": '="01130012"', "交付事由": "職権"},
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_line_is_read_in_the_spellings_of_offices(desk, line, encoding):
    desk.member(line=line)
    desk.lines[0]["番号"] = desk.lines[0]["番号"].translate(
        {ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)}
    )

    (outcome,) = desk.outcomes(
        desk.run(list_bytes(desk.lines, encoding=encoding))
    ).values()

    assert outcome.result is LineResult.DONE


def test_every_fault_of_a_line_is_told_at_once(desk):
    desk.member(line={"番号": "", "生年月日": "昨日", "枝番": "x"})

    assert [it.field for it in only(desk).errors] == ["number", "branch", "birth_on"]


def test_too_few_cells_are_a_fault_of_their_line(desk):
    desk.member()
    content = list_bytes(desk.lines) + b"01130012,a\r\n"

    outcomes = desk.outcomes(desk.run(content))

    assert outcomes[3].errors[0].field == "line"


@pytest.mark.parametrize(
    ("name", "is_theirs"),
    [
        ("見本　花子", True),
        ("見本花子", True),
        ("見●　花子", True),
        ("別人　花子", False),
    ],
)
def test_another_name_is_another_person(desk, name, is_theirs):
    desk.member(line={"氏名": name})

    outcome = only(desk)

    assert (outcome.result is LineResult.DONE) is is_theirs
    assert is_theirs or outcome.errors[0].field == "name"


def test_optional_items_are_printed_only_where_wished(desk):
    disease = SpecificDisease.CHRONIC_KIDNEY_FAILURE
    sick = {"diseases": (Effective(disease, date(2026, 1, 1), None),)}
    wishes = {"限度区分の記載希望": "1", "特定疾病の記載希望": "希望"}
    desk.member(line=wishes, coverage=sick)
    desk.member(line=dict.fromkeys(wishes, ""), coverage=sick)

    desk.run()

    keys = key_set(desk.house.store)
    wished, plain = (
        open_certificate(issued_text(desk.papers(it)[0]), keys.find).fields
        for it in desk.people
    )
    assert wished.limit_category is LimitCategory.A_U
    assert wished.limit_from_on == date(2026, 8, 1)
    assert wished.specific_diseases == (disease,)
    assert (plain.limit_category, plain.specific_diseases) == (None, ())


def test_a_member_list_orders_as_it_is_and_what_is_not_read_is_not_kept(desk):
    desk.member(line={"住所": "架空県秘密市", "個人番号": "123456789012"})

    run = desk.receive()

    with desk.house.store.reading() as tx:
        chunk = tx.chunk(run.id, 0)
    assert "住所" not in run.columns
    assert len(chunk.rows) < 400
    assert desk.outcomes(desk.carry_on(run))[2].result is LineResult.DONE
    with desk.house.store.reading() as tx:
        assert tx.chunk(run.id, 0).rows is None


def test_the_same_list_is_never_done_twice(desk):
    desk.member()
    first = desk.run()

    with pytest.raises(KnownRunError) as caught:
        desk.receive()

    assert caught.value.run.id == first.id
    assert first.id in caught.value.reason.ja
    (outcome,) = desk.outcomes(desk.run(key="another name")).values()
    assert outcome.code == "holds-one"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\r\n",
        list_bytes([], ("保険者番号", "番号", "生年月日")),
        list_bytes([], ("保険者番号", "番号", "番号", "生年月日")),
        list_bytes([], ("保険者番号", "番号", "生年月日", "謎")),
        list_bytes([{"番号": "1"}], ("番号",)),
        list_bytes([{"番号": "1"}], ("保険者番号", "番号", "生年月日")) + b'"open',
        list_bytes([{"番号": "1"}], ("保険者番号", "番号", "生年月日")) + b"\xff\xff",
    ],
)
def test_a_broken_list_leaves_nothing(desk, content):
    with pytest.raises(MalformedError) as caught:
        desk.receive(content)

    assert caught.value.field in ("file", "heading")
    with desk.house.store.reading() as tx:
        assert tx.run("SELECT COUNT(*) FROM runs").fetchone() == (0,)
        assert tx.run("SELECT COUNT(*) FROM run_chunks").fetchone() == (0,)


def test_a_list_that_breaks_off_late_leaves_nothing(desk, monkeypatch):
    monkeypatch.setitem(CHUNKS, RunKind.ISSUE, 2)
    for _ in range(9):
        desk.member()

    with pytest.raises(MalformedError):
        desk.receive(list_bytes(desk.lines) + b'"never closed')

    with desk.house.store.reading() as tx:
        assert tx.run("SELECT COUNT(*) FROM run_chunks").fetchone() == (0,)


def test_an_unknown_insurer_has_no_runs(desk):
    desk.member()
    order = replace(desk.order(), insurer="39131156")
    listed = open_list(io.BytesIO(list_bytes(desk.lines)), ListLimits())
    with pytest.raises(NotFoundError):
        receive(desk.bulk, order, listed)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_result_file_tells_every_line_and_is_safe_in_a_spreadsheet(desk, encoding):
    desk.member()
    desk.member(line={"生年月日": "昨日", "番号": "=1+1"})
    desk.member(card_status="USABLE")
    run = desk.run()

    with desk.house.store.reading() as tx:
        content = b"".join(result_file(tx, run.id, encoding))

    rows = list(csv.reader(io.StringIO(content.decode(encoding).lstrip("\ufeff"))))
    assert [row[:2] for row in rows[1:]] == [
        ["2", "交付 issued"],
        ["3", "誤り rejected"],
        ["4", "対象外 skipped"],
    ]
    assert rows[1][2] == desk.papers(desk.people[0])[0].serial
    assert "birth_on" in rows[2][4]
    assert "資格情報のお知らせ" in rows[3][5]
    assert all(cell[:1] not in tuple("=+-@") for row in rows for cell in row if cell)


def test_the_log_tells_of_the_run_and_seals_its_papers(desk):
    desk.member()
    run = desk.run()

    with desk.house.store.reading() as tx:
        told = [read_entry(stored) for _, stored in tx.audit_entries()]

    own = [(it.kind, it.object, it.terminal) for it in told if it.object == run.id]
    assert own == [
        (AuditKind.RUN_MADE, run.id, "opr-1"),
        (AuditKind.RUN_FINISHED, run.id, ""),
    ]
    assert AuditKind.CERTIFICATES_ISSUED in [it.kind for it in told]

"""Lists: a preview writes nothing, a commitment all of it to the end, safely twice."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from registering_desk import (
    EMPLOYEES,
    HANAKO,
    HANAKOS_NUMBER,
    JIRO,
    RESIDENTS,
    SABURO,
    STRANGERS,
    list_bytes,
    registered,
    tell,
    without,
)

from backend.audit.events import ActorKind, AuditKind, pseudonym
from backend.domain.charge import CopayRatio, Effective, SpecificDisease
from backend.domain.codes import LossReason
from backend.domain.errors import ConflictError, MalformedError, NotFoundError
from backend.registering import lists as lists_room
from backend.registering.coverages import end, register_one, release_hold
from backend.registering.erasing import erase_ended
from backend.registering.lists import CHUNK, confirm, go_on, preview
from backend.registering.registrar import Registrar, Safe
from backend.registering.stored_list import StoredList

TODAY = date(2026, 11, 23)
LOST = {"資格喪失年月日": "2026-11-01", "資格喪失事由": "03"}


def test_a_preview_writes_nothing_to_the_register(desk, audit, store):
    _, plan = desk.preview(HANAKO, JIRO)

    assert [line.line for line in plan.added] == [2, 3]
    assert desk.members() == {}
    assert audit() == []
    with store.reading() as tx:
        assert tx.insurer(EMPLOYEES.digits).delivered_at is None


def test_a_commitment_does_what_was_previewed(desk, at):
    list_id, shown = desk.preview(HANAKO, JIRO)

    assert desk.commit(list_id) == shown.without_numbers()
    member, coverage = desk.members()["資格　花子"]
    assert member.person.birth_on == date(1990, 4, 1)
    assert member.card_status == "NO_CARD"
    assert coverage.acquired_on == date(2020, 4, 1)
    assert coverage.recorded_at == at
    assert coverage.insurer == EMPLOYEES
    assert set(desk.members()) == {"資格　花子", "資格　次郎"}


def test_a_second_commitment_answers_the_same_and_writes_nothing(desk, audit):
    list_id, _ = desk.preview(HANAKO, JIRO)
    first = desk.commit(list_id)
    written = audit()

    again = desk.at(desk.teller.at + timedelta(days=1)).commit(list_id)

    assert again == first
    assert audit() == written
    assert len(desk.history(desk.coverage_of("資格　花子"))) == 1


def test_the_same_list_sent_again_changes_nothing(desk, audit):
    desk.send(HANAKO, JIRO)
    before = [e for e in audit() if e.kind is not AuditKind.LIST_COMMITTED]

    plan = desk.at(desk.teller.at + timedelta(days=1)).send(HANAKO, JIRO)

    assert plan.unchanged == (2, 3)
    assert plan.counts == {
        "rows": 2,
        "added": 0,
        "changed": 0,
        "ended": 0,
        "reopened": 0,
        "unchanged": 2,
        "missing": 0,
        "errors": 0,
        "warnings": 0,
    }
    assert [e for e in audit() if e.kind is not AuditKind.LIST_COMMITTED] == before
    assert len(desk.history(desk.coverage_of("資格　花子"))) == 1


def test_a_commitment_counts_as_delivery(desk, store, at):
    desk.send(HANAKO)

    with store.reading() as tx:
        assert tx.insurer(EMPLOYEES.digits).delivered_at == at


def test_a_confirmation_counts_as_delivery(desk, store, at):
    confirm(desk.registrar, desk.teller)

    with store.reading() as tx:
        assert tx.insurer(EMPLOYEES.digits).delivered_at == at
    with pytest.raises(NotFoundError):
        confirm(desk.registrar, replace(desk.teller, insurer=STRANGERS))


def test_added_changed_ended_and_missing_are_told_apart_with_their_fields(desk):
    desk.send(HANAKO, JIRO, SABURO)
    moved = HANAKO | {"住所": "大阪府大阪市北区1-1", "マイナ保険証": "USABLE"}
    newcomer = SABURO | {"枝番": "04", "氏名": "資格　四郎", "生年月日": "2020-01-02"}

    _, plan = desk.preview(moved, JIRO | LOST, newcomer)

    assert [(line.line, line.fields) for line in plan.changed] == [
        (2, ("address", "card_status"))
    ]
    assert [(line.line, line.fields) for line in plan.ended] == [
        (3, ("lost_on", "loss_reason"))
    ]
    assert [(line.line, line.fields) for line in plan.added] == [(4, ())]
    assert [one.numbers for one in plan.missing] == ["1234 567 03"]
    assert plan.missing[0].coverage_id == desk.coverage_of("資格　三郎").id


def test_who_is_not_in_the_list_is_never_ended(desk):
    desk.send(HANAKO, JIRO)

    plan = desk.send(HANAKO)

    assert plan.counts["missing"] == 1
    assert desk.coverage_of("資格　次郎").lost_on is None


def test_who_has_left_before_is_not_missing(desk):
    desk.send(HANAKO, JIRO | LOST)

    assert desk.send(HANAKO).missing == ()


def test_a_loss_is_recorded_beside_what_was_told_before(desk, audit):
    desk.send(HANAKO, JIRO)
    later = desk.at(desk.teller.at + timedelta(days=1))
    later.send(HANAKO, JIRO | LOST)

    told, ended = desk.history(desk.coverage_of("資格　次郎"))
    assert told.lost_on is None
    assert (ended.lost_on, ended.loss_reason) == (
        date(2026, 11, 1),
        LossReason.OTHER_INSURANCE,
    )
    entry = audit()[-2]
    assert entry.kind is AuditKind.COVERAGE_ENDED
    assert entry.note == "lost_on/loss_reason"


def test_a_ratio_is_added_with_its_own_period(desk):
    ratio = {"負担割合": "2割", "負担割合発効期日": "2025-08-01"}
    newer = {"負担割合": "3割", "負担割合発効期日": "2026-08-01"}
    mended = {"負担割合": "1割", "負担割合発効期日": "2026-08-01"}
    for told in (ratio, newer, {}, mended, ratio):
        desk.send(HANAKO | told)

    assert desk.coverage_of("資格　花子").copay == (
        Effective(CopayRatio.TWO_TENTHS, date(2025, 8, 1), None),
        Effective(CopayRatio.ONE_TENTH, date(2026, 8, 1), None),
    )
    assert len(desk.history(desk.coverage_of("資格　花子"))) == 3


def test_a_disease_is_ended_taken_back_and_not_begun_anew_by_an_older_layout(desk):
    begun = HANAKO | {"特定疾病": "1", "特定疾病発効期日": "2026-04-01"}
    limited = {"限度額区分": "A03", "限度額発効期日": "2026-08-01"}
    ends = {"特定疾病有効期限": "2026-10-31", "限度額有効期限": "2027-07-31"}
    since = date(2026, 4, 1)
    dialysis = SpecificDisease.CHRONIC_KIDNEY_FAILURE

    def told():
        return desk.coverage_of("資格　花子").diseases

    desk.send(begun)
    assert told() == (Effective(dialysis, since, None),)
    desk.send(begun | limited | ends)
    assert told() == (Effective(dialysis, since, date(2026, 10, 31)),)
    plan = desk.send(without(begun | limited, "限度額有効期限"))
    assert plan.unchanged == (2,)
    assert desk.coverage_of("資格　花子").limits[0].until_on == date(2027, 7, 31)
    desk.send(begun | {"特定疾病有効期限": "2026-03-31"})
    (taken_back,) = told()
    assert not any(taken_back.is_in_force(since + timedelta(n)) for n in range(-5, 5))


def test_what_a_list_has_no_column_for_stays(desk):
    desk.send(HANAKO | {"不開示": "1"}, JIRO | LOST)
    headings = ("住所", "不開示", "本人家族", "資格喪失年月日", "資格喪失事由")

    plan = desk.send(without(HANAKO, *headings), without(JIRO, *headings))

    assert plan.unchanged == (2, 3)
    assert [(w.line, w.field) for w in plan.warnings] == [(3, "lost_on")]
    assert desk.members()["資格　花子"][0].person.is_undisclosed


def test_the_end_of_continuation_stays_where_a_list_has_no_column_for_it(desk):
    desk.send(HANAKO | {"任継終了日": "2027-03-31"})
    assert desk.send(HANAKO).unchanged == (2,)
    assert desk.members()["資格　花子"][0].continuation_ends_on == date(2027, 3, 31)

    assert desk.send(HANAKO | {"任継終了日": ""}).changed[0].fields == (
        "continuation_ends_on",
    )


def test_a_list_without_the_column_brings_no_protected_address_back(desk):
    desk.send(HANAKO | {"不開示": "1"})

    assert desk.send(without(HANAKO, "不開示")).unchanged == (2,)
    assert desk.members()["資格　花子"][0].person.address is None


def test_lifting_a_protection_is_warned_of(desk):
    desk.send(HANAKO | {"不開示": "1"})
    assert desk.members()["資格　花子"][0].person.address is None

    _, plan = desk.preview(HANAKO)

    assert [(w.line, w.field) for w in plan.warnings] == [(2, "is_undisclosed")]
    assert plan.changed[0].fields == ("address", "is_undisclosed")


def test_coming_under_protection_is_warned_of_with_what_is_to_be_recalled(desk):
    desk.send(HANAKO)

    plan = desk.send(HANAKO | {"不開示": "1"})

    assert [(w.line, w.field) for w in plan.warnings] == [(2, "is_undisclosed")]
    assert desk.send(HANAKO | {"不開示": "1"}).warnings == ()


def test_a_list_with_an_error_commits_nothing(desk, audit):
    list_id, plan = desk.preview(HANAKO, JIRO | {"生年月日": "昭和65年1月1日"})

    assert plan.error_count == 1
    assert [line.line for line in plan.added] == [2]
    with pytest.raises(ConflictError):
        desk.commit(list_id)
    assert desk.members() == {}
    assert audit() == []


@pytest.mark.parametrize(
    "bent",
    [
        {"保険者番号": "06990022"},
        {"番号": ""},
        {"枝番": "1"},
        {"氏名": "\u200b花子"},
        {"氏名カナ": "花子"},
        {"生年月日": "2026-11-24"},
        {"性別": "9"},
        {"住所": "あ" * 61},
        {"資格取得年月日": "1980-01-01"},
        {"資格喪失年月日": "2019-01-01"},
        {"資格喪失事由": "01"},
        {"負担割合": "4割"},
        {"限度額区分": "ア"},
        {"特定疾病": "4"},
        {"マイナ保険証": ""},
        {"不開示": "?"},
        {"個人番号": "983205673214"},
    ],
)
def test_no_bad_line_writes_anything(desk, audit, bent):
    content = list_bytes(HANAKO | bent, JIRO)

    list_id, plan = preview(desk.registrar, desk.teller, content)

    assert {e.line for e in plan.errors} == {2}
    with pytest.raises(ConflictError):
        desk.commit(list_id)
    assert desk.members() == {}
    assert audit() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"PK\x03\x04",
        "氏名\r\n".encode(),
        list_bytes(HANAKO).replace(b"\r\n", b"\r"),
        list_bytes(HANAKO) + b'"',
        list_bytes(HANAKO | {"氏名": "\ue000"}),
        list_bytes(HANAKO).replace("枝番".encode(), "謎".encode()),
        "髙橋".encode("utf-16"),
    ],
)
def test_no_bad_file_is_even_kept(desk, store, tmp_path, content):
    with pytest.raises(MalformedError):
        preview(desk.registrar, desk.teller, content)

    with sqlite3.connect(tmp_path / "store.db") as database:
        assert database.execute("SELECT count(*) FROM member_lists").fetchone() == (0,)
    database.close()


def test_another_insurers_list_is_not_found(desk):
    list_id, _ = desk.preview(HANAKO)

    with pytest.raises(NotFoundError):
        desk.of(RESIDENTS).commit(list_id)
    with pytest.raises(NotFoundError):
        desk.commit("lst-aaaa-aaaa-aaaa-aaaa")
    assert desk.members() == {}


def test_an_insurer_that_is_not_registered_tells_nothing(desk):
    with pytest.raises(NotFoundError):
        desk.of(STRANGERS).preview(HANAKO)


def test_a_list_is_previewed_again_when_the_register_has_changed(desk, audit):
    stale, _ = desk.preview(HANAKO, JIRO)
    desk.send(HANAKO)
    written = audit()

    with pytest.raises(ConflictError, match="preview"):
        desk.commit(stale)

    assert set(desk.members()) == {"資格　花子"}
    assert audit() == written


def test_a_list_may_be_committed_on_a_later_day(desk):
    desk.send(JIRO | LOST | {"資格喪失年月日": "2026-12-01"})
    list_id, shown = desk.preview(HANAKO)

    assert shown.counts["missing"] == 1
    committed = desk.at(desk.teller.at + timedelta(days=1)).commit(list_id)
    assert committed == shown.without_numbers()


def a_crowd(count):
    return [
        JIRO | {"番号": str(number), "氏名": f"資格　{number}"}
        for number in range(1, count + 1)
    ]


def breaking_after(desk, calls):
    """The desk of a house that goes down at its n-th call for randomness."""
    given = desk.registrar.random_bytes
    left = iter(range(calls))

    def failing(count: int) -> bytes:
        next(left)
        return given(count)

    return replace(desk, registrar=replace(desk.registrar, random_bytes=failing))


def test_a_commitment_that_breaks_before_it_decides_writes_nothing(desk, audit):
    list_id, _ = desk.preview(HANAKO, JIRO)

    with pytest.raises(StopIteration):
        breaking_after(desk, 1).commit(list_id)

    assert desk.members() == {}
    assert audit() == []
    assert desk.commit(list_id).counts["added"] == 2
    assert len(desk.members()) == 2


def test_a_commitment_that_breaks_half_way_goes_on_when_asked_for_again(
    desk, audit, store
):
    crowd = a_crowd(2 * CHUNK)
    list_id, shown = desk.preview(*crowd)
    with pytest.raises(StopIteration):
        breaking_after(desk, len(crowd) + 2 * CHUNK + 2).commit(list_id)
    written = desk.members()
    with store.reading() as tx:
        assert tx.member_list(list_id).committed_at is None

    again = desk.at(desk.teller.at + timedelta(days=1)).commit(list_id)

    assert again == shown.without_numbers()

    assert len(written) == CHUNK
    after = desk.members()
    assert set(after) == {member["氏名"] for member in crowd}
    assert {name: after[name] for name in written} == written
    assert {len(desk.history(coverage)) for _, coverage in after.values()} == {1}
    kinds = Counter(entry.kind for entry in audit())
    assert kinds == {
        AuditKind.COVERAGE_REGISTERED: len(crowd),
        AuditKind.LIST_COMMITTED: 1,
    }


def test_a_runner_who_comes_late_writes_nothing_over_what_was_told_since(
    desk, audit, store
):
    list_id, _ = desk.preview(HANAKO)
    with pytest.raises(StopIteration):
        breaking_after(desk, 1).commit(list_id)  # decided, and nothing written
    with store.reading() as tx:
        late = tx.member_list(list_id)
    assert late.decision
    desk.commit(list_id)
    told_since = desk.send(HANAKO | {"住所": "大阪府"})
    assert told_since.changed
    before = audit()

    content = list_bytes(HANAKO | {"保険者番号": desk.teller.insurer.digits})
    parsed = lists_room._parse(desk.registrar, desk.teller, content, TODAY)
    lists_room._carry_out(desk.registrar, desk.teller, late, parsed)

    assert desk.members()["資格　花子"][0].person.address == "大阪府"
    assert audit() == before


def test_what_a_crash_left_half_written_is_finished_without_being_asked(
    desk, audit, store
):
    crowd = a_crowd(2 * CHUNK)
    list_id, _ = desk.preview(*crowd)
    with pytest.raises(StopIteration):
        breaking_after(desk, len(crowd) + 2 * CHUNK + 2).commit(list_id)
    assert len(desk.members()) == CHUNK

    tomorrow = desk.teller.at + timedelta(days=1)
    assert go_on(desk.registrar, tomorrow) == [list_id]

    assert set(desk.members()) == {member["氏名"] for member in crowd}
    assert audit()[-1].kind is AuditKind.LIST_COMMITTED
    assert go_on(desk.registrar, tomorrow) == []
    with store.reading() as tx:
        assert tx.member_list(list_id).committed_at == tomorrow


def test_what_was_begun_and_is_outrun_is_given_up_and_hinders_no_other(desk):
    stale, _ = desk.preview(HANAKO)
    with pytest.raises(StopIteration):
        breaking_after(desk, 0).commit(stale)
    other = desk.of(RESIDENTS)
    waiting, _ = other.preview(JIRO)
    with pytest.raises(StopIteration):
        breaking_after(other, 0).commit(waiting)
    with desk.registrar.store.transaction() as tx:  # as if the register had changed
        tx.abandon_list(stale)
    registered(desk)
    with desk.registrar.store.transaction() as tx:
        tx.begin_list(stale, desk.teller.at)

    assert go_on(desk.registrar, desk.teller.at) == [waiting]

    assert desk.send(HANAKO).unchanged == (2,)


def test_others_write_between_the_parts_of_a_commitment(desk, store):
    list_id, _ = desk.preview(*a_crowd(3 * CHUNK))
    before = store.group.commits

    desk.commit(list_id)

    begun_decided_finished = 3
    assert store.group.commits - before == begun_decided_finished + 3


def test_the_same_commitment_asked_for_at_once_is_made_once(desk, audit):
    crowd = a_crowd(2 * CHUNK)
    list_id, shown = desk.preview(*crowd)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(desk.commit, [list_id] * 4))

    assert {tuple(it.counts.items()) for it in answers} == {tuple(shown.counts.items())}
    assert len(desk.members()) == len(crowd)
    assert Counter(entry.kind for entry in audit()) == {
        AuditKind.COVERAGE_REGISTERED: len(crowd),
        AuditKind.LIST_COMMITTED: 1,
    }


def test_nothing_else_is_told_while_a_list_is_under_way(desk):
    desk.send(SABURO)
    known = desk.coverage_of("資格　三郎").id
    torn, _ = desk.preview(HANAKO, JIRO)
    other, _ = desk.preview(SABURO)
    with pytest.raises(StopIteration):
        breaking_after(desk, 3).commit(torn)

    for telling in (
        lambda: desk.commit(other),
        lambda: tell(desk, register_one, desk.row(HANAKO)),
        lambda: tell(desk, end, known, date(2026, 11, 1), LossReason.DEATH),
        lambda: tell(desk, release_hold, known),
    ):
        with pytest.raises(ConflictError, match=torn):
            telling()
    desk.of(RESIDENTS).send(JIRO)

    desk.commit(torn)
    assert tell(desk, end, known, date(2026, 11, 1), LossReason.DEATH).lost_on


def test_whom_another_insurer_brought_meanwhile_is_not_registered_twice(desk):
    list_id, _ = desk.preview(HANAKO | HANAKOS_NUMBER)
    with pytest.raises(StopIteration):
        breaking_after(desk, 1).commit(list_id)
    desk.of(RESIDENTS).send(HANAKO | HANAKOS_NUMBER)

    desk.commit(list_id)

    told = [it.coverage_of("資格　花子") for it in (desk, desk.of(RESIDENTS))]
    assert told[0].person_id == told[1].person_id


def test_who_was_erased_meanwhile_is_somebody_new(desk, store, at):
    left = {"資格喪失年月日": "2021-01-01", "資格喪失事由": "03"}
    desk.send(HANAKO | left)
    erased = desk.coverage_of("資格　花子").person_id
    list_id, _ = desk.preview(HANAKO | {"資格取得年月日": "2026-11-01"}, JIRO)
    with pytest.raises(StopIteration):
        breaking_after(desk, 2).commit(list_id)
    erase_ended(store, date(2022, 1, 1), at)

    desk.commit(list_id)

    assert desk.coverage_of("資格　花子").person_id != erased


def test_of_an_erased_person_an_unfinished_list_tells_nothing(desk, store, at):
    left = {"資格喪失年月日": "2021-01-01", "資格喪失事由": "03"}
    desk.send(HANAKO | left)
    list_id, _ = desk.preview(HANAKO | left | {"住所": "大阪府大阪市北区1-1"}, JIRO)
    with pytest.raises(StopIteration):
        breaking_after(desk, 1).commit(list_id)
    erase_ended(store, date(2022, 1, 1), at)

    desk.commit(list_id)

    assert set(desk.members()) == {"資格　次郎"}


@dataclass(frozen=True, slots=True)
class VisitedSafe:
    """A safe beside which somebody does something whenever a list is handled."""

    safe: Safe
    visit: Callable[[], object]

    def index(self, number):
        return self.safe.index(number)

    def seal(self, *cell):
        self.visit()
        return self.safe.seal(*cell)

    def unseal(self, *cell):
        self.visit()
        return self.safe.unseal(*cell)


def visited(desk, visit):
    safe = VisitedSafe(desk.registrar.safe, visit)
    return replace(desk, registrar=replace(desk.registrar, safe=safe))


def test_others_write_while_a_list_is_opened_and_planned(desk, audit):
    visits = []
    list_id, _ = desk.preview(HANAKO, JIRO)

    def visit():
        confirm(desk.registrar, desk.teller)
        visits.append(len(audit()))

    visited(desk, visit).commit(list_id)

    assert visits == [0, 2]  # before the plan, and before it is told as committed
    assert set(desk.members()) == {"資格　花子", "資格　次郎"}


def test_a_change_that_leaves_the_plan_as_shown_is_carried_out(desk):
    list_id, shown = desk.preview(HANAKO)
    elsewhere = desk.of(RESIDENTS)

    visited(desk, lambda: registered(elsewhere, JIRO)).commit(list_id)

    assert len(shown.added) == 1
    assert set(desk.members()) == {"資格　花子"}


def test_a_list_that_is_committed_by_another_meanwhile_is_committed_once(desk):
    list_id, _ = desk.preview(HANAKO)
    opened = []

    def visit():
        opened.append(list_id)
        if len(opened) == 2:
            desk.commit(list_id)

    visited(desk, visit).commit(list_id)

    assert len(desk.history(desk.coverage_of("資格　花子"))) == 1


def test_of_a_committed_list_nothing_of_any_person_is_kept(desk, registrar: Registrar):
    desk.send(HANAKO | HANAKOS_NUMBER, SABURO)
    list_id, _ = desk.preview(HANAKO | {"住所": "架空県見本市9"}, JIRO)

    desk.commit(list_id)

    with registrar.store.reading() as tx:
        sealed = tx.member_list(list_id).plan
    kept = registrar.safe.unseal("member_lists", list_id, "plan", sealed)
    assert StoredList.unseal(registrar.safe, list_id, sealed).upload == b""
    assert desk.commit(list_id).counts["missing"] == 1
    for secret in ("花子", "見本市", "1234", "567"):
        assert secret not in str(json.loads(kept)["plan"])


def test_each_change_is_audited_under_a_pseudonym_and_codes_alone(desk, audit, store):
    desk.send(HANAKO | HANAKOS_NUMBER, JIRO)

    registered, other, committed = audit()
    coverage = desk.coverage_of("資格　花子")
    with store.reading() as tx:
        key = tx.audit_key(coverage.person_id)
    assert registered.kind is other.kind is AuditKind.COVERAGE_REGISTERED
    assert registered.object == coverage.id
    assert registered.subject == pseudonym(key)
    assert registered.subject != other.subject
    assert (registered.actor_kind, registered.actor) == (
        ActorKind.INSURER,
        EMPLOYEES.digits,
    )
    assert registered.terminal == "cli-abcd"
    assert committed.kind is AuditKind.LIST_COMMITTED
    assert committed.object.startswith("lst-")


def test_neither_upload_nor_number_can_be_read_in_the_store(desk, store, tmp_path):
    def kept() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    list_id, _ = desk.preview(HANAKO | HANAKOS_NUMBER)
    previewed = kept()
    desk.commit(list_id)
    store.close()

    assert list_id.encode() in previewed
    for secret in ("花子", "千代田", "1234 567", HANAKOS_NUMBER["個人番号"]):
        assert secret.encode() not in previewed
    assert HANAKOS_NUMBER["個人番号"].encode() not in kept()


def test_a_list_sealed_for_one_id_opens_under_no_other(desk, registrar: Registrar):
    first, _ = desk.preview(HANAKO)
    second, _ = desk.preview(JIRO)
    with registrar.store.reading() as tx:
        sealed = tx.member_list(first).plan

    with pytest.raises(Exception, match="does not open"):
        registrar.safe.unseal("member_lists", second, "plan", sealed)

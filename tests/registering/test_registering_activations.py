"""Activation codes: one a person, kept as a digest, good for fourteen days."""

from datetime import UTC, date, datetime

import pytest
from registering_desk import EMPLOYEES, HANAKO, JIRO, RESIDENTS, STRANGERS

from backend.audit.events import AuditKind, read_entry
from backend.domain.errors import NotFoundError
from backend.domain.one_time_code import code_mac
from backend.registering.activations import (
    CHUNK,
    activation_codes,
    current_members,
)
from backend.storage.rows import ClientKind

KEY = b"k" * 32
NOVEMBER = date(2026, 11, 23)


def codes_noted(store):
    with store.reading() as tx:
        entries = [read_entry(stored) for _, stored in tx.audit_entries()]
    return sum(it.kind is AuditKind.ACTIVATION_CODE_MADE for it in entries)


@pytest.fixture
def hanako(desk):
    desk.send(HANAKO)
    return desk.coverage_of("資格　花子").person_id


@pytest.fixture
def made(store, random_bytes):
    def make(person_ids, at, insurer=EMPLOYEES):
        return activation_codes(store, insurer, person_ids, at, random_bytes, KEY)

    return make


def test_a_code_is_kept_as_a_digest_for_one_person_and_insurer(made, store, hanako, at):
    (code,) = made([hanako], at)

    with store.reading() as tx:
        kept = tx.code(code_mac(KEY, code.code.lower().replace("-", " ")))
    assert (kept.kind, kept.party) == (ClientKind.PATIENT, hanako)
    assert kept.insurer == EMPLOYEES.digits
    assert kept.expires_at == code.expires_at
    assert kept.used_at is None


def test_the_code_itself_is_nowhere_in_the_store(made, store, hanako, at, tmp_path):
    (code,) = made([hanako], at)
    store.close()

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert code.code.encode() not in kept
    assert code.code.replace("-", "").encode() not in kept
    assert code.code not in repr(code)


@pytest.mark.parametrize(
    ("made_at", "last_on"),
    [
        (datetime(2026, 11, 23, 14, 59, tzinfo=UTC), date(2026, 12, 7)),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), date(2026, 12, 8)),
    ],
)
def test_a_code_is_good_to_the_end_of_the_fourteenth_day_in_japan(
    made, hanako, made_at, last_on
):
    (code,) = made([hanako], made_at)

    assert code.last_on == last_on
    midnight = datetime(last_on.year, last_on.month, last_on.day, 15, tzinfo=UTC)
    assert code.expires_at == midnight


def test_each_person_gets_one_code_and_no_two_are_alike(made, desk, hanako, at):
    desk.send(HANAKO, JIRO)
    jiro = desk.coverage_of("資格　次郎").person_id

    codes = made([hanako, jiro, hanako], at)

    assert [code.person_id for code in codes] == [hanako, jiro]
    assert len({code.code for code in codes}) == 2


def test_another_insurers_member_gets_no_code_and_spoils_the_rest(
    made, store, desk, hanako, at
):
    desk.of(RESIDENTS).send(JIRO)
    jiro = desk.of(RESIDENTS).coverage_of("資格　次郎").person_id

    with pytest.raises(NotFoundError, match="member"):
        made([hanako, jiro], at)

    assert codes_noted(store) == 0


def test_others_write_while_codes_are_made_for_many(store, desk, at, random_bytes):
    count = 2 * CHUNK + 1
    desk.send(*(HANAKO | {"番号": str(1000 + n)} for n in range(count)))
    everyone = current_members(store, EMPLOYEES, NOVEMBER)
    noted = set()

    def drawing(size):
        with store.reading() as tx:
            noted.add(tx.audit_size())
        return random_bytes(size)

    with store.reading() as tx:
        before = tx.audit_size()

    codes = activation_codes(store, EMPLOYEES, everyone, at, drawing, KEY)

    assert [it.person_id for it in codes] == list(everyone)
    assert noted == {before, before + CHUNK, before + 2 * CHUNK}


def test_who_is_erased_meanwhile_gets_no_code(store, desk, hanako, at, random_bytes):
    desk.send(HANAKO, JIRO)
    jiro = desk.coverage_of("資格　次郎").person_id

    def drawing(size):
        store.write(lambda tx: tx.erase_person(jiro))
        return random_bytes(size)

    codes = activation_codes(store, EMPLOYEES, [hanako, jiro], at, drawing, KEY)

    assert [it.person_id for it in codes] == [hanako]


def test_current_members_are_those_whose_coverage_has_not_ended(store, desk):
    left = {"資格喪失年月日": "2026-11-23", "資格喪失事由": "99"}
    coming = {"枝番": "03", "生年月日": "2016-01-01", "資格取得年月日": "2026-12-01"}
    desk.send(HANAKO, JIRO | left, JIRO | coming | {"氏名": "資格　三郎"})

    names = {desk.coverage_of(n).person_id for n in ("資格　花子", "資格　三郎")}

    assert set(current_members(store, EMPLOYEES, NOVEMBER)) == names
    day_before = current_members(store, EMPLOYEES, date(2026, 11, 22))
    assert len(day_before) == 3
    assert current_members(store, STRANGERS, NOVEMBER) == ()


def test_who_came_back_is_named_once(store, desk):
    left = {"資格喪失年月日": "2026-12-01", "資格喪失事由": "99"}
    desk.send(HANAKO | left)
    desk.send(HANAKO | {"資格取得年月日": "2027-01-01"})

    assert len(current_members(store, EMPLOYEES, NOVEMBER)) == 1


def test_the_newest_code_counts_and_the_log_knows_of_both(made, store, hanako, at):
    (first,) = made([hanako], at)
    (second,) = made([hanako], at)

    with store.reading() as tx:
        used = [tx.code(code_mac(KEY, it.code)).used_at for it in (first, second)]
        entries = [read_entry(stored) for _, stored in tx.audit_entries()]
    assert used == [at, None]
    made_entries = [it for it in entries if it.kind is AuditKind.ACTIVATION_CODE_MADE]
    assert len(made_entries) == 2
    assert all(it.subject for it in made_entries)

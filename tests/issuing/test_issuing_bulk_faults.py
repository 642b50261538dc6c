"""A run cut off anywhere goes on: nothing lost, nothing twice, each line told."""

import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from bulk_desk import Desk, a_desk, list_bytes

from backend.domain.errors import NotFoundError, UnavailableError
from backend.issuing.bulk.carrier import Carrier
from backend.issuing.bulk.lines import CHUNKS
from backend.issuing.bulk.outcomes import LineResult
from backend.issuing.bulk.runs import cancel, resume
from backend.issuing.recheck import recheck
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind, RunState
from backend.storage.sqlite.store import SqliteStore
from tests.house_of_glass import OLD


class PowerCutError(BaseException):
    """The process ends here: nothing more of it is done, no rollback either."""


class Cut:
    """A connection that is dead from its nth statement on."""

    def __init__(self, connection, after):
        self._connection, self._left = connection, after

    def _count(self):
        self._left -= 1
        if self._left < 0:
            raise PowerCutError

    def execute(self, *args):
        self._count()
        return self._connection.execute(*args)

    def executemany(self, *args):
        self._count()
        return self._connection.executemany(*args)

    def __getattr__(self, name):
        return getattr(self._connection, name)


def require_whole(desk: Desk, run_id: str) -> None:
    """Every line once; every serial and place used once and signed; the log seals."""
    with desk.house.store.reading() as tx:
        run, counts = tx.bulk_run(run_id), tx.run_counts(run_id)
        used = tx.run("SELECT SUM(used) FROM status_lists").fetchone()[0] or 0
        intents = tx.run("SELECT COUNT(*) FROM intents").fetchone()[0]
        signed = tx.count_certificates()
        open_batches = list(tx.open_batches(OLD.digits))
    assert run.state is RunState.FINISHED
    outcomes = desk.outcomes(run)
    assert sorted(outcomes) == list(range(2, run.lines + 2))
    assert counts.decided == run.lines
    assert open_batches == []
    assert used == intents == signed
    done = [it.serial for it in outcomes.values() if it.result is LineResult.DONE]
    assert len(set(done)) == len(done) == counts.done
    found = recheck(desk.house.store)
    assert found.discrepancies == ()
    for person in desk.people:
        alive = [it for it in desk.papers(person) if it.withdrawal is None]
        assert len(alive) <= 1


@pytest.fixture
def small(house, monkeypatch):
    """Nine lines in five chunks: issued, twice, skipped, rejected, lost."""
    monkeypatch.setitem(CHUNKS, RunKind.ISSUE, 2)
    desk = a_desk(house)
    for _ in range(4):
        desk.member()
    desk.member(card_status="USABLE")
    desk.member(line={"生年月日": "昨日"})
    lost = desk.member(line={"交付事由": "紛失"})
    desk.lines += [desk.lines[0], desk.lines[6]]
    first = a_desk(house)
    first.lines = [desk.lines[6] | {"交付事由": ""}]
    first.run(key="before")
    assert len(desk.papers(lost)) == 1
    return desk


def reopened(desk: Desk, path) -> Desk:
    """The same house after the process ended: over the file as it was left."""
    house = desk.house
    house.store._database.conn.close()  # as the system does: what is open is undone
    for reader in house.store._resting:
        reader.close()
    house.store = SqliteStore(path, status_list_size=4096)
    object.__setattr__(house.issuer, "store", house.store)
    again = a_desk(house)
    again.lines, again.people = desk.lines, desk.people
    return again


def test_a_run_cut_off_before_any_statement_goes_on(small, tmp_path):
    path = tmp_path / "shikaku.db"
    run = small.receive()
    small.house.store.close()
    kept = tmp_path / "kept.db"
    shutil.copy(path, kept)
    small.house.store = SqliteStore(path, status_list_size=4096)
    cuts = 0
    for after in count():
        small = reopened(small, path)
        small.house.store.close()
        for name in ("shikaku.db-wal", "shikaku.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        shutil.copy(kept, path)
        small = reopened(small, path)
        store = small.house.store
        store.group._connection = Cut(store._database.conn, after)
        try:
            small.carry_on(run)
        except PowerCutError:
            cuts += 1
        else:
            break
        small = reopened(small, path)
        small.carry_on(run)
        require_whole(small, run.id)
    assert cuts > 40


@pytest.mark.parametrize("erased", [slice(1), slice(2)])
@pytest.mark.parametrize("is_cut_off", [False, True])
def test_a_run_ends_though_people_are_erased_before_their_papers_are_signed(
    small, erased, is_cut_off
):
    """The first batch has two papers; one is left of it, or none."""
    run, batches = small.receive(), count(1)

    class Erasing(Carrier):
        def sign(self, batch):
            if next(batches) == 1:
                for person in small.people[erased]:
                    self._store.write(lambda tx, it=person: tx.erase_person(it))
                if is_cut_off:
                    raise PowerCutError
            return super().sign(batch)

    if is_cut_off:
        with pytest.raises(PowerCutError):
            small.carry_on(run, Erasing)

    assert small.carry_on(run, Erasing).state is RunState.FINISHED
    assert recheck(small.house.store).discrepancies == ()


def test_a_list_cut_off_while_it_is_read_is_read_anew(small, tmp_path):
    path = tmp_path / "shikaku.db"
    for after in count():
        store = small.house.store
        store.group._connection = Cut(store._database.conn, after)
        try:
            run = small.receive(key=f"list {after}")
        except PowerCutError:
            small = reopened(small, path)
        else:
            break
        with small.house.store.reading() as tx:
            assert tx.run_of_key(OLD.digits, f"list {after}") is None
    assert after > 10
    store.group._connection = store._database.conn
    assert small.carry_on(run).state is RunState.FINISHED


def test_a_full_disk_loses_nothing(small):
    for _ in range(30):
        small.member()
    run = small.receive()
    with small.house.store.transaction() as tx:
        (pages,) = tx.run("PRAGMA page_count").fetchone()
    conn = small.house.store._database.conn
    conn.execute(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(UnavailableError, match="room"):
        small.carry_on(run)

    conn.execute("PRAGMA max_page_count = 1000000")
    small.carry_on(run)
    require_whole(small, run.id)


def test_two_processes_share_one_run(small, tmp_path):
    run = small.receive()
    other_house = small.house.store
    faster = iter([True])

    class Overtaken(Carrier):
        """Before its first batch is signed, another carries the run on to its end."""

        def sign(self, batch):
            for _ in faster:
                small.carry_on(run)
            return super().sign(batch)

    small.carry_on(run, Overtaken)

    assert small.house.store is other_house
    require_whole(small, run.id)


def test_a_cancelled_run_stops_and_goes_on_when_it_is_resumed(small):
    run, store, at = small.receive(), small.house.store, small.house.at
    seen = []

    def watch(counts):
        seen.append(counts.decided)
        if counts.decided >= 4:
            cancel(store, OLD.digits, run.id, "opr-2", at)

    stopped = small.carry_on(run, watch=watch)

    assert stopped.state is RunState.CANCELLED
    assert seen == [0, 2, 4]
    with store.reading() as tx:
        assert list(tx.open_batches(OLD.digits)) == []
    resume(store, OLD.digits, run.id, 1_000, "opr-2", at)
    small.carry_on(run)
    require_whole(small, run.id)


def test_what_was_told_after_a_chunk_was_prepared_counts(small):
    """Prepared as due; then the coverage ends; then the chunk is noted."""
    run = small.receive()
    told = iter([True])

    class Slow(Carrier):
        def prepare(self, number, at):
            ready = super().prepare(number, at)
            for _ in told:
                person = small.people[0]
                with small.house.store.transaction() as tx:
                    (coverage,) = tx.record_of_person(person).coverages
                    day = small.house.at.date()
                    tx.put_coverage(ended(coverage, day))
            return ready

    small.carry_on(run, Slow)

    assert small.outcomes(run)[2].code == "lapsed"
    assert small.papers(small.people[0]) == []


def test_who_got_a_paper_after_a_chunk_was_prepared_gets_no_second(small):
    run = small.receive()
    told = iter([True])

    class Slow(Carrier):
        def prepare(self, number, at):
            ready = super().prepare(number, at)
            for _ in told:
                desk = a_desk(small.house)
                desk.lines = [small.lines[0]]
                desk.run(key="in between")
            return ready

    small.carry_on(run, Slow)

    assert small.outcomes(run)[2].code == "holds-one"
    require_whole(small, run.id)


def test_a_paper_withdrawn_after_its_line_was_prepared_is_replaced_all_the_same(small):
    run = small.receive()
    (lost,) = small.papers(small.people[-1])
    told = iter([True])

    class Slow(Carrier):
        def prepare(self, number, at):
            ready = super().prepare(number, at)
            for _ in told if number == 3 else ():
                revoked, why = WithdrawalKind.REVOKED, WithdrawalReason.STOLEN
                withdraw(
                    small.house.store,
                    OLD.digits,
                    lost.serial,
                    revoked,
                    why,
                    small.house.at,
                )
            return ready

    small.carry_on(run, Slow)

    assert small.outcomes(run)[8].result is LineResult.DONE
    require_whole(small, run.id)


def ended(coverage, day):
    told_at = coverage.recorded_at + timedelta(days=1)
    return replace(coverage, lost_on=day, recorded_at=told_at)


def test_a_run_needs_its_own_list_alone(house, tmp_path):
    """The lines are sealed: the database alone tells nobody whose papers are due."""
    desk = a_desk(house)
    desk.member(line={"番号": "8876543"}, coverage=None)
    desk.receive(list_bytes(desk.lines))

    assert b"8876543" not in (tmp_path / "shikaku.db").read_bytes()
    assert b"8876543" not in (tmp_path / "shikaku.db-wal").read_bytes()


def test_a_run_of_somebody_unknown_is_not_found(small):
    run = replace(small.receive(), id="run-x")
    with pytest.raises(NotFoundError, match="run"):
        small.carry_on(run)

"""資格確認書の交付: reserve a serial, note the intent, sign, record.

1. In one transaction: who is due, a serial and a status place each, the intent.
2. Sign what was noted.
3. In one transaction: the signatures, and the log's entry that seals them.
After a crash the intents without a signature are finished first (docs/issuance.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.credentials.certificate import Form
from backend.credentials.key_set import KeyPurpose
from backend.domain.coverage import Coverage
from backend.domain.entitlement import CardStatus
from backend.domain.errors import ConflictError, MalformedError, NotFoundError
from backend.domain.identifiers import new_serial
from backend.domain.japan_time import japan_day
from backend.domain.paper_order import PaperOrder
from backend.domain.words import Words
from backend.issuing.batches import finish_batches, note_batch
from backend.issuing.due import NotDue, is_due
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set
from backend.issuing.paper import Press, Wishes, draw_up
from backend.storage.batch_rows import Draft
from backend.storage.rows import IssuedCertificate, Member
from backend.storage.run_rows import RegisterLine
from backend.storage.store import Transaction

CHUNK = 100  # people a transaction, so that the write lock is held only briefly


@dataclass(frozen=True, slots=True)
class Skipped:
    """Someone who got no certificate, and why."""

    person_id: str
    reason: Words


@dataclass(frozen=True, slots=True)
class CertificateRun:
    """What a run issued and whom it left out."""

    issued: tuple[IssuedCertificate, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Reserved:
    serials: list[str]
    skipped: list[Skipped]


def issue_certificates(
    issuer: Issuer,
    insurer_number: str,
    persons: Sequence[str] | None,
    form: Form,
    at: datetime,
    at_most: int | None = None,
) -> CertificateRun:
    """Issue to everyone due (`persons` None), or to these people as they applied.

    Nobody gets a second valid paper. Raises NotFoundError for an unknown insurer or a
    person who is not its member, ConflictError for more than `at_most` people.
    """
    with issuer.store.reading() as tx:
        insurer = tx.insurer(insurer_number)
        if insurer is None:
            raise NotFoundError("insurer")
        asked = _asked(tx, insurer_number, persons, japan_day(at))
    if at_most is not None and len(asked) > at_most:
        raise ConflictError(_too_many(at_most))
    press = Press.of(insurer, form, japan_day(at), issuer.names)
    order = PaperOrder.EX_OFFICIO if persons is None else PaperOrder.APPLIED
    serials = finish_batches(issuer, insurer_number, at)
    skipped: list[Skipped] = []
    for start in range(0, len(asked), CHUNK):
        chunk = asked[start : start + CHUNK]
        reserved = _reserve(issuer, press, chunk, order, at)
        finish_batches(issuer, insurer_number, at)
        serials += reserved.serials
        skipped += reserved.skipped
    return CertificateRun(tuple(_recorded(issuer, serials)), tuple(skipped))


def _too_many(at_most: int) -> Words:
    return Words(
        f"{at_most:,}人を超える交付は、別の担当者の承認が要る一括処理で行ってください。",
        f"For more than {at_most:,} people use a bulk run, which a second operator "
        "approves.",
    )


def _asked(
    tx: Transaction, insurer: str, persons: Sequence[str] | None, on: date
) -> list[str]:
    """The insurer's people, all or those named, each by one of their coverages.

    The one that holds on the day `on`; where none does, the newest that was not undone:
    a next one told ahead, or one taken back, keeps nobody from their paper.
    """
    chosen: dict[str, tuple[Member, Coverage]] = {}
    for member, coverage in tx.members_of(insurer):
        earlier = chosen.get(member.person.id)
        if earlier is None or _rank(earlier[1], on) <= _rank(coverage, on):
            chosen[member.person.id] = member, coverage
    if persons is None:
        persons = list(chosen)
    if set(persons) - chosen.keys():
        raise NotFoundError("member")
    return [chosen[person_id][1].id for person_id in dict.fromkeys(persons)]


def _rank(coverage: Coverage, on: date) -> tuple[bool, bool, date]:
    return coverage.holds_on(on), not coverage.is_undone, coverage.acquired_on


def _reserve(
    issuer: Issuer,
    press: Press,
    chunk: Sequence[str],
    order: PaperOrder,
    at: datetime,
) -> _Reserved:
    """Note an intent for each of the coverages whose person is due."""
    keys = key_set(issuer.store)
    kid = active_signer(issuer, keys, KeyPurpose.ISSUING, press.insurer.number).kid

    def reserve(tx: Transaction) -> _Reserved:
        found = tx.registered_coverages(press.insurer.number, chunk, press.on)
        lines = map(RegisterLine._make, found)
        answers = [_drawn(issuer, tx, press, line, order, at) for line in lines]
        drafts = [it for it in answers if not isinstance(it, Skipped)]
        if drafts:
            note_batch(tx, press, keys, kid, drafts, at, issuer.random_bytes)
        skipped = [it for it in answers if isinstance(it, Skipped)]
        return _Reserved([serial for serial, *_ in drafts], skipped)

    return issuer.store.write(reserve)


def _drawn(
    issuer: Issuer,
    tx: Transaction,
    press: Press,
    line: RegisterLine,
    order: PaperOrder,
    at: datetime,
) -> Draft | Skipped:
    due = is_due(tx, line, CardStatus(line.card_status), order, press.on, at)
    if isinstance(due, NotDue):
        return Skipped(line.person_id, due.words)
    try:
        serial = new_serial(issuer.random_bytes)
        return draw_up(tx, press, line, Wishes(), serial)
    except MalformedError as error:
        return Skipped(line.person_id, _words(error))


def _recorded(issuer: Issuer, serials: Sequence[str]) -> list[IssuedCertificate]:
    """What was signed, by this run or by another that found its intents first."""
    with issuer.store.reading() as tx:
        found = [tx.certificate(serial) for serial in serials]
    return [certificate for certificate in found if certificate is not None]


def _words(error: MalformedError) -> Words:
    return Words(
        f"{error.field}: {error.reason.ja} {error.fix.ja}",
        f"{error.field}: {error.reason.en} {error.fix.en}",
    )

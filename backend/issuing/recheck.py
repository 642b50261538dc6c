"""再点検: read again everything ever signed, and hold it against the record.

(1) The key is one of ours, of this insurer. (2) The signature holds. (3) The paper
spells its claims as a paper of its form does. (4) Serial, last day and status place
are those recorded. (5) No two papers share a status place. (6) The log seals every
serial and digest of its batch.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backend.audit.batch_seal import batch_seal
from backend.audit.events import read_entry
from backend.credentials.certificate import CertificateFields, open_certificate
from backend.credentials.jose import NotGenuineError
from backend.credentials.key_set import KeyRecord, KeyState
from backend.domain.words import Words
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import records_of
from backend.storage.rows import IssuedCertificate, StatusPlace
from backend.storage.store import Store, Transaction

_TOLD_EACH = 1_000  # papers: a few times a second


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A paper that is not as recorded, and what differs."""

    serial: str
    words: Words


@dataclass(frozen=True, slots=True)
class Recheck:
    """How many papers were read, how many belong to erased people, what differs."""

    read: int
    erased: int
    discrepancies: tuple[Discrepancy, ...]


def recheck(
    store: Store, watch: Callable[[int, int], None] = lambda read, differ: None
) -> Recheck:
    """Read every certificate again; retired keys still tell what they signed.

    `watch` is told now and then, and at the end, how many are read and how many of
    them differ.
    """
    with store.reading() as tx:
        keys = {it.kid: it for it in records_of(tx) if it.state is not KeyState.NEXT}
        taken: dict[tuple[str, int], bytearray] = {}
        read = erased = 0
        found: list[Discrepancy] = []
        for paper in tx.certificates():
            read += 1
            if read % _TOLD_EACH == 0:
                watch(read, len(found))
            if not paper.words:
                erased += 1
            else:
                found += _discrepancies(paper, keys)
            if _is_taken(taken, paper.place):  # (5)
                found.append(_differs(paper, "状態番号が重複", "a status place twice"))
        watch(read, len(found))
        found += _unsealed(tx)  # (6)
    return Recheck(read, erased, tuple(found))


def _is_taken(taken: dict[tuple[str, int], bytearray], place: StatusPlace) -> bool:
    """Whether a place was met before: a byte for each, for there are millions."""
    places = taken.setdefault((place.insurer, place.list_number), bytearray())
    places.extend(bytes(max(0, place.idx + 1 - len(places))))
    was_taken = bool(places[place.idx])
    places[place.idx] = 1
    return was_taken


def _discrepancies(
    paper: IssuedCertificate, keys: dict[str, KeyRecord]
) -> Iterator[Discrepancy]:
    try:
        opened = open_certificate(issued_text(paper), keys.get)  # (1) (2) (3)
    except (NotGenuineError, ValueError) as error:
        yield _differs(paper, "署名または書式が不正", f"not genuine: {error}")
        return
    if _recorded(paper) != _printed(opened.fields):  # (4)
        yield _differs(paper, "記録と記載が不一致", "record and paper differ")


def _unsealed(tx: Transaction) -> Iterator[Discrepancy]:
    """Batches of which the log's entry seals something else, or is not there."""
    for number, signed in tx.sealed_batches():
        noted = [read_entry(stored).note for _, stored in tx.audit_entries(number, 1)]
        if noted != [batch_seal(signed)]:
            words = Words("監査記録の封印と不一致", "the log seals another batch")
            yield Discrepancy(signed[0][0], words)


def _recorded(paper: IssuedCertificate) -> tuple[object, ...]:
    place = paper.place
    return (
        paper.serial,
        paper.insurer,
        paper.expires_on,
        place.list_number,
        place.idx,
    )


def _printed(fields: CertificateFields) -> tuple[object, ...]:
    return (
        fields.serial,
        fields.insurer_number.digits,
        fields.expires_on,
        fields.status_list,
        fields.status_index,
    )


def _differs(paper: IssuedCertificate, ja: str, en: str) -> Discrepancy:
    return Discrepancy(paper.serial, Words(ja, en))

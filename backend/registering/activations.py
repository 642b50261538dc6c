"""Activation codes: what a member's letter carries, and a phone is activated with.

A code opens once. It is told once, here, and kept only as a keyed digest.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from backend.audit.events import AuditKind
from backend.domain.errors import NotFoundError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day, start_of_day
from backend.domain.one_time_code import code_mac, make_code
from backend.registering.registrar import Teller
from backend.registering.trail import note
from backend.storage.rows import ClientKind, OneTimeCode
from backend.storage.store import Store, Transaction

CHUNK = 100  # people a transaction, so that the write lock is held only briefly
_GOOD_FOR = timedelta(days=14)  # a letter by post, and a weekend to open it


@dataclass(frozen=True, slots=True)
class ActivationCode:
    """A code for one person, to be put in a letter and forgotten.

    `last_on` is the last day in Japan on which it opens, to that day's end.
    """

    person_id: str
    code: str = field(repr=False)
    last_on: date

    @property
    def expires_at(self) -> datetime:
        """The instant from which it opens nothing: midnight after `last_on`."""
        return start_of_day(self.last_on + timedelta(days=1))


def activation_codes(
    store: Store,
    insurer: InsurerNumber,
    person_ids: Iterable[str],
    at: datetime,
    random_bytes: Callable[[int], bytes],
    mac_key: bytes,
) -> Sequence[ActivationCode]:
    """A new code for each person, good to the end of the 14th day after today.

    The newest code counts: an earlier one of the person opens nothing any more.
    Raises NotFoundError, and makes no code, if one of them is not this insurer's.
    Written in steps, so that others write in between: broken off midway, the codes
    made are told to nobody, and asking again takes their place.
    """
    asked = tuple(dict.fromkeys(person_ids))
    with store.reading() as tx:
        if not all(tx.member(person_id, insurer.digits) for person_id in asked):
            raise NotFoundError("member")
    made: list[ActivationCode] = []
    for start in range(0, len(asked), CHUNK):
        chunk = asked[start : start + CHUNK]
        made += _make(store, Teller(insurer, at), chunk, random_bytes, mac_key)
    return made


def _make(
    store: Store,
    teller: Teller,
    person_ids: Sequence[str],
    random_bytes: Callable[[int], bytes],
    mac_key: bytes,
) -> Sequence[ActivationCode]:
    """The codes of one step; none for a person erased since they were asked for."""
    insurer, at = teller.insurer, teller.at
    last_on = japan_day(at) + _GOOD_FOR
    codes = [ActivationCode(it, make_code(random_bytes), last_on) for it in person_ids]

    def work(tx: Transaction) -> Sequence[ActivationCode]:
        told = [it for it in codes if tx.member(it.person_id, insurer.digits)]
        for code in told:
            tx.void_codes(ClientKind.PATIENT, code.person_id, insurer.digits, at)
            tx.put_code(_kept(code, insurer, mac_key))
            note(tx, teller, AuditKind.ACTIVATION_CODE_MADE, "", code.person_id)
        return told

    return store.write(work)


def current_members(store: Store, insurer: InsurerNumber, on: date) -> Sequence[str]:
    """The ids of everyone whose coverage with this insurer has not ended by a day."""
    with store.reading() as tx:
        people = (
            member.person.id
            for member, coverage in tx.members_of(insurer.digits)
            if not coverage.has_ended_by(on)
        )
        return tuple(dict.fromkeys(people))


def _kept(code: ActivationCode, insurer: InsurerNumber, mac_key: bytes) -> OneTimeCode:
    return OneTimeCode(
        mac=code_mac(mac_key, code.code),
        kind=ClientKind.PATIENT,
        party=code.person_id,
        insurer=insurer.digits,
        expires_at=code.expires_at,
    )

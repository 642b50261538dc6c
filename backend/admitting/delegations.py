"""代理の登録と解除: a person lets another's phone show their coverage, and ends it.

A person's own phone grants by a one-time code that the other phone is activated with; a
letter's activation code makes a delegate too (`enrolling`). Nobody hands it on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from backend.admitting.enrolled_keys import end_in
from backend.admitting.enrolment_log import note_granted
from backend.admitting.trusted_phones import (
    NotOnThisPhoneError,
    may_have_delegates,
    require_trusted_in,
)
from backend.audit.events import ActorKind
from backend.domain.delegation import (
    MOST_DELEGATES,
    Delegate,
    DelegateRelation,
    Delegation,
    parse_delegate_name,
    require_until,
)
from backend.domain.errors import ConflictError, MalformedError, NotFoundError
from backend.domain.japan_time import japan_day
from backend.domain.one_time_code import code_mac, make_code
from backend.domain.words import Words
from backend.storage.rows import Client, ClientKind, OneTimeCode
from backend.storage.store import Store, Transaction

GOOD_FOR = timedelta(minutes=10)
_OF_A_PHONE = ""  # the insurer of a code that no insurer made


@dataclass(frozen=True, slots=True)
class GrantedCode:
    """A new code for a delegate's phone: shown once, kept only as a keyed digest."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DelegateOffer:
    """What whoever activates a phone says of themselves.

    `relation` and `until_on` count for a letter's code only: what a person's own phone
    granted stands in the grant.
    """

    name: str = field(repr=False)
    relation: DelegateRelation | None = None
    until_on: date | None = None


def grant_delegation(
    store: Store,
    mac_key: bytes,
    phone: Client,
    relation: DelegateRelation,
    until_on: date,
    may_see_history: bool,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> GrantedCode:
    """A code, good for ten minutes, by which another phone becomes a delegate's.

    The newest code counts. Raises NotOnThisPhoneError for a delegate's phone, an
    untrusted one, or a person under 不開示; MalformedError for a day too far away;
    ConflictError where five delegates stand already.
    """
    until_on = require_until(until_on, japan_day(at), "until")
    delegation = Delegation(relation, until_on, may_see_history, phone.id)
    code, expires_at = make_code(random_bytes), at + GOOD_FOR
    kept = OneTimeCode(
        code_mac(mac_key, code),
        ClientKind.PATIENT,
        phone.party,
        _OF_A_PHONE,
        expires_at,
        grants=delegation,
    )

    def step(tx: Transaction) -> None:
        require_trusted_in(tx, phone)
        if not may_have_delegates(tx, phone.party):
            raise NotOnThisPhoneError
        _require_room(tx, phone.party, at)
        tx.void_codes(ClientKind.PATIENT, phone.party, _OF_A_PHONE, at)
        tx.put_code(kept)
        note_granted(tx, phone, at)

    store.write(step)
    return GrantedCode(code, expires_at)


def opens(tx: Transaction, code: OneTimeCode, offer: DelegateOffer | None) -> bool:
    """Whether a person's code may make what is asked for, now.

    No delegate under 不開示; no grant of a phone that has ended since.
    """
    if offer is None and code.grants is None:
        return True
    if not may_have_delegates(tx, code.party):
        return False
    granter = tx.client(code.grants.granted_by) if code.grants else None
    return code.grants is None or (granter is not None and granter.revoked_at is None)


def delegate_by(
    tx: Transaction, code: OneTimeCode, offer: DelegateOffer | None, at: datetime
) -> Delegate | None:
    """The delegate that a good code makes; None for the person's own phone.

    Raises MalformedError for what the offer lacks, ConflictError where five delegates
    stand already.
    """
    if offer is None:
        if code.grants is not None:
            raise _missing("delegate")
        return None
    _require_room(tx, code.party, at)
    delegation = code.grants or _by_letter(offer, japan_day(at))
    return Delegate(parse_delegate_name(offer.name), delegation)


def delegates_of(store: Store, phone: Client) -> Sequence[Client]:
    """Every delegate's phone of the person, ended ones too, as their own phone reads.

    Raises NotOnThisPhoneError.
    """
    with store.reading() as tx:
        require_trusted_in(tx, phone)
        return _delegates(tx, phone.party)


def end_delegation(store: Store, phone: Client, delegate_id: str, at: datetime) -> None:
    """End a delegate's phone, as the person or as the delegate who gives it up.

    Ending it again changes nothing. Raises NotFoundError for no delegate of theirs,
    NotOnThisPhoneError for another delegate or an untrusted phone.
    """

    def step(tx: Transaction) -> None:
        if delegate_id != phone.id:
            require_trusted_in(tx, phone)
        found = tx.client(delegate_id)
        if found is None or found.delegate is None or found.party != phone.party:
            raise NotFoundError("delegation")
        end_in(tx, found, ActorKind.PATIENT, at)

    store.write(step)


def _require_room(tx: Transaction, person_id: str, at: datetime) -> None:
    standing = [it for it in _delegates(tx, person_id) if it.is_live(at)]
    if len(standing) >= MOST_DELEGATES:
        raise ConflictError(_NO_ROOM)


def _delegates(tx: Transaction, person_id: str) -> list[Client]:
    phones = tx.clients_of(ClientKind.PATIENT, person_id)
    return [it for it in phones if it.delegate is not None]


def _by_letter(offer: DelegateOffer, today: date) -> Delegation:
    if offer.relation is None:
        raise _missing("delegate.relation")
    if offer.until_on is None:
        raise _missing("delegate.until")
    until_on = require_until(offer.until_on, today, "delegate.until")
    return Delegation(offer.relation, until_on)


def _missing(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words(
            "このコードで代理の登録をするには必須です。",
            "To become a delegate with this code, it is required.",
        ),
        Words("この項目を加えて送り直してください。", "Add it and send all again."),
    )


_NO_ROOM = Words(
    f"代理の登録は同時に{MOST_DELEGATES}台までです。使っていない代理を解除してください。",
    f"At most {MOST_DELEGATES} delegates may stand for one person: end one first.",
)

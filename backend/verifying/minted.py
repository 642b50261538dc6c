"""Examine a code that the server made: known, in time, still allowed."""

from datetime import datetime

from backend.credentials.jose import NotGenuineError
from backend.credentials.minted_code import handle_of, read_minted
from backend.credentials.presentation import PresentationKind
from backend.domain.judgement import PhoneShown
from backend.domain.outcome import DocumentState
from backend.storage.minted import ShownMinted
from backend.storage.store import Transaction
from backend.verifying.answer import Document
from backend.verifying.examined import Examined
from backend.verifying.shown_by import DelegateShowed


def examine_minted(tx: Transaction, text: str, at: datetime) -> Examined | None:
    """What stands behind such a code; None for a text that is none.

    A code that nobody got, or that is forgotten, is of an unknown issuer.
    """
    try:
        digest = read_minted(text)
    except NotGenuineError:
        return None
    minted, kind = tx.shown_minted(digest), PresentationKind.SERVER
    if minted is None:
        unknown = DocumentState.UNKNOWN_ISSUER
        return Examined(Document("phone", unknown, presentation_kind=kind))
    state, handle = _state(tx, minted, at), handle_of(digest)
    is_good = state is DocumentState.GOOD
    return Examined(
        document=Document("phone", state, handle, kind, _shown_by(minted)),
        asked=PhoneShown(minted.person_id) if is_good else None,
        person_ids=(minted.person_id,),
        to_spend=(handle, minted.expires_at) if is_good else None,
        audit_keys=(minted.audit_key,),
    )


def _state(tx: Transaction, minted: ShownMinted, at: datetime) -> DocumentState:
    if minted.expires_at <= at:
        return DocumentState.STALE
    phone = minted.phone
    is_ended = phone is not None and not phone.is_live(at)
    is_delegates = phone is not None and phone.delegate is not None
    is_hidden = is_delegates and tx.undisclosed_since(minted.person_id) is not None
    return DocumentState.REVOKED if is_ended or is_hidden else DocumentState.GOOD


def _shown_by(minted: ShownMinted) -> DelegateShowed | None:
    phone = minted.phone
    if phone is None or phone.delegate is None:
        return None
    return DelegateShowed(phone.id, phone.delegate.delegation.relation)

"""Examine a phone's code: whose it is, whether its phone made it, and when."""

from datetime import datetime, timedelta

from backend.credentials.challenge import is_current
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.presentation import (
    Presentation,
    PresentationKind,
    read_presentation,
)
from backend.credentials.signing import PublicKey
from backend.domain.delegation import Delegation
from backend.domain.judgement import PhoneShown
from backend.domain.outcome import DocumentState
from backend.storage.rows import ShownToken, WithdrawalKind
from backend.storage.store import Transaction
from backend.verifying.answer import Document
from backend.verifying.examined import Examined
from backend.verifying.minted import examine_minted
from backend.verifying.shown_by import DelegateShowed

OLDEST = timedelta(seconds=90)  # design: accepted from -90 s to +30 s
NEWEST = timedelta(seconds=30)

_UNREAD = {
    NotGenuine.WRONG_KIND: DocumentState.WRONG_KIND,
    NotGenuine.MALFORMED: DocumentState.UNREADABLE,
}
_SPEAKING = (DocumentState.GOOD, DocumentState.EXPIRED)
_WITHDRAWN = {
    WithdrawalKind.REVOKED: DocumentState.REVOKED,
    WithdrawalKind.SUSPENDED: DocumentState.SUSPENDED,
}


def examine_code(
    tx: Transaction, text: str, challenge_key: bytes, at: datetime
) -> Examined:
    """Everything about a code but whether it was shown before (that is spent later)."""
    try:
        presentation = read_presentation(text)
    except NotGenuineError as error:
        minted = examine_minted(tx, text, at)
        if minted is not None:
            return minted
        return Examined(Document("phone", _UNREAD[error.reason]))
    token = tx.shown_token(presentation.handle)
    if token is None:
        return Examined(Document("phone", DocumentState.UNKNOWN_ISSUER))
    state = _state(presentation, token, challenge_key, at)
    if token.delegation is not None and not _may_still(tx, token, token.delegation, at):
        state = DocumentState.REVOKED if state in _SPEAKING else state
    return Examined(
        document=Document(
            "phone", state, token.handle, presentation.kind, _shown_by(token)
        ),
        asked=PhoneShown(token.person_id) if state.tells_of_coverage else None,
        person_ids=(token.person_id,),
        insurer=token.insurer,
        to_spend=(token.handle, presentation.at) if state.tells_of_coverage else None,
        audit_keys=(token.audit_key,),
        copy_of=presentation.serial,
    )


def _may_still(
    tx: Transaction, token: ShownToken, delegation: Delegation, at: datetime
) -> bool:
    """Whether a delegate may still stand for the person: in time, and no 不開示."""
    is_in_time = at < delegation.ends_at
    return is_in_time and tx.undisclosed_since(token.person_id) is None


def _shown_by(token: ShownToken) -> DelegateShowed | None:
    delegation = token.delegation
    return DelegateShowed(token.client_id, delegation.relation) if delegation else None


def _state(
    presentation: Presentation, token: ShownToken, challenge_key: bytes, at: datetime
) -> DocumentState:
    if not presentation.is_signed_by(PublicKey.from_jwk(token.jwk)):
        return DocumentState.BAD_SIGNATURE
    if not -NEWEST <= at - presentation.at <= OLDEST:
        return DocumentState.STALE
    if presentation.kind is PresentationKind.CHALLENGED and not is_current(
        challenge_key, token.handle, presentation.challenge or b"", at
    ):
        return DocumentState.STALE
    if token.has_phone_ended:
        return DocumentState.REVOKED
    if token.withdrawal in _WITHDRAWN:
        return _WITHDRAWN[token.withdrawal]
    return DocumentState.GOOD if at < token.expires_at else DocumentState.EXPIRED

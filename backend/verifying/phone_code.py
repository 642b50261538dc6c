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
from backend.domain.judgement import PhoneShown
from backend.domain.outcome import DocumentState
from backend.storage.rows import ShownToken, WithdrawalKind
from backend.storage.store import Transaction
from backend.verifying.answer import Document
from backend.verifying.examined import Examined

OLDEST = timedelta(seconds=90)  # design: accepted from -90 s to +30 s
NEWEST = timedelta(seconds=30)

_UNREAD = {
    NotGenuine.WRONG_KIND: DocumentState.WRONG_KIND,
    NotGenuine.MALFORMED: DocumentState.UNREADABLE,
}
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
        return Examined(Document("phone", _UNREAD[error.reason]))
    token = tx.shown_token(presentation.handle)
    if token is None:
        return Examined(Document("phone", DocumentState.UNKNOWN_ISSUER))
    state = _state(presentation, token, challenge_key, at)
    return Examined(
        document=Document(
            "phone", state, token.handle, presentation_kind=presentation.kind
        ),
        asked=PhoneShown(token.person_id) if state.tells_of_coverage else None,
        person_ids=(token.person_id,),
        insurer=token.insurer,
        to_spend=(token.handle, presentation.at) if state.tells_of_coverage else None,
        audit_keys=(token.audit_key,),
    )


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
